"""Which outlet, and which language, takes up which theme more or less than its size leads to expect."""

from __future__ import annotations

import pandas as pd

from press_themes.measures.departures import FEWEST_EXPECTED, compare_stories, find_departure

COLUMNS = [
    "grouping", "group", "theme", "n_stories", "n_group", "expected", "residual", "beyond_chance",
    "stands_out",
]  # fmt: skip
GROUPINGS = ("outlet", "language")
#: From so many standard deviations on, which chance alone reaches in one cell of twenty.
_MARKED = 2


def compare_groups(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Compare outlets, and languages, with what their sizes lead to expect of every theme.

    Parameters
    ----------
    passages, articles : DataFrame
        As in the run tables.

    Returns
    -------
    DataFrame
        One row a group and theme: ``grouping`` ("outlet" or "language"), ``group, theme,
        n_stories`` (of the group, with the theme), ``n_group`` (all of its stories), ``expected``
        (were the theme spread evenly), ``residual`` (observed less expected, in standard errors),
        ``beyond_chance`` (a single cell that chance makes in one case of twenty), ``stands_out``
        (the one cell of its grouping, if any, that beats chance among all of them). No rows for a
        grouping with fewer than two groups.
    """
    parts = []
    for grouping in GROUPINGS:
        compared = compare_stories(passages, articles, grouping)
        compared = compared.rename(columns={grouping: "group", f"n_{grouping}": "n_group"})
        parts.append(mark_departures(compared).assign(grouping=grouping)[COLUMNS])
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def mark_departures(compared: pd.DataFrame) -> pd.DataFrame:
    """Add ``beyond_chance`` and ``stands_out`` to a table with ``expected`` and ``residual``."""
    best = find_departure(compared) if len(compared) else None
    beyond = compared["residual"].abs().ge(_MARKED) & compared["expected"].ge(FEWEST_EXPECTED)
    stands_out = [best is not None and index == best.name for index in compared.index]
    return compared.assign(
        beyond_chance=beyond.astype(bool), stands_out=pd.Series(stands_out, compared.index, bool)
    )
