"""Whether matched topics speak of the same things in both runs, however each clustering drew its lines.

A topic that falls into two clusters in another draw of the same press has not split.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import ComparedRun, CompareSettings, name_stories
from press_themes.measures.changes.permutation import hold_error
from press_themes.measures.changes.share_changes import Readings
from press_themes.measures.intervals import FEWEST_STORIES

_NEAREST = 5
# A table of nearness between more passages than this would not fit into memory.
_MOST_PASSAGES = 3_000


def judge_matches(
    runs: Sequence[ComparedRun],
    matches: pd.DataFrame,
    changes: pd.DataFrame,
    readings: Readings | None,
    methods: pd.DataFrame,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Say of each match whether it shows a change of the press beyond chance."""
    if readings is None or matches.empty:
        return matches.assign(p_content=np.nan, verdict="not tested")
    statistics: dict[int, tuple[float, np.ndarray]] = {}
    for group, rows in matches.groupby("group", sort=True):
        if rows["kind"].iloc[0] not in ("born", "silent"):
            found = _compare_content(runs, rows, readings, settings)
            if found is not None:
                statistics[int(str(group))] = found
    p_of: dict[int, float] = {}
    if statistics:
        observed, chance = zip(*statistics.values(), strict=True)
        _, adjusted = hold_error(np.array(observed), np.column_stack(chance))
        p_of = dict(zip(statistics, adjusted.tolist(), strict=True))
    verdicts = dict(zip(changes["name"].astype(int), changes["verdict"], strict=True))
    beyond = "method changed" if (methods["reach"] == "everything").any() else "changed"
    judged = matches.assign(p_content=matches["group"].map(p_of).astype("float64"))
    told = []
    for kind, group, p in zip(judged["kind"], judged["group"], judged["p_content"], strict=True):
        if kind in ("born", "silent"):
            told.append(verdicts[group])
        elif pd.isna(p):
            told.append("not tested")
        else:
            told.append(beyond if p <= settings.error else "within chance")
    return judged.assign(verdict=told)


def _compare_content(
    runs: Sequence[ComparedRun], rows: pd.DataFrame, readings: Readings, settings: CompareSettings
) -> tuple[float, np.ndarray] | None:
    """Return how much passages keep to their own run, in standard deviations, and the same by chance."""
    olds = rows["topic_before"].dropna().unique()
    news = rows["topic_after"].dropna().unique()
    told = [set(name_stories(run).tolist()) for run in runs]
    shared = told[0] & told[1]
    vectors, stories, sides = [], [], []
    for place, run in enumerate(runs):
        own = name_stories(run)
        reads = np.isin(readings.by_before[place], olds) | np.isin(readings.by_after[place], news)
        kept = reads & np.array([story not in shared for story in own.tolist()], dtype=bool)
        assert run.vectors is not None
        vectors.append(run.vectors[kept])
        stories.append(own[kept])
        sides.append(np.full(int(kept.sum()), place))
    names, codes = np.unique(np.concatenate(stories).astype(str), return_inverse=True)
    of_story = np.zeros(len(names), dtype=int)
    of_story[codes] = np.concatenate(sides)
    alone = np.bincount(of_story, minlength=2)
    if not alone.any():
        # Both runs tell the same stories here: what differs is where a line was drawn.
        return 0.0, np.zeros(settings.resamples)
    if alone.min() < FEWEST_STORIES:
        return None
    links = _link_stories(np.concatenate(vectors), codes, settings)
    random = np.random.default_rng(settings.seed)
    mixed = [random.permutation(of_story) for _ in range(settings.resamples)]
    labels = np.array([of_story, *mixed], dtype=float)
    after = ((labels @ links) * labels).sum(axis=1)
    before = (((1 - labels) @ links) * (1 - labels)).sum(axis=1)
    together = after + before
    spread = max(float(together[1:].std()), 1e-9)
    scaled = (together - together[1:].mean()) / spread
    return float(scaled[0]), scaled[1:]


def _link_stories(vectors: np.ndarray, codes: np.ndarray, settings: CompareSettings) -> np.ndarray:
    """Count, for each pair of stories, how often one's passages have the other's among their nearest."""
    n_stories = int(codes.max()) + 1
    kept = np.arange(len(vectors))
    if len(kept) > _MOST_PASSAGES:
        random = np.random.default_rng(settings.seed)
        kept = np.sort(random.choice(kept, _MOST_PASSAGES, replace=False))
    similarity = vectors[kept] @ vectors[kept].T
    similarity[codes[kept][:, None] == codes[kept][None, :]] = -np.inf
    count = min(_NEAREST, len(kept) - 1)
    nearest = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
    links = np.zeros((n_stories, n_stories))
    np.add.at(links, (np.repeat(codes[kept], count), codes[kept][nearest].ravel()), 1)
    return links
