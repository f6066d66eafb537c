"""How passages are clustered: UMAP to a few dimensions, then HDBSCAN, sized to the corpus.

Both are only configured here, so that the topics and the test of their stability use the same method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_FACTORS = {"coarse": 0.8, "medium": 0.4, "fine": 0.2}
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
    resamples: int = 10
    seed: int = 0


def least_topic_size(n_passages: int, settings: TopicSettings) -> int:
    """Return the fewest passages that make a topic: it grows with the square root of the corpus.

    Parameters
    ----------
    n_passages : int
        Distinct texts that are clustered.
    settings : TopicSettings
        The granularity.

    Returns
    -------
    int
        At least 2.
    """
    return max(2, round(_FACTORS[settings.granularity] * n_passages**0.5))


def build_reducer(n_passages: int, components: int, seed: int, settings: TopicSettings) -> Any:
    """Configure UMAP for a corpus of a given size.

    Parameters
    ----------
    n_passages : int
        Distinct texts, at least 4.
    components : int
        Dimensions wanted.
    seed : int
        Seed of the layout.
    settings : TopicSettings
        The neighbours.

    Returns
    -------
    umap.UMAP
        Not fitted.
    """
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


def build_clusterer(n_passages: int, settings: TopicSettings) -> Any:
    """Configure HDBSCAN for a corpus of a given size.

    Parameters
    ----------
    n_passages : int
        Distinct texts, at least 4.
    settings : TopicSettings
        The granularity.

    Returns
    -------
    hdbscan.HDBSCAN
        Not fitted.
    """
    from hdbscan import HDBSCAN

    size = least_topic_size(n_passages, settings)
    return HDBSCAN(
        min_cluster_size=size,
        min_samples=max(1, min(size // 2, 15)),
        metric="euclidean",
        cluster_selection_method="eom",
        core_dist_n_jobs=1,
    )
