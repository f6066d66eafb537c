"""Which topic of one run is which of the next: continued, split, merged, born or silent.

Topics are matched by where their passages lead in the other run; vectors and words stand beside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import (
    ComparedRun,
    CompareSettings,
    label_topics,
    name_stories,
)
from press_themes.measures.changes.traces import Flows, Traces, Tracks

COLUMNS = [
    "group", "kind", "topic_before", "topic_after", "label_before", "label_after",
    "share_before", "share_after", "passed_on", "drawn_from", "vectors", "words", "n_shared",
    "confidence",
]  # fmt: skip
KINDS = ("continued", "split", "merged", "rearranged", "born", "silent")
# Most of a topic's passages that lead to any topic must lead to its match.
_MOST = 0.5
# So many of all its passages must; and a match seen from one side only must account for this part
# of the share it explains. Tried at 0.1 and 0.3 on halves of SIB-200 without much difference.
_LEAST = 0.2
# Without any trace two topics match where their words do at least so (cosine of c-TF-IDF).
_WORDS = 0.3


def match_topics(
    before: ComparedRun,
    after: ComparedRun,
    traces: Traces,
    words: np.ndarray,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Match the topics of two runs."""
    rows = Tracks(before, after, traces)
    kept = np.zeros(words.shape, dtype=bool)
    if after.continues == before.name:
        # A run that took over the topics of the other says itself which is which.
        kept = rows.olds[:, None] == rows.news[None, :]
    links = _link(rows.flows(), words) | kept
    groups = _group(links)
    confidence, lonely = _redraw(rows, words, kept, settings, (before, after))
    nearness = _compare_centres(before, after, rows)
    shared = _count_shared(before, after, rows)
    found: list[dict[str, Any]] = []
    for group, (olds, news) in enumerate(groups):
        kind = _name_kind(olds, news)
        pairs: list[tuple[int | None, int | None]]
        pairs = [(i, j) for i in olds for j in news if links[i, j]]
        for i, j in pairs or [(i, None) for i in olds] or [(None, j) for j in news]:
            row = {"group": group, "kind": kind, **_describe(rows, i, j, before, after)}
            if i is not None and j is not None:
                row |= {"vectors": nearness[i, j], "words": words[i, j]}
                row |= {"n_shared": shared[i, j], "confidence": confidence[i, j]}
            else:
                row["confidence"] = lonely[0][i] if j is None else lonely[1][j]
            found.append(row)
    table = pd.DataFrame(found, columns=COLUMNS)
    whole = ["topic_before", "topic_after", "n_shared"]
    kinds = dict.fromkeys([*COLUMNS[6:12], "confidence"], "float64") | dict.fromkeys(whole, "Int64")
    return table.astype({"group": "int64", **kinds})


def _link(flows: Flows, words: np.ndarray) -> np.ndarray:
    """Say which pairs of topics are matched, shape (n_topics_before, n_topics_after)."""
    share_before = _ratio(flows.sizes_before[:-1], flows.sizes_before[-1])[:, None]
    share_after = _ratio(flows.sizes_after[:-1], flows.sizes_after[-1])[None, :]
    arrived = _ratio(flows.backward, flows.sizes_after[-1]).T
    departed = _ratio(flows.onward, flows.sizes_before[-1])
    onward = _lead(flows.onward, flows.sizes_before)
    backward = _lead(flows.backward, flows.sizes_after).T
    # Every passage has a nearest one, so one side alone proves little without the other's mass.
    links = (onward & backward) | (onward & (arrived >= _LEAST * share_before))
    links |= backward & (departed >= _LEAST * share_after)
    untraced = (flows.sizes_before[:-1, None] == 0) & (flows.sizes_after[None, :-1] == 0)
    known = np.nan_to_num(words, nan=0.0)
    best = (known == known.max(axis=1, keepdims=True, initial=0)) & (
        known == known.max(axis=0, keepdims=True, initial=0)
    )
    return links | (untraced & best & (known >= _WORDS))


