"""Themes of small codebooks on SIB-200: one theme to seven, of three texts each or of ten.

Texts are of bench/sib200_themes.yml: a definition and two examples in English, or all there are in two
languages. Run: python bench/small_codebooks.py [--draws 8]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from sib200 import Sentences, read_sentences

from press_themes.themes.assignment import ThemeSettings, decide, score_passages
from press_themes.themes.codebook import read_codebook
from press_themes.themes.codebook_vectors import (
    CodebookVectors,
    build_prototypes,
    embed_codebook,
    list_themes,
)
from press_themes.vectors.encoders import load_encoder


def shrink(book: CodebookVectors, themes: list[str], few: bool) -> CodebookVectors:
    """Keep some themes of a codebook, and few of their texts if wanted."""
    texts = book.texts
    kept = texts["theme"].isin(themes)
    if few:
        english = texts[kept & (texts["language"] == "en")]
        examples = english[english["kind"] == "example"].groupby("theme").head(2)
        kept = texts.index.isin(examples.index) | (
            kept & (texts["language"] == "en") & (texts["kind"] == "definition")
        )
    rows = np.flatnonzero(kept | (texts["theme"] == ""))
    return CodebookVectors(texts.iloc[rows].reset_index(drop=True), book.vectors[rows])


def score(sentences: Sentences, book: CodebookVectors) -> dict[str, float]:
    """Score the themes assigned against the categories."""
    passages = sentences.passages
    scores = score_passages(
        sentences.embeddings, passages["language"].to_numpy(), build_prototypes(book)
    )
    given = decide(scores, ThemeSettings())
    categories = passages["category"].str.replace("/", "_").to_numpy()
    bears = categories[:, None] == np.array(list_themes(book))
    both = (given & bears).sum()
    return {
        "f1": 2 * both / (given.sum() + bears.sum()),
        "precision": both / max(1, given.sum()),
        "recall": both / bears.sum(),
    }


def main() -> None:
    """Print F1, precision and recall by number of themes and of texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=8, help="codebooks of each size")
    draws = parser.parse_args().draws
    sentences = read_sentences()
    path = Path(__file__).with_name("sib200_themes.yml")
    whole = embed_codebook(read_codebook(path), load_encoder())
    names, random, rows = list_themes(whole), np.random.default_rng(0), []
    for few in (True, False):
        for count in (1, 2, 3, 5, 7):
            for _ in range(1 if count == len(names) else draws):
                book = shrink(whole, list(random.choice(names, count, replace=False)), few)
                texts = int((book.texts["theme"] != "").sum() / count)
                rows.append({"texts a theme": texts, "themes": count, **score(sentences, book)})
    print(pd.DataFrame(rows).groupby(["texts a theme", "themes"]).mean().round(2).to_string())


if __name__ == "__main__":
    main()
