"""The figures as the report carries them: an image inside the page and the numbers as a table.

An image in an address of its own kind needs no file beside the report.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.telling.report.downloads import embed_csv
from press_themes.telling.report.images import embed_image
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_TABLE_ROWS = 100
# Coordinates without a unit say nothing as numbers.
_WITHOUT_TABLE = {"theme_map"}
_TOPIC_COLUMNS = ("topic", "topic_label", "n_topic")
_GROUP_COLUMNS = {
    "theme_by_outlet": ("outlet", "outlet", "n_outlet"),
    "theme_by_language": ("language", "language", "n_language"),
}
_HIDDEN_COLUMNS = {"basis", "color", "language_shape", "stage", "name"}


def embed_figures(figures: pd.DataFrame, folder: Path, words: Wording) -> list[dict[str, Any]]:
    """Put each figure and the first rows behind it into a record for the template."""
    return [_embed_figure(row, folder, words) for row in each_row(figures)]


def _embed_figure(row: Any, folder: Path, words: Wording) -> dict[str, Any]:
    figure = {
        "name": row.name,
        "anchor": f"figure-{row.name}",
        "heading": words(f"figure.{row.name}"),
        "title": row.title,
        "subtitle": row.subtitle,
        "alt": row.alt,
        "reason": row.reason,
        "quoted": [],
    }
    if row.reason:
        return figure
    # Only an empty cell is missing: an outlet may well be called "NA".
    table = pd.read_csv(folder / row.csv, keep_default_na=False, na_values=[""])
    return {
        **figure,
        "image": embed_image(folder / row.svg, folder / row.png),
        "file": row.csv,
        "csv": embed_csv(folder / row.csv),
        "quoted": list(table["passage_id"]) if {"passage_id", "text"} <= set(table) else [],
        **_view_table(row.name, table, words),
    }


def _view_table(name: str, table: pd.DataFrame, words: Wording) -> dict[str, Any]:
    if name in _WITHOUT_TABLE:
        return {"columns": [], "rows": [], "n_rows": 0}
    if name == "themes_by_topic":
        return _cross(table.rename(columns={"theme_label": "label"}), _TOPIC_COLUMNS, words)
    if name in _GROUP_COLUMNS:
        return _cross(table, _GROUP_COLUMNS[name], words)
    if "status" in table.columns:
        # A period without passages has no numbers; the file keeps its rows.
        table = table[table["status"] != "empty"]
        table = table.assign(status=[words(f"status.{status}") for status in table["status"]])
    shown = table[[x for x in table.columns if x not in _HIDDEN_COLUMNS]]
    return {
        "columns": [_name_column(column, words) for column in shown.columns],
        "rows": _format_rows(shown.head(MOST_TABLE_ROWS), words),
        "n_rows": len(table),
    }


def _cross(table: pd.DataFrame, columns: tuple[str, str, str], words: Wording) -> dict[str, Any]:
    """Turn one row a pair into one row a theme; the pairs are complete and in order."""
    name, heading, size = columns
    across = table.drop_duplicates(name)
    cells = [_write_cell(cell, words) for cell in each_row(table)]
    starts = range(0, len(table), max(1, len(across)))
    return {
        "columns": [
            words("column.theme"),
            *(
                f"{label} ({words.number(n)})"
                for label, n in zip(across[heading], across[size], strict=True)
            ),
        ],
        "rows": [
            [str(table["label"].iloc[start]), *cells[start : start + len(across)]]
            for start in starts
        ],
        "n_rows": len(starts),
    }


def _write_cell(cell: Any, words: Wording) -> str:
    if not hasattr(cell, "expected"):
        return words.number(cell.n_passages)
    return words(
        "deviation.cell",
        observed=words.number(cell.n_stories),
        expected=words.number(cell.expected, 1),
    )


def _name_column(column: str, words: Wording) -> str:
    return words(f"column.{column}") if words.knows(f"column.{column}") else column


def _format_rows(table: pd.DataFrame, words: Wording) -> list[list[str]]:
    formatted = {}
    for column in table.columns:
        values = table[column]
        if not pd.api.types.is_numeric_dtype(values):
            formatted[column] = ["" if pd.isna(x) else str(x) for x in values]
        elif column.startswith("share"):
            formatted[column] = [words.percent(x) for x in values]
        else:
            decimals = 0 if (values.dropna() % 1 == 0).all() else 2
            formatted[column] = [words.number(x, decimals) for x in values]
    return [list(row) for row in zip(*formatted.values(), strict=True)]
