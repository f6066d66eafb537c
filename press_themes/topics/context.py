"""Context: a passage read in its article, as a vector mixed with those of the passages around it.

A passage of three sentences often names its subject in the one before; a brief has nothing around it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Weight of what surrounds a passage, and the distance in passages at which a neighbour counts a third.
_WEIGHT = 0.35
_REACH = 3.0
# Of a long document the passages that can be heard: exp(-8) is next to nothing.
_FARTHEST = 24


def mix_with_article(
    vectors: np.ndarray, passages: pd.DataFrame, weight: float = _WEIGHT
) -> np.ndarray:
    """Mix the vector of each passage with those around it in its article.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length.
    passages : DataFrame
        With ``article_id`` and, where the order within articles is known, ``position``; rows as in
        `vectors`.
    weight : float
        Share of what surrounds a passage; a passage alone in its article stays as it is.

    Returns
    -------
    ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length around their common centre. The neighbours of a passage count by
        exp(-distance / 3), so that a short article is heard whole and of a debate only the turn.
    """
    centred = _unit(vectors.astype(np.float32) - vectors.mean(axis=0, dtype=np.float64).astype("f4"))
    mixed = centred.copy()
    if "article_id" not in passages:
        return mixed
    groups = passages.groupby("article_id", sort=False).indices
    for rows in groups.values():
        if len(rows) < 2 or weight <= 0:
            continue
        if "position" in passages:
            rows = rows[np.argsort(passages["position"].to_numpy()[rows], kind="stable")]
        around = _sum_around(centred[rows])
        mixed[rows] = _unit((1 - weight) * centred[rows] + weight * _unit(around))
    return mixed


def _sum_around(vectors: np.ndarray) -> np.ndarray:
    """Return for each of the vectors, in order, the weighted sum of those before and after it."""
    around = np.zeros_like(vectors)
    for distance in range(1, min(_FARTHEST, len(vectors) - 1) + 1):
        share = np.float32(np.exp(-distance / _REACH))
        around[distance:] += share * vectors[:-distance]
        around[:-distance] += share * vectors[distance:]
    return around


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
