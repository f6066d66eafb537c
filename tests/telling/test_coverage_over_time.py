import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.measures.trends import count_trends
from press_themes.telling.charts.coverage_over_time import draw_coverage_over_time

DAYS = ("2026-02-03", "2026-02-04", "2026-02-05")


def _chart(tables, language="en"):
    return draw_coverage_over_time(tables, language)


@pytest.mark.parametrize(("n_days", "has_line"), [(1, False), (2, False), (3, True)])
def test_a_line_needs_three_periods(n_days, has_line):
    drawing = _chart(build_tables(Shape(90, 30, dates=DAYS[:n_days])))
    lines = [
        line for axes in drawing.axes[:-1] for line in axes.lines if len(set(line.get_xdata())) > 1
    ]
    assert bool(lines) == has_line


def test_a_line_needs_three_neighbours_and_stops_at_an_empty_period():
    dates = ("2026-02-03", "2026-02-04", "2026-02-06", "2026-02-07", "2026-02-08")
    drawing = _chart(build_tables(Shape(200, 60, dates=dates)))
    lines = [line for line in drawing.axes[0].lines if len(set(line.get_xdata())) > 1]
    assert [list(line.get_xdata()) for line in lines] == [[3, 4, 5]]


def test_first_appearances_and_peaks_are_marked_and_named():
    tables = build_tables(Shape(600, 150, 2, dates=DAYS))
    day = tables.passages["article_id"].map(tables.articles.set_index("article_id")["date"])
    themes = [
        ["platform_regulation"] * (x.day > 3) + ["creative_displacement"] * (x.day == 5)
        for x in day
    ]
    passages = tables.passages.assign(themes=themes)
    tables = tables._replace(passages=passages, trends=count_trends(passages, tables.articles))
    drawing = _chart(tables)
    frame = drawing.numbers.set_index(["theme", "period"])
    assert frame.loc[frame["appears"] == 1].index.tolist() == [
        ("platform_regulation", pd.Timestamp("2026-02-04")),
        ("creative_displacement", pd.Timestamp("2026-02-05")),
    ]
    assert ("creative_displacement", pd.Timestamp("2026-02-05")) in frame[frame["peak"] == 1].index
    texts = drawing.axes[1].texts
    told = [text.get_text().replace("\u00a0", " ") for text in texts]
    assert "appears 5 Feb 2026" in told
    assert "beats chance 5 Feb 2026" in told
    assert "Triangle: a theme appears" in drawing.caption


def test_nothing_is_marked_where_all_is_of_one_day():
    frame = _chart(build_tables(Shape(90, 30, dates=DAYS[:1]))).numbers
    assert not frame[["appears", "peak"]].to_numpy().any()


def test_one_empty_period_is_shaded_like_a_stretch_of_them():
    dates = ("2026-02-03", "2026-02-04", "2026-02-06", "2026-02-12")
    axes = _chart(build_tables(Shape(200, 60, dates=dates))).axes[0]
    assert [patch.get_x() + patch.get_width() / 2 for patch in axes.patches] == [2, 4]


def test_the_rows_drawn_are_the_trends_of_the_six_largest_themes():
    tables = build_tables(Shape(200, 60))
    frame = _chart(tables).numbers
    largest = tables.themes.nlargest(6, "n_passages")["theme"]
    assert list(dict.fromkeys(frame["theme"])) == list(largest)
    merged = frame.merge(tables.trends, on=["theme", "period"], suffixes=("", "_counted"))
    assert len(merged) == len(frame)
    assert (merged["share"] == merged["share_counted"]).all()


def test_events_are_numbered_and_listed_with_their_source():
    tables = build_tables(Shape(200, 60))
    texts = [text.get_text() for text in _chart(tables).texts]
    for number, event in enumerate(tables.events.itertuples(), 1):
        assert any(
            text.startswith(f"{number}  ") and event.label in text and "reported in" in text
            for text in texts
        )


def test_undated_articles_are_counted_in_the_subtitle():
    tables = build_tables(Shape(90, 30, dates=(*DAYS, None)))
    undated = int(tables.articles["date"].isna().sum())
    assert f"{undated} articles without a date" in _chart(tables).caption


def test_shares_of_a_handful_of_stories_have_small_dots_and_say_so():
    drawing = _chart(build_tables(Shape(60, 4)))
    assert "Small dots: fewer than five stories." in drawing.caption
    large = _chart(build_tables(Shape(200, 60)))
    assert "Small dots" not in large.caption
    sizes = [max(d.get_sizes()) for x in (drawing, large) for d in x.axes[0].collections[1:2]]
    assert sizes[0] < sizes[1]
