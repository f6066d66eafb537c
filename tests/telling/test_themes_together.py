from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.themes_together import draw_themes_together


def _chart(tables, language="en"):
    return draw_themes_together(tables, language)


def test_every_pair_has_one_cell_and_every_theme_one_name():
    tables = build_tables(Shape(200, 60, 5))
    drawing = _chart(tables)
    assert len(drawing.numbers) == 10
    texts = [text.get_text() for text in drawing.axes[0].texts]
    assert sum("(" in text for text in texts) == 10
    assert sorted(text for text in texts if "(" not in text) == sorted(tables.themes["label"])


def test_a_cell_stands_below_the_larger_and_beside_the_smaller_theme():
    tables = build_tables(Shape(200, 60, 5))
    drawing = _chart(tables)
    sizes = tables.themes.sort_values(["n_stories", "theme"], ascending=[False, True])
    names = list(sizes["theme"])
    counted = drawing.numbers.set_index(["first", "second"])["n_stories"]
    for text in drawing.axes[0].texts:
        if "(" not in text.get_text():
            continue
        column, row = (int(value) for value in text.get_position())
        pair = tuple(sorted((names[column], names[row])))
        assert text.get_text().split()[0] == str(counted[pair])


def test_a_pair_beyond_chance_is_the_title():
    tables = build_tables(Shape(400, 100, 4))
    company = ["platform_regulation", "creative_displacement"]
    apart = ["child_safety", "press_economy"]
    first = tables.passages["article_id"].str[-1].isin(list("01234"))
    themes = [list(company) if inside else list(apart) for inside in first]
    title = _chart(tables._replace(passages=tables.passages.assign(themes=themes))).takeaway
    assert "occur together: in " in title
    assert title.count("“") == 2


def test_one_theme_occurs_with_none():
    assert "two themes" in _chart(build_tables(Shape(60, 20, n_themes=1))).reason
