"""How passages are clustered: UMAP to a few dimensions, then HDBSCAN, sized to the corpus.

Both are only configured here, so that the topics and the test of their stability use the same method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from press_themes.topics.compiled_code import keep_compiled_code

#: Levels, from broad subjects to sub-topics: the power of the number of finest topics that is theirs.
LEVELS = {"coarse": 0.5, "medium": 0.75, "fine": 1.0}
GRANULARITIES = tuple(LEVELS)
# Articles that make a topic grow with the cube root of the corpus: 1 of 67, 3 of 2,000, 12 of 100,000.
_ARTICLES = 0.25
_FEWEST = 4
# Topics further apart than so many times their own spread are of different subjects: parts of one lie
# within 3 of it and subjects beyond 3.8, in the corpus that ships and in invented texts alike. Tried on
# 488 articles about 59 stories in eight languages, it keeps 53 topics apart (bench/results_topics.md).
_APART = 3.0
# Where no more topics than this are apart, all of them are listed; only beyond it unlike ones are joined.
_LISTED = 100


@dataclass(frozen=True)
class TopicSettings:
    """How topics are found.

    Attributes
    ----------
    granularity : str
        Which level is the topics of the report: ``coarse``, ``medium`` or ``fine``.
    neighbours : int
        Neighbours of UMAP, fewer in a small corpus.
    components : int
        Dimensions in which passages are clustered, fewer in a small corpus.
    sample : int
        Above this many distinct texts the topics are found on a sample and the rest is assigned.
    resamples : int
        How often the clustering is repeated to see how stable each topic is.
    seed : int
        Seed of every random step.
    """

    granularity: str = "medium"
    neighbours: int = 15
    components: int = 5
    sample: int = 20_000
    resamples: int = 10
    seed: int = 0


def least_topic_size(n_passages: int, n_articles: int) -> int:
    """Return the fewest passages that make a topic, from what a few articles of the corpus have."""
    articles = max(n_articles, 1)
    size = _ARTICLES * articles ** (1 / 3) * n_passages / articles
    # What one article in a small corpus says need not be one subject.
    return max(2, min(max(_FEWEST, round(size)), n_passages // 4))


def build_reducer(n_passages: int, components: int, seed: int, settings: TopicSettings) -> Any:
    """Configure UMAP for a corpus of a given size."""
    keep_compiled_code()
    from umap import UMAP

    return UMAP(
        # In a small corpus 15 neighbours are a large part of it and blur the smaller topics.
        n_neighbors=max(2, min(settings.neighbours, round(0.75 * n_passages**0.5))),
        n_components=max(1, min(components, n_passages - 2)),
        # A map to look at needs points apart; clusters are found better where they touch.
        min_dist=0.1 if components == 2 else 0.0,
        metric="cosine",
        # The spectral start needs more points than dimensions and fails on tiny graphs.
        init="spectral" if n_passages > 50 else "random",
        random_state=seed,
        n_jobs=1,
    )


def join_topics(vectors: np.ndarray, fine: np.ndarray) -> np.ndarray:
    """Join the finest topics to broader ones; gives one row a topic and one column a level.

    Topics are joined from the nearest on (average linkage). The middle level keeps those apart that
    are of different subjects, as long as they can be listed.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    centres, spread = _measure_topics(vectors, fine)
    count = len(centres)
    if count < 3:
        return np.repeat(np.arange(count)[:, None], len(LEVELS), axis=1)
    tree = linkage(centres.astype(np.float64), method="average", metric="cosine")
    broad, middle, _ = (max(2, round(count**power)) for power in LEVELS.values())
    apart = int((tree[:, 2] > _APART * spread).sum()) + 1
    wanted = (broad, max(middle, min(apart, _LISTED)))
    levels = [fcluster(tree, number, criterion="maxclust") - 1 for number in wanted]
    return np.column_stack([*levels, np.arange(count)]).astype("int64")


def _measure_topics(vectors: np.ndarray, fine: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the centre of each topic, and how far passages lie from theirs, as mean cosine distance."""
    members = [vectors[fine == topic] for topic in np.unique(fine[fine >= 0])]
    centres = np.array([own.mean(axis=0) for own in members]).reshape(len(members), -1)
    centres = centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    far = [1 - (own @ centre).mean() for own, centre in zip(members, centres, strict=True)]
    return centres, float(np.mean(far)) if far else 0.0


class Clusterer:
    """HDBSCAN that does not answer "one thing and the rest".

    The most persistent clusters of HDBSCAN are sometimes two: a small remote one, and nearly
    everything else. A cluster that holds more than half of the passages is therefore divided
    into the clusters inside it, unless most of it belongs to none of these.

    Parameters
    ----------
    size : int
        The fewest points that make a cluster.

    Attributes
    ----------
    labels_ : ndarray of int64, shape (n_points,)
        Clusters from 0, -1 outside every cluster; there once fitted.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.labels_ = np.zeros(0, dtype="int64")

    def fit(self, points: np.ndarray, y: object = None) -> Clusterer:
        """Cluster points."""
        labels = self._cluster(points)
        most = len(points) // 2
        large = [c for c in range(labels.max(initial=-1) + 1) if (labels == c).sum() > most]
        if large and most > self.size:
            inside = labels == large[0]
            parts = self._cluster(points, most)
            placed = parts[inside]
            if (placed >= 0).mean() >= 0.5 and len(np.unique(placed[placed >= 0])) > 1:
                labels[inside] = np.where(placed >= 0, placed + labels.max() + 1, -1)
        self.labels_ = _renumber(labels)
        return self

    def fit_predict(self, points: np.ndarray) -> np.ndarray:
        """Cluster points and return their labels, as `fit` leaves them."""
        return self.fit(points).labels_

    def _cluster(self, points: np.ndarray, most: int = 0) -> np.ndarray:
        from hdbscan import HDBSCAN

        model = HDBSCAN(
            min_cluster_size=self.size,
            # More smoothing than this turns half of a corpus of short texts into outliers.
            min_samples=max(1, min(self.size // 4, 15)),
            metric="euclidean",
            cluster_selection_method="eom",
            max_cluster_size=most,
            core_dist_n_jobs=1,
        )
        return model.fit_predict(points).astype("int64")


def _renumber(labels: np.ndarray) -> np.ndarray:
    """Return clusters numbered from 0 without gaps, in the order of their numbers."""
    kept = np.unique(labels[labels >= 0])
    numbered = np.searchsorted(kept, labels)
    return np.where(labels >= 0, numbered, -1)
