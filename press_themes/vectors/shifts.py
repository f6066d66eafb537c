"""Shifts: taking out of the vectors what the language adds, not what its press writes about.

One shift a language: what parallel sentences say of it, corrected by pairs of passages in two languages
that are each other's nearest and as near as neighbours within a language are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

# Neighbours in its own language with which a passage's foreign neighbour is compared.
_OWN_NEIGHBOURS = 5
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
        Weight of the parallel sentences, as a share of the pairs looked at.
    least_near : float
        A language fewer of whose pairs than this share are near is left as it is.
    sample : int
        Passages a language that take part in the search, at most.
    seed : int
        Seed of that sample.
    """

    neighbours: int = 2
    iterations: int = 4
    trust: int = 4
    prior: float = 0.2
    least_near: float = 0.12
    sample: int = 2000
    seed: int = 0


class Alignment(NamedTuple):
    """Aligned vectors and what they rest on.

    Attributes
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Shifted vectors of unit length.
    shifts : DataFrame
        ``language, n_passages, n_pairs, n_candidates, shift_length, note, shift``; ``n_pairs`` of
        the ``n_candidates`` pairs looked at were near and carry the shift, ``shift`` is what was
        subtracted, ``shift_length`` its length (two unit vectors lie at most 2 apart).
    """

    vectors: np.ndarray
    shifts: pd.DataFrame


class _Pairs(NamedTuple):
    """What the pairs of two languages say of the difference of their shifts."""

    left: int
    right: int
    n_near: int
    n_candidates: int
    difference: np.ndarray


def estimate_alignment(
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    settings: AlignmentSettings = AlignmentSettings(),
    parallel: pd.DataFrame | None = None,
) -> Alignment:
    """Align the languages of a corpus.

    Pairs are mutual nearest neighbours (Haghverdi et al. 2018, doi:10.1038/nbt.4091) under
    cross-domain similarity local scaling (Conneau et al. 2018, arXiv:1710.04087), which keeps hubs
    from pairing with everything. Languages that cover different things have such pairs too, of
    passages that have nothing to do with each other; so a pair counts only when it is as near as
    the five nearest of its passages within their languages. The shifts solve, in least squares
    weighted by pairs, "the difference of two shifts is the mean difference of their pairs".
    """
    languages = passages["language"].astype(str).to_numpy()
    names, counts = np.unique(languages, return_counts=True)
    shifts = np.zeros((len(names), embeddings.shape[1]))
    candidates = near = np.zeros(len(names), dtype=int)
    if len(names) > 1:
        members = _members(passages, languages, names, settings)
        vectors = [embeddings[rows] for rows in members]
        prior = _prior(parallel, names, embeddings.shape[1])
        shifts, pairs = _estimate(vectors, prior, settings)
        candidates, near = _count(pairs, len(names))
        # Below this the pairs are those that chance makes between languages that share nothing.
        lonely = near < np.maximum(1, settings.least_near * candidates)
        if lonely.any():
            kept = [p for p in pairs if not (lonely[p.left] or lonely[p.right])]
            shifts = _solve(kept, prior, settings) if kept else np.zeros_like(shifts)
            shifts[lonely] = 0
    table = _describe(names, counts, shifts, candidates, near)
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
    shifts = np.nan_to_num(prior)
    pairs: list[_Pairs] = []
    for iteration in range(settings.iterations):
        moved = [_unit(own - shift) for own, shift in zip(vectors, shifts, strict=True)]
        around = [_own_nearness(own) for own in moved]
        pairs = []
        for a, b in combinations(range(len(vectors)), 2):
            left, right = _mutual_neighbours(moved[a], moved[b], settings.neighbours)
            nearness = (moved[a][left] * moved[b][right]).sum(axis=1)
            near = nearness >= (around[a][left] + around[b][right]) / 2
            # Before anything is known of a language's shift its pairs cannot be near.
            known = not np.isnan(prior[[a, b], 0]).any()
            counted = near if known or iteration else np.ones_like(near)
            raw = vectors[a][left[counted]] - vectors[b][right[counted]]
            pairs.append(_Pairs(a, b, int(counted.sum()), len(left), raw.sum(axis=0)))
        shifts = _solve(pairs, prior, settings)
    return shifts, pairs


