"""Representatives: the passages that show what a theme or topic is, and where it ends.

They are passages of the corpus, one a story, and not texts composed from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

COLUMNS = ["kind", "name", "role", "rank", "passage_id", "room"]
TYPICAL, INSIDE, NEAR_MISS = "typical", "just inside", "near miss"
# Above this many members a medoid is looked for in an even sample of them.
_MOST_COMPARED = 2_000


@dataclass(frozen=True)
class RepresentativeSettings:
    """How many passages stand for a theme or topic.

    Attributes
    ----------
    typical : int
        Typical passages a theme or topic at most.
    inside : int
        Passages that belong with the least room.
    near_misses : int
        Passages that just do not belong, themes only.
    """

    typical: int = 3
    inside: int = 3
    near_misses: int = 20


def choose_representatives(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    vectors: np.ndarray,
    scores: pd.DataFrame,
    settings: RepresentativeSettings = RepresentativeSettings(),
) -> pd.DataFrame:
    """Choose the passages that represent themes and topics, and those on their borders.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``article_id``, ``topic``, ``topic_strength``.
    articles : DataFrame
        With ``article_id`` and ``family_id``, which names the story.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `passages`.
    scores : DataFrame
        From `assign_themes`.
    settings : RepresentativeSettings
        How many of each.

    Returns
    -------
    DataFrame
        ``kind`` ("theme" or "topic"), ``name``, ``role``, ``rank`` (from 1), ``passage_id``,
        ``room`` (themes: distance from the line; topics: strength of the membership).
        The role is "typical" (medoids), "just inside" (least room first) or "near miss" (just
        below the line, nearest first). No two of one role tell the same story.
    """
    story = passages["article_id"].map(articles.set_index("article_id")["family_id"])
    stories = story.fillna(passages["article_id"]).astype(str).to_numpy()
    place = pd.Series(np.arange(len(passages)), index=passages["passage_id"])
    rows: list[dict[str, Any]] = []
    for theme, own in scores.groupby("theme", sort=True):
        placed = own.assign(row=own["passage_id"].map(place)).sort_values("passage_id")
        members = placed[placed["assigned"]]
        chosen = {
            TYPICAL: _medoids(members, vectors, stories, settings.typical),
            INSIDE: _nearest(members, True, stories, settings.inside),
            NEAR_MISS: _nearest(placed[placed["near_miss"]], False, stories, settings.near_misses),
        }
        rows += _list_rows("theme", str(theme), chosen)
    members = pd.DataFrame(
        {
            "passage_id": passages["passage_id"],
            "topic": passages["topic"],
            "room": passages["topic_strength"],
            "row": np.arange(len(passages)),
        }
    ).sort_values("passage_id")
    for topic, own in members[members["topic"] >= 0].groupby("topic", sort=True):
        chosen = {
            TYPICAL: _medoids(own, vectors, stories, settings.typical),
            INSIDE: _nearest(own, True, stories, settings.inside),
        }
        rows += _list_rows("topic", str(topic), chosen)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"rank": "int64", "room": "float64"})


def list_representatives(representatives: pd.DataFrame, kind: str, role: str) -> dict[str, list]:
    """Return the passage ids of one kind and role by name, in their order."""
    own = representatives[
        (representatives["kind"] == kind) & (representatives["role"] == role)
    ].sort_values(["name", "rank"], kind="stable")
    return {str(name): list(ids) for name, ids in own.groupby("name")["passage_id"]}


def _medoids(
    members: pd.DataFrame, vectors: np.ndarray, stories: np.ndarray, count: int
) -> pd.DataFrame:
    """Choose the member nearest to all, then those that stand for what is still far from it."""
    if len(members) > _MOST_COMPARED:
        members = members.iloc[np.linspace(0, len(members) - 1, _MOST_COMPARED).astype(int)]
    own = vectors[members["row"].to_numpy()].astype(np.float64)
    likeness = own @ own.T
    told = stories[members["row"].to_numpy()]
    covered = np.full(len(own), -1.0)
    free = np.ones(len(own), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < count and free.any():
        gain = np.maximum(likeness, covered).sum(axis=1)
        # Rounded, so that two copies of a text are told apart by their order alone.
        best = int(np.argmax(np.where(free, np.round(gain, 9), -np.inf)))
        chosen.append(best)
        covered = np.maximum(covered, likeness[best])
        free &= told != told[best]
    return members.iloc[chosen]


def _nearest(
    members: pd.DataFrame, ascending: bool, stories: np.ndarray, count: int
) -> pd.DataFrame:
    ordered = members.sort_values(
        ["room", "passage_id"], ascending=[ascending, True], kind="stable"
    )
    repeated = pd.Series(stories[ordered["row"].to_numpy()]).duplicated().to_numpy()
    return ordered[~repeated].head(count)


def _list_rows(kind: str, name: str, chosen: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "name": name,
            "role": role,
            "rank": rank,
            "passage_id": passage_id,
            "room": room,
        }
        for role, members in chosen.items()
        for rank, (passage_id, room) in enumerate(
            zip(members["passage_id"], members["room"], strict=True), 1
        )
    ]
