"""Runs made on purpose: passages of known subjects, drawn so that a known change lies between them.

Texts are SIB-200's English sentences (real) or words of invented subjects (simulated); topics are
found by the stage that every run uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.identifiers import content_id
from press_themes.measures.changes.compared import ComparedRun
from press_themes.measures.counts import count_groups
from press_themes.tables import RunTables
from press_themes.topics.clustering import TopicSettings
from press_themes.topics.topics import discover_topics

SIB = Path(__file__).resolve().parents[2] / "shared" / "data" / "sib200" / "eng_Latn.tsv"
_EMPTY = pd.DataFrame()


@dataclass(frozen=True)
class Pool:
    """Passages to draw from: ``text, subject, part`` a row, and their vectors."""

    texts: pd.DataFrame
    vectors: np.ndarray


def simulate_pool(n: int = 4_000, n_subjects: int = 12, seed: int = 0) -> Pool:
    """Simulate passages of invented subjects: a cloud of vectors and a vocabulary each.

    A third of each subject lies at either of two ends and a third between them (``part``).
    """
    random = np.random.default_rng(seed)
    centres = _unit(random.normal(size=(n_subjects, 48)))
    across = _unit(random.normal(size=(n_subjects, 48)))
    subject = np.arange(n) % n_subjects
    part = np.arange(n) // n_subjects % 3 - 1
    vectors = centres[subject] + 0.45 * part[:, None] * across[subject]
    vectors += random.normal(0, 0.08, (n, 48)) + 0.8 / np.sqrt(48)
    words = [[f"w{s}{chr(97 + i % 26)}{i:03d}" for i in range(60)] for s in range(n_subjects)]
    common = [f"common{i:03d}" for i in range(300)]
    texts = [
        " ".join([*random.choice(words[s], 9), *random.choice(common, 9), f"n{i:06d}x"])
        for i, s in enumerate(subject)
    ]
    names = [f"subject {s:02d}" for s in subject]
    table = pd.DataFrame({"text": texts, "subject": names, "part": part})
    return Pool(table, _unit(vectors).astype(np.float32))


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def read_sib_pool() -> Pool:
    """Read and embed SIB-200's English sentences; each counts as one story.

    The parts of a category are its two halves apart (2-means) and what lies between them.
    """
    from sklearn.cluster import KMeans

    from press_themes.vectors.embeddings import embed_texts
    from press_themes.vectors.encoders import PACKAGED, load_encoder

    table = pd.read_csv(SIB, sep="\t")
    vectors = embed_texts(table["text"].tolist(), load_encoder(PACKAGED))
    part = np.zeros(len(table), dtype=int)
    for category in table["category"].unique():
        rows = np.flatnonzero(table["category"] == category)
        ends = KMeans(2, n_init=10, random_state=0).fit(vectors[rows]).cluster_centers_
        along = vectors[rows] @ (ends[1] - ends[0])
        low, high = np.quantile(along, [1 / 3, 2 / 3])
        part[rows] = np.where(along < low, -1, np.where(along > high, 1, 0))
    texts = pd.DataFrame({"text": table["text"], "subject": table["category"], "part": part})
    return Pool(texts, vectors)


def make_run(name: str, pool: Pool, rows: np.ndarray, seed: int = 0) -> ComparedRun:
    """Make a run of the pool's passages in `rows`, one story each; its themes are the subjects."""
    texts = pool.texts.iloc[rows]
    ids = [content_id(text) for text in texts["text"]]
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [f"a{i}" for i in ids],
            "position": 0,
            "text": texts["text"].to_numpy(),
            "language": "en",
            "n_tokens": 30,
            "themes": pd.Series([[s] for s in texts["subject"]], dtype=object),
        }
    )
    vectors = pool.vectors[rows]
    found = discover_topics(passages, vectors, TopicSettings(seed=seed)).assignments
    passages = passages.merge(found, on="passage_id")
    articles = pd.DataFrame(
        {
            "article_id": passages["article_id"],
            "family_id": passages["article_id"],
            "outlet": [f"Outlet {i % 5}" for i in range(len(passages))],
        }
    )
    tables = RunTables(
        articles, _EMPTY, _EMPTY, passages, _EMPTY, _themes(passages, articles, pool),
        _topics(passages, articles), _EMPTY, _EMPTY, _EMPTY,
    )  # fmt: skip
    return ComparedRun(name, tables, _SUMMARY, vectors, _EMPTY)


_SUMMARY = {
    "encoder": {"name": "bench", "revision": "1", "engine": "numpy"},
    "settings": {},
    "seed": 0,
    "versions": {},
}


def _themes(passages: pd.DataFrame, articles: pd.DataFrame, pool: Pool) -> pd.DataFrame:
    counted = count_groups(passages, articles, "themes").set_index("theme")
    names = sorted(pool.texts["subject"].unique())
    table = counted.reindex(names).rename_axis("theme").reset_index()
    counts = ["n_passages", "n_articles", "n_stories", "share"]
    table[counts] = table[counts].fillna(0)
    return table.assign(label=table["theme"], color="#004DE1")


def _topics(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    counted = count_groups(passages, articles, "topic")
    subjects = passages["themes"].str[0].groupby(passages["topic"].to_numpy())
    main = subjects.agg(lambda own: own.value_counts().index[0])
    return counted.assign(label=[str(main[topic]) for topic in counted["topic"]])
