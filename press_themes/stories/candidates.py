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
# Cosines held at once.
_CELLS = 1 << 24
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
    n_articles, n_languages = len(vectors), int(languages.max(initial=0)) + 1
    # By language and day, so that what a block is compared with lies side by side.
    order = np.lexsort((np.arange(n_articles), np.where(np.isnan(days), np.inf, days), languages))
    moved, sorted_days = np.ascontiguousarray(vectors[order]), days[order]
    bounds = np.searchsorted(languages[order], np.arange(n_languages + 1))
    k = max(min(k, n_articles - 1), 1)
    places = np.full((n_articles, k), -1, np.int32)
    nearness, standing = (np.full((n_articles, k), np.nan, np.float32) for _ in range(2))
    typical = np.zeros((n_articles, n_languages, 2), np.float32)
    height = max(min(_BLOCK, _CELLS // max(n_articles, 1)), 1)
    for start in range(0, n_articles, height):
        block = slice(start, min(start + height, n_articles))
        cosines, sums, columns = _compare(moved, sorted_days, bounds, block, most_days)
        usual = _typical(sums)
        rows = order[block]
        typical[rows] = usual
        _standardise(cosines, usual, [len(found) for found in columns])
        at_row, at_rank, at, found = _largest(cosines, k)
        other = np.concatenate(columns)[at]
        places[rows[at_row], at_rank] = order[other]
        standing[rows[at_row], at_rank] = found
        near = np.einsum("ij,ij->i", moved[block][at_row], moved[other])
        nearness[rows[at_row], at_rank] = near
    return Neighbours(places, nearness, standing, typical)


def _compare(
    vectors: np.ndarray, days: np.ndarray, bounds: np.ndarray, block: slice, most_days: float
) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Return a block's cosines, their number, sum and sum of squares by language, and what with.

    A cosine with an article of other weeks, or with itself, is -inf and counts in no sum.
    """
    own = days[block]
    columns = [_columns(days, low, high, own, most_days) for low, high in pairwise(bounds)]
    cosines = np.empty((len(own), sum(map(len, columns))), np.float32)
    sums = np.zeros((len(own), len(columns), 3))
    itself = np.arange(block.start, block.stop)
    stop = 0
    for language, found in enumerate(columns):
        start, stop = stop, stop + len(found)
        part = cosines[:, start:stop]
        for first, last in _runs(found):
            part[:, first:last] = vectors[block] @ vectors[found[first] : found[last - 1] + 1].T
        far = found[:, None] == itself if len(found) else np.zeros((0, len(own)), bool)
        far = far.T
        if not np.isnan(own).all():
            far = far | (np.abs(own[:, None] - days[found]) > most_days)
        part[far] = 0.0
        sums[:, language, 0] = len(found) - far.sum(axis=1)
        sums[:, language, 1] = part.sum(axis=1, dtype=np.float64)
        sums[:, language, 2] = np.einsum("ij,ij->i", part, part)
        part[far] = -np.inf
    return cosines, sums, columns


def _columns(
    days: np.ndarray, low: int, high: int, own: np.ndarray, most_days: float
) -> np.ndarray:
    """Return the rows of a language to compare a block with: undated ones come last in it."""
    if np.isnan(own).any():
        return np.arange(low, high)
    dated = low + int((~np.isnan(days[low:high])).sum())
    first = low + np.searchsorted(days[low:dated], own.min() - most_days, side="left")
    last = low + np.searchsorted(days[low:dated], own.max() + most_days, side="right")
    return np.concatenate([np.arange(first, last), np.arange(dated, high)])


def _runs(rows: np.ndarray) -> list[tuple[int, int]]:
    """Return where rows that follow one another begin and end."""
    cuts = np.flatnonzero(np.diff(rows) != 1) + 1
    return list(pairwise([0, *cuts.tolist(), len(rows)])) if len(rows) else []


def _typical(sums: np.ndarray) -> np.ndarray:
    """Return mean and spread of each row's cosines by language, drawn to those of all."""
    whole = sums.sum(axis=1, keepdims=True)
    # Few articles of a language say little of what is usual there.
    sums = sums + _PRIOR * whole / np.maximum(whole[:, :, :1], 1)
    count = np.maximum(sums[:, :, 0], 1e-9)
    mean = sums[:, :, 1] / count
    spread = np.sqrt(np.maximum(sums[:, :, 2] / count - mean**2, 1e-9))
    return np.stack([mean, spread], axis=2).astype(np.float32)


def _standardise(cosines: np.ndarray, typical: np.ndarray, sizes: list[int]) -> None:
    """Turn cosines, in place, into standard deviations above what is usual in each language."""
    stops = np.cumsum([0, *sizes])
    for language, (start, stop) in enumerate(pairwise(stops)):
        part = cosines[:, start:stop]
        part -= typical[:, language, 0, None]
        part /= typical[:, language, 1, None]


def _largest(values: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return row, rank, column and value of the k largest of each row that are finite.

    Of equal ones the first column ranks first. The k-th largest of the maxima of stretches is a
    bound that no more than a few values beside the k largest pass, which spares sorting the rest.
    """
    width = max(values.shape[1] // (8 * k), 1)
    maxima = np.maximum.reduceat(values, np.arange(0, values.shape[1], width), axis=1)
    rank = max(maxima.shape[1] - k, 0)
    bound = np.partition(maxima, rank, axis=1)[:, rank]
    row, column = np.nonzero(values >= np.maximum(bound, np.finfo(np.float32).min)[:, None])
    found = values[row, column]
    order = np.lexsort((column, -found, row))
    row, column, found = row[order], column[order], found[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = place < k
    return row[kept], place[kept], column[kept], found[kept]


def _to_unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
