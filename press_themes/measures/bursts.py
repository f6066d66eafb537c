"""Bursts: the periods in which a theme is told by more stories than chance allows.

Stories are counted, not passages, so that one long or much reprinted story makes no burst.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.counts import list_members

#: Family-wise error of a statement that something stands out.
ERROR = 0.05
COLUMNS = [
    "theme",
    "period",
    "n_stories",
    "n_with",
    "n_outside",
    "expected",
    "share",
    "share_outside",
    "error",
    "beyond_chance",
]


def find_bursts(
    passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame
) -> pd.DataFrame:
    """Compare every theme and period with what chance would give.

    Parameters
    ----------
    passages, articles, trends : DataFrame
        As in the run tables; the periods are those of `trends`.

    Returns
    -------
    DataFrame
        One row a theme and period with stories, the most surprising first: ``theme, period,
        n_stories`` (told in the period), ``n_with`` (of these, with the theme), ``n_outside``
        (told in other periods), ``expected`` (with the theme, were it spread evenly), ``share``
        and ``share_outside`` (of stories), ``error`` (chance of so many or more, times the number
        of comparisons, after Holm 1979), ``beyond_chance`` (the error is at most 0.05). Empty with
        fewer than two periods.

    Notes
    -----
    Hypergeometric test on stories: does the story bear the theme in this period?
    """
    told = count_stories_by_period(passages, articles, trends)
    if told.empty or told["period"].nunique() < 2:
        return pd.DataFrame(columns=COLUMNS)
    from scipy.stats import hypergeom

    n_all = told.groupby("theme")["n_stories"].transform("sum")
    n_with = told.groupby("theme")["n_with"].transform("sum")
    chance = hypergeom.sf(told["n_with"] - 1, n_all, n_with, told["n_stories"])
    told = told.assign(
        n_outside=n_all - told["n_stories"],
        expected=told["n_stories"] * n_with / n_all,
        share=told["n_with"] / told["n_stories"],
        share_outside=(n_with - told["n_with"]) / (n_all - told["n_stories"]),
        chance=chance,
    ).sort_values(["chance", "theme", "period"], kind="stable")
    comparisons = np.arange(len(told), 0, -1)
    error = np.maximum.accumulate(told["chance"].to_numpy() * comparisons)
    told = told.assign(error=np.minimum(error, 1.0), beyond_chance=error <= ERROR)
    return told[COLUMNS].reset_index(drop=True)


def count_stories_by_period(
    passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame
) -> pd.DataFrame:
    """Count, for every theme and period, the stories told and those that bear the theme."""
    columns = ["theme", "period", "n_stories", "n_with"]
    starts = np.sort(trends["period"].unique())
    if not len(starts):
        return pd.DataFrame(columns=columns)
    members = list_members(passages, articles, "themes")
    every = list_members(passages.assign(topic=0), articles, "topic")
    dates = articles.set_index("article_id")["date"].astype("datetime64[s]")
    for frame in (members, every):
        published = frame["article_id"].map(dates)
        place = np.searchsorted(starts, published.to_numpy(), side="right") - 1
        frame["period"] = pd.Series(starts[place], index=frame.index).where(published.notna())
    told = every.dropna(subset=["period"]).groupby("period")["story"].nunique()
    bearing = (
        members.dropna(subset=["period"])
        .groupby(["theme", "period"])["story"]
        .nunique()
        .rename("n_with")
    )
    grid = pd.MultiIndex.from_product(
        [sorted(members["theme"].unique()), told.index], names=["theme", "period"]
    )
    frame = bearing.reindex(grid, fill_value=0).reset_index()
    return frame.assign(n_stories=frame["period"].map(told))[columns]
