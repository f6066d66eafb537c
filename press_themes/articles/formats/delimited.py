"""Tables of articles as text: CSV and TSV with any separator, one article a row.

Columns are recognised by name; a row without text is reported with the number that a spreadsheet
shows.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from press_themes.articles.formats.columns import make_record, recognise_columns
from press_themes.articles.formats.records import Found
from press_themes.articles.text_repair import each_line
from press_themes.errors import InputError

_SEPARATORS = ("\t", ";", ",", "|")
_HEADER_LENGTH = 5_000
# What is longer is prose with a comma in it.
_LONGEST_NAME = 60


def looks_delimited(text: str) -> bool:
    """Tell whether a text opens with a header row that names a text and another field.

    Parameters
    ----------
    text : str
        The decoded file.

    Returns
    -------
    bool
        True for two recognised columns of which one is the text.
    """
    columns = recognise_columns(read_header(text)[1])
    return "text" in columns and len(columns) >= 2


def read_delimited(text: str, path: Path) -> Found:
    """Read a table of articles.

    Parameters
    ----------
    text : str
        The decoded file.
    path : Path
        The file, for messages.

    Yields
    ------
    Record or Unusable
        One a row.

    Raises
    ------
    InputError
        If no column holds the text.
    """
    separator, header = read_header(text)
    columns = recognise_columns(header)
    if "text" not in columns:
        names = ", ".join(header[:12]) or "none"
        cause = f"no column is recognised as the article's text (columns: {names})"
        raise InputError(path, cause, "name one 'text', 'body' or 'content'", "row 1")
    for position, values in enumerate(read_rows(text, separator, header)):
        yield make_record(values, columns, position, f"row {position + 2}")


def read_rows(text: str, separator: str, header: Sequence[str]) -> Iterator[dict[str, str]]:
    """Read the rows below the header that hold anything.

    Parameters
    ----------
    text : str
        The decoded file.
    separator : str
        What parts the columns.
    header : sequence of str
        Their names.

    Yields
    ------
    dict of str to str
        Column to value.
    """
    csv.field_size_limit(sys.maxsize)
    rows = csv.reader(each_line(text.replace("\0", "")), delimiter=separator)
    next(rows, None)
    for row in filter(any, rows):
        yield dict(zip(header, row, strict=False))


def read_header(text: str) -> tuple[str, list[str]]:
    """Find what parts the columns of a table, and their names.

    Parameters
    ----------
    text : str
        The decoded file, or its beginning.

    Returns
    -------
    separator : str
        The one that makes most columns recognised, then the one that makes most columns.
    header : list of str
        The names in the first row.
    """
    line = text[:_HEADER_LENGTH].lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    best: tuple[tuple[int, int], str, list[str]] = ((-1, -1), ",", [])
    for separator in _SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator), [])
        names = [cell.strip() for cell in cells]
        known = recognise_columns(name for name in names if len(name) <= _LONGEST_NAME)
        score = (len(known), len(names))
        if score > best[0]:
            best = (score, separator, names)
    return best[1], best[2]
