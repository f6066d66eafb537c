import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.errors import ConfigurationError
from press_themes.measures.trends import (
    COLUMNS,
    PERIOD_COLUMNS,
    TrendSettings,
    count_trends,
    count_trends_by,
    list_periods,
)


def _tables(dates: list[str | None], themes: list[list[str]] | None = None):
    names = [f"a{i}" for i in range(len(dates))]
    articles = pd.DataFrame(
        {
            "article_id": names,
            "family_id": names,
            "date": pd.to_datetime(pd.Series(dates, dtype="object"), format="%Y-%m-%d"),
        }
    )
    bears = themes or [["x"]] * len(dates)
    return pd.DataFrame({"article_id": names, "themes": bears}), articles


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-01-01", "2026-01-21", 1),
        ("2026-01-01", "2026-01-22", 7),
        ("2026-01-01", "2026-07-01", 7),
        ("2026-01-01", "2026-07-02", 31),
        ("2021-01-01", "2025-12-31", 31),
        ("2020-01-01", "2025-12-31", 366),
    ],
)
def test_the_period_suits_the_span(first, last, days):
    trends = count_trends(*_tables([first, last]))
    longest = (trends["period_end"] - trends["period"]).dt.days.max() + 1
    assert longest == days


def test_every_period_is_there_and_empty_ones_have_no_share():
    trends = count_trends(*_tables(["2026-02-03", "2026-02-06"]))
    assert trends["status"].tolist() == ["full", "empty", "empty", "full"]
    assert trends["share"].isna().tolist() == [False, True, True, False]
    assert trends["n_period"].tolist() == [1, 0, 0, 1]


def test_a_period_without_the_theme_is_a_true_zero():
    trends = count_trends(*_tables(["2026-02-03", "2026-02-04"], [["x"], ["y"]]))
    second = trends[(trends["theme"] == "x") & (trends["period"] == "2026-02-04")].iloc[0]
    assert (second["share"], second["n_passages"], second["status"]) == (0.0, 0, "full")


def test_weeks_begin_on_monday_and_cut_ones_are_partial():
    dates = ["2026-01-07", "2026-01-14", "2026-01-22", "2026-02-01"]
    trends = count_trends(*_tables(dates))
    assert (trends["period"].dt.dayofweek == 0).all()
    assert trends["status"].tolist() == ["partial", "full", "full", "full"]


def test_undated_articles_are_left_out():
    trends = count_trends(*_tables(["2026-02-03", None], [["x"], ["x"]]))
    assert trends["n_period"].sum() == 1


def test_without_dates_the_table_is_empty_with_its_columns():
    trends = count_trends(*_tables([None, None]))
    assert trends.empty
    assert trends.columns.tolist() == COLUMNS


def test_an_unknown_period_is_refused():
    with pytest.raises(ConfigurationError, match="fortnight"):
        count_trends(*_tables(["2026-02-03"]), TrendSettings(period="fortnight"))


def test_the_period_can_be_set():
    trends = count_trends(*_tables(["2026-02-03", "2026-03-03"]), TrendSettings(period="month"))
    assert trends["period"].dt.day.tolist() == [1, 1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2030-12-31").date()),
            st.lists(st.sampled_from("xyz"), max_size=2, unique=True),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_passages_are_neither_lost_nor_counted_twice(rows):
    dates, themes = [str(date) for date, _ in rows], [names for _, names in rows]
    trends = count_trends(*_tables(dates, themes), TrendSettings(resamples=20))
    found = {name for names in themes for name in names}
    assert set(trends["theme"]) == found
    for name in found:
        mine = trends[trends["theme"] == name]
        assert mine["n_period"].sum() == len(rows)
        assert mine["n_passages"].sum() == sum(name in names for names in themes)
        told = mine[mine["status"] != "empty"]
        assert np.allclose(told["share"], told["n_passages"] / told["n_period"])
        assert (mine["period"].diff().dropna() > pd.Timedelta(0)).all()


def _two_outlets():
    passages, articles = _tables(
        ["2026-02-02", "2026-02-02", "2026-02-04", "2026-02-04", None],
        [["x"], [], ["x"], ["y"], ["x"]],
    )
    passages["language"] = ["fr", "fr", "fr", "en", "en"]
    return passages, articles.assign(outlet=["A", "A", "B", "B", None])


def test_by_outlet_a_silent_period_is_empty_and_the_groups_add_up():
    passages, articles = _two_outlets()
    every = count_trends(passages, articles)
    grouped = count_trends_by(passages, articles)
    assert grouped.groupby(["grouping", "group"]).size().index.tolist() == [
        ("language", "en"),
        ("language", "fr"),
        ("outlet", "A"),
        ("outlet", "B"),
    ]
    first = grouped[(grouped["group"] == "A") & (grouped["theme"] == "x")]
    assert first["status"].tolist() == ["full", "empty", "empty"]
    assert first["n_passages"].tolist() == [1, 0, 0]
    for grouping in ("outlet", "language"):
        summed = (
            grouped[grouped["grouping"] == grouping]
            .groupby(["theme", "period"])
            .sum(numeric_only=True)
        )
        wanted = every.set_index(["theme", "period"])
        assert (summed["n_passages"] == wanted["n_passages"]).all()
        assert (summed["n_period"] == wanted["n_period"]).all()


def test_periods_tell_full_empty_and_undated_apart():
    passages, articles = _two_outlets()
    periods = list_periods(passages, articles, count_trends(passages, articles))
    assert list(periods.columns) == PERIOD_COLUMNS
    assert periods["status"].tolist() == ["full", "empty", "full", "undated"]
    assert periods["n_articles"].tolist() == [2, 0, 2, 1]
    assert periods["period"].isna().tolist() == [False, False, False, True]


def test_without_dates_there_is_one_undated_row_and_no_group():
    passages, articles = _two_outlets()
    articles["date"] = pd.NaT
    trends = count_trends(passages, articles)
    assert count_trends_by(passages, articles).empty
    periods = list_periods(passages, articles, trends)
    assert periods["status"].tolist() == ["undated"]
    assert periods["n_passages"].tolist() == [5]


def test_periods_are_there_where_no_theme_is():
    passages, articles = _two_outlets()
    with_themes = list_periods(passages, articles, count_trends(passages, articles))
    bare = passages.assign(themes=[[] for _ in range(len(passages))])
    trends = count_trends(bare, articles)
    assert trends.empty
    periods = list_periods(bare, articles, trends)
    pd.testing.assert_frame_equal(periods, with_themes)
    monthly = list_periods(bare, articles, trends, TrendSettings(period="month"))
    assert monthly["period"].dt.day.dropna().eq(1).all()
