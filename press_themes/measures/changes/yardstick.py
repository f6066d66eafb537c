"""One rule that says for any passage of any run which topic of a given run it reads like.

Two clusterings never draw their lines alike, so runs are compared by one clustering at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from press_themes.measures.changes.compared import (
    OUTLIER,
    ComparedRun,
    CompareSettings,
    name_stories,
)

# As many neighbours vote as for passages outside the sample on which topics are fitted.
_NEAREST = 5
# A passage must lie as near as all but the loosest tenth of the topic's own passages do.
_LOOSEST = 0.1
_BLOCK = 1_000


class Yardstick(NamedTuple):
    """The passages of one run that say which topic another passage reads like.

    Attributes
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Their vectors.
    topics : ndarray of int, shape (n_passages,)
        Their topics, -1 for outliers.
    stories : ndarray of str, shape (n_passages,)
        Their stories.
    bars : dict of int to float
        For each topic the nearness (cosine) from which on a passage is one of it.
    """

    vectors: np.ndarray
    topics: np.ndarray
    stories: np.ndarray
    bars: dict[int, float]


def build_yardstick(run: ComparedRun, settings: CompareSettings) -> Yardstick:
    """Make a yardstick of a run's topics."""
    assert run.vectors is not None
    passages = run.tables.passages
    ordered = passages.assign(row=np.arange(len(passages))).sort_values("passage_id", kind="stable")
    rows = ordered.drop_duplicates("text")["row"].to_numpy()
    if len(rows) > settings.sample:
        rows = np.random.default_rng(settings.seed).choice(rows, settings.sample, replace=False)
    bare = Yardstick(
        np.ascontiguousarray(run.vectors[rows], dtype=np.float32),
        passages["topic"].to_numpy()[rows].astype(int),
        name_stories(run)[rows],
        {},
    )
    voted, nearness = _vote(bare, bare.vectors, bare.stories)
    bars = {}
    for topic in np.unique(bare.topics[bare.topics != OUTLIER]):
        kept = nearness[(bare.topics == topic) & (voted == topic)]
        bars[int(topic)] = float(np.quantile(kept, _LOOSEST)) if len(kept) else np.inf
    return bare._replace(bars=bars)


def read_topics(yardstick: Yardstick, vectors: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Say which topic of the yardstick's run each passage reads like."""
    voted, nearness = _vote(yardstick, vectors, stories)
    bars = np.array([yardstick.bars.get(int(topic), np.inf) for topic in voted])
    return np.where(nearness >= bars, voted, OUTLIER)


def _vote(
    yardstick: Yardstick, vectors: np.ndarray, stories: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the topic most of the nearest passages of other stories have, and how near these are."""
    topics, codes = _code_stories(yardstick.stories, stories)
    voted = np.full(len(vectors), OUTLIER)
    nearness = np.full(len(vectors), -np.inf)
    count = min(_NEAREST, len(yardstick.topics))
    if count == 0:
        return voted, nearness
    for start in range(0, len(vectors), _BLOCK):
        part = slice(start, start + _BLOCK)
        similarity = vectors[part].astype(np.float32) @ yardstick.vectors.T
        similarity[codes[part][:, None] == topics[None, :]] = -np.inf
        near = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(similarity, near, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        near, values = np.take_along_axis(near, order, 1), np.take_along_axis(values, order, 1)
        # A passage of the same story has no vote: it gets a topic that nobody shares.
        votes = np.where(np.isfinite(values), yardstick.topics[near], -2 - np.arange(count))
        same = votes[:, :, None] == votes[:, None, :]
        # Neighbours are in order of nearness, so a tie goes to the nearest.
        winner = same.sum(axis=2).argmax(axis=1)
        each = np.arange(len(votes))
        voted[part] = np.maximum(votes[each, winner], OUTLIER)
        agree = same[each, winner]
        nearness[part] = np.where(agree, values, 0).sum(axis=1) / agree.sum(axis=1)
    return voted, nearness


def _code_stories(reference: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    both = np.concatenate([reference, asked]).astype(str)
    _, codes = np.unique(both, return_inverse=True)
    return codes[: len(reference)], codes[len(reference) :]
