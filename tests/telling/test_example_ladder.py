from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.basis import ChartSettings
from press_themes.telling.charts.example_ladder import RUNGS, draw_example_ladder


def _chart(tables, most=200):
    return draw_example_ladder(tables, "en", ChartSettings(quote_characters=most))


def test_the_rungs_are_recounted_from_the_scores():
    tables = build_tables(Shape(150, 40))
    frame = _chart(tables).numbers
    assert frame["theme"].nunique() == 6
    for theme, rungs in frame.groupby("theme"):
        scores = tables.theme_scores[tables.theme_scores["theme"] == theme]
        kept = sorted(scores.loc[scores["assigned"], "score"], reverse=True)
        missed = scores.loc[~scores["assigned"] & (scores["score"] <= 0), "score"]
        expected = [kept[0], kept[(len(kept) - 1) // 2], kept[-1], missed.max()]
        assert rungs["rung"].tolist() == list(RUNGS)
        assert rungs["score"].tolist() == expected
        assert rungs["passage_id"].is_unique


def test_no_more_is_quoted_than_the_corpus_allows():
    tables = build_tables(Shape(150, 40))
    drawing = _chart(tables, 60)
    assert drawing.numbers["text"].str.len().max() <= 60
    texts = tables.passages.set_index("passage_id")["text"]
    for row in drawing.numbers.itertuples():
        assert texts[row.passage_id].startswith(row.text.rstrip("…"))
    drawn = [text.get_text() for text in drawing.axes[0].texts]
    assert all(len(text) <= 120 for text in drawn)
    assert "no quotation" in _chart(tables, 0).reason


def test_a_theme_of_one_passage_has_one_rung_and_the_nearest_miss():
    tables = build_tables(Shape(60, 20, n_themes=1))
    scores = tables.theme_scores.assign(assigned=False, score=-0.1)
    scores.loc[[3, 4], ["assigned", "score"]] = [[True, 0.2], [False, -0.02]]
    frame = _chart(tables._replace(theme_scores=scores)).numbers
    assert frame["rung"].tolist() == ["strongest", "missed"]
    assert frame["score"].tolist() == [0.2, -0.02]


def test_the_title_states_the_middle_margin():
    tables = build_tables(Shape(150, 40))
    scores = tables.theme_scores[tables.theme_scores["assigned"]]["score"]
    title = _chart(tables).takeaway
    assert title == (
        f"Half of the {len(scores)} assignments of a theme stand no more than "
        f"{scores.median():.3f} above the threshold"
    )


def test_without_an_assigned_theme_there_is_no_ladder():
    tables = build_tables(Shape(30, 10))
    bare = tables._replace(theme_scores=tables.theme_scores.assign(assigned=False))
    assert "no passage bears" in _chart(bare).reason


def test_what_a_hostile_corpus_hides_is_not_in_the_numbers():
    tables = build_tables(Shape(60, 20))
    articles = tables.articles.assign(title="\u202e" + "x" * 10_000)
    passages = tables.passages.assign(text="\u202egnirts " + tables.passages["text"])
    frame = _chart(tables._replace(articles=articles, passages=passages)).numbers
    assert frame["title"].str.fullmatch("x{139}…").all()
    assert not frame["text"].str.contains("\u202e").any()
