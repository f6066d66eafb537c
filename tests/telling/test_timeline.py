import numpy as np
import pandas as pd
import pytest

from press_themes.telling.charts.time_axis import (
    gather_numbers,
    name_step,
    place_events,
    place_periods,
)


def _trends(statuses, freq="D"):
    starts = pd.period_range("2026-02-02", periods=len(statuses), freq=freq)
    return pd.DataFrame(
        {
            "theme": "x",
            "period": starts.start_time.astype("datetime64[s]"),
            "period_end": starts.end_time.normalize().astype("datetime64[s]"),
            "n_period": [0 if status == "empty" else 5 for status in statuses],
            "status": statuses,
        }
    )


def test_short_gaps_stay_and_long_ones_fold():
    statuses = ["full", "empty", "empty", "full", "empty", "empty", "empty", "full"]
    timeline = place_periods(_trends(statuses))
    assert timeline.periods["place"].tolist() == [0, 1, 2, 3, 4, 4, 4, 5]
    assert timeline.folds[["place", "n_periods"]].to_numpy().tolist() == [[4, 3]]
    assert timeline.width == 6


def test_without_gaps_every_period_has_its_place():
    timeline = place_periods(_trends(["full"] * 5))
    assert timeline.periods["place"].tolist() == list(range(5))
    assert timeline.folds.empty


@pytest.mark.parametrize(
    ("freq", "step"), [("D", "day"), ("W-SUN", "week"), ("M", "month"), ("Y", "year")]
)
def test_the_step_is_read_from_the_periods(freq, step):
    assert name_step(_trends(["full"] * 3, freq)) == step


def test_events_outside_the_dates_are_dropped_and_the_rest_numbered_by_date():
    timeline = place_periods(_trends(["full"] * 3))
    dates = ["2026-02-04", "2026-02-02", "2026-02-01", "2026-02-05"]
    events = pd.DataFrame({"date": pd.to_datetime(dates), "label": list("abcd")})
    placed = place_events(events, timeline)
    assert placed["label"].tolist() == ["b", "a"]
    assert placed["number"].tolist() == [1, 2]
    assert placed["place"].tolist() == [0, 2]
    assert place_events(events.iloc[:0], timeline).empty
    assert np.issubdtype(placed["place"].dtype, np.integer)


def test_numbers_that_would_touch_share_a_mark():
    events = pd.DataFrame({"place": [0, 0, 1, 30, 59], "number": [1, 2, 3, 4, 5]})
    assert gather_numbers(events, 60) == [(0.5, "1–3"), (30, "4"), (59, "5")]
    assert gather_numbers(events, 3) == [(0, "1, 2"), (1, "3"), (30, "4"), (59, "5")]
    assert gather_numbers(events.iloc[:0], 3) == []
