"""Alignment: taking out of the vectors what the language adds, not what its press writes about.

One shift a language, estimated from pairs of passages in two languages that are each other's nearest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class AlignmentSettings:
    """How languages are aligned.

    Attributes
    ----------
    neighbours : int
        A pair counts when each is among this many nearest of the other in its language.
    iterations : int
        How often pairs and shifts are estimated in turn.
    trust : int
        Pairs at which a shift has half its weight: few pairs shrink it towards none.
    sample : int
        Passages a language that take part in the search, at most.
    seed : int
        Seed of that sample.
    """

    neighbours: int = 2
    iterations: int = 5
    trust: int = 4
    sample: int = 4000
    seed: int = 0


class Alignment(NamedTuple):
    """Aligned vectors and what they rest on.

    Attributes
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Shifted vectors of unit length.
    shifts : DataFrame
        ``language, n_passages, n_pairs, shift_length, note, shift``; ``shift`` is what was
        subtracted, ``shift_length`` its length (two unit vectors lie at most 2 apart).
    """

    vectors: np.ndarray
    shifts: pd.DataFrame


def align_languages(
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    settings: AlignmentSettings = AlignmentSettings(),
) -> Alignment:
    """Align the languages of a corpus.

    Parameters
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.
    passages : DataFrame
        With ``passage_id`` and ``language``, rows as in `embeddings`.
    settings : AlignmentSettings
        Neighbours, iterations, trust, sample and seed.

    Returns
    -------
    Alignment
        With one language, or none that share pairs, the vectors are returned as they were.

    Notes
    -----
    Pairs are mutual nearest neighbours (Haghverdi et al. 2018, doi:10.1038/nbt.4091) under
    cross-domain similarity local scaling (Conneau et al. 2018, arXiv:1710.04087), which keeps hubs
    from pairing with everything. The shifts solve, in least squares weighted by pairs, "the
    difference of two shifts is the mean difference of their pairs".
    """
    languages = passages["language"].to_numpy(dtype=object)
    names, counts = np.unique(languages.astype(str), return_counts=True)
    shifts = np.zeros((len(names), embeddings.shape[1]))
    pairs = np.zeros((len(names), len(names)), dtype=int)
    if len(names) > 1:
        members = _members(languages, names, passages["passage_id"].to_numpy(), settings)
        for _ in range(settings.iterations):
            shifts, pairs = _estimate(embeddings, members, shifts, settings)
    table = _describe(names, counts, shifts, pairs)
    return Alignment(apply_shifts(embeddings, passages, table), table)


def apply_shifts(
    embeddings: np.ndarray, passages: pd.DataFrame, shifts: pd.DataFrame
) -> np.ndarray:
    """Shift vectors by language.

    Parameters
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.
    passages : DataFrame
        With ``language``, rows as in `embeddings`.
    shifts : DataFrame
        ``language, shift``, as `align_languages` returns them.

    Returns
    -------
    ndarray of float32, shape (n_passages, n_dimensions)
        Shifted vectors of unit length; a language without a shift stays as it is.
    """
    moved = embeddings.astype(np.float32, copy=True)
    languages = passages["language"].astype(str).to_numpy()
    for language, shift in zip(shifts["language"], shifts["shift"], strict=True):
        moved[languages == language] -= np.asarray(shift, dtype=np.float32)
    return _unit(moved).astype(np.float32)


def _members(
    languages: np.ndarray, names: np.ndarray, identifiers: np.ndarray, settings: AlignmentSettings
) -> list[np.ndarray]:
    """Return the rows of each language that take part, in an order that rests on identifiers."""
    random = np.random.default_rng(settings.seed)
    chosen = []
    for name in names:
        rows = np.flatnonzero(languages.astype(str) == name)
        rows = rows[np.argsort(identifiers[rows].astype(str), kind="stable")]
        if len(rows) > settings.sample:
            rows = np.sort(random.choice(rows, settings.sample, replace=False))
        chosen.append(rows)
    return chosen


def _estimate(
    embeddings: np.ndarray,
    members: list[np.ndarray],
    shifts: np.ndarray,
    settings: AlignmentSettings,
) -> tuple[np.ndarray, np.ndarray]:
    """Find pairs under the present shifts, then the shifts that explain the pairs' differences."""
    n_languages = len(members)
    moved = [_unit(embeddings[rows] - shift) for rows, shift in zip(members, shifts, strict=True)]
    pairs = np.zeros((n_languages, n_languages), dtype=int)
    equations, differences, weights = [], [], []
    for a, b in combinations(range(n_languages), 2):
        left, right = _mutual_neighbours(moved[a], moved[b], settings.neighbours)
        pairs[a, b] = pairs[b, a] = len(left)
        if len(left) == 0:
            continue
        row = np.zeros(n_languages)
        row[a], row[b] = 1, -1
        raw = embeddings[members[a][left]] - embeddings[members[b][right]]
        equations.append(row)
        # Few pairs say little about a language and much about the texts they happen to join.
        differences.append(raw.mean(axis=0) * len(left) / (len(left) + settings.trust))
        weights.append(len(left))
    if not equations:
        return np.zeros_like(shifts), pairs
    weight = np.sqrt(np.array(weights))[:, None]
    solution = np.linalg.lstsq(
        np.array(equations) * weight, np.array(differences) * weight, rcond=None
    )[0]
    return solution, pairs


def _mutual_neighbours(
    left: np.ndarray, right: np.ndarray, neighbours: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of pairs that are each among the other's nearest under CSLS."""
    similarity = (left @ right.T).astype(np.float64)
    hubness = min(10, *similarity.shape)
    around_left = -np.sort(-similarity, axis=1)[:, :hubness].mean(axis=1)
    around_right = -np.sort(-similarity, axis=0)[:hubness].mean(axis=0)
    scaled = 2 * similarity - around_left[:, None] - around_right[None, :]
    nearest_right = _among_best(scaled, neighbours)
    nearest_left = _among_best(scaled.T, neighbours).T
    rows, columns = np.nonzero(nearest_right & nearest_left)
    return rows, columns


def _among_best(scores: np.ndarray, count: int) -> np.ndarray:
    """Mark, in each row, its `count` best columns; ties go to the first."""
    count = min(count, scores.shape[1])
    best = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    marked = np.zeros(scores.shape, dtype=bool)
    np.put_along_axis(marked, best, True, axis=1)
    return marked


def _describe(
    names: np.ndarray, counts: np.ndarray, shifts: np.ndarray, pairs: np.ndarray
) -> pd.DataFrame:
    per_language = pairs.sum(axis=1)
    if len(names) == 1:
        notes = ["the only language: nothing to align"]
    else:
        notes = ["aligned" if n else "shares no pair: left as it is" for n in per_language]
    return pd.DataFrame(
        {
            "language": names.astype(object),
            "n_passages": counts.astype("int64"),
            "n_pairs": per_language.astype("int64"),
            "shift_length": np.linalg.norm(shifts, axis=1),
            "note": notes,
            "shift": [shift.astype(np.float32) for shift in shifts],
        }
    )


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
