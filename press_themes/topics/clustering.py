"""How passages are clustered: UMAP to a few dimensions, then HDBSCAN, sized to the corpus.

Both are only configured here, so that the topics and the test of their stability use the same method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_FACTORS = {"coarse": 0.34, "medium": 0.2, "fine": 0.09}
# On 500 and on 6,000 sentences of seven categories the best size grew faster than the square root.
_GROWTH = 2 / 3
GRANULARITIES = tuple(_FACTORS)


@dataclass(frozen=True)
class TopicSettings:
    """How topics are found.

    Attributes
    ----------
    granularity : str
        ``coarse``, ``medium`` or ``fine``.
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
    resamples: int = 20
    seed: int = 0


def least_topic_size(n_passages: int, settings: TopicSettings) -> int:
    """Return the fewest passages that make a topic: it grows with the corpus, but more slowly."""
    return max(2, round(_FACTORS[settings.granularity] * n_passages**_GROWTH))


def build_reducer(n_passages: int, components: int, seed: int, settings: TopicSettings) -> Any:
    """Configure UMAP for a corpus of a given size."""
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


def build_clusterer(n_passages: int, settings: TopicSettings) -> Clusterer:
    """Configure the clustering of a corpus of a given size."""
    return Clusterer(least_topic_size(n_passages, settings))


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
