"""Rows of any table become records: each file is looked at first, and what is unused is told.

CSV, Excel, Parquet, JSON, RIS and BibTeX all hand their rows to this one reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from press_themes.articles.formats.columns import (
    guess_columns,
    make_record,
    plain_value,
    rank_columns,
)
from press_themes.articles.formats.records import Found, Unusable
from press_themes.errors import InputError

_LOOKED_AT = 200
_SHOWN = 12
NAME_IT = "name one 'text', 'body' or 'content'"


class Row(NamedTuple):
    """One row of a table.

    Attributes
    ----------
    place : str
        As the analyst's program shows it, such as "row 5".
    values : mapping of str to object
        Column to value.
    problem : tuple of str, optional
        Cause and mend, where it cannot be told what stands in which column.
    """

    place: str
    values: Mapping[str, Any]
    problem: tuple[str, str] | None = None


def read_rows_as_records(
    rows: Iterable[Row], path: Path, place: str | None = None, first: int = 0
) -> Found:
    """Make a record, or a reason, of every row."""
    rows = iter(rows)
    seen, fault = _take_first(rows)
    if not seen and fault is None:
        raise InputError(
            path, "is a table with a header and no rows", "fill it or remove it", place
        )
    whole = [row.values for row in seen if not row.problem]
    guessed = guess_columns(whole)
    names = tuple(dict.fromkeys(name for values in whole for name in values))
    known = rank_columns(names).keys()
    if whole and not guessed and not known & {"text", "title", "strapline"}:
        shown = ", ".join(filter(None, names[:_SHOWN])) or "none"
        if "url" in known:
            cause = f"gives addresses and neither texts nor titles (columns: {shown})"
            raise InputError(path, cause, "save the pages that they lead to as HTML", place)
        cause = f"no column is recognised as the article's text (columns: {shown})"
        raise InputError(path, cause, NAME_IT, place)
    empty = dict.fromkeys(names)
    for position, row in enumerate(chain(seen, rows), start=first):
        for name in [name for name in empty if plain_value(row.values.get(name))]:
            del empty[name]
        if row.problem:
            yield Unusable(position, row.place, *row.problem)
        else:
            yield make_record(row.values, position, row.place, guessed)
    if fault:
        raise fault
    for field, name in guessed.items():
        cause = f"the column '{name}' was taken for the {field} by what it holds"
        yield Unusable(None, place or "", cause, f"name it '{field}' to be sure")
    if any(empty) and len(whole) > 1:
        cause = f"these columns hold no value: {', '.join(filter(None, empty))}"
        yield Unusable(None, place or "", cause, "nothing is lost")


def _take_first(rows: Iterator[Row]) -> tuple[list[Row], Exception | None]:
    """Return the first rows, and what went wrong behind them, which must not cost them."""
    seen: list[Row] = []
    try:
        for row in islice(rows, _LOOKED_AT):
            seen.append(row)
    except Exception as error:
        return seen, error
    return seen, None
