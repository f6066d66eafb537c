"""By how much the share of each theme and topic changed, and whether chance alone would do it.

Themes are counted as each run assigned them; topics by one rule for both runs, so that a line that
the clustering drew otherwise is no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import (
    ComparedRun,
    CompareSettings,
    mark_themes,
    name_stories,
)
from press_themes.measures.changes.permutation import (
    Contents,
    gather_contents,
    hold_error,
    permute_shares,
    resample_shares_of_runs,
    share_by_run,
)
from press_themes.measures.intervals import FEWEST_STORIES, resample_shares

COLUMNS = [
    "kind", "name", "label", "n_before", "n_after", "stories_before", "stories_after",
    "share_before", "low_before", "high_before", "share_after", "low_after", "high_after",
    "difference", "low", "high", "p", "p_adjusted", "n_reassigned", "verdict",
]  # fmt: skip
VERDICTS = ("changed", "within chance", "method changed", "definition changed", "not tested")


class Readings(NamedTuple):
    """What the passages of both runs read like by the topics of each.

    Attributes
    ----------
    by_before, by_after : list of ndarray of int
        Topic of the earlier, and of the later run, for the passages of either run.
    """

    by_before: list[np.ndarray]
    by_after: list[np.ndarray]


class _Group(NamedTuple):
    """A theme, or matched topics, as columns of membership by one rule or by two."""

    name: str
    label: str
    columns: list[int]


def measure_theme_changes(
    before: ComparedRun,
    after: ComparedRun,
    methods: pd.DataFrame,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Measure how the shares of the themes changed."""
    names = list(dict.fromkeys([*before.tables.themes["theme"], *after.tables.themes["theme"]]))
    runs = (before, after)
    members = [mark_themes(run, names) for run in runs]
    groups = [_Group(name, _label(runs, name), [i]) for i, name in enumerate(names)]
    table = _test(runs, members, groups, settings)
    table["n_reassigned"] = _count_reassigned(runs, members, groups)
    redefined = set(methods.loc[methods["reach"] == "theme", "what"])
    is_touched = bool(methods["reach"].isin(["themes", "everything"]).any())
    touched = is_touched | (table["n_reassigned"] > 0)
    changed = table["p_adjusted"] <= settings.error
    verdict = np.where(changed & touched, "method changed", np.where(changed, "changed", ""))
    table["verdict"] = np.where(verdict == "", "within chance", verdict)
    table.loc[table["name"].isin(redefined), "verdict"] = "definition changed"
    return table.assign(kind="theme")[COLUMNS]


