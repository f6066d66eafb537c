"""Embeddings: one vector of unit length per passage.

Every distinct text is encoded once, and only one shard of vectors is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import pandas as pd

from press_themes.vectors.store import Part


class Encodes(Protocol):
    """Anything that turns texts into vectors: an Encoder, or a stand-in in a test."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one vector of unit length a text."""
        ...


@runtime_checkable
class _Streams(Protocol):
    def stream(self, texts: Sequence[str]) -> Iterator[Part]: ...


def embed_passages(
    passages: pd.DataFrame, encoder: Encodes, path: Path | None = None
) -> np.ndarray:
    """Embed the passages.

    Parameters
    ----------
    passages : DataFrame
        With the column ``text``.
    encoder : Encoder
        What turns texts into vectors.
    path : Path, optional
        A file in the layout of NumPy in which the result lies; by default it lies in memory.

    Returns
    -------
    ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length, rows as in `passages`; equal texts have equal vectors. With `path`
        it is mapped from that file, not held in memory.
    """
    return embed_texts(passages["text"].tolist(), encoder, path)


def embed_texts(texts: Sequence[str], encoder: Encodes, path: Path | None = None) -> np.ndarray:
    """Embed texts, each distinct one once."""
    unique, owners = np.unique(np.asarray(texts, dtype=object), return_inverse=True)
    rows_of = np.split(np.argsort(owners, kind="stable"), np.cumsum(np.bincount(owners))[:-1])
    parts = _parts(unique.tolist(), encoder)
    if path is not None:
        return _write_rows(path, parts, rows_of, len(texts))
    result: np.ndarray | None = None
    for part in parts:
        if result is None:
            result = np.zeros((len(texts), part.vectors.shape[1]), np.float32)
        for row, vector in zip(part.rows, part.vectors, strict=True):
            result[rows_of[row]] = vector
    assert result is not None
    return result


def _parts(texts: list[str], encoder: Encodes) -> Iterable[Part]:
    if isinstance(encoder, _Streams):
        return encoder.stream(texts)
    return [Part(np.arange(len(texts)), encoder.encode(texts))]


def _write_rows(
    path: Path, parts: Iterable[Part], rows_of: Sequence[np.ndarray], n_rows: int
) -> np.ndarray:
    """Write rows where they belong in a file; it gets its name when all of it is written."""
    aside = path.with_name(f".{path.name}.writing")
    with aside.open("wb") as file:
        begin = 0
        for part in parts:
            if not begin:
                shape = (n_rows, part.vectors.shape[1])
                header = {"descr": "<f4", "fortran_order": False, "shape": shape}
                np.lib.format.write_array_header_1_0(file, header)
                begin = file.tell()
                file.truncate(begin + 4 * n_rows * shape[1])
            size = 4 * part.vectors.shape[1]
            for row, vector in zip(part.rows, part.vectors.astype("<f4"), strict=True):
                for place in rows_of[row]:
                    file.seek(begin + size * int(place))
                    file.write(vector.tobytes())
    aside.rename(path)
    return load_embeddings(path)


def load_embeddings(path: Path) -> np.ndarray:
    """Map embeddings from a file."""
    try:
        # A plain array over the map: what computes with it need not know where it lies.
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:
        return np.load(path, allow_pickle=False)
