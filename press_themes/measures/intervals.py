"""Intervals of shares by resampling whole stories.

Passages of one story are not independent, so a story is drawn with all its passages or not at all.
"""

from __future__ import annotations

import numpy as np

#: Below this many stories the resampled interval is far too narrow, so none is given.
FEWEST_STORIES = 5
MOST_RESAMPLES = 2_000
FEWEST_RESAMPLES = 200
# Story draws per call; it bounds the time for large collections and is split into blocks.
_DRAWS = 40_000_000
_BLOCK = 4_000_000


def resample_shares(
    counts: np.ndarray, totals: np.ndarray, seed: int, resamples: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return 95 % intervals of shares by a cluster bootstrap over stories."""
    n_stories, n_groups = counts.shape
    if n_stories < FEWEST_STORIES:
        return np.full(n_groups, np.nan), np.full(n_groups, np.nan)
    size = totals.mean()
    imaginary = np.array([np.full(n_groups, size), np.zeros(n_groups)])
    drawn = _draw_shares(counts, totals, imaginary, seed, resamples)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    share = counts.sum(axis=0) / totals.sum()
    bound = 0.025 ** (1 / n_stories)
    high = np.where(share == 0, np.maximum(high, 1 - bound), high)
    low = np.where(share == 1, np.minimum(low, bound), low)
    return np.minimum(low, share), np.maximum(high, share)


def resample_leads(
    counts: np.ndarray, totals: np.ndarray, first: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return 95 % intervals of how far the share of one group lies above each other share."""
    n_stories, n_groups = counts.shape
    if n_stories < FEWEST_STORIES:
        return np.full(n_groups, np.nan), np.full(n_groups, np.nan)
    leads = np.arange(n_groups) == first
    imaginary = totals.mean() * np.array([leads, ~leads], dtype=np.float64)
    drawn = _draw_shares(counts, totals, imaginary, seed, None)
    low, high = np.quantile(drawn[:, [first]] - drawn, [0.025, 0.975], axis=0)
    return low, high


def _draw_shares(
    counts: np.ndarray,
    totals: np.ndarray,
    imaginary: np.ndarray,
    seed: int,
    resamples: int | None,
) -> np.ndarray:
    sizes = np.append(totals, np.full(len(imaginary), totals.mean()))
    both = np.column_stack([np.vstack([counts, imaginary]), sizes]).astype(np.float64)
    n_stories = len(both)
    if resamples is None:
        resamples = int(np.clip(_DRAWS // n_stories, FEWEST_RESAMPLES, MOST_RESAMPLES))
    generator = np.random.default_rng(seed)
    rows = max(1, _BLOCK // n_stories)
    return np.vstack(
        [
            _draw(both, min(rows, resamples - start), generator)
            for start in range(0, resamples, rows)
        ]
    )


def _draw(both: np.ndarray, resamples: int, generator: np.random.Generator) -> np.ndarray:
    n_stories = len(both)
    chosen = generator.integers(0, n_stories, size=(resamples, n_stories))
    chosen += np.arange(resamples)[:, None] * n_stories
    weights = np.bincount(chosen.ravel(), minlength=resamples * n_stories)
    sums = weights.reshape(resamples, n_stories).astype(np.float64) @ both
    return sums[:, :-1] / sums[:, -1:]
