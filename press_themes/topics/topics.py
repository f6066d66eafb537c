"""Topics: what BERTopic finds in the passages without being told.

The only module that imports BERTopic; counting, outliers and representatives are done beside it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.topics.clustering import (
    TopicSettings,
    build_clusterer,
    build_reducer,
    least_topic_size,
)
from press_themes.topics.words import extract_terms

OUTLIER = -1
LEAST_TEXTS = 4
# An outlier joins a topic when it lies nearer its centre than this share of the topic's members do.
_REASSIGN_QUANTILE = 0.1
# Passages of the sample that decide where one outside it belongs.
_NEAREST = 5


class Topics(NamedTuple):
    """The topics of a corpus.

    Attributes
    ----------
    assignments : DataFrame
        ``passage_id, topic, topic_raw, topic_strength, x, y``, rows as the passages; -1 is an
        outlier, ``topic_raw`` is what HDBSCAN said, ``topic`` the same after outliers near a
        topic joined it; the strength is the cosine to the topic's centre.
    regime : dict
        ``name`` and, by language, a ``sentence`` that says how topics were found.
    """

    assignments: pd.DataFrame
    regime: dict[str, Any]


def discover_topics(
    passages: pd.DataFrame, vectors: np.ndarray, settings: TopicSettings = TopicSettings()
) -> Topics:
    """Find topics in passages.

    BERTopic (Grootendorst 2022, arXiv:2203.05794) with UMAP (McInnes et al. 2018,
    arXiv:1802.03426) and HDBSCAN (Campello et al. 2013, doi:10.1007/978-3-642-37456-2_14).
    """
    texts = _unique_texts(passages)
    regime = choose_regime(len(texts), settings)
    raw = np.full(len(texts), OUTLIER)
    topic = raw.copy()
    strength = np.full(len(texts), np.nan)
    layout = np.full((len(texts), 2), np.nan)
    if regime["name"] != "codebook only":
        own = vectors[texts["row"]]
        fitted = _sample(texts, settings)
        raw[fitted] = _cluster(texts.iloc[fitted], own[fitted], settings)
        layout[fitted] = build_reducer(len(fitted), 2, settings.seed, settings).fit_transform(
            own[fitted]
        )
        _place_others(own, fitted, raw, layout)
        topic, strength = _assign(own, raw)
    rows = texts["text"].reset_index(drop=True)
    at = pd.Series(rows.index, index=rows).loc[passages["text"]].to_numpy()
    assignments = pd.DataFrame(
        {
            "passage_id": passages["passage_id"].to_numpy(),
            "topic": topic[at].astype("int64"),
            "topic_raw": raw[at].astype("int64"),
            "topic_strength": strength[at],
            "x": layout[at, 0],
            "y": layout[at, 1],
        }
    )
    return Topics(assignments, regime)


def measure_strength(vectors: np.ndarray, topic: np.ndarray) -> np.ndarray:
    """Measure how near each passage lies to the centre of its topic."""
    strength = np.full(len(topic), np.nan)
    for number in np.unique(topic[topic != OUTLIER]):
        members = topic == number
        centre = vectors[members].mean(axis=0)
        strength[members] = vectors[members] @ (centre / max(np.linalg.norm(centre), 1e-12))
    return strength


def choose_regime(n_texts: int, settings: TopicSettings) -> dict[str, Any]:
    """Choose how topics are found in a corpus of a given size."""
    if n_texts < LEAST_TEXTS:
        sentence = {
            "en": f"{n_texts} distinct passages are too few to look for topics; "
            "only the themes of the codebook are reported.",
            "fr": f"{n_texts} passages distincts ne suffisent pas pour chercher des sujets ; "
            "seuls les thèmes de la grille de codage sont rapportés.",
        }
        return {"name": "codebook only", "n_texts": n_texts, "sentence": sentence}
    fitted = min(n_texts, settings.sample)
    size = least_topic_size(fitted, settings)
    if n_texts <= settings.sample:
        sentence = {
            "en": f"Topics were looked for in all {n_texts} distinct passages; "
            f"it takes {size} passages to make one.",
            "fr": f"Les sujets ont été cherchés dans les {n_texts} passages distincts ; "
            f"il faut {size} passages pour en faire un.",
        }
        name = "exact"
    else:
        sentence = {
            "en": f"Topics were looked for in a sample of {fitted} of {n_texts} distinct passages, "
            f"stratified by language; each of the others went where most of its {_NEAREST} nearest "
            f"in the sample are. It takes {size} passages to make one.",
            "fr": f"Les sujets ont été cherchés dans un échantillon de {fitted} des {n_texts} "
            f"passages distincts, stratifié par langue ; chacun des autres a suivi la plupart de ses "
            f"{_NEAREST} plus proches dans l’échantillon. "
            f"Il faut {size} passages pour en faire un.",
        }
        name = "sampled"
    return {"name": name, "n_texts": n_texts, "least_topic_size": size, "sentence": sentence}


def weigh_terms(counts: Any) -> np.ndarray:
    """Weigh terms by how much they set a topic apart, with BERTopic's class-based TF-IDF."""
    from bertopic.vectorizers import ClassTfidfTransformer

    return np.asarray(
        ClassTfidfTransformer(reduce_frequent_words=True).fit_transform(counts).todense()
    )


