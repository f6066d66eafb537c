import numpy as np
import pytest
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.findings.charts.drawing import Basis, NothingToDrawError
from press_themes.findings.charts.house_style import QUIET, use_house_style
from press_themes.findings.charts.theme_map import chart_theme_map
from press_themes.findings.wording import load_wording


def _chart(tables):
    with use_house_style():
        return chart_theme_map(Basis(tables, build_summary(tables, "en"), load_wording("en")))


def test_a_passage_has_the_colour_of_its_strongest_theme():
    tables = build_tables(Shape(150, 30))
    frame = _chart(tables).frame.set_index("passage_id")
    scores = tables.theme_scores[tables.theme_scores["assigned"]]
    for passage, mine in scores.groupby("passage_id"):
        assert frame.loc[passage, "theme"] == mine.loc[mine["score"].idxmax(), "theme"]
    assert (frame.loc[frame["theme"] == "", "color"] == QUIET).all()
    assert frame.loc[frame["color"] != QUIET, "theme"].nunique() <= 6


def test_several_languages_have_shapes_that_are_named():
    drawing = _chart(build_tables(Shape(90, 30, languages=("en", "fr", "ar"))))
    assert "circle Arabic, triangle English, square French" in drawing.subtitle
    assert "Shape" not in _chart(build_tables(Shape(90, 30))).subtitle


def test_a_large_map_is_an_image_inside_the_svg():
    drawing = _chart(build_tables(Shape(3_100, 300, dates=("2026-02-03",))))
    dots = drawing.figure.axes[0].collections
    assert all(dot.get_rasterized() for dot in dots)


def test_passages_without_coordinates_give_a_reason():
    tables = build_tables(Shape(30, 10))
    with pytest.raises(NothingToDrawError, match="no place on a map"):
        _chart(tables._replace(passages=tables.passages.assign(x=np.nan)))


def test_the_title_says_what_is_on_the_map():
    tables = build_tables(Shape(150, 30))
    assert _chart(tables).title == "150 passages placed by similarity, 6 themes in colour"
    bare = tables._replace(theme_scores=tables.theme_scores.assign(assigned=False))
    assert _chart(bare).title == "150 passages placed by similarity, none with a theme"


def test_labels_leave_the_dots_free_where_there_is_room():
    drawing = _chart(build_tables(Shape(150, 30)))
    axes = drawing.figure.axes[0]
    dots = axes.transData.transform(drawing.frame[["x", "y"]].to_numpy())
    labels = set(drawing.frame["label"])
    drawn = [text for text in axes.texts if text.get_text().strip("\u00a0") in labels]
    assert len(drawn) == 6
    for text in drawn:
        box = text.get_window_extent()
        assert not [dot for dot in dots if box.contains(*dot)]
