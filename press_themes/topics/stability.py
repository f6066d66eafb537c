"""Stability of topics: how much of a topic is found again in other draws and another context."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.clustering import (
    LEVELS,
    Clusterer,
    TopicSettings,
    build_reducer,
    join_topics,
    least_topic_size,
)
from press_themes.topics.context import mix_with_article

# Below this many texts a resample has too few left to cluster.
_LEAST_TEXTS = 12
_MOST_TEXTS = 2000
_SHARE = 0.8
# How much passages are read in their articles differs from resample to resample.
_CONTEXTS = (0.15, 0.55)


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
    After Hennig 2007, doi:10.1016/j.csda.2006.11.025: each resample draws 80 % of the articles
    without replacement, another seed and another weight of the article in its passages, so that
    neither one text nor one setting holds a topic together.
    """
    labels = _list_members(topics)
    found = np.unique(labels[labels >= 0])
    table = (
        passages if "article_id" in passages else passages.assign(article_id=passages["passage_id"])
    )
    ordered = table.assign(row=np.arange(len(table))).sort_values("passage_id", kind="stable")
    ordered = ordered.drop_duplicates("text")
    if len(found) == 0 or len(ordered) < _LEAST_TEXTS or settings.resamples < 1:
        return pd.Series(np.nan, index=pd.Index(found, name="topic"), name="stability", dtype=float)
    random = np.random.default_rng(settings.seed)
    overlaps = []
    for resample in range(settings.resamples):
        own = _draw(ordered, random)
        weight = float(random.uniform(*_CONTEXTS))
        mixed = mix_with_article(vectors[own], table.iloc[own], weight)
        again = _cluster_again(mixed, table["article_id"].iloc[own].nunique(), resample, settings)
        overlaps.append([_best_overlap(labels[own] == topic, again) for topic in found])
    mean = np.nanmean(np.array(overlaps), axis=0)
    return pd.Series(mean, index=pd.Index(found, name="topic"), name="stability")


def _draw(ordered: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Return the rows of four fifths of the articles, or of the texts where there are few articles."""
    key = "article_id" if ordered["article_id"].nunique() >= _LEAST_TEXTS else "row"
    units = ordered[key].unique()
    drawn = random.choice(len(units), max(1, round(_SHARE * len(units))), replace=False)
    rows = ordered.loc[ordered[key].isin(units[drawn]), "row"].to_numpy()
    if len(rows) > _MOST_TEXTS:
        rows = random.choice(rows, _MOST_TEXTS, replace=False)
    return np.sort(rows)


def _cluster_again(
    mixed: np.ndarray, n_articles: int, resample: int, settings: TopicSettings
) -> np.ndarray:
    """Return topics found anew, at the level that the settings choose."""
    seed = settings.seed + 1 + resample
    reduced = build_reducer(len(mixed), settings.components, seed, settings).fit_transform(mixed)
    fine = Clusterer(least_topic_size(len(mixed), n_articles)).fit_predict(reduced)
    count = int(fine.max(initial=-1)) + 1
    if count == 0:
        return fine
    level = list(LEVELS).index(settings.granularity)
    return np.where(fine >= 0, join_topics(mixed, fine)[fine, level], -1)


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