def _unique_texts(passages: pd.DataFrame) -> pd.DataFrame:
    """Return each distinct text once, in an order that does not depend on the rows' order."""
    rows = passages.assign(row=np.arange(len(passages)))
    rows = rows.sort_values("passage_id", kind="stable").drop_duplicates("text")
    return rows[["row", "text", "language"]].reset_index(drop=True)


def _sample(texts: pd.DataFrame, settings: TopicSettings) -> np.ndarray:
    """Return the rows on which topics are fitted: all, or as many of each language as its share."""
    if len(texts) <= settings.sample:
        return np.arange(len(texts))
    share = settings.sample / len(texts)
    chosen = [
        part.sample(max(1, round(share * len(part))), random_state=settings.seed).index.to_numpy()
        for _, part in texts.groupby("language", sort=True)
    ]
    return np.sort(np.concatenate(chosen))


def _cluster(texts: pd.DataFrame, vectors: np.ndarray, settings: TopicSettings) -> np.ndarray:
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from sklearn.feature_extraction.text import CountVectorizer

    documents = [
        # Two-word terms stay one word; a passage without any term still is a passage.
        " ".join(term.replace(" ", "_") for term in extract_terms(text, language)) or "—"
        for text, language in zip(texts["text"], texts["language"], strict=True)
    ]
    model = BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=build_reducer(len(texts), settings.components, settings.seed, settings),
        hdbscan_model=build_clusterer(len(texts), settings),
        vectorizer_model=CountVectorizer(analyzer=str.split),
        calculate_probabilities=False,
        verbose=False,
    )
    topics, _ = model.fit_transform(documents, vectors)
    return np.asarray(topics, dtype=int)


def _place_others(
    vectors: np.ndarray, fitted: np.ndarray, raw: np.ndarray, layout: np.ndarray
) -> None:
    """Give passages outside the sample the topic of most of their nearest in it, and their middle."""
    others = np.setdiff1d(np.arange(len(vectors)), fitted)
    count = min(_NEAREST, len(fitted) - 1)
    for part in np.array_split(others, max(1, len(others) // 2000)):
        if len(part) == 0:
            continue
        similarity = vectors[part] @ vectors[fitted].T
        nearest = fitted[np.argpartition(-similarity, count, axis=1)[:, :count]]
        layout[part] = layout[nearest].mean(axis=1)
        votes = raw[nearest]
        agreement = (votes[:, :, None] == votes[:, None, :]).sum(axis=2)
        raw[part] = votes[np.arange(len(part)), agreement.argmax(axis=1)]


def _assign(vectors: np.ndarray, raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Let passages outside every topic join the nearest one, if they lie as near as its members do."""
    topics = np.unique(raw[raw != OUTLIER])
    topic, strength = raw.copy(), np.full(len(raw), np.nan)
    if len(topics) == 0:
        return topic, strength
    centres = np.array([vectors[raw == t].mean(axis=0) for t in topics])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    nearness = vectors @ centres.T
    bars = np.array(
        [np.quantile(nearness[raw == t, i], _REASSIGN_QUANTILE) for i, t in enumerate(topics)]
    )
    nearest = nearness.argmax(axis=1)
    free = raw == OUTLIER
    joins = free & (nearness[np.arange(len(raw)), nearest] >= bars[nearest])
    topic[joins] = topics[nearest[joins]]
    placed = topic != OUTLIER
    position = np.searchsorted(topics, topic[placed])
    strength[placed] = nearness[placed, position]
    return topic, strength