def measure_topic_changes(
    runs: tuple[ComparedRun, ComparedRun],
    matches: pd.DataFrame,
    readings: Readings | None,
    methods: pd.DataFrame,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Measure how the shares of the matched topics changed."""
    groups, members = _gather_topics(runs, matches, readings)
    table = _test(runs, members, groups, settings)
    table["n_reassigned"] = 0
    if readings is None:
        table[["p", "p_adjusted", "difference", "low", "high"]] = np.nan
        table["verdict"] = "not tested"
    else:
        is_touched = bool((methods["reach"] == "everything").any())
        changed = table["p_adjusted"] <= settings.error
        told = "method changed" if is_touched else "changed"
        table["verdict"] = np.where(changed, told, "within chance")
    return table.assign(kind="topic")[COLUMNS]


def _label(runs: Sequence[ComparedRun], name: str) -> str:
    for run in reversed(runs):
        own = run.tables.themes
        if (own["theme"] == name).any():
            return str(own.loc[own["theme"] == name, "label"].iloc[0])
    return name


def _gather_topics(
    runs: tuple[ComparedRun, ComparedRun], matches: pd.DataFrame, readings: Readings | None
) -> tuple[list[_Group], list[np.ndarray]]:
    own = [run.tables.passages["topic"].to_numpy() for run in runs]
    groups: list[_Group] = []
    columns: list[list[np.ndarray]] = [[], []]
    for group, rows in matches.groupby("group", sort=True):
        olds = [int(t) for t in rows["topic_before"].dropna().unique()]
        news = [int(t) for t in rows["topic_after"].dropna().unique()]
        labels = [*rows["label_before"].dropna(), *rows["label_after"].dropna()]
        first = len(columns[0])
        if readings is None:
            for run, topics in enumerate((olds, news)):
                columns[run].append(np.isin(own[run], topics))
        else:
            for topics, read in ((olds, readings.by_before), (news, readings.by_after)):
                if topics:
                    for run in range(2):
                        columns[run].append(np.isin(read[run], topics))
        used = list(range(first, len(columns[0])))
        groups.append(_Group(str(group), labels[-1] if labels else "", used))
    members = [
        np.column_stack(own_columns)
        if own_columns
        else np.zeros((len(run.tables.passages), 0), dtype=bool)
        for run, own_columns in zip(runs, columns, strict=True)
    ]
    return groups, members


def _test(
    runs: Sequence[ComparedRun],
    members: list[np.ndarray],
    groups: list[_Group],
    settings: CompareSettings,
) -> pd.DataFrame:
    """Compare the shares of groups between two runs by reassigning stories to runs."""
    if not groups:
        return pd.DataFrame(columns=COLUMNS)
    _, contents = gather_contents([name_stories(run) for run in runs], members)
    shares = share_by_run(contents)
    permuted = permute_shares(contents, settings)
    drawn = resample_shares_of_runs(contents, settings)
    observed, chance = _studentise(
        shares[1] - shares[0], permuted[1] - permuted[0], [group.columns for group in groups]
    )
    p, adjusted = hold_error(observed, chance)
    names = pd.DataFrame([(group.name, group.label) for group in groups], columns=["name", "label"])
    columns = [group.columns for group in groups]
    ends = [_describe_end(contents, columns, run, settings) for run in range(2)]
    differences = _describe_differences(contents, shares, drawn, columns)
    return names.assign(**ends[0], **ends[1], **differences, p=p, p_adjusted=adjusted)


def _describe_end(
    contents: Contents, columns: list[list[int]], run: int, settings: CompareSettings
) -> dict[str, np.ndarray]:
    """Count the groups in one run, with the intervals that the report of that run would give."""
    told = contents.told[:, run]
    counts, totals = _average(contents.counts[run, told], columns), contents.totals[run, told]
    low, high = resample_shares(counts, totals, settings.seed)
    end = ("before", "after")[run]
    return {
        f"n_{end}": counts.sum(axis=0).round().astype(int),
        f"stories_{end}": (counts > 0).sum(axis=0),
        f"share_{end}": counts.sum(axis=0) / totals.sum(),
        f"low_{end}": low,
        f"high_{end}": high,
    }


def _describe_differences(
    contents: Contents, shares: np.ndarray, drawn: np.ndarray, columns: list[list[int]]
) -> dict[str, np.ndarray]:
    """Return the differences of shares with their intervals, none where a run has few stories."""
    difference = _average(shares[1:] - shares[:1], columns)[0]
    if contents.told.sum(axis=0).min() < FEWEST_STORIES:
        unknown = np.full(len(columns), np.nan)
        return {"difference": difference, "low": unknown, "high": unknown}
    draws = _average(drawn[1] - drawn[0], columns)
    low, high = np.nanquantile(draws, [0.025, 0.975], axis=0)
    return {
        "difference": difference,
        "low": np.fmin(low, difference),
        "high": np.fmax(high, difference),
    }


def _average(values: np.ndarray, columns: list[list[int]]) -> np.ndarray:
    """Return the mean of the columns of each group."""
    return np.column_stack([values[:, own].mean(axis=1) for own in columns])


def _studentise(
    observed: np.ndarray, permuted: np.ndarray, columns: list[list[int]]
) -> tuple[np.ndarray, np.ndarray]:
    """Put differences on one scale; a group seen by two rules counts as the smaller where they agree."""
    permuted = np.nan_to_num(permuted)
    spread = permuted.std(axis=0)
    # Sums of floats leave a trace of spread where there is none.
    still = spread < 1e-9
    scaled = np.where(still, 0, np.nan_to_num(observed) / np.where(still, 1, spread))
    chance = np.where(still, 0, permuted / np.where(still, 1, spread))
    together = [_smaller(scaled[None, own])[0] for own in columns]
    return np.array(together), np.column_stack([_smaller(chance[:, own]) for own in columns])


def _smaller(values: np.ndarray) -> np.ndarray:
    agree = (values > 0).all(axis=1) | (values < 0).all(axis=1)
    return np.where(agree, np.abs(values).min(axis=1), 0.0)


def _count_reassigned(
    runs: Sequence[ComparedRun], members: list[np.ndarray], groups: list[_Group]
) -> list[int]:
    frames = [
        pd.DataFrame(belongs, index=run.tables.passages["passage_id"])
        for run, belongs in zip(runs, members, strict=True)
    ]
    both = frames[0].index.intersection(frames[1].index)
    differs = frames[0].loc[both].to_numpy() != frames[1].loc[both].to_numpy()
    return [int(differs[:, group.columns].any(axis=1).sum()) for group in groups]
