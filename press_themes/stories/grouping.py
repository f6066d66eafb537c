"""Grouping: from links between pairs to stories, so that one doubtful link joins nothing.

Two groups are joined while what speaks for it, averaged over every pair between them, outweighs
what speaks against it; a pair that was too far apart to be looked at speaks against it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np


def group_pairs(
    n_articles: int,
    left: np.ndarray,
    right: np.ndarray,
    evidence: np.ndarray,
    unseen: float,
    together: np.ndarray,
) -> np.ndarray:
    """Group articles by the evidence of their pairs.

    Average linkage, stopped where the mean turns negative: greedy correlation clustering (Bansal,
    Blum and Chawla 2004, doi:10.1023/B:MACH.0000033116.57574.95).
    """
    first = _first_rows(together)
    sizes = np.bincount(first, minlength=n_articles)
    sums, counts = _between(first[left], first[right], evidence)
    owner = first.copy()
    heap = [
        (-_mean(total, counts[pair], sizes[pair[0]] * sizes[pair[1]], unseen), *pair)
        for pair, total in sums.items()
    ]
    heap = [entry for entry in heap if entry[0] < 0]
    heapq.heapify(heap)
    linked: dict[int, set[int]] = defaultdict(set)
    for a, b in sums:
        linked[a].add(b)
        linked[b].add(a)
    joined: dict[int, int] = {}
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a in joined or b in joined:
            continue
        now = _mean(sums[a, b], counts[a, b], sizes[a] * sizes[b], unseen)
        if now != -negative:
            # The groups have grown since; what they are worth now was put on the heap then.
            continue
        joined[b] = a
        sizes[a] += sizes[b]
        for other in sorted((linked[a] | linked[b]) - {a, b}):
            pair = (min(a, other), max(a, other))
            old = (min(b, other), max(b, other))
            sums[pair] = sums.get(pair, 0.0) + sums.pop(old, 0.0)
            counts[pair] = counts.get(pair, 0) + counts.pop(old, 0)
            linked[other].discard(b)
            linked[other].add(a)
            linked[a].add(other)
            mean = _mean(sums[pair], counts[pair], sizes[pair[0]] * sizes[pair[1]], unseen)
            if mean > 0:
                heapq.heappush(heap, (-mean, *pair))
        linked[a] -= {a, b}
        del linked[b]
    return np.array([_root(row, joined) for row in owner])


def _first_rows(together: np.ndarray) -> np.ndarray:
    """Return the smallest row of each number."""
    _, first, codes = np.unique(together, return_index=True, return_inverse=True)
    return first[codes]


def _between(
    left: np.ndarray, right: np.ndarray, evidence: np.ndarray
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], int]]:
    """Sum and count the evidence between groups, for those that some pair speaks for joining."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    apart = low != high
    low, high, evidence = low[apart], high[apart], evidence[apart]
    n = int(max(left.max(initial=0), right.max(initial=0))) + 1
    component = _components(n, low[evidence > 0], high[evidence > 0])
    kept = component[low] == component[high]
    sums: dict[tuple[int, int], float] = {}
    counts: dict[tuple[int, int], int] = {}
    for a, b, value in zip(
        low[kept].tolist(), high[kept].tolist(), evidence[kept].tolist(), strict=True
    ):
        sums[a, b] = sums.get((a, b), 0.0) + value
        counts[a, b] = counts.get((a, b), 0) + 1
    return sums, counts


def _components(n: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1])


def _mean(total: float, count: int, n_pairs: int, unseen: float) -> float:
    """Return the mean evidence over all pairs between two groups, seen or not."""
    return (total + unseen * (int(n_pairs) - count)) / int(n_pairs)


def _root(row: int, joined: dict[int, int]) -> int:
    while row in joined:
        row = joined[row]
    return int(row)
