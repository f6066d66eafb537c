"""Quality: figures that say how good the topics of a run are, each between known ends.

They are counted here and explained, in a sentence each, where the run is summarised.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from press_themes.topics.words import extract_terms

_TERMS = 10
_MOST_TEXTS = 3000


def measure_quality(
    passages: pd.DataFrame,
    topics: pd.DataFrame,
    embeddings: np.ndarray,
    vectors: np.ndarray,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure the quality of topics.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, text, language, topic, topic_raw``.
    topics : DataFrame
        ``topic, keywords, n_passages, stability``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors before alignment, rows as in `passages`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors after alignment.
    seed : int
        Seed of samples and of k-means.

    Returns
    -------
    DataFrame
        ``figure, value``; a figure that this corpus does not have (no topics, one language) has no
        row.

    Notes
    -----
    Coherence by words is the mean normalised pointwise mutual information of the keywords of a
    topic (Bouma 2009; Lau, Newman & Baldwin 2014, doi:10.3115/v1/E14-1056), with a passage as the
    window.
    """
    figures: dict[str, float] = {}
    if len(topics):
        figures["outlier_share"] = float((passages["topic_raw"] < 0).mean())
        figures["outlier_share_left"] = float((passages["topic"] < 0).mean())
        figures["coherence_words"] = _word_coherence(passages, topics)
        figures["coherence_vectors"] = _vector_coherence(passages, vectors)
        figures["diversity"] = _diversity(topics)
        figures["stability"] = _mean_stability(topics)
        if passages["language"].nunique() > 1:
            figures["topic_language_information"] = language_information(
                passages["topic"].tolist(), passages["language"].tolist()
            )
            count = max(2, len(topics))
            for name, own in (("before", embeddings), ("after", vectors)):
                figures[f"language_information_{name}"] = _cluster_information(
                    passages, own, count, seed
                )
    known = {name: value for name, value in figures.items() if np.isfinite(value)}
    return pd.DataFrame({"figure": list(known), "value": list(known.values())}).astype(
        {"figure": object, "value": "float64"}
    )


def language_information(topics: Sequence[int], languages: Sequence[str]) -> float:
    """Return the normalised mutual information between topic and language, outliers left out."""
    placed = pd.DataFrame({"topic": np.asarray(topics), "language": np.asarray(languages)})
    placed = placed[placed["topic"] >= 0]
    joint = pd.crosstab(placed["topic"], placed["language"]).to_numpy(dtype=float)
    if joint.size == 0 or joint.shape[1] < 2 or joint.shape[0] < 2:
        return 0.0
    joint = joint / joint.sum()
    by_topic, by_language = joint.sum(axis=1), joint.sum(axis=0)
    expected = np.outer(by_topic, by_language)
    inside = joint > 0
    information = float((joint[inside] * np.log(joint[inside] / expected[inside])).sum())
    entropies = [-float((p * np.log(p)).sum()) for p in (by_topic, by_language)]
    return max(0.0, information / (sum(entropies) / 2))


def _cluster_information(
    passages: pd.DataFrame, vectors: np.ndarray, count: int, seed: int
) -> float:
    """Return what clusters say of languages, found in the same plain way in any vectors."""
    from sklearn.cluster import KMeans

    rows = _sample(passages, seed)
    if len(rows) <= count:
        return float("nan")
    found = KMeans(count, n_init=3, random_state=seed).fit_predict(vectors[rows])
    return language_information(found.tolist(), passages["language"].iloc[rows].tolist())


def _sample(passages: pd.DataFrame, seed: int) -> np.ndarray:
    """Return rows of distinct texts in canonical order, at most 3,000."""
    ordered = passages.assign(row=np.arange(len(passages))).sort_values("passage_id", kind="stable")
    rows = ordered.drop_duplicates("text")["row"].to_numpy()
    if len(rows) <= _MOST_TEXTS:
        return rows
    chosen = np.random.default_rng(seed).choice(len(rows), _MOST_TEXTS, replace=False)
    return rows[np.sort(chosen)]


def _word_coherence(passages: pd.DataFrame, topics: pd.DataFrame) -> float:
    """Return the mean over topics and languages of the mean NPMI of pairs of their keywords."""
    values: list[float] = []
    rows = _sample(passages, 0)
    own = passages.iloc[rows]
    for language, part in own.groupby("language", sort=True):
        lists = [words for words in _keywords(topics, str(language)) if len(words) > 1]
        wanted = {word for words in lists for word in words}
        bearers: dict[str, set[int]] = {word: set() for word in wanted}
        for number, text in enumerate(part["text"]):
            for word in {t.casefold() for t in extract_terms(text, str(language))} & wanted:
                bearers[word].add(number)
        values.extend(_npmi(words, bearers, len(part)) for words in lists)
    return float(np.nanmean(values)) if values and not np.isnan(values).all() else float("nan")


def _npmi(words: list[str], bearers: dict[str, set[int]], n_passages: int) -> float:
    values: list[float] = []
    for left, right in combinations(words, 2):
        a, b = len(bearers[left]), len(bearers[right])
        both = len(bearers[left] & bearers[right])
        if not a or not b:
            continue
        if not both:
            values.append(-1.0)
        elif both == n_passages:
            values.append(1.0)
        else:
            values.append(np.log(both * n_passages / (a * b)) / -np.log(both / n_passages))
    return float(np.mean(values)) if values else float("nan")


def _vector_coherence(passages: pd.DataFrame, vectors: np.ndarray) -> float:
    """Return how much nearer passages lie to the centre of their topic than to the others'."""
    labels = passages["topic"].to_numpy()
    topics = np.unique(labels[labels >= 0])
    if len(topics) < 2:
        return float("nan")
    centres = np.array([vectors[labels == topic].mean(axis=0) for topic in topics])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    placed = labels >= 0
    nearness = vectors[placed] @ centres.T
    rows, own = np.arange(len(nearness)), np.searchsorted(topics, labels[placed])
    inside = nearness[rows, own]
    outside = (nearness.sum(axis=1) - inside) / (len(topics) - 1)
    return float((inside - outside).mean())


def _diversity(topics: pd.DataFrame) -> float:
    """Return the share of keywords, in each language, that are those of one topic only."""
    languages = {entry["language"] for entries in topics["keywords"] for entry in entries}
    once, total = 0, 0
    for language in languages:
        counts = pd.Series(
            [word for words in _keywords(topics, language) for word in words], dtype=object
        ).value_counts()
        once += int((counts == 1).sum())
        total += len(counts)
    return once / total if total else float("nan")


def _mean_stability(topics: pd.DataFrame) -> float:
    measured = topics[topics["stability"].notna()]
    if measured.empty:
        return float("nan")
    return float(np.average(measured["stability"], weights=measured["n_passages"]))


def _keywords(topics: pd.DataFrame, language: Hashable) -> list[list[str]]:
    """Return the first ten keywords of each topic in a language, case-folded."""
    return [
        [str(word).casefold() for word in list(entry["words"])[:_TERMS]]
        for entries in topics["keywords"]
        for entry in entries
        if entry["language"] == language
    ]
