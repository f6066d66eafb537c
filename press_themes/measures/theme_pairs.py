"""Which two themes occur in the same stories more, or less, often than chance would have it."""

from __future__ import annotations

import pandas as pd

from press_themes.measures.counts import list_stories
from press_themes.measures.departures import compare_pairs
from press_themes.measures.group_departures import mark_departures

COLUMNS = [
    "first", "second", "n_stories", "n_first", "n_second", "n_all", "expected", "residual",
    "beyond_chance", "stands_out",
]  # fmt: skip


def pair_themes(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Compare in how many stories two themes meet with what chance would bring together.

    Parameters
    ----------
    passages, articles : DataFrame
        As in the run tables.

    Returns
    -------
    DataFrame
        One row a pair of themes: ``first, second, n_stories`` (that bear both), ``n_first`` and
        ``n_second`` (that bear either), ``n_all`` (stories that have a passage), ``expected`` (that
        chance would give both), ``residual`` (observed less expected, in standard errors),
        ``beyond_chance`` and ``stands_out`` as in `compare_groups`.
    """
    compared = mark_departures(compare_pairs(passages, articles))
    stories = pd.unique(pd.Series(list_stories(passages, articles)))
    return compared.assign(n_all=len(stories))[COLUMNS]
