"""Themes whose definition stayed and whose content moved, with the passages that show it.

What a theme speaks of is the mean of its passages; the test asks how far chance moves that mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import ComparedRun, CompareSettings, name_stories
from press_themes.measures.changes.permutation import hold_error
from press_themes.measures.intervals import FEWEST_STORIES

COLUMNS = [
    "theme", "label", "stories_before", "stories_after", "distance", "chance", "p_adjusted",
    "verdict",
]  # fmt: skip
PASSAGE_COLUMNS = ["theme", "direction", "rank", "passage_id", "pull"]
_MOST_PASSAGES = 3
# A table of nearness between more stories than this would not fit into memory.
_MOST_STORIES = 2_000


class Drift(NamedTuple):
    """How the content of the themes moved.

    Attributes
    ----------
    themes : DataFrame
        ``theme, label, stories_before, stories_after`` (told by one run alone), ``distance`` of
        the two means (in cosine units, squared), ``chance``: the distance that chance alone stays
        under in 95 of 100 cases; ``p_adjusted``, with the error of the table held; ``verdict``:
        "drifted", "within chance", "method changed", "definition changed" or "too few stories".
    passages : DataFrame
        ``theme, direction`` ("towards", in the later run, or "away", in the earlier), ``rank``,
        ``passage_id, pull``: how far along the movement the passage lies, in cosine units.
    """

    themes: pd.DataFrame
    passages: pd.DataFrame


class _Cloud(NamedTuple):
    """The stories of a theme: a vector each, where they are told, and their passages."""

    vectors: np.ndarray
    told: np.ndarray
    passages: pd.DataFrame
    passage_vectors: np.ndarray


def measure_drift(
    before: ComparedRun,
    after: ComparedRun,
    methods: pd.DataFrame,
    settings: CompareSettings = CompareSettings(),
) -> Drift:
    """Measure how the content of each theme moved."""
    if before.vectors is None or after.vectors is None:
        return Drift(pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=PASSAGE_COLUMNS))
    redefined = set(methods.loc[methods["reach"] == "theme", "what"])
    is_touched = bool(methods["reach"].isin(["themes", "everything"]).any())
    rows: list[dict[str, Any]] = []
    clouds, statistics = {}, []
    for theme in after.tables.themes["theme"]:
        cloud = _gather(before, after, str(theme), settings)
        row = {"theme": theme, "label": _label(after, theme), **_sizes(cloud)}
        if theme in redefined:
            row["verdict"] = "definition changed"
        elif min(row["stories_before"], row["stories_after"]) < FEWEST_STORIES:
            row["verdict"] = "too few stories"
        else:
            distance, permuted = _permute(cloud, settings)
            row |= {"distance": distance, "chance": float(np.quantile(permuted, 0.95))}
            clouds[theme] = cloud
            statistics.append(_standardise(distance, permuted))
        rows.append(row)
    table = _judge(pd.DataFrame(rows, columns=COLUMNS), statistics, settings.error, is_touched)
    drifted = table.loc[table["verdict"] == "drifted", "theme"]
    shown = [row for theme in drifted for row in _show(theme, clouds[theme])]
    return Drift(table, pd.DataFrame(shown, columns=PASSAGE_COLUMNS))


def _judge(
    table: pd.DataFrame,
    statistics: list[tuple[float, np.ndarray]],
    error: float,
    is_touched: bool,
) -> pd.DataFrame:
    numbers = dict.fromkeys(["distance", "chance", "p_adjusted"], "float64")
    table = table.astype({**numbers, "verdict": object})
    if not statistics:
        return table
    observed, chance = zip(*statistics, strict=True)
    _, adjusted = hold_error(np.array(observed), np.column_stack(chance))
    tested = table["verdict"].isna()
    table.loc[tested, "p_adjusted"] = adjusted
    moved = tested & (table["p_adjusted"] <= error)
    table.loc[tested, "verdict"] = "within chance"
    table.loc[moved, "verdict"] = "method changed" if is_touched else "drifted"
    return table


def _label(run: ComparedRun, theme: str) -> str:
    themes = run.tables.themes
    return str(themes.loc[themes["theme"] == theme, "label"].iloc[0])


def _gather(
    before: ComparedRun, after: ComparedRun, theme: str, settings: CompareSettings
) -> _Cloud:
    parts, vectors = [], []
    for run, own in enumerate((before, after)):
        passages = own.tables.passages
        bears = np.array([theme in themes for themes in passages["themes"]], dtype=bool)
        part = passages.loc[bears, ["passage_id", "language"]]
        parts.append(part.assign(story=name_stories(own)[bears], run=run))
        assert own.vectors is not None
        vectors.append(own.vectors[bears])
    passages = pd.concat(parts, ignore_index=True)
    stacked = _centre_languages(np.concatenate(vectors).astype(float), passages["language"])
    names, codes = np.unique(passages["story"].astype(str), return_inverse=True)
    kept = np.arange(len(names))
    if len(names) > _MOST_STORIES:
        random = np.random.default_rng(settings.seed)
        kept = np.sort(random.choice(kept, _MOST_STORIES, replace=False))
    sums = np.zeros((len(names), stacked.shape[1]))
    np.add.at(sums, codes, stacked)
    told = np.zeros((len(names), 2), dtype=bool)
    told[codes, passages["run"].to_numpy()] = True
    means = sums / np.bincount(codes, minlength=len(names))[:, None]
    return _Cloud(means[kept], told[kept], passages, stacked)


def _centre_languages(vectors: np.ndarray, languages: pd.Series) -> np.ndarray:
    centred = vectors.copy()
    for language in languages.unique():
        rows = (languages == language).to_numpy()
        centred[rows] -= vectors[rows].mean(axis=0)
    return centred


def _sizes(cloud: _Cloud) -> dict[str, int]:
    alone = cloud.told.sum(axis=1) == 1
    return {
        "stories_before": int((cloud.told[:, 0] & alone).sum()),
        "stories_after": int((cloud.told[:, 1] & alone).sum()),
    }


def _permute(cloud: _Cloud, settings: CompareSettings) -> tuple[float, np.ndarray]:
    """Return the squared distance of the two means, and the same after reassignment of stories."""
    nearness = cloud.vectors @ cloud.vectors.T
    random = np.random.default_rng(settings.seed)
    n = len(cloud.told)
    orders = np.vstack([np.arange(n), *(random.permutation(n) for _ in range(settings.resamples))])
    told = cloud.told.astype(float)[orders]
    weights = told[:, :, 1] / told[:, :, 1].sum(axis=1, keepdims=True)
    weights -= told[:, :, 0] / told[:, :, 0].sum(axis=1, keepdims=True)
    distances = ((weights @ nearness) * weights).sum(axis=1)
    return float(distances[0]), distances[1:]


def _standardise(observed: float, permuted: np.ndarray) -> tuple[float, np.ndarray]:
    """Put distances of themes of different width on one scale: spreads above the mean of chance."""
    spread = permuted.std()
    if spread < 1e-12:
        return 0.0, np.zeros(len(permuted))
    middle = permuted.mean()
    return (observed - middle) / spread, (permuted - middle) / spread


def _show(theme: str, cloud: _Cloud) -> Sequence[dict[str, Any]]:
    """Choose the passages that lie furthest along the movement, one a story."""
    ends = [cloud.vectors[cloud.told[:, run]].mean(axis=0) for run in (0, 1)]
    movement = ends[1] - ends[0]
    movement /= np.linalg.norm(movement)
    pull = cloud.passage_vectors @ movement
    passages = cloud.passages.assign(pull=pull)
    shared = set(passages.loc[passages["run"] == 0, "story"]) & set(
        passages.loc[passages["run"] == 1, "story"]
    )
    passages = passages[~passages["story"].isin(shared)]
    rows: list[dict[str, Any]] = []
    for direction, run, ascending in (("towards", 1, False), ("away", 0, True)):
        own = passages[passages["run"] == run].sort_values(
            ["pull", "passage_id"], ascending=[ascending, True], kind="stable"
        )
        for rank, row in enumerate(own.drop_duplicates("story").head(_MOST_PASSAGES).itertuples()):
            rows.append(
                {
                    "theme": theme,
                    "direction": direction,
                    "rank": rank + 1,
                    "passage_id": row.passage_id,
                    "pull": row.pull,
                }
            )
    return rows
