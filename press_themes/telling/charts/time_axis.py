"""Where each period of a timeline stands on the page.

Long stretches without any passage are folded, so that a few busy days stay readable beside them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.telling.rows import each_row

#: From this many empty periods on, a stretch is folded into one place.
FOLD_FROM = 3
# About so many marks of one number fit side by side on the width of a page.
_MARKS_ACROSS = 20


class Timeline(NamedTuple):
    """Places of the periods along the axis.

    Attributes
    ----------
    periods : DataFrame
        ``period, period_end, n_period, status, place``; folded periods share a place.
    folds : DataFrame
        ``place, n_periods, first, last`` of each folded stretch.
    width : int
        Number of places.
    """

    periods: pd.DataFrame
    folds: pd.DataFrame
    width: int


class Fullest(NamedTuple):
    """The period that holds nearly all dated passages, and its share of them."""

    period: pd.Timestamp
    share: float


def find_fullest(tables: Any) -> Fullest | None:
    """Return the period that holds so much that no trend can be read, if there is one."""
    tallied = tables.tallies[tables.tallies["name"] == "one_period"]
    if tallied.empty:
        return None
    sizes = tables.trends.drop_duplicates("period").set_index("period")["n_period"]
    period = sizes.index[int(sizes.to_numpy().argmax())]
    return Fullest(pd.Timestamp(period), float(tallied["share"].iloc[0]))


def find_peak(tables: Any) -> Any | None:
    """Return the row of the bursts that stands out most, if any beats chance."""
    bursts = tables.bursts
    return next(each_row(bursts[bursts["beyond_chance"].astype(bool)]), None)


def place_periods(trends: pd.DataFrame) -> Timeline:
    """Give every period a place and fold long empty stretches."""
    columns = ["period", "period_end", "n_period", "status"]
    periods = trends[columns].drop_duplicates("period").sort_values("period")
    periods = periods.reset_index(drop=True)
    empty = periods["status"].eq("empty")
    stretch = empty.ne(empty.shift()).cumsum()
    length = empty.groupby(stretch).transform("size")
    folded = empty & (length >= FOLD_FROM)
    opens = ~folded | (stretch != stretch.shift())
    periods["place"] = np.cumsum(opens.to_numpy()) - 1
    folds = (
        periods[folded]
        .groupby("place")
        .agg(n_periods=("period", "size"), first=("period", "min"), last=("period_end", "max"))
        .reset_index()
    )
    return Timeline(periods, folds, int(periods["place"].max()) + 1)


def name_step(trends: pd.DataFrame) -> str:
    """Return ``day``, ``week``, ``month`` or ``year``: the length of the periods."""
    days = int((trends["period_end"] - trends["period"]).dt.days.max()) + 1
    for step, longest in (("day", 1), ("week", 7), ("month", 31)):
        if days <= longest:
            return step
    return "year"


def place_events(events: pd.DataFrame, timeline: Timeline) -> pd.DataFrame:
    """Give every event the place of its period and a number in order of date."""
    periods = timeline.periods
    dates = events["date"].to_numpy().astype("datetime64[s]")
    starts = periods["period"].to_numpy().astype("datetime64[s]")
    row = np.searchsorted(starts, dates, side="right") - 1
    inside = (row >= 0) & (dates <= periods["period_end"].max().to_datetime64())
    kept = events[inside].assign(place=periods["place"].to_numpy()[row[inside]])
    kept = kept.sort_values(["date", "label"], kind="stable").reset_index(drop=True)
    return kept.assign(number=np.arange(1, len(kept) + 1))


def gather_numbers(events: pd.DataFrame, width: int) -> list[tuple[float, str]]:
    """Put the numbers of events that stand too near one another into one mark."""
    room = width / _MARKS_ACROSS
    gathered: list[tuple[list[int], list[int]]] = []
    for place, number in zip(events["place"], events["number"], strict=True):
        last = gathered[-1][0] if gathered else []
        # A mark grows with every number it takes in.
        if last and place - max(last) < room * (1 + 0.45 * min(3, len(last))):
            last.append(int(place))
            gathered[-1][1].append(int(number))
        else:
            gathered.append(([int(place)], [int(number)]))
    return [
        ((min(places) + max(places)) / 2, _join_numbers(numbers)) for places, numbers in gathered
    ]


def _join_numbers(numbers: list[int]) -> str:
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(str(number) for number in numbers)
