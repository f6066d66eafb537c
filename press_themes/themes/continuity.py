"""Topics that go on: the topics of a former run looked for in a new corpus, and what is new beside them.

A topic keeps its number and name while passages lie where it lay; the rest is searched for new topics.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.clustering import TopicSettings
from press_themes.themes.topics import OUTLIER, Topics, discover_topics

# Former passages that decide where a new one belongs.
_NEAREST = 5
# Neighbours by which a group is told to be new, and the share of former passages among them, of the
# share that chance would put there, below which it is.
_AROUND = 10
_LEAST_FORMER = 0.4
# Passages of each run that take part, at most.
_MOST = 20_000
_ROWS = 2_000
MEMORY_COLUMNS = ["topic", "label", "status", "n_passages", "centre"]


class Former(NamedTuple):
    """What a new run takes over from a former one.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, language, topic`` of the former run.
    memory : DataFrame
        Its topics, from `remember_topics`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Its aligned vectors, rows as in `passages`.
    shifts : DataFrame
        Its shifts of languages.
    """

    passages: pd.DataFrame
    memory: pd.DataFrame
    vectors: np.ndarray
    shifts: pd.DataFrame


def find_topics(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: TopicSettings = TopicSettings(),
    former: Former | None = None,
) -> Topics:
    """Find topics: those of a former run where there is one, and new ones beside them.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``text`` and ``language``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length, aligned as those of the former run.
    settings : TopicSettings
        Granularity, sample size and seed.
    former : Former, optional
        The run that this one continues.

    Returns
    -------
    Topics
        Those of `discover_topics` for a run of its own. Otherwise a passage that the former run
        held keeps its topic. A group of the others is a new topic where its neighbours in both
        runs together are of the new run far more often than chance would have it; new topics take
        numbers never used before. Every other passage goes where most of its nearest in the
        former run are.
    """
    found = discover_topics(passages, vectors, settings)
    if former is None:
        return found
    topic, fresh = _hold(passages, former)
    pool = _draw(former.vectors, settings.seed)
    topic[fresh] = _vote(vectors[fresh], former, pool)
    following = 1 + max([OUTLIER, *former.memory["topic"]])
    groups = found.assignments["topic"].to_numpy()
    around = _look_around(vectors, fresh, former.vectors[pool], settings.seed)
    for group in _largest_first(groups[fresh]):
        members = np.flatnonzero((groups == group) & fresh)
        if _is_new(members, around):
            topic[members] = following
            following += 1
    assignments = found.assignments.assign(
        topic=topic, topic_raw=topic, topic_strength=_strength(vectors, topic)
    )
    known = set(former.memory["topic"])
    here = {int(number) for number in topic if number != OUTLIER}
    counts = {
        "continued": len(here & known),
        "new": len(here - known),
        "silent": len(known - here),
    }
    return Topics(assignments, {**found.regime, **_say(counts)})


def remember_topics(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    topics: pd.DataFrame,
    former: Former | None = None,
) -> pd.DataFrame:
    """Keep what a later run needs to find the same topics again.

    Parameters
    ----------
    passages : DataFrame
        With ``topic``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors, rows as in `passages`.
    topics : DataFrame
        ``topic, label`` of this run.
    former : Former, optional
        The run this one continues; its topics that fell silent are remembered on.

    Returns
    -------
    DataFrame
        ``topic, label, status`` ("new", "continued" or "silent"), ``n_passages`` here and ``centre``
        (unit vector), which a continued topic keeps as it was.
    """
    memory = None if former is None else former.memory
    old = {} if memory is None else {row["topic"]: row for row in memory.to_dict("records")}
    rows = []
    labels = dict(zip(topics["topic"], topics["label"], strict=True))
    of_topic = passages["topic"].to_numpy()
    for number in sorted(set(labels) | set(old)):
        members = np.flatnonzero(of_topic == number)
        if number in old:
            status = "continued" if len(members) else "silent"
            rows.append({**old[number], "status": status, "n_passages": len(members)})
            continue
        centre = _unit(vectors[members].mean(axis=0))
        rows.append(
            {
                "topic": int(number),
                "label": labels[number],
                "status": "new",
                "n_passages": len(members),
                "centre": centre.astype(np.float32),
            }
        )
    return pd.DataFrame(rows, columns=MEMORY_COLUMNS)


def keep_names(topics: pd.DataFrame, former: Former) -> pd.DataFrame:
    """Give continued topics the names they had.

    Parameters
    ----------
    topics : DataFrame
        ``topic, label`` of this run.
    former : Former
        The run this one continues.

    Returns
    -------
    DataFrame
        The same rows; a new topic whose name a remembered one bears gets its number added.
    """
    names = dict(zip(former.memory["topic"], former.memory["label"], strict=True))
    taken = set(names.values())
    labels = [
        names.get(number, f"{label} ({number})" if label in taken else label)
        for number, label in zip(topics["topic"], topics["label"], strict=True)
    ]
    return topics.assign(label=labels)


def _hold(passages: pd.DataFrame, former: Former) -> tuple[np.ndarray, np.ndarray]:
    """Return the topics that the former run gave, and which rows it did not hold."""
    known = former.passages.drop_duplicates("passage_id").set_index("passage_id")["topic"]
    held = known.reindex(passages["passage_id"])
    return np.array(held.fillna(OUTLIER), dtype="int64"), held.isna().to_numpy()


def _draw(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Return the rows that take part: all, or a sample."""
    if len(vectors) <= _MOST:
        return np.arange(len(vectors))
    return np.sort(np.random.default_rng(seed).choice(len(vectors), _MOST, replace=False))


