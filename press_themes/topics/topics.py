"""Topics: what BERTopic finds in the passages without being told.

The only module that imports BERTopic; counting, outliers and representatives are done beside it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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
from press_themes.topics.words import extract_terms

OUTLIER = -1
LEAST_TEXTS = 4
# An outlier joins a topic when it lies nearer its centre than this share of the topic's members do.
_REASSIGN_QUANTILE = 0.1
# Passages of the sample that decide where one outside it belongs.
_NEAREST = 5
# An article takes part with this many passages, or this many times what an article has, at most.
_MOST_OF_ARTICLE, _TIMES_USUAL = 12, 3
# An article with this share of all passages dominates a corpus, which is said.
_DOMINATES = 0.2
#: Columns that hold the topic at each level.
LEVEL_COLUMNS = {"coarse": "topic_broad", "medium": "topic_middle", "fine": "topic_fine"}


class Topics(NamedTuple):
    """The topics of a corpus.

    Attributes
    ----------
    assignments : DataFrame
        ``passage_id, topic, topic_raw, topic_strength, topic_broad, topic_middle, topic_fine, x,
        y``, rows as the passages; -1 is an outlier, ``topic_raw`` is what HDBSCAN said, ``topic``
        the same after outliers near a topic joined it; the strength is the cosine to the topic's
        centre. ``topic`` is the level that the settings choose; every topic lies in one of the
        level above.
    regime : dict
        ``name`` and, by language, a ``sentence`` that says how topics were found.
    """

    assignments: pd.DataFrame
    regime: dict[str, Any]


def discover_topics(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: TopicSettings = TopicSettings(),
    titles: pd.DataFrame | None = None,
) -> Topics:
    """Find topics in passages."""
    texts = _unique_texts(passages)
    fitted = _sample(texts, settings)
    regime = choose_regime(texts, fitted)
    raw = np.full(len(texts), OUTLIER)
    layout = np.full((len(texts), 2), np.nan)
    levels = np.full((len(texts), len(LEVELS)), OUTLIER)
    mixed = mix_with_article(vectors, passages)[texts["row"]]
    if regime["name"] != "codebook only":
        size = int(regime["least_topic_size"])
        raw[fitted] = _cluster(texts.iloc[fitted], mixed[fitted], size, settings)
        layout[fitted] = build_reducer(len(fitted), 2, settings.seed, settings).fit_transform(
            mixed[fitted]
        )
        _place_others(mixed, fitted, raw, layout)
        headed = mix_with_article(vectors, passages, titles=titles)[texts["row"]]
        raw_levels, levels = _find_levels(mixed, headed, raw)
        raw = raw_levels[:, list(LEVELS).index(settings.granularity)]
    rows = texts["text"].reset_index(drop=True)
    at = pd.Series(rows.index, index=rows).loc[passages["text"]].to_numpy()
    topic = levels[at, list(LEVELS).index(settings.granularity)]
    assignments = pd.DataFrame(
        {
            "passage_id": passages["passage_id"].to_numpy(),
            "topic": topic.astype("int64"),
            "topic_raw": raw[at].astype("int64"),
            "topic_strength": measure_strength(vectors, topic),
        }
    )
    for number, level in enumerate(LEVELS):
        assignments[LEVEL_COLUMNS[level]] = levels[at, number].astype("int64")
    return Topics(assignments.assign(x=layout[at, 0], y=layout[at, 1]), regime)


def measure_strength(vectors: np.ndarray, topic: np.ndarray) -> np.ndarray:
    """Measure how near each passage lies to the centre of its topic."""
    strength = np.full(len(topic), np.nan)
    for number in np.unique(topic[topic != OUTLIER]):
        members = topic == number
        centre = vectors[members].mean(axis=0)
        strength[members] = vectors[members] @ (centre / max(np.linalg.norm(centre), 1e-12))
    return strength


def choose_regime(texts: pd.DataFrame, fitted: np.ndarray) -> dict[str, Any]:
    """Say how topics are found in a corpus."""
    n_texts = len(texts)
    if n_texts < LEAST_TEXTS:
        sentence = {
            "en": f"{n_texts} distinct passages are too few to look for topics; "
            "only the themes of the codebook are reported.",
            "fr": f"{n_texts} passages distincts ne suffisent pas pour chercher des sujets ; "
            "seuls les thèmes de la grille de codage sont rapportés.",
        }
        return {"name": "codebook only", "n_texts": n_texts, "sentence": sentence}
    size = least_topic_size(len(fitted), texts["article_id"].iloc[fitted].nunique())
    largest = float(texts["article_id"].value_counts(normalize=True).iloc[0])
    name = "exact" if len(fitted) == n_texts else "sampled"
    return {
        "name": name,
        "n_texts": n_texts,
        "least_topic_size": size,
        "largest_article": largest,
        "sentence": _say_regime(n_texts, len(fitted), size, largest),
    }


def _say_regime(n_texts: int, n_fitted: int, size: int, largest: float) -> dict[str, str]:
    if n_fitted == n_texts:
        english = f"Topics were looked for in all {n_texts} distinct passages"
        french = f"Les sujets ont été cherchés dans les {n_texts} passages distincts"
    else:
        english = (
            f"Topics were looked for in {n_fitted} of {n_texts} distinct passages, the same share of "
            "each language and no more of a long article than of a few usual ones; each of the others "
            f"went where most of its {_NEAREST} nearest are"
        )
        french = (
            f"Les sujets ont été cherchés dans {n_fitted} des {n_texts} passages distincts, à parts "
            "égales dans chaque langue et sans qu’un article long compte plus que quelques articles "
            f"ordinaires ; chacun des autres a suivi la plupart de ses {_NEAREST} plus proches"
        )
    english += f"; it takes {size} passages to make one."
    french += f" ; il faut {size} passages pour en faire un."
    if largest >= _DOMINATES:
        english += f" One article holds {largest:.0%} of the passages."
        french += f" Un seul article contient {100 * largest:.0f} % des passages."
    return {"en": english, "fr": french}


def weigh_terms(counts: Any) -> np.ndarray:
    """Weigh terms by how much they set a topic apart, with BERTopic's class-based TF-IDF."""
    from bertopic.vectorizers import ClassTfidfTransformer

    return np.asarray(
        ClassTfidfTransformer(reduce_frequent_words=True).fit_transform(counts).todense()
    )


