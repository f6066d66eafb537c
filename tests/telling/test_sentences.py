"""Each finding is computed a second time here, by plain means, and looked for in its sentence."""

import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.measures.counts import count_groups
from press_themes.measures.trends import count_trends
from press_themes.telling.report.sentences import write_findings
from press_themes.telling.wording import load_wording


def _findings(tables, language="en"):
    found = write_findings(tables, load_wording(language))
    return {finding.name: finding for finding in found}


def _plain(finding):
    return finding.sentence.replace("\u202f", "")


def _with_themes(tables, themes):
    """Give the passages other themes and count everything again."""
    passages = tables.passages.assign(themes=pd.Series(themes, dtype=object))
    counted = count_groups(passages, tables.articles, "themes").set_index("theme")
    described = tables.themes.set_index("theme")
    for column in counted.columns:
        described[column] = counted[column].reindex(described.index).fillna(0)
    return tables._replace(
        passages=passages,
        themes=described.reset_index(),
        trends=count_trends(passages, tables.articles),
    )


def test_between_three_and_eight_findings_in_both_languages():
    for shape in (Shape(300, 60), Shape(3, 1, dates=(None,), n_topics=0, n_outlets=0)):
        for language in ("en", "fr"):
            findings = _findings(build_tables(shape), language)
            assert 3 <= len(findings) <= 8
            assert all(finding.sentence.endswith(".") for finding in findings.values())


def _count_rivals(tables, first):
    """Draw the stories anew and count the themes not below the first in 97.5 % of the draws."""
    families = tables.passages["article_id"].map(
        tables.articles.set_index("article_id")["family_id"]
    )
    bears = pd.DataFrame(
        {
            name: [name in names for names in tables.passages["themes"]]
            for name in tables.themes["theme"]
        }
    )
    by_story = bears.groupby(families.to_numpy()).sum().to_numpy().astype(float)
    totals = bears.groupby(families.to_numpy()).size().to_numpy()
    # Two imaginary stories are drawn along: one of the leader alone, one of all the others.
    place = list(bears.columns).index(first)
    leader = np.arange(by_story.shape[1]) == place
    by_story = np.vstack([by_story, totals.mean() * leader, totals.mean() * ~leader])
    totals = np.append(totals, [totals.mean()] * 2)
    generator = np.random.default_rng(99)
    drawn = generator.integers(0, len(by_story), (4000, len(by_story)))
    shares = by_story[drawn].sum(axis=1) / totals[drawn].sum(axis=1)[:, None]
    leads = shares[:, [place]] - shares
    return int((np.quantile(leads, 0.025, axis=0) <= 0).sum()) - 1


def test_lead_states_share_articles_and_how_many_rivals():
    tables = build_tables(Shape(300, 60, n_topics=12, seed=1))
    names = pd.Series([name for names in tables.passages["themes"] for name in names])
    first = names.value_counts().idxmax()
    bears = [first in names for names in tables.passages["themes"]]
    n_articles = tables.passages["article_id"][bears].nunique()
    row = tables.themes.set_index("theme").loc[first]
    rivals = _count_rivals(tables, first)
    sentence = _plain(_findings(tables)["lead"])
    assert f"“{row['label']}” is the most frequent theme" in sentence
    assert f"reads it, {100 * sum(bears) / 300:.0f}% of 300 passages bear it" in sentence
    assert f"{100 * row['share_low']:.0f}% to {100 * row['share_high']:.0f}%" in sentence
    assert f"in {n_articles} of 60 articles" in sentence
    assert rivals > 1
    assert f"over {rivals} other themes" in sentence


def test_a_share_is_called_what_it_rests_on():
    tables = build_tables(Shape(300, 60, n_topics=12, seed=1))
    assert "as the codebook reads it, " in _findings(tables)["lead"].sentence
    first = _findings(tables)["lead"].theme
    shares = pd.DataFrame({"theme": [first], "n_judged": [83], "basis": ["judged"]})
    judged = tables._replace(themes=tables.themes.assign(basis="judged"), theme_shares=shares)
    assert "estimated from 83 judged passages, " in _findings(judged)["lead"].sentence


def test_what_cannot_be_said_and_what_concerns_the_codebook_is_no_news():
    tables = build_tables(Shape(3, 1, dates=(None,), n_topics=0, n_outlets=0))
    findings = _findings(tables._replace(quotations=tables.quotations.head(0)))
    assert not [name for name, finding in findings.items() if finding.said]
    findings = _findings(build_tables(Shape(300, 60)))
    assert {"lead", "next"} <= {name for name, finding in findings.items() if finding.said}
    assert not {"unassigned", "missed", "reprints"} & {x for x in findings if findings[x].said}


def test_a_clear_lead_has_no_rival_and_one_rival_is_named():
    tables = build_tables(Shape(100, 50))
    clear = _with_themes(tables, [["child_safety"] if i % 2 else [] for i in range(100)])
    assert "lead over" not in _findings(clear)["lead"].sentence
    themes = [["child_safety"] if i % 2 else ["open_source"] for i in range(100)]
    close = _findings(_with_themes(tables, themes))["lead"]
    assert "Its lead over “Logiciel libre” is within" in close.sentence


def test_unassigned_passages_are_counted():
    tables = build_tables(Shape(300, 60))
    sizes = [len(names) for names in tables.passages["themes"]]
    sentence = _plain(_findings(tables)["unassigned"])
    bare = sizes.count(0)
    assert sentence.startswith(f"{bare} of 300 passages ({100 * bare / 300:.0f}%)")
    assert f"{sum(size > 1 for size in sizes)} bear two or more" in sentence