def _vote(own: np.ndarray, former: Former, pool: np.ndarray) -> np.ndarray:
    """Return the topic of most of the nearest former passages; of equal ones the nearer."""
    topics = former.passages["topic"].to_numpy(dtype="int64")[pool]
    voted = np.full(len(own), OUTLIER)
    if len(pool) == 0:
        return voted
    for rows in _parts(len(own)):
        nearest = _among_nearest(own[rows] @ former.vectors[pool].T, min(_NEAREST, len(pool)))
        votes = topics[nearest]
        agreement = (votes[:, :, None] == votes[:, None, :]).sum(axis=2)
        voted[rows] = votes[np.arange(len(rows)), agreement.argmax(axis=1)]
    return voted


class _Around(NamedTuple):
    """Which neighbours of each new passage, the nearest first, are former ones.

    Attributes
    ----------
    is_former : ndarray of bool, shape (n_passages, n_neighbours)
        Rows of passages that are not new mean nothing.
    expected : float
        Share of former ones that chance would give.
    drawn : float
        Share of the new passages that could be a neighbour.
    """

    is_former: np.ndarray
    expected: float
    drawn: float


def _look_around(vectors: np.ndarray, fresh: np.ndarray, former: np.ndarray, seed: int) -> _Around:
    at = np.flatnonzero(fresh)
    beside = at[_draw(at, seed)]
    pool = np.vstack([former, vectors[beside]])
    is_former = np.zeros((len(vectors), max(0, min(_AROUND, len(pool) - 1))), dtype=bool)
    if len(pool) < 2 or len(at) == 0:
        return _Around(is_former, 0.0, 1.0)
    for part in _parts(len(at)):
        rows = at[part]
        similarity = vectors[rows] @ pool.T
        # A passage is not its own neighbour, nor is a copy of it.
        similarity[similarity > 1 - 1e-5] = -1
        is_former[rows] = _among_nearest(similarity, is_former.shape[1]) < len(former)
    return _Around(is_former, len(former) / (len(pool) - 1), len(beside) / len(at))


def _is_new(members: np.ndarray, around: _Around) -> bool:
    """Whether a group keeps to itself: hardly a former passage among as many neighbours as it has members."""
    # A group of three cannot fill ten places; what lies beyond it says nothing of it.
    others = min(int((len(members) - 1) * around.drawn), around.is_former.shape[1])
    share = around.is_former[members, :others].mean() if others > 0 else 1.0
    return bool(share <= _LEAST_FORMER * around.expected)


def _among_nearest(similarity: np.ndarray, count: int) -> np.ndarray:
    best = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(similarity, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _parts(count: int) -> list[np.ndarray]:
    return [np.arange(start, min(start + _ROWS, count)) for start in range(0, count, _ROWS)]


def _largest_first(groups: np.ndarray) -> list[int]:
    names, sizes = np.unique(groups[groups != OUTLIER], return_counts=True)
    return [int(name) for _, name in sorted(zip(-sizes, names, strict=True))]


def _strength(vectors: np.ndarray, topic: np.ndarray) -> np.ndarray:
    strength = np.full(len(topic), np.nan)
    for number in np.unique(topic[topic != OUTLIER]):
        members = topic == number
        strength[members] = vectors[members] @ _unit(vectors[members].mean(axis=0))
    return strength


def _say(counts: dict[str, int]) -> dict[str, Any]:
    return {
        "continued": counts,
        "sentence": {
            "en": f"The topics of the former run were looked for here: {counts['continued']} go on, "
            f"{counts['silent']} have no passage; {counts['new']} are new, found among the passages "
            "that lie near none of them.",
            "fr": "Les sujets de l’exécution précédente ont été cherchés ici : "
            f"{counts['continued']} se poursuivent, {counts['silent']} n’ont aucun passage ; "
            f"{counts['new']} sont nouveaux, trouvés parmi les passages éloignés de tous.",
        },
    }


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)