def _unique_texts(passages: pd.DataFrame) -> pd.DataFrame:
    """Return each distinct text once, in an order that does not depend on the rows' order."""
    rows = passages.assign(row=np.arange(len(passages)))
    if "article_id" not in rows:
        rows["article_id"] = rows["passage_id"]
    rows = rows.sort_values("passage_id", kind="stable").drop_duplicates("text")
    return rows[["row", "text", "language", "article_id"]].reset_index(drop=True)


def _sample(texts: pd.DataFrame, settings: TopicSettings) -> np.ndarray:
    """Return the rows on which topics are fitted: no article whole that is far longer than others."""
    if texts.empty:
        return np.arange(0)
    counts = texts["article_id"].value_counts()
    most = max(_MOST_OF_ARTICLE, round(_TIMES_USUAL * float(counts.median())))
    if counts.iloc[0] > most and len(counts) > 1:
        # The identifiers are hashes, so that the first of an article are a draw from all of it.
        texts = texts[texts.groupby("article_id").cumcount() < most]
    share = settings.sample / len(texts)
    if share >= 1:
        return texts.index.to_numpy()
    chosen = [
        part.sample(max(1, round(share * len(part))), random_state=settings.seed).index.to_numpy()
        for _, part in texts.groupby("language", sort=True)
    ]
    return np.sort(np.concatenate(chosen))


def _cluster(
    texts: pd.DataFrame, vectors: np.ndarray, size: int, settings: TopicSettings
) -> np.ndarray:
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from sklearn.feature_extraction.text import CountVectorizer

    documents = [
        # Two-word terms stay one word; BERTopic fails where all passages together have fewer than two.
        " ".join(term.replace(" ", "_") for term in (*extract_terms(text, language), "—", "…"))
        for text, language in zip(texts["text"], texts["language"], strict=True)
    ]
    model = BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=build_reducer(len(texts), settings.components, settings.seed, settings),
        hdbscan_model=Clusterer(size),
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


def _find_levels(
    vectors: np.ndarray, headed: np.ndarray, raw: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the topics at each level, as they were found and after outliers near one joined it."""
    found = np.unique(raw[raw != OUTLIER])
    if len(found) == 0:
        empty = np.full((len(raw), len(LEVELS)), OUTLIER)
        return empty, empty.copy()
    parents = join_topics(headed, raw)
    placed = raw != OUTLIER
    before = np.full((len(raw), len(LEVELS)), OUTLIER)
    before[placed] = parents[np.searchsorted(found, raw[placed])]
    after = before.copy()
    # From the finest up: what joins a topic joins the one around it.
    for level in range(len(LEVELS) - 1, -1, -1):
        seen = vectors if level == len(LEVELS) - 1 else headed
        joined = _assign(seen, before[:, level], after[:, level])
        news = np.flatnonzero((joined != OUTLIER) & (after[:, level] == OUTLIER))
        for upper in range(level + 1):
            parent = dict(zip(before[placed, level], before[placed, upper], strict=True))
            after[news, upper] = [parent[own] for own in joined[news]]
    for level in range(len(LEVELS)):
        _number_by_size(before[:, level], after[:, level])
    return before, after


def _number_by_size(before: np.ndarray, after: np.ndarray) -> None:
    """Renumber the topics of a level in place, from the largest down."""
    numbers, counts = np.unique(after[after != OUTLIER], return_counts=True)
    rank = np.empty(len(numbers), dtype=int)
    rank[np.lexsort((numbers, -counts))] = np.arange(len(numbers))
    for own in (before, after):
        placed = own != OUTLIER
        own[placed] = rank[np.searchsorted(numbers, own[placed])]


def _assign(vectors: np.ndarray, members: np.ndarray, topic: np.ndarray) -> np.ndarray:
    """Let passages outside every topic join the nearest one, if they lie as near as its members do."""
    topics = np.unique(members[members != OUTLIER])
    centres = np.array([vectors[members == t].mean(axis=0) for t in topics])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    nearness = vectors @ centres.T
    bars = np.array(
        [np.quantile(nearness[members == t, i], _REASSIGN_QUANTILE) for i, t in enumerate(topics)]
    )
    nearest = nearness.argmax(axis=1)
    joins = (topic == OUTLIER) & (nearness[np.arange(len(topic)), nearest] >= bars[nearest])
    return np.where(joins, topics[nearest], topic)
