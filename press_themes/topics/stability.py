"""Stability of topics: how much of a topic is found again in other draws of the passages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.clustering import (
    Clusterer,
    TopicSettings,
    build_reducer,
    least_topic_size,
)

# Below this many texts a resample has too few left to cluster.
_LEAST_TEXTS = 12
_MOST_TEXTS = 2000
_SHARE = 0.8


def measure_topic_stability(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    topics: pd.DataFrame,
    settings: TopicSettings = TopicSettings(),
) -> pd.Series:
    """Measure how well topics are found again in resampled passages.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id`` and ``text``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors, rows as in `passages`.
    topics : DataFrame
        ``topic, topic_raw``, rows as in `passages`. Members are the passages of the topic that
        the clustering put into one; where an analyst made the topic of outliers, all of them.
    settings : TopicSettings
        Resamples and seed.

    Returns
    -------
    Series of float64, indexed by topic
        Mean over the resamples of the largest Jaccard overlap of the topic with a cluster found
        there, 0 to 1; missing where the corpus is too small to be resampled.

    Notes
    -----
    After Hennig 2007, doi:10.1016/j.csda.2006.11.025: each resample draws 80 % of the distinct
    texts without replacement and another seed.
    """
    labels = _list_members(topics)
    found = np.unique(labels[labels >= 0])
    ordered = passages.assign(row=np.arange(len(passages))).sort_values("passage_id", kind="stable")
    rows = ordered.drop_duplicates("text")["row"].to_numpy()
    if len(found) == 0 or len(rows) < _LEAST_TEXTS or settings.resamples < 1:
        return pd.Series(np.nan, index=pd.Index(found, name="topic"), name="stability", dtype=float)
    random = np.random.default_rng(settings.seed)
    size = min(_MOST_TEXTS, round(_SHARE * len(rows)))
    # A topic may be as small a part of a resample as of what the topics were found in.
    fitted = min(len(rows), settings.sample)
    clusterer = Clusterer(max(2, round(least_topic_size(fitted, settings) * size / fitted)))
    overlaps = []
    for resample in range(settings.resamples):
        drawn = np.sort(random.choice(len(rows), size, replace=False))
        own = rows[drawn]
        seed = settings.seed + 1 + resample
        reduced = build_reducer(size, settings.components, seed, settings).fit_transform(
            vectors[own]
        )
        again = clusterer.fit_predict(reduced)
        overlaps.append([_best_overlap(labels[own] == topic, again) for topic in found])
    mean = np.nanmean(np.array(overlaps), axis=0)
    return pd.Series(mean, index=pd.Index(found, name="topic"), name="stability")


def _list_members(topics: pd.DataFrame) -> np.ndarray:
    """Return the topic of each passage that can be found again, without reassigned outliers."""
    topic, clustered = topics["topic"].to_numpy(), topics["topic_raw"].to_numpy() >= 0
    is_bare = ~np.isin(topic, topic[clustered])
    return np.where(clustered | is_bare, topic, -1)


def _overlap(left: np.ndarray, right: np.ndarray) -> float:
    """Return the Jaccard overlap of two sets of rows, 1 for two empty ones."""
    union = (left | right).sum()
    return float((left & right).sum() / union) if union else 1.0


def _best_overlap(members: np.ndarray, labels: np.ndarray) -> float:
    if not members.any():
        return float("nan")
    best = 0.0
    for label in np.unique(labels[labels >= 0]):
        best = max(best, _overlap(members, labels == label))
    return best
