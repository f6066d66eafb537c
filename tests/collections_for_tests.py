"""Small collections to explore, made from the synthetic run tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from stand_ins import WordEncoder
from tables_for_tests import Shape, build_tables

from press_themes.desk.collection import Collection, Parts, collect_passages
from press_themes.vectors.embeddings import embed_passages

FOUR = Shape(n_passages=60, n_articles=20, languages=("en", "fr"), language="en", seed=3)


def build_collection(
    corpus: Path, shape: Shape = FOUR, texts: list[str] | None = None
) -> Collection:
    """Make a collection whose vectors are those of the stand-in encoder."""
    tables = build_tables(shape)
    passages = tables.passages
    if texts is not None:
        passages = passages.assign(text=[texts[i % len(texts)] for i in range(len(passages))])
    vectors = embed_passages(passages, WordEncoder())
    none = np.zeros(vectors.shape[1], np.float32)
    languages = sorted(passages["language"].unique())
    shifts = pd.DataFrame({"language": languages, "shift": [none] * len(languages)})
    # A table without rows has its columns in a run folder.
    themes = tables.themes.reindex(columns=["theme", "label", "color"])
    parts = Parts(tables.articles, passages, tables.theme_scores, themes, tables.topics)
    facts = {
        "name": "trial",
        "title": "Trial",
        "language": "en",
        "encoder": "packaged",
        "corpus": corpus,
        "folder": corpus.parent / "runs" / "trial",
    }
    return collect_passages(parts, vectors, shifts, facts)
