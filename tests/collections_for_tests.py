"""Small collections for the desk, made from the synthetic run tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from stand_ins import WordEncoder
from tables_for_tests import Shape, build_tables

from press_themes.desk.collection import Handed, Parts
from press_themes.exploration import Opened
from press_themes.report_desk import SHARED
from press_themes.telling.wording import list_phrases
from press_themes.vectors.embeddings import embed_passages

FOUR = Shape(n_passages=60, n_articles=20, languages=("en", "fr"), language="en", seed=3)


def build_parts(shape: Shape = FOUR, texts: list[str] | None = None) -> Parts:
    """Make the tables that the desk shows; `texts` take turns where they are given."""
    tables = build_tables(shape)
    passages = tables.passages
    if texts is not None:
        passages = passages.assign(text=[texts[i % len(texts)] for i in range(len(passages))])
    return Parts(tables.articles, passages, tables.theme_scores, tables.themes, tables.topics)


def hand_over(language: str = "en") -> Handed:
    """Give the desk its phrases."""
    return Handed(language, list_phrases(language, "desk", SHARED))


def open_parts(corpus: Path, shape: Shape = FOUR, texts: list[str] | None = None) -> Opened:
    """Make a run whose vectors are those of the stand-in encoder and whose sheet asks ten passages."""
    parts = build_parts(shape, texts)
    vectors = embed_passages(parts.passages, WordEncoder())
    languages = sorted(parts.passages["language"].unique())
    none = [np.zeros(vectors.shape[1], np.float32)] * len(languages)
    sheet = pd.DataFrame({"id": parts.passages["passage_id"].head(10)})
    asked = "; ".join(sorted(parts.themes["theme"]))
    sheet = sheet.assign(asked=asked, stratum="unsure", probability=0.02, drawn_from=60)
    content = {
        "title": "Trial", "language": "en", "corpus": str(corpus),
        "configuration": {"encoder": "packaged", "codebook": None},
    }  # fmt: skip
    measured = {
        "label_sheet": sheet, "theme_shares": pd.DataFrame(), "share_differences": pd.DataFrame(),
    }  # fmt: skip
    alignment = pd.DataFrame({"language": languages, "shift": none})
    return Opened(parts, vectors, alignment, measured, content, None, corpus, None)
