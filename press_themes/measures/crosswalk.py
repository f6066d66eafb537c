"""Where themes and topics meet: what the codebook covers, what it misses, what deserves a theme.

Counted in passages and in stories, because one long story can make a topic look important.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.counts import list_members
from press_themes.measures.estimated_shares import READ
from press_themes.measures.intervals import FEWEST_STORIES, resample_shares

COLUMNS = [
    "theme",
    "topic",
    "n_passages",
    "n_stories",
    "share_of_topic",
    "share_of_theme",
    "expected",
]
UNCOVERED_COLUMNS = [
    "topic",
    "n_passages",
    "n_stories",
    "share_without",
    "share_without_low",
    "share_without_high",
    "basis",
    "stability",
    "deserves_theme",
]
NO_THEME = ""
#: A topic found again less than this much is too shaky to build a theme on.
LEAST_STABILITY = 0.6


def cross_themes(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count how themes and topics overlap.

    Parameters
    ----------
    passages : DataFrame
        With ``article_id``, ``topic`` and ``themes``.
    articles : DataFrame
        With ``article_id`` and ``family_id``.

    Returns
    -------
    DataFrame
        One row a theme and topic that share a passage: ``theme`` ("" where a passage bears none),
        ``topic`` (-1 for the outliers), ``n_passages``, ``n_stories``, ``share_of_topic`` and
        ``share_of_theme`` (of the passages of each), ``expected`` (passages if themes and topics
        had nothing to do with each other).
    """
    themes = list_members(passages, articles, "themes")[["row", "theme", "story"]]
    every = list_members(passages.assign(all_rows=0), articles, "all_rows")[["row", "story"]]
    bare = every[~every["row"].isin(themes["row"])].assign(theme=NO_THEME)
    pairs = pd.concat([themes, bare], ignore_index=True)
    if pairs.empty:
        return pd.DataFrame(columns=COLUMNS)
    pairs["topic"] = passages["topic"].to_numpy()[pairs["row"].to_numpy()]
    frame = (
        pairs.groupby(["theme", "topic"], sort=True)
        .agg(n_passages=("row", "size"), n_stories=("story", "nunique"))
        .reset_index()
    )
    n_topic = frame["topic"].map(passages["topic"].value_counts())
    n_theme = frame["theme"].map(pairs["theme"].value_counts())
    frame["share_of_topic"] = frame["n_passages"] / n_topic
    frame["share_of_theme"] = frame["n_passages"] / n_theme
    frame["expected"] = n_topic * n_theme / len(passages)
    return frame[COLUMNS]


def find_uncovered(
    passages: pd.DataFrame, articles: pd.DataFrame, topics: pd.DataFrame, seed: int = 0
) -> pd.DataFrame:
    """Find the topics that the codebook misses.

    Parameters
    ----------
    passages, articles : DataFrame
        As for `cross_themes`.
    topics : DataFrame
        With ``topic`` and ``stability``.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row a topic, least covered first: ``topic, n_passages, n_stories``, ``share_without``
        (of its passages, without any theme) with its 95 % interval over stories, ``basis``
        ("read": as the codebook reads them), ``stability``, ``deserves_theme``: true for a topic of
        at least five stories, found again at least 60 % whole, most of whose passages bear no theme
        even at the low end of the interval.
    """
    members = list_members(passages, articles, "topic")
    bare = (passages["themes"].map(len) == 0).to_numpy()
    stability = topics.set_index("topic")["stability"]
    rows = []
    for topic, own in members.groupby("topic", sort=True):
        without = bare[own["row"].to_numpy()].astype(float)
        totals = own.groupby("story", sort=True)["row"].size().to_numpy(dtype=float)
        counts = pd.Series(without).groupby(own["story"].to_numpy()).sum().to_numpy()
        low, high = resample_shares(counts[:, None], totals, seed)
        steady = float(stability.get(topic, np.nan))
        deserves = len(totals) >= FEWEST_STORIES and steady >= LEAST_STABILITY and low[0] > 0.5
        rows.append(
            (
                topic,
                len(own),
                len(totals),
                without.mean(),
                low[0],
                high[0],
                READ,
                steady,
                bool(deserves),
            )
        )
    frame = pd.DataFrame(rows, columns=UNCOVERED_COLUMNS)
    return frame.sort_values(
        ["share_without", "n_passages", "topic"], ascending=[False, False, True], kind="stable"
    ).reset_index(drop=True)
