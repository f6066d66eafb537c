"""Weak signals: small topics of the last run that grow from run to run by more than their own noise.

Stories are counted where they are first told, in runs made in one way; the noise is how unevenly a
topic was told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import (
    ComparedRun,
    CompareSettings,
    label_topics,
    name_stories,
)
from press_themes.measures.changes.method_differences import compare_methods
from press_themes.measures.changes.yardstick import Yardstick, build_yardstick, read_topics

COLUMNS = [
    "topic", "label", "stories", "told", "share", "n_outlets", "noise", "p",
    "p_adjusted", "signal", "basis",
]  # fmt: skip
#: From this many runs that tell something new on, a topic's own noise can be told from its growth.
FEWEST_RUNS = 4
_FEWEST_STORIES = 3
_FEWEST_TOLD = 3
_DRAWS = 20_000
_STEPS = 60
_PULL = 0.05


def watch_signals(
    runs: Sequence[ComparedRun],
    yardstick: Yardstick | None = None,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Watch the small topics of the last run."""
    last = runs[-1]
    watched = list_watched(runs)
    if len(watched) < 2 or last.tables.topics.empty:
        return pd.DataFrame(columns=COLUMNS)
    yardstick = yardstick or build_yardstick(last, settings)
    topics = last.tables.topics["topic"].to_numpy().astype(int)
    counts, told = _count_first_told(runs, watched, yardstick, topics)
    shares = _share_stories(last, yardstick, topics)
    small = (shares <= settings.small) & (counts.sum(axis=1) >= _FEWEST_STORIES)
    noises = np.array([_measure_noise(own, told) for own in counts])
    noises = np.maximum(noises, max(1.0, float(np.median(noises))))
    random = np.random.default_rng(settings.seed)
    labels, outlets = label_topics(last), _count_outlets(last)
    rows: list[dict[str, Any]] = [
        {
            "topic": topic,
            "label": labels.get(topic, ""),
            "stories": counts[row].astype(int).tolist(),
            "told": told.astype(int).tolist(),
            "share": float(shares[row]),
            "n_outlets": outlets.get(topic, 0),
            "noise": noises[row],
            "p": _test_growth(counts[row], told, noises[row], random),
        }
        for row, topic in enumerate(topics.tolist())
        if small[row]
    ]
    return _judge(pd.DataFrame(rows, columns=COLUMNS), told, settings.error)


def list_watched(runs: Sequence[ComparedRun]) -> list[int]:
    """List the runs whose numbers can be set beside those of the last."""
    last = runs[-1]
    if last.vectors is None:
        return []
    return [
        place
        for place, run in enumerate(runs)
        if run.vectors is not None
        and not (compare_methods(run, last)["reach"] == "everything").any()
    ]


def count_telling(signals: pd.DataFrame) -> int:
    """Count the runs behind a table of `watch_signals` that tell a story no earlier one told."""
    return int((np.asarray(signals["told"].iloc[0]) > 0).sum()) if len(signals) else 0


def _judge(table: pd.DataFrame, told: np.ndarray, error: float) -> pd.DataFrame:
    """Hold the error of the table; what only one or two of many runs tell cannot be seen to grow."""
    knows_noise = (told > 0).sum() >= FEWEST_RUNS
    adjusted = _adjust(table["p"].to_numpy(dtype=float))
    least = _FEWEST_TOLD if knows_noise else 1
    lasts = np.array([sum(n > 0 for n in own) >= least for own in table["stories"]], dtype=bool)
    judged = table.assign(
        p_adjusted=adjusted,
        signal=(adjusted <= error) & lasts,
        basis="own noise" if knows_noise else "drawing alone",
    )
    return judged.sort_values(["p", "topic"], kind="stable").reset_index(drop=True)