def _solve(pairs: list[_Pairs], prior: np.ndarray, settings: AlignmentSettings) -> np.ndarray:
    equations = np.zeros((len(pairs), len(prior)))
    differences = np.zeros((len(pairs), prior.shape[1]))
    for row, pair in enumerate(pairs):
        expected = prior[pair.left] - prior[pair.right]
        weight = settings.trust + settings.prior * pair.n_candidates
        if np.isnan(expected).any():
            # Nothing is known of the pair: few pairs say little, and shrink it towards no shift.
            expected, weight = np.zeros_like(expected), settings.trust
        total = pair.n_near + weight
        equations[row, pair.left], equations[row, pair.right] = 1, -1
        differences[row] = (pair.difference + weight * expected) / total
        equations[row] *= np.sqrt(total)
        differences[row] *= np.sqrt(total)
    return np.linalg.lstsq(equations, differences, rcond=None)[0]


def _own_nearness(vectors: np.ndarray) -> np.ndarray:
    """Return each passage's mean cosine to its nearest in the same language."""
    count = min(_OWN_NEIGHBOURS, len(vectors) - 1)
    if count < 1:
        # A passage alone in its language: any foreign neighbour is its nearest.
        return np.full(len(vectors), -1.0)
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2)
    return np.partition(similarity, -count, axis=1)[:, -count:].mean(axis=1)


def _mutual_neighbours(
    left: np.ndarray, right: np.ndarray, neighbours: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of pairs that are each among the other's nearest under CSLS."""
    similarity = left @ right.T
    hubness = min(_HUBNESS, *similarity.shape)
    around_left = np.partition(similarity, -hubness, axis=1)[:, -hubness:].mean(axis=1)
    around_right = np.partition(similarity, -hubness, axis=0)[-hubness:].mean(axis=0)
    scaled = 2 * similarity - around_left[:, None] - around_right[None, :]
    nearest_right = scaled >= _bar(scaled, neighbours)[:, None]
    nearest_left = scaled >= _bar(scaled.T, neighbours)[None, :]
    rows, columns = np.nonzero(nearest_right & nearest_left)
    return rows, columns


def _bar(scores: np.ndarray, count: int) -> np.ndarray:
    """Return each row's `count`-th best score."""
    count = min(count, scores.shape[1])
    return np.partition(scores, -count, axis=1)[:, -count]


def _count(pairs: list[_Pairs], n_languages: int) -> tuple[np.ndarray, np.ndarray]:
    candidates, near = np.zeros(n_languages, dtype=int), np.zeros(n_languages, dtype=int)
    for pair in pairs:
        for language in (pair.left, pair.right):
            candidates[language] += pair.n_candidates
            near[language] += pair.n_near
    return candidates, near


def _describe(
    names: np.ndarray,
    counts: np.ndarray,
    shifts: np.ndarray,
    candidates: np.ndarray,
    near: np.ndarray,
) -> pd.DataFrame:
    lengths = np.linalg.norm(shifts, axis=1)
    if len(names) == 1:
        notes = ["the only language: nothing to align"]
    else:
        notes = ["aligned" if x > 0 else "shares too little: left as it is" for x in lengths]
    return pd.DataFrame(
        {
            "language": names.astype(object),
            "n_passages": counts.astype("int64"),
            "n_pairs": near.astype("int64"),
            "n_candidates": candidates.astype("int64"),
            "shift_length": lengths,
            "note": notes,
            "shift": [shift.astype(np.float32) for shift in shifts],
        }
    )


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
