"""Stability: how much of a topic or theme would still be there had chance or the codebook been otherwise.

Topics are found again in resampled passages; themes are assigned again with one codebook text left out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.assignment import Encodes, ThemeSettings, assign_themes
from press_themes.themes.clustering import TopicSettings, build_clusterer, build_reducer
from press_themes.themes.codebook import Codebook

# Below this many texts a resample has too few left to cluster.
_LEAST_TEXTS = 12
_MOST_TEXTS = 3000
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
        ``passage_id, topic_raw``, rows as in `passages`.
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
    labels = topics["topic_raw"].to_numpy()
    found = np.unique(labels[labels >= 0])
    rows = passages.assign(row=np.arange(len(passages))).sort_values("passage_id", kind="stable")
    rows = rows.drop_duplicates("text")["row"].to_numpy()
    if len(found) == 0 or len(rows) < _LEAST_TEXTS or settings.resamples < 1:
        return pd.Series(np.nan, index=pd.Index(found, name="topic"), name="stability", dtype=float)
    random = np.random.default_rng(settings.seed)
    size = min(_MOST_TEXTS, round(_SHARE * len(rows)))
    overlaps = []
    for resample in range(settings.resamples):
        drawn = np.sort(random.choice(len(rows), size, replace=False))
        own = rows[drawn]
        seed = settings.seed + 1 + resample
        reduced = build_reducer(size, settings.components, seed, settings).fit_transform(
            vectors[own]
        )
        again = build_clusterer(size, settings).fit_predict(reduced)
        overlaps.append([_best_overlap(labels[own] == topic, again) for topic in found])
    mean = np.nanmean(np.array(overlaps), axis=0)
    return pd.Series(mean, index=pd.Index(found, name="topic"), name="stability")


def measure_theme_stability(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: Codebook,
    encoder: Encodes,
    settings: ThemeSettings = ThemeSettings(),
) -> pd.Series:
    """Measure how much the passages of a theme depend on single texts of the codebook.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id`` and ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors, rows as in `passages`.
    codebook : Codebook
        The themes.
    encoder : Encoder
        The encoder that made the embeddings.
    settings : ThemeSettings
        As in the assignment.

    Returns
    -------
    Series of float64, indexed by theme
        Mean Jaccard overlap between the passages of the theme and those it has when one of its
        texts is left out, 0 to 1; missing where no passage bears the theme.
    """
    memory = _Remembering(encoder)
    whole = _assigned(assign_themes(passages, embeddings, codebook, memory, settings))
    stability = {}
    for theme in codebook.themes["theme"]:
        own = codebook.texts[codebook.texts["theme"] == theme]
        overlaps = []
        for index in own.index[own["kind"] == "example"]:
            shorter = codebook._replace(texts=codebook.texts.drop(index).reset_index(drop=True))
            again = _assigned(assign_themes(passages, embeddings, shorter, memory, settings))
            union = whole[theme] | again[theme]
            overlaps.append(len(whole[theme] & again[theme]) / len(union) if union else np.nan)
        known = [overlap for overlap in overlaps if not np.isnan(overlap)]
        stability[theme] = float(np.mean(known)) if known and whole[theme] else np.nan
    return pd.Series(stability, name="stability", dtype=float).rename_axis("theme")


def _best_overlap(members: np.ndarray, labels: np.ndarray) -> float:
    if not members.any():
        return float("nan")
    best = 0.0
    for label in np.unique(labels[labels >= 0]):
        cluster = labels == label
        best = max(best, float((members & cluster).sum() / (members | cluster).sum()))
    return best


def _assigned(scores: pd.DataFrame) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {theme: set() for theme in scores["theme"].unique()}
    for theme, part in scores[scores["assigned"]].groupby("theme"):
        groups[str(theme)] = set(part["passage_id"])
    return groups


class _Remembering:
    """An encoder that keeps what it has encoded: the codebook is asked for many times over."""

    def __init__(self, encoder: Encodes) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: list[str]) -> np.ndarray:
        missing = sorted({text for text in texts if text not in self._known})
        if missing:
            self._known.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.array([self._known[text] for text in texts])
