"""Tables of articles as text: CSV and TSV with any separator, one article a row.

Columns are recognised by name; a row that gives no article is reported with the number that a
spreadsheet shows.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from pathlib import Path

from press_themes.articles.formats.columns import holds_articles, recognise_columns
from press_themes.articles.formats.records import Found
from press_themes.articles.formats.table_rows import NAME_IT, Row, read_rows_as_records
from press_themes.articles.text_repair import each_line
from press_themes.errors import InputError

_SEPARATORS = ("\t", ";", ",", "|")
_EMPTY = " \r" + "".join(_SEPARATORS)
_HEADER_LENGTH = 5_000
# What is longer is prose with a comma in it.
_LONGEST_NAME = 60
# Excel takes the separator from a first line such as "sep=;".
_SEPARATOR_LINE = re.compile(r"\ufeff?\s*[\"']?sep=([;,|\t])[\"']?[ \t]*\n", re.IGNORECASE)
# Stands behind the last line; the text itself holds none.
_AFTER = "\0"
_UNCLOSED = (
    "opens a quotation mark that is never closed, and runs to the end of the file",
    "close it, or double it where it belongs to the text",
)
_TOO_MANY = ("has more cells than the header", "put quotation marks around its text")


def looks_delimited(text: str) -> bool:
    """Tell whether a text opens with a header row that names the columns of articles."""
    header = read_header(text)[1]
    return (
        len(header) >= 2
        and all(len(name) <= _LONGEST_NAME for name in header)
        and (holds_articles(header))
    )


def read_delimited(text: str, path: Path) -> Found:
    """Read a table of articles."""
    separator, header = read_header(text)
    if len(header) < 2 and not recognise_columns(header):
        raise InputError(path, "is a table of one column without a name", NAME_IT, "row 1")
    yield from read_rows_as_records(_rows(text, separator, header), path, "row 1")


def _rows(text: str, separator: str, header: Sequence[str]) -> Iterator[Row]:
    """Read the rows below the header that hold anything."""
    csv.field_size_limit(sys.maxsize)
    lines = chain(each_line(text.replace(_AFTER, "").lstrip("\ufeff")), [_AFTER])
    rows = (
        (number, cells)
        for number, cells in enumerate(csv.reader(lines, delimiter=separator), start=1)
        if any(map(str.strip, cells))
    )
    if _SEPARATOR_LINE.match(text):
        next(rows, None)
    next(rows, None)
    ends_in_text = recognise_columns(header).get("text") in header[-1:]
    for number, cells in rows:
        if cells == [_AFTER]:
            return
        problem = None
        if cells[-1].endswith(_AFTER):
            problem = _UNCLOSED
        elif any(cells[len(header) :]):
            if ends_in_text and _overflows_with_prose(cells, len(header)):
                cells[len(header) - 1 :] = [separator.join(cells[len(header) - 1 :])]
            else:
                problem = _TOO_MANY
        yield Row(
            f"row {number}", dict(zip_longest(header, cells[: len(header)], fillvalue="")), problem
        )


def _overflows_with_prose(cells: Sequence[str], n_columns: int) -> bool:
    """Tell whether the last column alone was cut: only a comma of prose is followed by a space."""
    spaced = [cell[:1].isspace() for cell in cells[1:]]
    return not any(spaced[: n_columns - 1]) and all(spaced[n_columns - 1 :])


def read_header(text: str) -> tuple[str, list[str]]:
    """Find what parts the columns of a table, and their names."""
    stated = _SEPARATOR_LINE.match(text)
    start = stated.end() if stated else 0
    lines = text[start : start + _HEADER_LENGTH].lstrip("\ufeff").split("\n")
    line = next((line.rstrip("\r") for line in lines if line.strip(_EMPTY)), "")
    best: tuple[tuple[int, int], str, list[str]] = ((-1, -1), ",", [])
    for separator in (stated[1],) if stated else _SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator), [])
        names = [cell.strip() for cell in cells]
        known = recognise_columns(name for name in names if len(name) <= _LONGEST_NAME)
        score = (len(known), len(names))
        if score > best[0]:
            best = (score, separator, names)
    return best[1], best[2]
