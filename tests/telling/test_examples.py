import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.examples import (
    MOST_STRONG,
    Bank,
    choose_borderline,
    choose_of_topic,
    choose_strong,
    name_strength,
    safe_link,
)
from press_themes.telling.wording import load_wording

THEME = "platform_regulation"


def _bank(tables, quote_characters=200):
    return Bank(tables, quote_characters, load_wording("en"))


def test_strong_passages_are_the_best_of_different_stories():
    tables = build_tables(Shape(200, 30))
    examples = choose_strong(_bank(tables), THEME)
    mine = tables.theme_scores.query("theme == @THEME and assigned")
    mine = mine.sort_values("score", ascending=False)
    owners = tables.passages.set_index("passage_id")["article_id"]
    stories = (
        mine["passage_id"].map(owners).map(tables.articles.set_index("article_id")["family_id"])
    )
    best = mine[~stories.duplicated()].head(MOST_STRONG)
    assert [example.score for example in examples] == [f"+{score:.3f}" for score in best["score"]]


def test_borderline_passages_are_nearest_to_the_threshold_on_each_side():
    tables = build_tables(Shape(200, 30))
    above, below = choose_borderline(_bank(tables), THEME)
    scores = tables.theme_scores.query("theme == @THEME")["score"]
    assert above.score == f"+{scores[scores > 0].min():.3f}"
    assert below.score == f"−{-scores[scores <= 0].max():.3f}"
    assert below.strength == "just below the threshold, not counted"


def test_a_borderline_passage_kept_out_by_a_stronger_theme_says_so():
    tables = build_tables(Shape(200, 30))
    scores = tables.theme_scores
    inside = scores.query("theme == @THEME and score > 0").nlargest(1, "score").index
    bank = _bank(
        tables._replace(
            theme_scores=scores.assign(assigned=scores["assigned"] & ~scores.index.isin(inside))
        )
    )
    assert choose_borderline(bank, THEME)[-1].strength.startswith("not counted, another theme")


def test_borderline_is_measured_from_the_decision_taken():
    rows = [
        ("p000000", THEME, 0.30, True, 0.30),
        ("p000004", THEME, 0.31, True, 0.31),
        ("p000008", THEME, 0.32, True, 0.32),
        ("p000012", THEME, 0.10, True, 0.10),
        ("p000016", THEME, 0.20, True, 0.001),
        ("p000016", "open_source", 0.239, True, 0.239),
        ("p000020", THEME, -0.02, False, -0.02),
        ("p000024", THEME, 0.20, False, -0.01),
        ("p000024", "open_source", 0.25, True, 0.25),
    ]
    scores = pd.DataFrame(rows, columns=["passage_id", "theme", "score", "assigned", "room"])
    tables = build_tables(Shape(200, 50))._replace(theme_scores=scores)
    chosen = choose_borderline(_bank(tables), THEME)
    assert [example.score for example in chosen] == ["+0.200", "+0.200"]
    assert chosen[1].strength.startswith("not counted, another theme")
    without_room = tables._replace(theme_scores=scores.drop(columns="room"))
    by_margin = choose_borderline(_bank(without_room), THEME)
    assert by_margin[0].score == "+0.100"


def test_a_small_theme_does_not_show_a_passage_twice():
    tables = build_tables(Shape(200, 30))
    best = tables.theme_scores.query("theme == @THEME").nlargest(3, "score").index
    scores = tables.theme_scores.assign(assigned=tables.theme_scores.index.isin(best))
    bank = _bank(tables._replace(theme_scores=scores))
    shown = [*choose_strong(bank, THEME), *choose_borderline(bank, THEME)]
    assert len({example.text for example in shown}) == len(shown)


def test_quotations_obey_the_limit():
    tables = build_tables(Shape(100, 20))
    for example in choose_strong(_bank(tables, 80), THEME):
        assert len(example.text) <= 80
        assert example.text.endswith("…")


def test_an_absent_topic_passage_is_passed_over():
    tables = build_tables(Shape(60, 20))
    passage = tables.passages["passage_id"].iloc[0]
    examples = choose_of_topic(_bank(tables), ["gone", passage])
    assert len(examples) == 1
    assert examples[0].strength == ""


def test_what_was_judged_is_called_so_and_is_no_borderline():
    tables = build_tables(Shape(200, 30))
    scores = tables.theme_scores.assign(judged="")
    mine = scores["theme"] == THEME
    strongest = scores.loc[mine & scores["assigned"], "score"].idxmax()
    nearest = scores.loc[mine & ~scores["assigned"], "score"].idxmax()
    scores.loc[strongest, "judged"] = "yes"
    scores.loc[nearest, ["judged", "score"]] = ["no", 0.089]
    bank = _bank(tables._replace(theme_scores=scores))
    assert choose_strong(bank, THEME)[0].strength == "judged by hand"
    borderline = choose_borderline(bank, THEME)
    assert scores.loc[nearest, "passage_id"] not in {x.identifier for x in borderline}
    assert len(borderline) == 2


def test_strength_names_are_thirds_of_assigned_scores():
    tables = build_tables(Shape(200, 30))
    bank = _bank(tables)
    assigned = tables.theme_scores.query("assigned")["score"]
    named = pd.Series([name_strength(bank, score) for score in assigned]).value_counts(
        normalize=True
    )
    assert set(named.index) == {"strong", "clear", "weak"}
    assert (named - 1 / 3).abs().max() < 0.02


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" http://example.org ", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("ftp://example.org/x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("http://[broken", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_only_web_addresses_become_links(url, link):
    assert safe_link(url) == link
