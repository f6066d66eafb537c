"""How the share of a theme differs between outlets, languages and periods, and whether by chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.bursts import ERROR
from press_themes.measures.estimated_shares import JUDGED, READ
from press_themes.measures.estimates import Part, estimate_part, subtract_parts, tune_power
from press_themes.measures.judged_evidence import Evidence

#: The largest outlets and languages that are compared.
MOST_GROUPS = 12
#: What a group is compared with: all other passages that have a group.
REST = ""
COLUMNS = [
    "grouping",
    "group",
    "against",
    "theme",
    "basis",
    "n_judged",
    "n_judged_against",
    "share",
    "share_against",
    "difference",
    "difference_low",
    "difference_high",
    "error",
    "beyond_chance",
]


class _Pair(NamedTuple):
    grouping: str
    group: str
    against: str
    first: np.ndarray
    second: np.ndarray


def compare_shares(
    passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame, evidence: Evidence
) -> pd.DataFrame:
    """Compare the share of each theme between outlets, languages and periods.

    Parameters
    ----------
    passages : DataFrame
        ``article_id, language``, in the order `evidence` was gathered in.
    articles : DataFrame
        ``article_id, outlet, date``.
    trends : DataFrame
        From `count_trends`; its periods are compared.
    evidence : Evidence
        From `gather_evidence`.

    Returns
    -------
    DataFrame
        One row a pair and theme: ``grouping`` ("outlet", "language" or "period"), ``group``,
        ``against`` ("" for all others together; for a period, the first day of the one before),
        ``theme``, ``basis`` ("judged" where both groups have judgements of five stories, else
        "read"), ``n_judged`` and ``n_judged_against`` (passages), ``share`` and ``share_against``
        (of passages), ``difference`` with ``difference_low`` and ``difference_high`` (95 %, NaN
        where one group has fewer than five stories), ``error`` (chance of a difference so large,
        times the number of comparisons of its grouping, after Holm 1979), ``beyond_chance`` (the
        error is at most 0.05). Differences as read hold the error of the reading only where it is
        the same in both groups.
    """
    power = tune_power(evidence)
    tables = [_compare(evidence, power, pair) for pair in _list_pairs(passages, articles, trends)]
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    frame = pd.concat(tables, ignore_index=True)
    frame["error"] = np.nan
    for _, own in frame.groupby("grouping", sort=False):
        chances = own["chance"].dropna().sort_values(kind="stable")
        errors = np.maximum.accumulate(chances.to_numpy() * np.arange(len(chances), 0, -1))
        frame.loc[chances.index, "error"] = np.minimum(errors, 1.0)
    frame["beyond_chance"] = frame["error"] <= ERROR
    return frame[COLUMNS]


def _compare(evidence: Evidence, power: np.ndarray, pair: _Pair) -> pd.DataFrame:
    first = estimate_part(evidence, pair.first, power)
    second = estimate_part(evidence, pair.second, power)
    judged = first.is_judged & second.is_judged
    # Where one group has too few judgements, what was read is compared with what was read.
    none = evidence._replace(
        places=evidence.places[:0], judged=evidence.judged[:0], weights=evidence.weights[:0]
    )
    read = (estimate_part(none, inside, power) for inside in (pair.first, pair.second))
    first, second = (_choose(judged, *both) for both in zip((first, second), read, strict=True))
    told = subtract_parts(first, second)
    return pd.DataFrame(
        {
            "grouping": pair.grouping,
            "group": pair.group,
            "against": pair.against,
            "theme": evidence.themes,
            "basis": np.where(judged, JUDGED, READ).astype(object),
            "n_judged": first.n_judged,
            "n_judged_against": second.n_judged,
            "share": first.share,
            "share_against": second.share,
            "difference": told.value,
            "difference_low": told.low,
            "difference_high": told.high,
            "chance": told.chance,
        }
    )


def _choose(judged: np.ndarray, sampled: Part, read: Part) -> Part:
    """Take the themes that are judged from one estimate and the others from the other."""
    chosen = {
        name: np.where(judged, ours, theirs)
        for name, ours, theirs in zip(Part._fields, sampled, read, strict=True)
        if name not in ("stories", "n_judged")
    }
    return sampled._replace(**chosen)


def _list_pairs(
    passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame
) -> Iterator[_Pair]:
    told = articles.set_index("article_id")
    for grouping in ("outlet", "language"):
        source = passages["language"]
        if grouping == "outlet":
            source = passages["article_id"].map(told["outlet"])
        names = source.to_numpy(dtype=object)
        sizes = source.dropna().value_counts()
        known = source.notna().to_numpy()
        for group in sorted(sizes.index, key=lambda name: (-sizes[name], str(name)))[:MOST_GROUPS]:
            inside = names == group
            if (known & ~inside).any():
                yield _Pair(grouping, str(group), REST, inside, known & ~inside)
    starts = np.unique(trends["period"].to_numpy(dtype="datetime64[s]"))
    dates = passages["article_id"].map(told["date"]).to_numpy(dtype="datetime64[s]")
    dated = ~np.isnat(dates)
    place = np.where(dated, np.searchsorted(starts, dates, side="right") - 1, -1)
    filled = [number for number in range(len(starts)) if (place == number).any()]
    for before, number in pairwise(filled):
        own, other = (str(starts[one].astype("datetime64[D]")) for one in (number, before))
        yield _Pair("period", own, other, place == number, place == before)
