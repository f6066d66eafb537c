"""Evidence: what speaks for two articles telling one story, in numbers that mean the same anywhere.

Nearness is taken relative to what else lies near: a daily column and a long affair have many
neighbours as near as the nearest, a report of one event has few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from press_themes.stories.candidates import Neighbours
from press_themes.stories.story_marks import Marks

#: What a link is judged by; the coefficients go by these names.
FEATURES = ("standing", "gap", "match", "best", "names", "overlap", "words", "sounds", "mute")
_BLOCK = 4_096


def list_pairs(neighbours: Neighbours) -> pd.DataFrame:
    """List each pair of neighbours once.

    Parameters
    ----------
    neighbours : Neighbours
        From `find_neighbours`.

    Returns
    -------
    DataFrame
        ``left, right`` (rows of articles, left before right) and ``nearness``, ordered by left
        and right.
    """
    n_articles, k = neighbours.places.shape
    own, other = np.repeat(np.arange(n_articles), k), neighbours.places.ravel().astype(np.int64)
    pairs = pd.DataFrame(
        {
            "left": np.minimum(own, other),
            "right": np.maximum(own, other),
            "nearness": neighbours.nearness.ravel(),
        }
    )
    pairs = pairs[other >= 0].drop_duplicates(["left", "right"])
    return pairs.sort_values(["left", "right"]).reset_index(drop=True)


def weigh_pairs(
    pairs: pd.DataFrame,
    neighbours: Neighbours,
    heads: tuple[np.ndarray, np.ndarray],
    marks: Marks,
    languages: np.ndarray,
) -> pd.DataFrame:
    """Add to each pair what speaks for its telling one story.

    Parameters
    ----------
    pairs : DataFrame
        From `list_pairs`.
    neighbours : Neighbours
        Those the pairs come from.
    heads : tuple of ndarray
        Passage vectors of each article and their number, from `gather_passages`.
    marks : Marks
        From `weigh_marks`.
    languages : ndarray of int, shape (n_articles,)
        Languages by number, as in `find_neighbours`.

    Returns
    -------
    DataFrame
        `pairs`, ``alike`` (both in one language) and the columns of `FEATURES`.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    near = pairs["nearness"].to_numpy()
    ends = ((left, right), (right, left))
    usual = [neighbours.typical[own, languages[other]] for own, other in ends]
    standing = [(near - found[:, 0]) / found[:, 1] for found in usual]
    crowd = _crowd(neighbours)
    match, best = _match(left, right, *heads)
    names = _dot(marks.names, left, right)
    totals = np.asarray(marks.names.sum(axis=1)).ravel()
    return pairs.assign(
        alike=languages[left] == languages[right],
        standing=np.minimum(*standing),
        gap=(standing[0] - crowd[left] + standing[1] - crowd[right]) / 2,
        match=match,
        best=best,
        names=np.log1p(names),
        # A text with next to no names gives no ground to say that all of them are shared.
        overlap=names / (np.minimum(totals[left], totals[right]) + 1),
        words=_dot(marks.words, left, right),
        sounds=np.log1p(_dot(marks.sounds, left, right)),
        mute=1.0 - (marks.voiced[left] & marks.voiced[right]),
    )


def _crowd(neighbours: Neighbours) -> np.ndarray:
    """Return how near the neighbours are that come after those of one story: its subject's."""
    n_articles, k = neighbours.standing.shape
    first = int(np.clip(n_articles // 10, 1, max(k // 2, 1)))
    ring = neighbours.standing[:, first : 2 * first]
    known = np.isfinite(ring)
    return np.where(known, ring, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)


def _match(
    left: np.ndarray, right: np.ndarray, heads: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return how well the passages of two articles find each other, on average and at best."""
    mean, best = np.zeros(len(left), np.float32), np.zeros(len(left), np.float32)
    room = np.arange(heads.shape[1])
    for start in range(0, len(left), _BLOCK):
        part = slice(start, start + _BLOCK)
        a, b = left[part], right[part]
        has_a, has_b = room[None, :] < counts[a][:, None], room[None, :] < counts[b][:, None]
        cosines = np.matmul(heads[a], heads[b].transpose(0, 2, 1))
        cosines[~(has_a[:, :, None] & has_b[:, None, :])] = -1.0
        of_a, of_b = cosines.max(axis=2), cosines.max(axis=1)
        forth = np.where(has_a, of_a, 0).sum(axis=1) / np.maximum(has_a.sum(axis=1), 1)
        back = np.where(has_b, of_b, 0).sum(axis=1) / np.maximum(has_b.sum(axis=1), 1)
        mean[part] = (forth + back) / 2
        best[part] = of_a.max(axis=1)
    return mean, best


def _dot(matrix: Any, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the products of rows, pair by pair."""
    found = np.zeros(len(left), np.float32)
    for start in range(0, len(left), 16 * _BLOCK):
        part = slice(start, start + 16 * _BLOCK)
        product = matrix[left[part]].multiply(matrix[right[part]])
        found[part] = np.asarray(product.sum(axis=1)).ravel()
    return found
