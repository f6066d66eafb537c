"""Excel workbooks of articles, one article a row, on as many sheets as there are.

Columns are recognised by name as in CSV; the header row may stand below a title.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from press_themes.articles.formats.archives import holds_part, repack_office
from press_themes.articles.formats.columns import holds_articles
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.formats.table_rows import Row, read_rows_as_records
from press_themes.errors import InputError

_HEADER_ROWS = 10
# Excel holds no more in a cell and cuts what is longer without a word.
_LONGEST_CELL = 32_767


def looks_like_xlsx(data: bytes) -> bool:
    """Tell whether bytes are an Excel workbook."""
    return holds_part(data, "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")


def read_xlsx(data: bytes, path: Path) -> Found:
    """Read a workbook; a sheet that holds no articles is told where another one does."""
    position, read, passed_over = 0, 0, []
    sheets = _open_sheets(data, path)
    for name, cells in sheets:
        first = list(islice(cells, _HEADER_ROWS))
        if not any(map(any, first)):
            continue
        label = f"sheet '{name}', " if len(sheets) > 1 else ""
        rows = _rows_below(first, cells, label)
        try:
            for item in read_rows_as_records(rows, path, first=position):
                yield _mark_cut(item)
                position += item.position is not None
            read += 1
        except InputError as error:
            passed_over.append((name, error))
    if not read:
        raise passed_over[0][1] if passed_over else InputError(path, "is empty", "fill it")
    for name, fault in passed_over:
        yield Unusable(None, f"sheet '{name}'", fault.cause, fault.mend)


def _rows_below(
    first: list[tuple[Any, ...]], rest: Iterator[tuple[Any, ...]], label: str
) -> Iterator[Row]:
    """Yield the rows below the header, which may stand below a title."""
    named = [["" if cell is None else str(cell).strip() for cell in cells] for cells in first]
    filled = [index for index, names in enumerate(named) if any(names)]
    above = next((index for index in filled if holds_articles(named[index])), filled[0])
    header = named[above]
    for number, cells in enumerate(chain(first[above + 1 :], rest), start=above + 2):
        if any(cell not in (None, "") for cell in cells):
            cells = cells[: len(header)]
            yield Row(f"{label}row {number}", dict(zip_longest(header, cells, fillvalue="")))


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


def _mark_cut(item: Record | Unusable) -> Record | Unusable:
    if isinstance(item, Record) and len(item.text) >= _LONGEST_CELL - 1:
        return replace(item, is_excerpt=True)
    return item
