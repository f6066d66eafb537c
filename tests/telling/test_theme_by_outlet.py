import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.deviations import draw_theme_by_outlet


def _chart(tables, language="en"):
    return draw_theme_by_outlet(tables, language)


def test_cells_hold_recounted_stories_and_expectation():
    tables = build_tables(Shape(200, 60))
    drawing = _chart(tables)
    joined = tables.passages.merge(tables.articles, on="article_id")
    whole = len(joined.drop_duplicates(["outlet", "family_id"]))
    for row in drawing.numbers.itertuples():
        bears = [row.theme in names for names in joined["themes"]]
        stories = joined[bears].drop_duplicates(["outlet", "family_id"])
        assert row.n_stories == (stories["outlet"] == row.outlet).sum()
        assert np.isclose(row.expected, len(stories) * row.n_outlet / whole)
    cells = [text.get_text() for text in drawing.axes[0].texts]
    first = drawing.numbers.iloc[0]
    assert cells[0].startswith(f"{first['n_stories']} ")


def test_only_cells_beyond_two_residuals_are_coloured():
    tables = build_tables(Shape(300, 60))
    drawing = _chart(tables)
    shown = drawing.axes[0].collections[0].get_array().ravel()
    residuals = drawing.numbers["residual"].to_numpy()
    expected = drawing.numbers["expected"].to_numpy()
    assert (shown == np.where((np.abs(residuals) >= 2) & (expected >= 5), residuals, 0)).all()


def test_a_strong_preference_is_the_title():
    tables = build_tables(Shape(120, 60, n_themes=3))
    outlets = tables.articles.set_index("article_id")["outlet"]
    favoured = tables.passages["article_id"].map(outlets) == "Gazette A"
    themes = [["child_safety"] if inside else [] for inside in favoured]
    title = _chart(tables._replace(passages=tables.passages.assign(themes=themes))).takeaway
    assert title.startswith("Gazette A takes up")
    assert "more than expected: 20 distinct stories, 6.7 expected" in title
