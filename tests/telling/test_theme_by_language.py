from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.deviations import draw_theme_by_language


def _chart(tables, language="en"):
    return draw_theme_by_language(tables, language)


def test_cells_hold_recounted_stories_under_the_name_of_the_language():
    tables = build_tables(Shape(200, 60, languages=("fr", "ar")))
    drawing = _chart(tables)
    joined = tables.passages.drop(columns="language").merge(tables.articles, on="article_id")
    for row in drawing.numbers.itertuples():
        bears = [row.theme in names for names in joined["themes"]]
        stories = joined[bears].drop_duplicates(["language", "family_id"])
        assert row.n_stories == (stories["language"] == row.language).sum()
    headings = [text.get_text() for text in drawing.axes[0].get_xticklabels()]
    assert headings == ["Arabic\nn = 30", "French\nn = 30"]


def test_a_theme_of_one_language_is_the_title():
    tables = build_tables(Shape(240, 120, n_themes=3, languages=("fr", "ar", "en")))
    themes = [["child_safety"] if x == "ar" else [] for x in tables.passages["language"]]
    tables = tables._replace(passages=tables.passages.assign(themes=themes))
    assert _chart(tables).takeaway == (
        "In Arabic, “Protection de l’enfance” is taken up more than expected: "
        "40 distinct stories, 13.3 expected"
    )
    assert "«\u202farabe\u202f»" in _chart(tables, "fr").takeaway


def test_one_language_cannot_be_compared():
    assert "two languages" in _chart(build_tables(Shape(60, 20))).reason
