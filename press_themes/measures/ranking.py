"""What the tables allow to be said: which theme leads, which period stands out, what is covered.

Charts and sentences ask here, so that a title and a finding never disagree.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from press_themes.measures.bursts import find_bursts
from press_themes.measures.counts import tabulate_stories
from press_themes.measures.intervals import resample_leads

FEWEST_PASSAGES = 30
FEWEST_STORIES = 5
#: Where one period holds more than this share of the dated passages, there is no trend to read.
MOST_IN_ONE_PERIOD = 0.8
#: A topic with fewer passages is too small to say that the codebook misses it.
FEWEST_OF_TOPIC = 5
_MISSED_BELOW = 0.5
#: A theme or topic with less stability is unstable, one with at least `STABLE` is stable.
UNSTABLE = 0.6
STABLE = 0.75


class Lead(NamedTuple):
    """The largest theme, the themes not clearly behind it, and whether that can be said at all."""

    first: str | None
    rivals: list[str]
    can_say: bool


class Concentration(NamedTuple):
    """The period that holds nearly all dated passages, and its share of them."""

    period: pd.Timestamp
    share: float


class Peak(NamedTuple):
    """The theme and period that stand out most, counted in stories."""

    theme: str
    period: pd.Timestamp
    n_inside: int
    n_outside: int
    share_inside: float
    share_outside: float
    error: float


def rank_themes(
    themes: pd.DataFrame, passages: pd.DataFrame, articles: pd.DataFrame, seed: int
) -> Lead:
    """Say which theme is most frequent and over which others its lead could be chance."""
    found = themes[themes["n_passages"].fillna(0) > 0]
    if found.empty:
        return Lead(None, [], False)
    ordered = found.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    names = [str(name) for name in ordered["theme"]]
    groups, counts, totals = tabulate_stories(passages, articles, "themes")
    enough = len(passages) >= FEWEST_PASSAGES and len(totals) >= FEWEST_STORIES
    if not enough or names[0] not in groups:
        return Lead(names[0], [], False)
    low, _ = resample_leads(counts, totals, groups.index(names[0]), seed)
    lowest = dict(zip(groups, low, strict=True))
    return Lead(names[0], [name for name in names[1:] if lowest.get(name, 1.0) <= 0], True)


def find_concentration(trends: pd.DataFrame) -> Concentration | None:
    """Find a period that holds so much of the dated text that others cannot be compared with it."""
    sizes = trends.drop_duplicates("period").set_index("period")["n_period"]
    if sizes.sum() == 0:
        return None
    share = sizes.max() / sizes.sum()
    if share <= MOST_IN_ONE_PERIOD:
        return None
    return Concentration(pd.Timestamp(sizes.index[int(sizes.to_numpy().argmax())]), float(share))


def find_peak(passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame) -> Peak | None:
    """Find the period in which a theme is more frequent than chance allows."""
    bursts = find_bursts(passages, articles, trends)
    if bursts.empty or not bursts["beyond_chance"].iloc[0]:
        return None
    row = bursts.iloc[0]
    return Peak(
        theme=row["theme"],
        period=row["period"],
        n_inside=int(row["n_stories"]),
        n_outside=int(row["n_outside"]),
        share_inside=float(row["share"]),
        share_outside=float(row["share_outside"]),
        error=float(row["error"]),
    )


def cover_topics(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Count how many passages of each topic bear at least one theme."""
    bears = passages["themes"].map(len) > 0
    grouped = bears.groupby(passages["topic"].to_numpy())
    frame = pd.DataFrame({"n_passages": grouped.size(), "n_with_theme": grouped.sum()})
    frame = frame.rename_axis("topic").reset_index()
    frame = frame[frame["topic"].isin(topics["topic"])]
    frame["share_with_theme"] = frame["n_with_theme"] / frame["n_passages"]
    return frame.sort_values(["n_passages", "topic"], ascending=[False, True]).reset_index(
        drop=True
    )


def rank_by_coverage(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Rank the topics by how little of them the codebook covers."""
    covered = cover_topics(passages, topics)
    covered = covered[covered["n_passages"] >= FEWEST_OF_TOPIC]
    covered = covered.assign(missed=covered["share_with_theme"] < _MISSED_BELOW)
    return covered.sort_values(
        ["share_with_theme", "n_passages", "topic"], ascending=[True, False, True]
    ).reset_index(drop=True)
