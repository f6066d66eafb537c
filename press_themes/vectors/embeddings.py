"""Embeddings: one vector of unit length per passage.

Every distinct text is encoded once, in an order that does not depend on the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd


class Encodes(Protocol):
    """Anything that turns texts into vectors: an Encoder, or a stand-in in a test."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one vector of unit length a text."""
        ...


def embed_passages(passages: pd.DataFrame, encoder: Encodes) -> np.ndarray:
    """Embed the passages.

    Parameters
    ----------
    passages : DataFrame
        With the column ``text``.
    encoder : Encoder
        What turns texts into vectors.

    Returns
    -------
    ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length, rows as in `passages`; equal texts have equal vectors.
    """
    return embed_texts(passages["text"].tolist(), encoder)


def embed_texts(texts: Sequence[str], encoder: Encodes) -> np.ndarray:
    """Embed texts, each distinct one once.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    encoder : Encoder
        What turns texts into vectors.

    Returns
    -------
    ndarray of float32, shape (n_texts, n_dimensions)
        Vectors of unit length, rows as in `texts`.
    """
    # Sorted, because the batches a text falls into change the last bits of its vector.
    unique, rows = np.unique(np.asarray(texts, dtype=object), return_inverse=True)
    vectors = encoder.encode(unique.tolist())
    return np.ascontiguousarray(vectors[rows])
