"""Tables of articles as text: CSV and TSV with any separator, one article a row.

Columns are recognised by name; a row without text is reported with the number that a spreadsheet
shows.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from press_themes.articles.formats.columns import make_record, recognise_columns
from press_themes.articles.formats.records import Found
from press_themes.errors import InputError

_SEPARATORS = ("\t", ";", ",", "|")
_HEADER_LENGTH = 5_000


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
    columns = recognise_columns(_header(text)[1])
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
    separator, header = _header(text)
    columns = recognise_columns(header)
    if "text" not in columns:
        names = ", ".join(header[:12]) or "none"
        cause = f"no column is recognised as the article's text (columns: {names})"
        raise InputError(path, cause, "name one 'text', 'body' or 'content'", "row 1")
    csv.field_size_limit(sys.maxsize)
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
    next(rows, None)
    for position, row in enumerate(filter(any, rows)):
        values = dict(zip(header, row, strict=False))
        yield make_record(values, columns, position, f"row {position + 2}")


def _header(text: str) -> tuple[str, list[str]]:
    """Return the separator that makes most columns recognised, and the columns."""
    line = text[:_HEADER_LENGTH].lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    best: tuple[tuple[int, int], str, list[str]] = ((-1, -1), ",", [])
    for separator in _SEPARATORS:
        cells = next(csv.reader([line], delimiter=separator), [])
        names = [cell.strip() for cell in cells]
        score = (len(recognise_columns(names)), len(names))
        if score > best[0]:
            best = (score, separator, names)
    return best[1], best[2]
