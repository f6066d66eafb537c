"""Context: a passage read in its article, as a vector mixed with those of the passages around it.

A passage of three sentences often names its subject in the one before; a brief has nothing around it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Weight of the headline, which says what all of the article is about.
_TITLE = 0.25
# Weight of what surrounds a passage, and the distance in passages at which a neighbour counts a third.
_WEIGHT = 0.35
_REACH = 3.0
# Of a long document the passages that can be heard: exp(-8) is next to nothing.
_FARTHEST = 24
# Passages of an article up to which its headline has its whole weight.
_USUAL = 12
_ROWS = 4096


def mix_with_article(
    vectors: np.ndarray,
    passages: pd.DataFrame,
    weight: float = _WEIGHT,
    titles: pd.DataFrame | None = None,
) -> np.ndarray:
    """Mix the vector of each passage with those around it and the headline of its article."""
    centred = _unit(
        vectors.astype(np.float32) - vectors.mean(axis=0, dtype=np.float64).astype("f4")
    )
    mixed = centred.copy()
    if "article_id" not in passages:
        return mixed
    groups = passages.groupby("article_id", sort=False).indices
    for members in groups.values():
        rows = np.asarray(members)
        if len(rows) < 2 or weight <= 0:
            continue
        if "position" in passages:
            rows = rows[np.argsort(passages["position"].to_numpy()[rows], kind="stable")]
        around = _sum_around(centred[rows])
        mixed[rows] = _unit((1 - weight) * centred[rows] + weight * _unit(around))
    return mixed if titles is None or titles.empty else _add_titles(mixed, passages, titles)


def _add_titles(mixed: np.ndarray, passages: pd.DataFrame, titles: pd.DataFrame) -> np.ndarray:
    heads = np.stack(list(titles["vector"])).astype(np.float32)
    heads = _unit(heads - heads.mean(axis=0))
    at = pd.Index(titles["article_id"]).get_indexer(passages["article_id"])
    # In a long document the headline is about less of each passage than in a brief.
    counts = passages.groupby("article_id", sort=False)["article_id"].transform("size").to_numpy()
    weights = np.where(at >= 0, _TITLE * np.minimum(1, _USUAL / counts), 0).astype(np.float32)
    added = mixed.copy()
    for start in range(0, len(mixed), _ROWS):
        part = slice(start, start + _ROWS)
        own = weights[part, None]
        added[part] = _unit((1 - own) * mixed[part] + own * heads[at[part]])
    return added


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
