"""Alignment: taking out of the vectors what the language adds, not what its press writes about.

One shift a language: what parallel sentences say of it, or its mean where there are none, corrected by
pairs of passages in two languages that are each other's nearest, the better ones weighing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

# Neighbours over which a passage's nearness to everything (hubness) is taken.
_HUBNESS = 10
# Vectors that are shifted at a time: in memory the result alone is as large as the embeddings.
_ROWS = 4096


@dataclass(frozen=True)
class AlignmentSettings:
    """How languages are aligned.

    Attributes
    ----------
    neighbours : int
        A pair is looked at when each is among this many nearest of the other in its language.
    iterations : int
        How often pairs and shifts are estimated in turn.
    trust : int
        Pairs at which a shift has half its weight: few pairs leave it where it was.
    prior : float
        Weight of the parallel sentences, as a share of the pairs.
    sample : int
        Passages a language that take part in the search, at most.
    seed : int
        Seed of that sample.
    """

    neighbours: int = 2
    iterations: int = 4
    trust: int = 4
    prior: float = 0.2
    sample: int = 1500
    seed: int = 0


class Alignment(NamedTuple):
    """Aligned vectors and what they rest on.

    Attributes
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Shifted vectors of unit length.
    shifts : DataFrame
        ``language, n_passages, n_pairs, shift_length, note, shift``; ``n_pairs`` pairs of mutual
        neighbours carry the shift, ``shift`` is what was subtracted, ``shift_length`` its length
        (two unit vectors lie at most 2 apart).
    """

    vectors: np.ndarray
    shifts: pd.DataFrame


class _Pairs(NamedTuple):
    """What the pairs of two languages say of the difference of their shifts."""

    left: int
    right: int
    n_pairs: int
    difference: np.ndarray


def estimate_alignment(
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    settings: AlignmentSettings = AlignmentSettings(),
    parallel: pd.DataFrame | None = None,
) -> Alignment:
    """Align the languages of a corpus."""
    languages = passages["language"].astype(str).to_numpy()
    names, counts = np.unique(languages, return_counts=True)
    shifts, n_pairs = np.zeros((len(names), embeddings.shape[1])), np.zeros(len(names), dtype=int)
    if len(names) > 1:
        members = _members(passages, languages, names, settings)
        vectors = [embeddings[rows].astype(np.float32) for rows in members]
        prior = _prior(parallel, names, embeddings.shape[1])
        shifts, pairs = _estimate(vectors, prior, settings)
        for pair in pairs:
            n_pairs[[pair.left, pair.right]] += pair.n_pairs
    table = _describe(names, counts, shifts, n_pairs)
    return Alignment(apply_shifts(embeddings, passages, table), table)


def apply_shifts(
    embeddings: np.ndarray, passages: pd.DataFrame, shifts: pd.DataFrame
) -> np.ndarray:
    """Shift vectors by language."""
    moved = np.empty(embeddings.shape, dtype=np.float32)
    languages = passages["language"].astype(str).to_numpy()
    for start in range(0, len(moved), _ROWS):
        rows = slice(start, start + _ROWS)
        block = embeddings[rows].astype(np.float32)
        for language, shift in zip(shifts["language"], shifts["shift"], strict=True):
            block[languages[rows] == language] -= np.asarray(shift, dtype=np.float32)
        moved[rows] = _unit(block)
    return moved


def _members(
    passages: pd.DataFrame, languages: np.ndarray, names: np.ndarray, settings: AlignmentSettings
) -> list[np.ndarray]:
    """Return the rows of each language that take part, each text once, in an order by identifier."""
    random = np.random.default_rng(settings.seed)
    table = pd.DataFrame(
        {
            "language": languages,
            "id": passages["passage_id"].astype(str).to_numpy(),
            "text": passages["text"].to_numpy(),
        }
    )
    table = table.sort_values("id", kind="stable").drop_duplicates(["language", "text"])
    chosen = []
    for name in names:
        rows = table.index[table["language"] == name].to_numpy()
        if len(rows) > settings.sample:
            rows = rows[np.sort(random.choice(len(rows), settings.sample, replace=False))]
        chosen.append(rows)
    return chosen


def _prior(parallel: pd.DataFrame | None, names: np.ndarray, dimensions: int) -> np.ndarray:
    """Return the shift that parallel sentences give each language; missing where it has none."""
    prior = np.full((len(names), dimensions), np.nan)
    if parallel is not None and len(parallel):
        known = dict(zip(parallel["language"], parallel["vector"], strict=True))
        for row, name in enumerate(names):
            if name in known:
                prior[row] = known[name]
    told = ~np.isnan(prior[:, 0])
    if told.sum() > 1:
        prior[told] -= prior[told].mean(axis=0)
    else:
        prior[:] = np.nan
    return prior


def _estimate(
    vectors: list[np.ndarray], prior: np.ndarray, settings: AlignmentSettings
) -> tuple[np.ndarray, list[_Pairs]]:
    """Find pairs under the present shifts, then the shifts that explain them, in turn."""
    means = np.array([own.mean(axis=0) for own in vectors])
    centre = means.mean(axis=0)
    told = ~np.isnan(prior[:, 0])
    # Where no parallel sentences are known, the mean of a language is the best first guess.
    shifts = means - centre
    if told.any():
        shifts[told] = prior[told] + shifts[told].mean(axis=0)
    expected = shifts.copy()
    pairs: list[_Pairs] = []
    for _ in range(settings.iterations):
        moved = [_unit(own - shift - centre) for own, shift in zip(vectors, shifts, strict=True)]
        pairs = []
        for a, b in combinations(range(len(vectors)), 2):
            left, right, weights = _mutual_neighbours(moved[a], moved[b], settings.neighbours)
            raw = vectors[a][left] - vectors[b][right]
            pairs.append(_Pairs(a, b, len(left), (weights[:, None] * raw).sum(axis=0)))
        shifts = _solve(pairs, expected, told, settings)
    return shifts, pairs


def _solve(
    pairs: list[_Pairs], expected: np.ndarray, told: np.ndarray, settings: AlignmentSettings
) -> np.ndarray:
    equations = np.zeros((len(pairs), len(expected)))
    differences = np.zeros((len(pairs), expected.shape[1]))
    for row, pair in enumerate(pairs):
        # The means of languages that cover different things are a guess, not evidence.
        known = told[pair.left] and told[pair.right]
        weight = settings.trust + (settings.prior * pair.n_pairs if known else 0)
        total = pair.n_pairs + weight
        first = expected[pair.left] - expected[pair.right]
        equations[row, pair.left], equations[row, pair.right] = 1, -1
        differences[row] = (pair.n_pairs * pair.difference + weight * first) / total
        equations[row] *= np.sqrt(total)
        differences[row] *= np.sqrt(total)
    return np.linalg.lstsq(equations, differences, rcond=None)[0]


def _mutual_neighbours(
    left: np.ndarray, right: np.ndarray, neighbours: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the rows of pairs that are each among the other's nearest under CSLS, and weights."""
    similarity = left @ right.T
    hubness = min(_HUBNESS, *similarity.shape)
    around_left = np.partition(similarity, -hubness, axis=1)[:, -hubness:].mean(axis=1)
    around_right = np.partition(similarity, -hubness, axis=0)[-hubness:].mean(axis=0)
    scaled = 2 * similarity - around_left[:, None] - around_right[None, :]
    nearest_right = scaled >= _bar(scaled, neighbours)[:, None]
    nearest_left = scaled >= _bar(scaled.T, neighbours)[None, :]
    rows, columns = np.nonzero(nearest_right & nearest_left)
    ranks = np.argsort(np.argsort(scaled[rows, columns], kind="stable"), kind="stable") + 1.0
    return rows, columns, ranks / max(ranks.sum(), 1)


def _bar(scores: np.ndarray, count: int) -> np.ndarray:
    """Return each row's `count`-th best score."""
    count = min(count, scores.shape[1])
    return np.partition(scores, -count, axis=1)[:, -count]


def _describe(
    names: np.ndarray, counts: np.ndarray, shifts: np.ndarray, n_pairs: np.ndarray
) -> pd.DataFrame:
    note = "the only language: nothing to align" if len(names) == 1 else "aligned"
    return pd.DataFrame(
        {
            "language": names.astype(object),
            "n_passages": counts.astype("int64"),
            "n_pairs": n_pairs.astype("int64"),
            "shift_length": np.linalg.norm(shifts, axis=1),
            "note": [note] * len(names),
            "shift": [shift.astype(np.float32) for shift in shifts],
        }
    )


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
