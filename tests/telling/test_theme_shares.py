import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.theme_shares import MOST_THEMES, draw_theme_shares


def _chart(tables, language="en"):
    return draw_theme_shares(tables, language)


def test_the_last_row_counts_passages_with_no_theme():
    tables = build_tables(Shape(100, 20))
    frame = _chart(tables).numbers
    bare = tables.passages["themes"].map(len) == 0
    last = frame.iloc[-1]
    assert last["theme"] == ""
    assert last["n_passages"] == bare.sum()
    assert last["share"] == pytest.approx(bare.mean())
    assert last["share_low"] <= last["share"] <= last["share_high"]
    assert frame["share"].iloc[:-1].is_monotonic_decreasing


def test_a_theme_never_found_has_no_interval():
    tables = build_tables(Shape(100, 20))
    tables.themes.loc[0, ["n_passages", "share", "share_low", "share_high"]] = [0, 0.0, 0.0, 0.0]
    row = _chart(tables).numbers.set_index("theme").loc[tables.themes["theme"].iloc[0]]
    assert pd.isna(row["share_high"])


def test_many_themes_are_cut_and_said_to_be():
    tables = build_tables(Shape(100, 20))
    more = pd.concat([tables.themes] * 3, ignore_index=True)
    more["theme"] = [f"t{i}" for i in range(len(more))]
    drawing = _chart(tables._replace(themes=more))
    assert len(drawing.numbers) == MOST_THEMES + 1
    assert "7 smaller themes are not shown" in drawing.caption


def test_without_intervals_none_is_promised():
    tables = build_tables(Shape(14, 3))
    bare = tables.themes.assign(share_low=float("nan"), share_high=float("nan"))
    assert "too few stories" in _chart(tables._replace(themes=bare)).caption
    assert "with 95% interval" in _chart(build_tables(Shape(100, 20))).caption
