"""Where the passages of each run belong in the other.

A passage that both runs have is known by its identifier, any other by the passages nearest to it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from press_themes.measures.changes.compared import OUTLIER, ComparedRun

UNTRACED = -2


class Traces(NamedTuple):
    """Where the passages of each run belong in the other.

    Attributes
    ----------
    onward : ndarray of int, shape (n_passages_before,)
        Topic of the later run for each passage of the earlier; -1 none, -2 cannot be traced.
    backward : ndarray of int, shape (n_passages_after,)
        Topic of the earlier run for each passage of the later.
    """

    onward: np.ndarray
    backward: np.ndarray


class Flows(NamedTuple):
    """How many passages of each topic lead to which topic of the other run.

    Attributes
    ----------
    onward : ndarray, shape (n_topics_before, n_topics_after)
        From the earlier run to the later.
    backward : ndarray, shape (n_topics_after, n_topics_before)
        From the later run to the earlier.
    sizes_before, sizes_after : ndarray
        Traced passages of each topic, and last of the whole run.
    """

    onward: np.ndarray
    backward: np.ndarray
    sizes_before: np.ndarray
    sizes_after: np.ndarray


def trace_passages(run: ComparedRun, other: ComparedRun, read: np.ndarray | None) -> np.ndarray:
    """Trace the passages of a run into another."""
    passages = run.tables.passages
    found = np.full(len(passages), UNTRACED) if read is None else read
    own = other.tables.passages.set_index("passage_id")["topic"]
    known = passages["passage_id"].map(own)
    return np.where(known.notna(), known.fillna(OUTLIER), found).astype(int)


class Tracks:
    """Traces as positions in the tables of topics, so that they can be counted with weights.

    Parameters
    ----------
    before, after : ComparedRun
        The earlier and the later run.
    traces : Traces
        Both ways.
    """

    def __init__(self, before: ComparedRun, after: ComparedRun, traces: Traces) -> None:
        self.olds = before.tables.topics["topic"].to_numpy().astype(int)
        self.news = after.tables.topics["topic"].to_numpy().astype(int)
        old_topics = before.tables.passages["topic"].to_numpy().astype(int)
        new_topics = after.tables.passages["topic"].to_numpy().astype(int)
        self.onward = (_places(old_topics, self.olds), _places(traces.onward, self.news))
        self.backward = (_places(new_topics, self.news), _places(traces.backward, self.olds))
        self.traced = (traces.onward != UNTRACED, traces.backward != UNTRACED)

    def flows(
        self, weights_before: np.ndarray | None = None, weights_after: np.ndarray | None = None
    ) -> Flows:
        """Count where passages lead; the last place of each axis stands for no topic."""
        sizes = (len(self.olds) + 1, len(self.news) + 1)
        onward = _count(self.onward, self.traced[0], sizes, weights_before)
        backward = _count(self.backward, self.traced[1], sizes[::-1], weights_after)
        return Flows(
            onward[:-1, :-1],
            backward[:-1, :-1],
            np.append(onward.sum(axis=1)[:-1], onward.sum()),
            np.append(backward.sum(axis=1)[:-1], backward.sum()),
        )


def _places(topics: np.ndarray, known: np.ndarray) -> np.ndarray:
    place = {topic: position for position, topic in enumerate(known.tolist())}
    return np.array([place.get(topic, len(known)) for topic in topics.tolist()], dtype=int)


def _count(
    pairs: tuple[np.ndarray, np.ndarray],
    traced: np.ndarray,
    sizes: tuple[int, int],
    weights: np.ndarray | None,
) -> np.ndarray:
    flat = (pairs[0] * sizes[1] + pairs[1])[traced]
    own = None if weights is None else weights[traced]
    return np.bincount(flat, own, minlength=sizes[0] * sizes[1]).reshape(sizes).astype(float)
