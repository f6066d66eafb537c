"""Candidates: which two articles are near enough that they may tell one story.

Every article is compared with every other that appeared in the same weeks, in blocks, and only its
nearest are kept: exact, the same on every machine, and linear in memory.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

_BLOCK = 2_048
# How many articles of a language weigh as much as what is usual in all languages.
_PRIOR = 10
#: Passages of an article that are looked at; news says what happened at its head.
MOST_PASSAGES = 8


class Neighbours(NamedTuple):
    """The nearest articles of each article, nearest first.

    Attributes
    ----------
    places : ndarray of int32, shape (n_articles, k)
        Rows of the neighbours; -1 where there are fewer.
    nearness : ndarray of float32, shape (n_articles, k)
        Cosine of the article vectors; NaN where there is none.
    standing : ndarray of float32, shape (n_articles, k)
        The same in standard deviations above what the article has in common with the articles of
        the neighbour's language: vectors of two languages lie apart by more than their subjects.
    typical : ndarray of float32, shape (n_articles, n_languages, 2)
        Mean and standard deviation of the cosines with the articles of each language.
    """

    places: np.ndarray
    nearness: np.ndarray
    standing: np.ndarray
    typical: np.ndarray


def gather_passages(
    articles: pd.DataFrame, passages: pd.DataFrame, vectors: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first passages' vectors of each article, their number, and its own vector."""
    places = pd.Series(np.arange(len(articles)), index=articles["article_id"])
    owner = passages["article_id"].map(places).to_numpy()
    rank = passages.groupby("article_id")["position"].rank(method="first").to_numpy() - 1
    kept = (rank < MOST_PASSAGES) & ~np.isnan(owner.astype(float))
    rows, owners, ranks = np.flatnonzero(kept), owner[kept].astype(int), rank[kept].astype(int)
    centre = np.asarray(vectors[rows], np.float64).mean(axis=0) if len(rows) else 0.0
    room = int(ranks.max(initial=0)) + 1
    heads = np.zeros((len(articles), room, vectors.shape[1]), np.float32)
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, start + _BLOCK)
        heads[owners[part], ranks[part]] = _to_unit(np.asarray(vectors[rows[part]]) - centre)
    counts = np.bincount(owners, minlength=len(articles))
    return heads, counts, _to_unit(heads.sum(axis=1) / np.maximum(counts, 1)[:, None])


def find_neighbours(
    vectors: np.ndarray, languages: np.ndarray, days: np.ndarray, k: int, most_days: float
) -> Neighbours:
    """Find the nearest articles of each that appeared within `most_days` of it, or on no known day."""
    n_articles = len(vectors)
    order = np.lexsort((np.arange(n_articles), np.where(np.isnan(days), np.inf, days)))
    days, spoken, moved = days[order], languages[order], vectors[order]
    n_dated = int((~np.isnan(days)).sum())
    k = max(min(k, n_articles - 1), 1)
    places = np.full((n_articles, k), -1, np.int32)
    nearness, standing = (np.full((n_articles, k), np.nan, np.float32) for _ in range(2))
    typical = np.zeros((n_articles, int(languages.max(initial=0)) + 1, 2), np.float32)
    for start in range(0, n_articles, _BLOCK):
        stop = min(start + _BLOCK, n_articles)
        columns = _columns(days, start, stop, n_dated, most_days)
        # By language, so that those of one lie side by side.
        columns = columns[np.argsort(spoken[columns], kind="stable")]
        cosines = moved[start:stop] @ moved[columns].T
        apart = np.abs(days[start:stop, None] - days[columns][None, :]) > most_days
        apart |= np.arange(start, stop)[:, None] == columns[None, :]
        rows = order[start:stop]
        typical[rows] = _typical(cosines, ~apart, spoken[columns], typical.shape[1])
        height = _standardise(cosines, typical[rows], spoken[columns])
        height[apart] = -np.inf
        found, at = _largest(height, k)
        width, is_known = at.shape[1], np.isfinite(found)
        places[rows, :width] = np.where(is_known, order[columns[at]], -1)
        near = np.take_along_axis(cosines, at, axis=1)
        nearness[rows, :width] = np.where(is_known, near, np.nan)
        standing[rows, :width] = np.where(is_known, found, np.nan)
    return Neighbours(places, nearness, standing, typical)


def _columns(days: np.ndarray, start: int, stop: int, n_dated: int, most_days: float) -> np.ndarray:
    """Return the rows to compare a block with, where rows go by day and undated ones come last."""
    if stop > n_dated:
        return np.arange(len(days))
    low = np.searchsorted(days[:n_dated], days[start] - most_days, side="left")
    high = np.searchsorted(days[:n_dated], days[stop - 1] + most_days, side="right")
    return np.concatenate([np.arange(low, high), np.arange(n_dated, len(days))])


def _typical(
    cosines: np.ndarray, known: np.ndarray, languages: np.ndarray, n_languages: int
) -> np.ndarray:
    """Return mean and spread of each row's cosines by language, drawn to those of all."""
    sums = np.zeros((len(cosines), n_languages, 3))
    bounds = np.searchsorted(languages, np.arange(n_languages + 1))
    for language, (low, high) in enumerate(pairwise(bounds)):
        if low < high:
            part = np.where(known[:, low:high], cosines[:, low:high], 0.0)
            sums[:, language, 0] = known[:, low:high].sum(axis=1)
            sums[:, language, 1] = part.sum(axis=1)
            sums[:, language, 2] = np.einsum("ij,ij->i", part, part)
    whole = sums.sum(axis=1, keepdims=True)
    # Few articles of a language say little of what is usual there.
    sums = sums + _PRIOR * whole / np.maximum(whole[:, :, :1], 1)
    count = np.maximum(sums[:, :, 0], 1e-9)
    mean = sums[:, :, 1] / count
    return np.stack([mean, np.sqrt(np.maximum(sums[:, :, 2] / count - mean**2, 1e-9))], axis=2)


def _standardise(cosines: np.ndarray, typical: np.ndarray, languages: np.ndarray) -> np.ndarray:
    height = np.empty_like(cosines)
    for language in np.unique(languages):
        low, high = np.searchsorted(languages, [language, language + 1])
        mean, spread = typical[:, language, 0, None], typical[:, language, 1, None]
        height[:, low:high] = (cosines[:, low:high] - mean) / spread
    return height


def _largest(cosines: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the k largest of each row, largest first, equal ones in the order of their place."""
    k = min(k, cosines.shape[1])
    at = np.argpartition(-cosines, k - 1, axis=1)[:, :k]
    near = np.take_along_axis(cosines, at, axis=1)
    order = np.lexsort((at, -near), axis=1)
    return np.take_along_axis(near, order, axis=1), np.take_along_axis(at, order, axis=1)


def _to_unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
