"""A run as CSV files that Excel opens right by a double click.

UTF-8 with a byte-order mark, the separator that Excel expects where the report's language is spoken,
and no cell that it would run.
"""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

from press_themes.exports.run_tables import RunContent
from press_themes.exports.sheets import lay_out_sheets
from press_themes.safe_text import defuse_text

# Where the comma parts decimals, it cannot part cells.
_SEPARATORS = {"en": ",", "fr": ";"}
_DECIMALS = {"en": ".", "fr": ","}


def write_excel_csv(content: RunContent, target: Path) -> None:
    """Write every sheet of a run as a CSV file."""
    target.mkdir(parents=True, exist_ok=True)
    separator, decimal = _SEPARATORS[content.language], _DECIMALS[content.language]
    for name, table in lay_out_sheets(content).items():
        with open(target / f"{name}.csv", "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
            writer.writerow([_cell(column, decimal) for column in table])
            row: Any
            for row in table.itertuples(index=False):
                writer.writerow([_cell(value, decimal) for value in row])


def _cell(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # An apostrophe keeps it text, at whatever mark a spreadsheet parts the cells.
        return defuse_text(value.replace("\x00", ""))
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:.6g}".replace(".", decimal)
    return str(value)
