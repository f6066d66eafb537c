"""The share of each theme, as judged where a sample was judged, else as the codebook reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.estimates import (
    FURTHER,
    bound_share,
    estimate_part,
    project_width,
    tune_power,
)
from press_themes.measures.judged_evidence import Evidence

#: What a share rests on: judgements of a random sample beside the reading, or the reading alone.
JUDGED, READ = "judged", "read"
COLUMNS = [
    "theme",
    "basis",
    "n_judged",
    "share",
    "share_low",
    "share_high",
    "share_read",
    "width",
    "n_further",
    "width_further",
]
_REPLACED = ["share", "share_low", "share_high"]


def estimate_shares(evidence: Evidence) -> pd.DataFrame:
    """Estimate the share of each theme among all passages.

    Parameters
    ----------
    evidence : Evidence
        From `gather_evidence`.

    Returns
    -------
    DataFrame
        One row a theme: ``theme``, ``basis`` ("judged", or "read" where fewer than five stories
        were), ``n_judged`` (passages), ``share`` with ``share_low`` and ``share_high`` (95 %; for
        "read" they hold the accident of which stories were told and not the error of the reading),
        ``share_read``, ``width`` of the interval, and ``width_further``, what it would be about
        with ``n_further`` more judgements.
    """
    return estimate_groups(evidence, {"": np.ones(len(evidence.order), bool)})[COLUMNS]


def estimate_groups(evidence: Evidence, groups: Mapping[Any, np.ndarray]) -> pd.DataFrame:
    """Estimate the share of each theme in groups of passages.

    Parameters
    ----------
    evidence : Evidence
        From `gather_evidence`.
    groups : mapping of a name to ndarray of bool, shape (n_passages,)
        Which passages each group has, in the order of the passages' rows.

    Returns
    -------
    DataFrame
        ``group`` and the columns of `estimate_shares`. A theme has the same basis in all groups that
        have passages, so that no difference between them is one of method: it is judged if it is in
        each.
    """
    power = tune_power(evidence)
    rows = []
    for name, inside in groups.items():
        part = estimate_part(evidence, inside, power)
        low, high = bound_share(part)
        read = (part.share_read, part.share_read_low, part.share_read_high)
        values = (part.n_judged, part.share, low, high, *read, project_width(part), part.is_judged)
        rows += [
            (name, theme, bool(inside.any()), *own)
            for theme, *own in zip(evidence.themes, *values, strict=True)
        ]
    as_read = ["share_read", "read_low", "read_high"]
    names = ["group", "theme", "is_filled", "n_judged", *_REPLACED, *as_read]
    frame = pd.DataFrame(rows, columns=[*names, "width_further", "is_judged"])
    held = (frame["is_judged"].astype(bool) | ~frame["is_filled"]).groupby(frame["theme"])
    judged = held.transform("all") & frame["is_filled"]
    frame["basis"] = np.where(judged, JUDGED, READ)
    for name, other in zip(_REPLACED, as_read, strict=True):
        frame[name] = frame[name].where(judged, frame[other])
    frame["width"] = frame["share_high"] - frame["share_low"]
    return frame.assign(n_further=FURTHER)[["group", *COLUMNS]]


def put_estimates(table: pd.DataFrame, estimates: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Put estimated shares in place of those read.

    Parameters
    ----------
    table : DataFrame
        With `keys`, ``share, share_low, share_high``.
    estimates : DataFrame
        From `estimate_groups`, with `keys`.
    keys : list of str
        What identifies a row.

    Returns
    -------
    DataFrame
        `table` with ``basis``, ``share_read`` (what its share was) and ``n_judged``.
    """
    found = table[keys].merge(estimates, on=keys, how="left")
    judged = (found["basis"] == JUDGED).to_numpy()
    basis = np.where(judged, JUDGED, READ).astype(object)
    n_judged = found["n_judged"].fillna(0).to_numpy(dtype="int64")
    told = table.assign(basis=basis, share_read=table["share"], n_judged=n_judged)
    for name in _REPLACED:
        told[name] = np.where(judged, found[name].to_numpy(dtype=float), table[name])
    return told
