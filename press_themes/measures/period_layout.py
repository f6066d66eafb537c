"""Periods that suit the span of the dates, and whether the corpus covers them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.errors import ConfigurationError

_FREQUENCIES = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
_LONGEST_SPANS = {"day": 21, "week": 26 * 7, "month": 5 * 366}


def date_passages(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Return the day of each passage's article."""
    dates = pd.to_datetime(articles.set_index("article_id")["date"]).dt.normalize()
    return passages["article_id"].map(dates).astype("datetime64[s]")


def divide_dates(dates: pd.Series, period: str) -> tuple[pd.PeriodIndex, np.ndarray]:
    """Return all periods from the first date to the last, and in which of them each date lies."""
    periods = dates.dt.to_period(_choose_frequency(dates, period))
    every = pd.period_range(periods.min(), periods.max(), freq=periods.dt.freq)
    return every, every.get_indexer(pd.PeriodIndex(periods))


def _choose_frequency(dates: pd.Series, period: str) -> str:
    if period != "auto":
        if period not in _FREQUENCIES:
            raise ConfigurationError(
                "trends", f"unknown period '{period}'", "use auto, day, week, month or year"
            )
        return _FREQUENCIES[period]
    span = (dates.max() - dates.min()).days + 1
    for name, longest in _LONGEST_SPANS.items():
        if span <= longest:
            return _FREQUENCIES[name]
    return _FREQUENCIES["year"]


def tell_status(period: pd.Period, cut: tuple[pd.Timestamp, pd.Timestamp]) -> str:
    """Say whether the dates of the corpus cover a period in full."""
    begins = period.start_time.normalize() >= cut[0]
    ends = period.end_time.normalize() <= cut[1]
    return "full" if begins and ends else "partial"
