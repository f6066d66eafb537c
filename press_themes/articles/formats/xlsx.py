"""Excel workbooks of articles, one article a row, on as many sheets as there are.

Columns are recognised by name as in CSV; the header row may stand below a title.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from press_themes.articles.formats.archives import holds_part, repack_office
from press_themes.articles.formats.columns import make_record, recognise_columns
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.errors import InputError

_HEADER_ROWS = 10
# Excel holds no more in a cell and cuts what is longer without a word.
_LONGEST_CELL = 32_767
_MEND = "name one 'text', 'body' or 'content'"


def looks_like_xlsx(data: bytes) -> bool:
    """Tell whether bytes are an Excel workbook."""
    return holds_part(data, "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")


def read_xlsx(data: bytes, path: Path) -> Found:
    """Read a workbook."""
    position, found_text, passed_over = 0, False, []
    sheets = _open_sheets(data, path)
    for name, rows in sheets:
        above, header = _find_header(rows)
        columns = recognise_columns(header)
        if "text" not in columns:
            passed_over += [(name, header)] if any(header) else []
            continue
        found_text = True
        label = f"sheet '{name}', " if len(sheets) > 1 else ""
        for number, cells in enumerate(rows, start=above + 2):
            if any(cell not in (None, "") for cell in cells):
                row = dict(zip(header, cells, strict=False))
                yield _mark_cut(make_record(row, columns, position, f"{label}row {number}"))
                position += 1
    if not found_text:
        names = ", ".join(filter(None, (passed_over or [("", [])])[0][1][:12])) or "none"
        cause = f"no column is recognised as the article's text (columns: {names})"
        raise InputError(path, cause, _MEND)
    for name, _ in passed_over:
        cause = "no column is recognised as the article's text"
        yield Unusable(None, f"sheet '{name}'", cause, _MEND)


def _open_sheets(data: bytes, path: Path) -> list[tuple[str, Iterator[tuple[Any, ...]]]]:
    import openpyxl

    safe = repack_office(data, path, "Excel")
    try:
        with warnings.catch_warnings():
            # Styles and extensions that are not understood hold no text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(safe, read_only=True, data_only=True)
            return [(sheet.title, _rows(sheet, path)) for sheet in book.worksheets]
    except Exception as error:
        raise _damaged(path) from error


def _rows(sheet: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        # Some programs state a size that is not the size of the sheet.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
    except Exception as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> InputError:
    """Return one sentence for the many ways in which a workbook can break in its library."""
    return InputError(path, "is a damaged Excel file", "save it again in Excel or as .csv")


def _find_header(rows: Iterator[tuple[Any, ...]]) -> tuple[int, list[str]]:
    """Return how many rows stand above the header row, and the names in it."""
    first: list[str] = []
    for above, cells in enumerate(islice(rows, _HEADER_ROWS)):
        names = ["" if cell is None else str(cell).strip() for cell in cells]
        if "text" in recognise_columns(names):
            return above, names
        first = first or (names if any(names) else [])
    return 0, first


def _mark_cut(item: Record | Unusable) -> Record | Unusable:
    if isinstance(item, Record) and len(item.text) >= _LONGEST_CELL - 1:
        return replace(item, is_excerpt=True)
    return item
