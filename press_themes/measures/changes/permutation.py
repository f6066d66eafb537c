"""Tests of shares by reassigning stories to runs at random, with the error of a whole table held.

A story that several runs tell stays in as many runs under every reassignment, so overlap is no evidence.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from press_themes.measures.changes.compared import CompareSettings

FEWEST_RESAMPLES = 200
# Stories times reassignments; it bounds the time for large collections.
_DRAWS = 80_000_000
_BLOCK = 4_000_000


class Contents(NamedTuple):
    """What each story brings to each run.

    Attributes
    ----------
    counts : ndarray of float64, shape (n_runs, n_stories, n_groups)
        Passages of the story in each group, as that run has them; where a run lacks the story,
        as the first run that has it.
    totals : ndarray of float64, shape (n_runs, n_stories)
        All passages of the story, likewise.
    told : ndarray of bool, shape (n_stories, n_runs)
        Which runs tell it.
    """

    counts: np.ndarray
    totals: np.ndarray
    told: np.ndarray


def gather_contents(
    stories: list[np.ndarray], members: list[np.ndarray]
) -> tuple[list[str], Contents]:
    """Count the passages of each story in each group and run."""
    names = sorted(set().union(*(set(own.tolist()) for own in stories)))
    place = {name: row for row, name in enumerate(names)}
    n_groups = members[0].shape[1]
    counts = np.zeros((len(stories), len(names), n_groups))
    totals = np.zeros((len(stories), len(names)))
    for run, (own, belongs) in enumerate(zip(stories, members, strict=True)):
        rows = np.array([place[name] for name in own.tolist()], dtype=int)
        np.add.at(counts[run], rows, belongs.astype(float))
        np.add.at(totals[run], rows, 1.0)
    told = (totals > 0).T
    first = told.argmax(axis=1)
    every = np.arange(len(names))
    for run in range(len(stories)):
        absent = ~told[:, run]
        counts[run, absent] = counts[first[absent], every[absent]]
        totals[run, absent] = totals[first[absent], every[absent]]
    return names, Contents(counts, totals, told)


def share_by_run(contents: Contents) -> np.ndarray:
    """Return the share of each group in each run, shape (n_runs, n_groups)."""
    weights = contents.told.T.astype(float)
    return _shares(contents, weights[:, None, :])[:, 0]


def permute_shares(contents: Contents, settings: CompareSettings) -> np.ndarray:
    """Return the shares after stories are reassigned to runs at random."""
    return _redraw(contents, settings, replace=False)


def resample_shares_of_runs(contents: Contents, settings: CompareSettings) -> np.ndarray:
    """Return the shares after the stories of all runs are drawn anew, with replacement."""
    return _redraw(_imagine_stories(contents), settings, replace=True)


def hold_error(observed: np.ndarray, permuted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the chance of a statistic as large, alone and anywhere in the table."""
    n_resamples = len(permuted)
    alone = (1 + (permuted >= observed - 1e-12).sum(axis=0)) / (n_resamples + 1)
    order = np.argsort(-observed, kind="stable")
    adjusted = np.ones(len(observed))
    highest = np.zeros(n_resamples)
    steps = np.ones(len(observed))
    for step in reversed(range(len(order))):
        test = order[step]
        highest = np.maximum(highest, permuted[:, test])
        steps[step] = (1 + (highest >= observed[test] - 1e-12).sum()) / (n_resamples + 1)
    adjusted[order] = np.maximum.accumulate(steps)
    return alone, adjusted


def _imagine_stories(contents: Contents) -> Contents:
    """Add to each run a story wholly of every group and one of none, told by that run alone."""
    counts, totals, told = contents
    n_runs, _, n_groups = counts.shape
    alone = told & (told.sum(axis=1, keepdims=True) == 1)
    for run in range(n_runs):
        own = told[:, run]
        size = totals[run, own].sum() * alone[:, run].sum() / max(1, own.sum()) ** 2
        new = np.zeros((n_runs, 2, n_groups))
        new[run, 0] = size
        counts = np.concatenate([counts, new], axis=1)
        totals = np.concatenate([totals, np.full((n_runs, 2), size)], axis=1)
        told = np.concatenate([told, np.tile(np.arange(n_runs) == run, (2, 1))])
    return Contents(counts, totals, told)


def _redraw(contents: Contents, settings: CompareSettings, replace: bool) -> np.ndarray:
    n_stories = len(contents.told)
    n_resamples = int(np.clip(_DRAWS // max(1, n_stories), FEWEST_RESAMPLES, settings.resamples))
    random = np.random.default_rng(settings.seed)
    told = contents.told.T.astype(float)
    rows = max(1, _BLOCK // max(1, n_stories))
    blocks = []
    for start in range(0, n_resamples, rows):
        size = min(rows, n_resamples - start)
        if replace:
            drawn = random.integers(0, n_stories, size=(size, n_stories))
            drawn += np.arange(size)[:, None] * n_stories
            times = np.bincount(drawn.ravel(), minlength=size * n_stories)
            weights = told[:, None, :] * times.reshape(size, n_stories)
        else:
            order = random.permuted(np.tile(np.arange(n_stories), (size, 1)), axis=1)
            weights = told[:, order]
        blocks.append(_shares(contents, weights))
    return np.concatenate(blocks, axis=1)


def _shares(contents: Contents, weights: np.ndarray) -> np.ndarray:
    """Return shares by run, weights having the shape (n_runs, n_resamples, n_stories)."""
    both = np.concatenate([contents.counts, contents.totals[:, :, None]], axis=2)
    sums = np.matmul(weights, both)
    whole = sums[:, :, -1:]
    return sums[:, :, :-1] / np.where(whole > 0, whole, np.nan)
