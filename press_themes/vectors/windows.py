"""Windows: a text longer than the encoder's reach is read whole, in parts that each fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def split_windows(
    texts: Sequence[str], count_tokens: Callable[[Sequence[str]], list[int]], reach: int
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Split the texts that an encoder cannot read at once."""
    windows: list[str] = []
    owners: list[int] = []
    weights: list[int] = []
    for owner, (text, count) in enumerate(zip(texts, count_tokens(texts), strict=True)):
        for window, size in _fit(text, count, count_tokens, reach):
            windows.append(window)
            owners.append(owner)
            weights.append(size)
    return windows, np.array(owners, np.int64), np.array(weights, np.float64)


def join_windows(
    vectors: np.ndarray, owners: np.ndarray, weights: np.ndarray, n_texts: int
) -> np.ndarray:
    """Join the vectors of windows into those of texts."""
    if len(vectors) == n_texts:
        return vectors
    sums = np.zeros((n_texts, vectors.shape[1]))
    np.add.at(sums, owners, vectors * weights[:, None])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    joined = (sums / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    alone = np.bincount(owners, minlength=n_texts)[owners] == 1
    joined[owners[alone]] = vectors[alone]
    return joined


def _fit(
    text: str, count: int, count_tokens: Callable[[Sequence[str]], list[int]], reach: int
) -> list[tuple[str, int]]:
    """Halve a text until each part fits."""
    if count <= reach or len(text) < 2:
        return [(text, count)]
    middle = len(text) // 2
    space = text.rfind(" ", 1, middle + 1)
    cut = space if space > middle // 2 else middle
    halves = [half for half in (text[:cut], text[cut:].lstrip(" ")) if half]
    counts = count_tokens(halves)
    return [
        window
        for half, size in zip(halves, counts, strict=True)
        for window in _fit(half, size, count_tokens, reach)
    ]
