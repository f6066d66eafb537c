"""A run as one Excel workbook: the tables an analyst quotes from, and a sheet about them.

No cell is a formula, whatever a headline begins with.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.exports.run_tables import RunContent
from press_themes.exports.sheets import lay_out_sheets, load_words

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# What Excel itself allows.
MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_576
_WIDEST = 60
_NARROWEST = 9
_SAMPLE = 200
_LONG = 80
# Points a line of text takes, and how many lines a row shows at most.
_LINE = 15
_MOST_LINES = 8


class _Losses(NamedTuple):
    cut: list[str]
    dropped: dict[str, int]


def write_workbook(content: RunContent, target: Path) -> None:
    """Write a run as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    losses = _Losses([], {})
    sheets = lay_out_sheets(content)
    for name, table in sheets.items():
        _write_sheet(book.create_sheet(name), table, losses)
        if len(table) > MOST_ROWS - 1:
            losses.dropped[name] = len(table) - MOST_ROWS + 1
    _write_about(book.create_sheet("about"), content, sheets, losses)
    # A disk that is full must not leave half-open parts behind, which complain at the end.
    held = io.BytesIO()
    book.save(held)
    target.write_bytes(held.getvalue())


def _write_sheet(sheet: WriteOnlyWorksheet, table: pd.DataFrame, losses: _Losses) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, column in enumerate(table, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column, table[column])
    if len(table.columns):
        last = get_column_letter(len(table.columns))
        sheet.auto_filter.ref = f"A1:{last}{min(len(table) + 1, MOST_ROWS)}"
    sheet.append(_heading(sheet, list(table.columns)))
    formats = [_number_format(str(column)) for column in table]
    widths = [_width(column, table[column]) for column in table]
    for number, row in enumerate(table.head(MOST_ROWS - 1).itertuples(index=False), 2):
        lines = max((_lines(v, w) for v, w in zip(row, widths, strict=True)), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE * min(lines, _MOST_LINES)
        sheet.append([_cell(sheet, v, f, losses) for v, f in zip(row, formats, strict=True)])


def _lines(value: Any, width: float) -> int:
    """Return over how many lines a text is wrapped."""
    if not isinstance(value, str) or len(value) <= _LONG:
        return 1
    return value.count("\n") + math.ceil(1.1 * len(value) / width)


def _heading(sheet: WriteOnlyWorksheet, names: list[str]) -> list[Any]:
    from openpyxl.styles import Alignment, Font, PatternFill

    cells = []
    for name in names:
        cell = _text(sheet, str(name))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8ECEF")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cells.append(cell)
    return cells


def _cell(sheet: WriteOnlyWorksheet, value: Any, number_format: str, losses: _Losses) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        if len(value) > MOST_CHARACTERS:
            losses.cut.append(value[:20])
            value = value[: MOST_CHARACTERS - 1] + "…"
        cell = _text(sheet, value)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > _LONG)
        return cell
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        value = None
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, datetime.datetime):
        has_time = (value.hour, value.minute, value.second) != (0, 0, 0)
        cell.number_format = "yyyy-mm-dd hh:mm" if has_time else "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = number_format
    return cell


def _text(sheet: WriteOnlyWorksheet, value: str) -> Any:
    """Return a cell that stays text: stored as a string, and still one after it is edited."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    return cell


def _number_format(column: str) -> str:
    is_share = column.startswith(("share", "precision", "recall")) or column == "stability"
    return "0.0%" if is_share else "0.00"


def _width(column: Any, values: pd.Series) -> float:
    """Return a width in characters: that of the longer cells, the heading at least."""
    lengths = sorted(len(str(value)) for value in values.head(_SAMPLE) if value is not None)
    usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    return float(min(_WIDEST, max(_NARROWEST, len(str(column)) + 3, usual + 2)))


def _write_about(
    sheet: WriteOnlyWorksheet, content: RunContent, sheets: dict[str, pd.DataFrame], losses: _Losses
) -> None:
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 12
    sheet.column_dimensions["C"].width = 90
    for number, row in enumerate(_about_rows(content, sheets, losses), 1):
        lines = _lines(row[2], 90) if len(row) > 2 else 1
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE * lines
        sheet.append([_cell(sheet, value, "0", losses) for value in row])


def _about_rows(
    content: RunContent, sheets: dict[str, pd.DataFrame], losses: _Losses
) -> Iterator[list[Any]]:
    words, summary = load_words(content.language), content.summary
    yield [words["corpus"], None, str(summary.get("title", content.name))]
    for key in ("note", "licence"):
        if summary.get(key):
            yield [words[key], None, str(summary[key])]
    yield [words["run"], None, content.name]
    versions = summary.get("versions")
    if isinstance(versions, dict) and versions.get("press-themes"):
        yield ["Press Themes", None, str(versions["press-themes"])]
    yield []
    yield [words["sheet"], words["rows"], words["holds"]]
    for name, table in sheets.items():
        yield [name, len(table), words["sheets"][name]]
    yield []
    told = [words["dropped"].format(sheet=name, n=n) for name, n in losses.dropped.items()]
    if losses.cut:
        told.append(words["cut"].format(n=len(losses.cut), limit=MOST_CHARACTERS))
    for sentence in told or [words["none_left_out"]]:
        yield [words["left_out"], None, sentence]