def _lead(flow: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Say to which topic of the other run each topic mostly leads, passages that lead nowhere aside."""
    placed = _ratio(flow, flow.sum(axis=1, keepdims=True))
    return (placed >= _MOST) & (_ratio(flow, sizes[:-1, None]) >= _LEAST)


def _ratio(part: np.ndarray, whole: np.ndarray | float) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(np.shape(part)), where=np.asarray(whole) > 0)


def _group(links: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """Return the connected groups of topics, the earlier ones' order first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n_old, n_new = links.shape
    rows, columns = np.nonzero(links)
    graph = coo_array(
        (np.ones(len(rows)), (rows, columns + n_old)), shape=(n_old + n_new, n_old + n_new)
    )
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node, label in enumerate(labels):
        olds, news = groups.setdefault(int(label), ([], []))
        if node < n_old:
            olds.append(node)
        else:
            news.append(node - n_old)
    return list(groups.values())


def _name_kind(olds: list[int], news: list[int]) -> str:
    if not olds:
        return "born"
    if not news:
        return "silent"
    if len(olds) == len(news) == 1:
        return "continued"
    return "split" if len(olds) == 1 else "merged" if len(news) == 1 else "rearranged"


def _redraw(
    rows: Tracks,
    words: np.ndarray,
    kept: np.ndarray,
    settings: CompareSettings,
    runs: tuple[ComparedRun, ComparedRun],
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Count in how many redrawings of stories each pair, and each lack of a match, is found again."""
    random = np.random.default_rng(settings.seed)
    old_stories, new_stories = (name_stories(run) for run in runs)
    names, codes = np.unique(
        np.concatenate([old_stories, new_stories]).astype(str), return_inverse=True
    )
    linked = np.zeros(words.shape)
    lonely = (np.zeros(words.shape[0]), np.zeros(words.shape[1]))
    for _ in range(settings.redraws):
        drawn = random.integers(0, len(names), len(names))
        times = np.bincount(drawn, minlength=len(names))[codes].astype(float)
        flows = rows.flows(times[: len(old_stories)], times[len(old_stories) :])
        links = _link(flows, words) | kept
        linked += links
        lonely[0][:] += ~links.any(axis=1)
        lonely[1][:] += ~links.any(axis=0)
    n = max(1, settings.redraws)
    return linked / n, (lonely[0] / n, lonely[1] / n)


def _compare_centres(before: ComparedRun, after: ComparedRun, rows: Tracks) -> np.ndarray:
    if before.vectors is None or after.vectors is None:
        return np.full((len(rows.olds), len(rows.news)), np.nan)
    sums = before.vectors.sum(axis=0, dtype=float) + after.vectors.sum(axis=0, dtype=float)
    middle = sums / (len(before.vectors) + len(after.vectors))
    old = _centre(before.vectors, rows.onward[0], len(rows.olds)) - middle
    new = _centre(after.vectors, rows.backward[0], len(rows.news)) - middle
    lengths = np.linalg.norm(old, axis=1)[:, None] * np.linalg.norm(new, axis=1)[None, :]
    return _ratio(old @ new.T, lengths)


def _centre(vectors: np.ndarray, places: np.ndarray, n_topics: int) -> np.ndarray:
    sums = np.zeros((n_topics + 1, vectors.shape[1]))
    np.add.at(sums, places, vectors)
    sizes = np.bincount(places, minlength=n_topics + 1)
    return (sums / np.maximum(sizes, 1)[:, None])[:-1]


def _count_shared(before: ComparedRun, after: ComparedRun, rows: Tracks) -> np.ndarray:
    old = pd.Series(rows.onward[0], before.tables.passages["passage_id"])
    new = pd.Series(rows.backward[0], after.tables.passages["passage_id"])
    both = pd.concat([old, new], axis=1, join="inner").to_numpy()
    counted = np.zeros((len(rows.olds) + 1, len(rows.news) + 1), dtype=int)
    np.add.at(counted, (both[:, 0], both[:, 1]), 1)
    return counted[:-1, :-1]


def _describe(
    rows: Tracks, i: int | None, j: int | None, before: ComparedRun, after: ComparedRun
) -> dict[str, Any]:
    flows = rows.flows()
    described: dict[str, Any] = {}
    for end, place, run, topics in (
        ("before", i, before, rows.olds),
        ("after", j, after, rows.news),
    ):
        if place is not None:
            topic = int(topics[place])
            own = run.tables.passages["topic"].to_numpy() == topic
            described[f"topic_{end}"] = topic
            described[f"label_{end}"] = label_topics(run).get(topic, "")
            described[f"share_{end}"] = float(own.mean())
    if i is not None and j is not None:
        described["passed_on"] = _ratio(flows.onward[i, j], flows.sizes_before[i]).item()
        described["drawn_from"] = _ratio(flows.backward[j, i], flows.sizes_after[j]).item()
    return described
