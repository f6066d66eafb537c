"""By how much the share of each theme and topic changed, and whether chance alone would do it.

Themes are counted as each run assigned them; topics by one rule for both runs, so that a line that
the clustering drew otherwise is no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.findings.compare.compared import ComparedRun, CompareSettings, name_stories
from press_themes.findings.compare.permutation import (
    Contents,
    gather_contents,
    hold_error,
    permute_shares,
    resample_shares_of_runs,
    share_by_run,
)
from press_themes.findings.intervals import FEWEST_STORIES

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
    """Measure how the shares of the themes changed.

    Parameters
    ----------
    before, after : ComparedRun
        The earlier and the later run.
    methods : DataFrame
        From `compare_methods`.
    settings : CompareSettings
        Error, resamples and seed.

    Returns
    -------
    DataFrame
        One row a theme of either codebook, see `COLUMNS`; the share is of all passages.
        ``n_reassigned`` counts passages that both runs have and of which only one bears the
        theme. The verdict is "changed" where ``p_adjusted`` is within the error, unless the
        method changed; "definition changed" where the codebooks differ on the theme.
    """
    names = list(dict.fromkeys([*before.tables.themes["theme"], *after.tables.themes["theme"]]))
    runs = (before, after)
    members = [_bears(run, names) for run in runs]
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
    """Measure how the shares of the matched topics changed.

    Parameters
    ----------
    runs : tuple of ComparedRun
        The earlier and the later run.
    matches : DataFrame
        From `match_topics`.
    readings : Readings or None
        From the yardsticks of both runs; None where the vectors cannot be compared.
    methods : DataFrame
        From `compare_methods`.
    settings : CompareSettings
        Error, resamples and seed.

    Returns
    -------
    DataFrame
        One row a group of matched topics, see `COLUMNS`; ``name`` is the group of the match.
        Shares and difference are of passages that read like the group's topics, by the topics
        of the earlier and of the later run on average. Both must show the change: the smaller of
        the two counts, and a topic born or silent has only one.
    """
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


def _bears(run: ComparedRun, names: Sequence[str]) -> np.ndarray:
    place = {name: column for column, name in enumerate(names)}
    members = np.zeros((len(run.tables.passages), len(names)), dtype=bool)
    for row, themes in enumerate(run.tables.passages["themes"]):
        members[row, [place[theme] for theme in themes if theme in place]] = True
    return members


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
    rows = []
    for group in groups:
        own = group.columns
        difference = drawn[1][:, own].mean(axis=1) - drawn[0][:, own].mean(axis=1)
        low, high = _interval(difference, contents)
        row: dict[str, Any] = {"name": group.name, "label": group.label}
        for run, end in enumerate(("before", "after")):
            row |= _describe_end(contents, drawn, shares, (run, own), end)
        row["difference"] = row["share_after"] - row["share_before"]
        # Where resampling cannot vary, the interval still includes what was seen.
        row |= {
            "low": np.fmin(low, row["difference"]) if low == low else low,
            "high": np.fmax(high, row["difference"]) if high == high else high,
        }
        rows.append(row)
    return pd.DataFrame(rows).assign(p=p, p_adjusted=adjusted)


def _describe_end(
    contents: Contents,
    drawn: np.ndarray,
    shares: np.ndarray,
    at: tuple[int, list[int]],
    end: str,
) -> dict[str, Any]:
    run, columns = at
    told = contents.told[:, run]
    counts = contents.counts[run][told][:, columns].mean(axis=1)
    low, high = _interval(drawn[run][:, columns].mean(axis=1), contents)
    share = float(shares[run, columns].mean())
    return {
        f"n_{end}": round(float(counts.sum())),
        f"stories_{end}": int((counts > 0).sum()),
        f"share_{end}": share,
        f"low_{end}": np.fmin(low, share) if low == low else low,
        f"high_{end}": np.fmax(high, share) if high == high else high,
    }


def _interval(values: np.ndarray, contents: Contents) -> tuple[float, float]:
    if len(contents.told) < FEWEST_STORIES or not np.isfinite(values).any():
        return float("nan"), float("nan")
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)


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
