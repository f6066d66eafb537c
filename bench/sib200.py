"""The parallel sentences of SIB-200 as passages and vectors, embedded once and kept in the cache.

Read from shared/data/sib200 beside the repository; a benchmark ends with one sentence where that is absent.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.identifiers import content_id
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "sib200"
LANGUAGES = {
    "ar": "arb_Arab",
    "de": "deu_Latn",
    "en": "eng_Latn",
    "es": "spa_Latn",
    "fr": "fra_Latn",
    "zh": "zho_Hans",
}


class Sentences(NamedTuple):
    """The sentences of six languages.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, article_id, text, language, sentence, category``; rows with the same
        ``sentence`` say the same in different languages.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors of unit length.
    """

    passages: pd.DataFrame
    embeddings: np.ndarray


def read_sentences() -> Sentences:
    """Read and embed the sentences of all languages.

    Returns
    -------
    Sentences
        1,004 rows a language; the vectors come from the cache after the first time.
    """
    if not FOLDER.is_dir():
        sys.exit("SIB-200 is not beside the repository (../shared/data/sib200): nothing measured.")
    tables = [
        pd.read_csv(FOLDER / f"{name}.tsv", sep="\t", quoting=3).assign(language=language)
        for language, name in LANGUAGES.items()
    ]
    passages = pd.concat(tables, ignore_index=True).rename(columns={"index_id": "sentence"})
    passages["passage_id"] = [
        content_id(text, language)
        for text, language in zip(passages["text"], passages["language"], strict=True)
    ]
    passages["article_id"] = passages["passage_id"]
    return Sentences(passages, _embed(passages))


def _embed(passages: pd.DataFrame) -> np.ndarray:
    encoder = load_encoder()
    texts = "\n".join([encoder.identity, *passages["text"]])
    mark = hashlib.blake2b(texts.encode(), digest_size=8).hexdigest()
    folder = Path(os.environ.get("PRESS_THEMES_CACHE") or tempfile.gettempdir())
    kept = folder / f"sib200-{mark}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, embed_passages(passages, encoder), allow_pickle=False)
    return np.load(kept, allow_pickle=False)