def _count_first_told(
    runs: Sequence[ComparedRun], watched: list[int], yardstick: Yardstick, topics: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Count the stories of each watched run that no earlier run told, by topic and in all."""
    place = {int(topic): row for row, topic in enumerate(topics)}
    counts = np.zeros((len(topics), len(runs)))
    told = np.zeros(len(runs))
    seen: set[str] = set()
    for position, run in enumerate(runs):
        stories = name_stories(run)
        fresh = set(stories.tolist()) - seen
        if position in watched:
            assert run.vectors is not None
            read = read_topics(yardstick, run.vectors, stories).tolist()
            pairs = {(s, place[t]) for s, t in zip(stories, read, strict=True) if t in place}
            for story, row in pairs:
                counts[row, position] += story in fresh
            told[position] = len(fresh)
        seen |= fresh
    return counts[:, watched], told[watched]


def _share_stories(run: ComparedRun, yardstick: Yardstick, topics: np.ndarray) -> np.ndarray:
    """Return the share of a run's stories that read like each topic."""
    assert run.vectors is not None
    stories = name_stories(run)
    read = pd.DataFrame({"story": stories, "topic": read_topics(yardstick, run.vectors, stories)})
    n_stories = read.groupby("topic")["story"].nunique().reindex(topics, fill_value=0)
    return n_stories.to_numpy() / max(1, len(np.unique(stories.astype(str))))


def _measure_noise(counts: np.ndarray, told: np.ndarray) -> float:
    """Return Pearson's dispersion around a trend of constant growth; 1 where it cannot be known."""
    known = told > 0
    if known.sum() < FEWEST_RUNS or counts.sum() < _FEWEST_STORIES:
        return 1.0
    own, whole = counts[known], told[known]
    expected = _fit_growth(np.flatnonzero(known).astype(float), own, whole)
    # An expectation of nearly nothing would make a single story look like a storm.
    residuals = (own - expected) ** 2 / np.maximum(expected, 0.5)
    return float(residuals.sum() / (known.sum() - 2))


def _fit_growth(time: np.ndarray, counts: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Return the numbers expected where the share grows at a constant rate (Poisson regression)."""
    design = np.column_stack([np.ones(len(time)), (time - time.mean()) / max(1.0, np.ptp(time))])
    fit = np.array([np.log(counts.sum() / told.sum()), 0.0])
    # A slight pull to no growth, for a topic told in one run only would grow without end.
    pull = np.array([0.0, _PULL])
    for _ in range(_STEPS):
        expected = told * np.exp(design @ fit)
        slope = design.T @ (counts - expected) - pull * fit
        curve = design.T @ (expected[:, None] * design) + np.diag(pull + 1e-9)
        fit += np.clip(np.linalg.solve(curve, slope), -1, 1)
    return told * np.exp(design @ fit)


def _test_growth(
    counts: np.ndarray, told: np.ndarray, noise: float, random: np.random.Generator
) -> float:
    """Return the chance that a topic of constant share has so steep a trend."""
    total = int(counts.sum())
    part = told / told.sum()
    known = part > 0
    time = np.arange(len(told), dtype=float)[known]
    part = part[known]
    if total == 0 or len(time) < 2:
        return 1.0
    if noise <= 1.0 or total <= 1:
        drawn = random.multinomial(total, part, size=_DRAWS)
    else:
        # The concentration at which a Dirichlet-multinomial scatters `noise` times as much.
        concentration = max((total - noise) / (noise - 1), 0.05)
        shares = random.dirichlet(concentration * part, size=_DRAWS)
        drawn = random.multinomial(total, shares)
    observed = float(counts[known] @ time)
    return float((1 + (drawn @ time >= observed - 1e-9).sum()) / (_DRAWS + 1))


def _adjust(p: np.ndarray) -> np.ndarray:
    """Return Holm's adjusted probabilities."""
    order = np.argsort(p, kind="stable")
    steps = np.minimum(1, p[order] * (len(p) - np.arange(len(p))))
    adjusted = np.empty(len(p))
    adjusted[order] = np.maximum.accumulate(steps)
    return adjusted


def _count_outlets(run: ComparedRun) -> dict[int, int]:
    outlets = run.tables.passages["article_id"].map(
        run.tables.articles.set_index("article_id")["outlet"]
    )
    counted = outlets.groupby(run.tables.passages["topic"].to_numpy()).nunique()
    return dict(zip(counted.index.astype(int), counted.astype(int), strict=True))
