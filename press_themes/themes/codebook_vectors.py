"""The codebook as vectors, beside pages that no codebook asked for.

What a language itself adds to a vector is read from sentences that mean the same in every language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from press_themes.themes.codebook import Codebook

#: Kinds of text that speak for a theme.
OWN = ("definition", "clause", "example")
#: Kinds of text that speak for no theme.
ORDINARY = ("background", "page")
# What a definition lists between its stops; fewer characters are a word, not a thought.
_CLAUSE_END = re.compile(r"[.;:,،؛。，、；：।]\s*")
_LEAST_CLAUSE = 12
# Passages at which the mean of a language without parallel sentences weighs half as its centre.
_HALF_TRUSTED = 10


class Encodes(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one vector of unit length a text."""
        ...


class CodebookVectors(NamedTuple):
    """The texts of the codebook and of ordinary pages, with their vectors.

    Attributes
    ----------
    texts : DataFrame
        ``theme, kind, language, text``. Kinds of a theme: definition, clause (a part of a
        definition), example, counter-example. Without theme: background (the sections of a
        newspaper, in the same order in every language) and page (one language each).
    vectors : ndarray of float32, shape (n_texts, n_dimensions)
        Unaligned vectors of unit length, rows as in `texts`.
    """

    texts: pd.DataFrame
    vectors: np.ndarray


def embed_codebook(codebook: Codebook, encoder: Encodes) -> CodebookVectors:
    """Embed the texts of a codebook and of ordinary pages.

    Parameters
    ----------
    codebook : Codebook
        The themes.
    encoder : Encoder
        The encoder that makes the embeddings of the passages.

    Returns
    -------
    CodebookVectors
        Empty for a codebook without themes.
    """
    columns = list(codebook.texts.columns)
    if codebook.texts.empty:
        return CodebookVectors(codebook.texts, np.zeros((0, 0), np.float32))
    definitions = codebook.texts[codebook.texts["kind"] == "definition"]
    rows = [
        (theme, "clause", language, clause)
        for theme, _, language, text in definitions[columns].itertuples(index=False)
        for clause in _divide(text)
    ]
    for kind, by_language in (("background", read_background()), ("page", read_pages())):
        rows += [("", kind, spoken, text) for spoken, own in by_language.items() for text in own]
    texts = pd.concat([codebook.texts, pd.DataFrame(rows, columns=columns)], ignore_index=True)
    return CodebookVectors(texts, encoder.encode(texts["text"].tolist()))


def list_themes(codebook: CodebookVectors) -> list[str]:
    """Return the themes of a codebook, in its order."""
    themes = codebook.texts["theme"]
    return list(dict.fromkeys(themes[themes != ""]))


def read_background() -> dict[str, list[str]]:
    """Read the sections of an ordinary newspaper that ship with the package, by language."""
    return _read_yaml("background.yml")


def read_pages() -> dict[str, list[str]]:
    """Read the ordinary pages that ship with the package, by language."""
    return _read_yaml("everyday_pages.yml")


def find_centres(codebook: CodebookVectors) -> dict[str, np.ndarray]:
    """Return the mean vector of the newspaper's sections in each language, and in all as ``""``."""
    sections = codebook.texts[codebook.texts["kind"] == "background"]
    centres = {
        str(language): codebook.vectors[part.index].mean(axis=0)
        for language, part in sections.groupby("language", sort=True)
    }
    return {**centres, "": np.mean(list(centres.values()), axis=0)}


def centre_vectors(
    vectors: np.ndarray, languages: Any, centres: dict[str, np.ndarray]
) -> np.ndarray:
    """Subtract from each vector the centre of its language, then give it unit length."""
    centred = np.empty_like(vectors)
    for language in np.unique(languages):
        rows = languages == language
        centre = centres.get(language)
        if centre is None:
            n_vectors = int(rows.sum())
            total = vectors[rows].sum(axis=0) + _HALF_TRUSTED * centres[""]
            centre = total / (n_vectors + _HALF_TRUSTED)
        centred[rows] = vectors[rows] - centre
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return centred / np.where(lengths > 0, lengths, 1)


@lru_cache(maxsize=2)
def _read_yaml(name: str) -> dict[str, list[str]]:
    import yaml

    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _divide(text: str) -> list[str]:
    parts = [part.strip() for part in _CLAUSE_END.split(text)]
    return [part for part in parts if len(part) > _LEAST_CLAUSE]