def test_a_peak_gives_its_shares_of_stories():
    tables = build_tables(Shape(180, 90))
    dates = tables.passages["article_id"].map(tables.articles.set_index("article_id")["date"])
    inside = dates == pd.Timestamp("2026-02-04")
    peaked = _with_themes(tables, [["cybersecurity"] if x else [] for x in inside])
    families = peaked.articles.set_index("article_id")["family_id"]
    n_stories = peaked.passages["article_id"][inside].map(families).nunique()
    finding = _findings(peaked)["time"]
    assert finding.theme == "cybersecurity"
    assert f"peaked on 4 Feb 2026: 100% of the {n_stories} distinct stories" in _plain(finding)
    assert "against 0% at other times" in _plain(finding)


def test_no_peak_names_the_number_of_periods_compared():
    assert "none of 3 periods" in _findings(build_tables(Shape(300, 60)))["time"].sentence


def test_coverage_of_nearly_one_period_only_allows_no_trend():
    dates = ("2026-02-03",) * 19 + ("2026-02-05",)
    tables = build_tables(Shape(200, 100, dates=dates))
    published = tables.passages["article_id"].map(tables.articles.set_index("article_id")["date"])
    share = (published == pd.Timestamp("2026-02-03")).mean()
    sentence = _plain(_findings(tables)["time"])
    assert f"{100 * share:.0f}% of the dated passages fall into one of 2 periods" in sentence
    assert "3 Feb 2026" in sentence


@pytest.mark.parametrize(
    ("direction", "observed"),
    [("more", "20 of 20 distinct stories"), ("less", "0 of 20 distinct stories")],
)
def test_an_outlet_that_departs_is_named_with_its_numbers(direction, observed):
    tables = build_tables(Shape(120, 60))
    outlets = tables.articles.set_index("article_id")["outlet"]
    favoured = tables.passages["article_id"].map(outlets) == "Gazette A"
    bears = favoured if direction == "more" else ~favoured
    departed = _with_themes(tables, [["open_source"] if x else [] for x in bears])
    sentence = _findings(departed)["outlets"].sentence
    expected = 20 * (20 if direction == "more" else 40) / 60
    assert sentence.startswith(f"Gazette A takes up “Logiciel libre” {direction} often")
    assert f"in {observed}, where {expected:.1f} would be expected" in sentence


def test_the_missed_topic_is_the_one_with_the_smallest_share():
    tables = build_tables(Shape(300, 60))
    themes = [
        names if topic != 2 or i % 4 == 0 else []
        for i, (topic, names) in enumerate(
            zip(tables.passages["topic"], tables.passages["themes"], strict=True)
        )
    ]
    missed = _with_themes(tables, themes)
    inside = missed.passages[missed.passages["topic"] == 2]
    bears = sum(len(names) > 0 for names in inside["themes"])
    finding = _findings(missed)["missed"]
    assert finding.topic == 2
    assert f"found in {bears} of its {len(inside)} passages" in finding.sentence
    assert missed.topics.set_index("topic").loc[2, "label"] in finding.sentence


def test_a_covered_corpus_says_that_no_topic_is_missed():
    tables = build_tables(Shape(100, 30))
    covered = _with_themes(tables, [["open_source"]] * 100)
    sentence = _findings(covered)["missed"].sentence
    assert sentence.startswith("The codebook misses no topic: every passage of every topic")
    nearly = _with_themes(tables, [[], *[["open_source"]] * 99])
    assert "the least covered" in _findings(nearly)["missed"].sentence


def test_themes_that_go_together_are_those_of_the_figure():
    tables = build_tables(Shape(600, 120))
    story = tables.passages["article_id"].map(tables.articles.set_index("article_id")["family_id"])
    places = {name: at for at, name in enumerate(sorted(set(story)))}
    others = ["ai_products", "child_safety", "infrastructure", "press_economy"]
    themes = [
        ["open_source", "cybersecurity"]
        if places[name] % 3 == 0
        else [others[places[name] % 4], others[(places[name] // 4 + places[name] + 1) % 4]]
        for name in story
    ]
    finding = _findings(_with_themes(tables, themes))["together"]
    n = sum(at % 3 == 0 for at in places.values())
    assert f"occur together: in {n} distinct stories" in finding.sentence
    assert finding.figure == "themes_together"
    scattered = [["open_source"] if i % 2 else ["cybersecurity"] for i in range(600)]
    assert "together" not in _findings(_with_themes(tables, scattered))


def test_reprints_are_counted_as_stories():
    tables = build_tables(Shape(100, 30))
    sizes = tables.articles["family_id"].value_counts()
    sentence = _findings(tables)["reprints"].sentence
    assert f"The 30 articles come down to {len(sizes)} distinct texts" in sentence
    assert f"stands in {sizes.max()} articles" in sentence
    single = tables.articles.assign(family_id=tables.articles["article_id"])
    assert "reprints" not in _findings(tables._replace(articles=single))


def test_without_themes_it_is_said_that_this_forbids_comparing_outlets():
    sentence = _findings(_with_themes(build_tables(Shape(120, 60)), [[]] * 120))["outlets"].sentence
    assert sentence == "Outlets cannot be compared: no theme was found."


def test_a_tiny_corpus_says_that_it_cannot_say():
    tables = build_tables(Shape(3, 1, dates=("2026-02-03",), n_topics=0, n_outlets=1))
    tables = _with_themes(tables, [["open_source"], [], []])
    findings = _findings(tables)
    assert findings["lead"].sentence == (
        "With 3 passages from 1 distinct story, it cannot be said which theme is most frequent."
    )
    assert findings["time"].sentence.startswith("Nothing can be said")
    assert findings["outlets"].sentence == (
        "Outlets cannot be compared: fewer than two have five distinct stories."
    )
    assert findings["missed"].sentence.startswith("It cannot be said")
