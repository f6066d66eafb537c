"""Shares of any passages an analyst picks out, with their intervals, and how they differ from the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.bursts import ERROR
from press_themes.measures.counts import list_stories
from press_themes.measures.estimates import estimate_part, subtract_parts
from press_themes.measures.evidence import Evidence

COLUMNS = [
    "key", "n_passages", "share", "low", "high", "difference", "difference_low", "difference_high",
    "error", "beyond",
]  # fmt: skip


def compare_parts(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    shown: np.ndarray,
    groups: Mapping[Any, np.ndarray],
    of_shown: bool,
) -> pd.DataFrame:
    """Compare what is shown with the rest, group by group.

    Parameters
    ----------
    passages, articles : DataFrame
        ``article_id``, and ``story_id`` or ``family_id`` of articles.
    shown : ndarray of bool, shape (n_passages,)
        Which passages were picked out.
    groups : mapping of a name to ndarray of bool, shape (n_passages,)
        Which passages each group has; they may overlap.
    of_shown : bool
        Whether the share is that of the group among the passages shown, against its share among
        the others; else that of the shown among the passages of the group, against their share
        outside it.

    Returns
    -------
    DataFrame
        One row a group: ``key, n_passages`` (shown, of the group), ``share`` with ``low`` and
        ``high`` (95 %, stories drawn whole; NaN with fewer than five), ``difference`` with
        ``difference_low`` and ``difference_high``, ``error`` (after Holm 1979) and ``beyond``.
        Nothing here holds the error of the reading.
    """
    if not groups:
        return pd.DataFrame(columns=COLUMNS)
    names = list(groups)
    masks = np.column_stack([groups[name] for name in names]).astype(bool)
    evidence = _gather(passages, articles, masks if of_shown else shown[:, None])
    insides = [shown] if of_shown else list(masks.T)
    told = pd.concat([_compare(evidence, inside) for inside in insides], ignore_index=True)
    sizes = (masks & shown[:, None]).sum(axis=0)
    told = told.assign(key=names, n_passages=sizes, error=_correct(told["error"].to_numpy(float)))
    return told.assign(beyond=told["error"] <= ERROR)[COLUMNS]


def _gather(passages: pd.DataFrame, articles: pd.DataFrame, borne: np.ndarray) -> Evidence:
    """Put what passages are beside their stories, as if it had been read."""
    _, codes = np.unique(list_stories(passages, articles), return_inverse=True)
    order = np.argsort(codes, kind="stable")
    nothing = np.zeros((0, borne.shape[1]))
    themes = [str(place) for place in range(borne.shape[1])]
    ordered = borne[order]
    return Evidence(
        themes,
        order,
        codes[order],
        ordered.astype(np.float32),
        ordered,
        np.zeros(0, int),
        nothing,
        nothing,
    )


def _compare(evidence: Evidence, inside: np.ndarray) -> pd.DataFrame:
    power = np.zeros(len(evidence.themes))
    first = estimate_part(evidence, inside, power)
    second = estimate_part(evidence, ~inside, power)
    told = subtract_parts(first, second)
    return pd.DataFrame(
        {
            "share": first.share,
            "low": first.share_read_low,
            "high": first.share_read_high,
            "difference": told.value,
            "difference_low": told.low,
            "difference_high": told.high,
            "error": told.chance,
        }
    )


def _correct(chances: np.ndarray) -> np.ndarray:
    """Return the chances times the number of comparisons still open, in order of size."""
    errors = np.full(len(chances), np.nan)
    known = np.flatnonzero(~np.isnan(chances))
    ordered = known[np.argsort(chances[known], kind="stable")]
    steps = chances[ordered] * np.arange(len(ordered), 0, -1)
    errors[ordered] = np.minimum(np.maximum.accumulate(steps), 1.0) if len(steps) else steps
    return errors
