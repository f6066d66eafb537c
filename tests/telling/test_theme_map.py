import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.house_style import QUIET
from press_themes.telling.charts.theme_map import draw_theme_map
from press_themes.telling.wording import load_wording


def _chart(tables, language="en"):
    return draw_theme_map(tables, language)


def test_a_passage_has_the_colour_of_its_strongest_theme():
    tables = build_tables(Shape(150, 30))
    frame = _chart(tables).numbers.set_index("passage_id")
    scores = tables.theme_scores[tables.theme_scores["assigned"]]
    for passage, mine in scores.groupby("passage_id"):
        assert frame.loc[passage, "theme"] == mine.loc[mine["score"].idxmax(), "theme"]
    assert (frame.loc[frame["theme"] == "", "color"] == QUIET).all()
    assert frame.loc[frame["color"] != QUIET, "theme"].nunique() <= 6


def test_several_languages_have_shapes_that_are_named():
    drawing = _chart(build_tables(Shape(90, 30, languages=("en", "fr", "ar"))))
    assert "circle Arabic, triangle English, square French" in drawing.caption
    assert "Shape" not in _chart(build_tables(Shape(90, 30))).caption


def test_a_large_map_is_an_image_inside_the_svg_with_a_panel_a_language():
    tables = build_tables(Shape(3_100, 300, dates=("2026-02-03",), languages=("en", "fr")))
    drawing = _chart(tables)
    large, *panels = drawing.axes
    dots = [marks for marks in large.collections if hasattr(marks, "get_sizes")]
    assert all(marks.get_rasterized() for marks in dots if len(marks.get_offsets()) > 1)
    assert [axes.get_title() for axes in panels] == ["English\n1,550", "French\n1,550"]
    assert "Shape shows language" not in drawing.caption


def test_density_is_shaded_where_dots_are_too_many_to_count():
    kinds = [
        {type(marks).__name__ for marks in _chart(build_tables(shape)).axes[0].collections}
        for shape in (Shape(150, 30), Shape(400, 30))
    ]
    assert ["QuadContourSet" in found for found in kinds] == [False, True]


def test_passages_without_coordinates_give_a_reason():
    tables = build_tables(Shape(30, 10))
    assert (
        "no place on a map"
        in _chart(tables._replace(passages=tables.passages.assign(x=np.nan))).reason
    )


def test_the_title_names_the_theme_that_lies_closest_together():
    tables = build_tables(Shape(150, 30))
    frame = _chart(tables).numbers
    apart = frame["theme"] == "child_safety"
    rest = np.random.default_rng(1).normal(0, 5, (len(frame), 2))
    moved = np.where(apart.to_numpy()[:, None], 0.01 * rest + 60, rest)
    passages = tables.passages.assign(x=moved[:, 0], y=moved[:, 1])
    title = _chart(tables._replace(passages=passages)).takeaway
    share = load_wording("en").percent(apart.mean())
    assert title.startswith("Passages led by “Protection de l’enfance” lie closest together: 100%")
    assert title.endswith(f"{share} of all passages")


def test_the_title_claims_no_place_where_themes_are_mixed_or_few():
    tables = build_tables(Shape(400, 30))
    mixed = np.random.default_rng(1).normal(0, 5, (400, 2))
    passages = tables.passages.assign(x=mixed[:, 0], y=mixed[:, 1])
    assert "no clear place" in _chart(tables._replace(passages=passages)).takeaway
    assert _chart(build_tables(Shape(30, 10))).takeaway.startswith(
        "30 passages placed by similarity, "
    )
    bare = tables._replace(theme_scores=tables.theme_scores.assign(assigned=False))
    assert _chart(bare).takeaway == "400 passages placed by similarity, none with a theme"


def test_labels_leave_the_dots_free_where_there_is_room():
    drawing = _chart(build_tables(Shape(150, 30)))
    axes = drawing.axes[0]
    dots = axes.transData.transform(drawing.numbers[["x", "y"]].to_numpy())
    labels = set(drawing.numbers["label"])
    drawn = [text for text in axes.texts if text.get_text().strip("\u00a0") in labels]
    assert len(drawn) == 6
    for text in drawn:
        box = text.get_window_extent()
        assert not [dot for dot in dots if box.contains(*dot)]
