"""One file becomes rows of the three tables, whatever its format and whatever is wrong with it.

Nothing that a file holds stops the reading of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, groupby, islice
from typing import NamedTuple

from press_themes.articles.article_rows import ReadSettings, Rows, make_rows
from press_themes.articles.corpus_files import CorpusFile, read_bytes
from press_themes.articles.dates import find_day_first
from press_themes.articles.formats import Found, Record, Unusable, read_file
from press_themes.articles.formats.members import INSIDE
from press_themes.articles.limits import say_limit
from press_themes.errors import InputError

_DATES_LOOKED_AT = 1_000


class FileRows(NamedTuple):
    """What one record of a file gave: where it lies, in which format, and the rows."""

    path: str
    format: str
    rows: Rows


def read_file_rows(file: CorpusFile, latest: date, settings: ReadSettings) -> Iterator[FileRows]:
    """Read one file; whatever goes wrong is a reason to skip the rest of it."""
    told = False
    try:
        for found in _read_records(file, latest, settings):
            told = told or bool(found.rows.articles or found.rows.skipped)
            yield found
        if not told:
            yield _reason(file.name, "gave no article; check what it holds or leave it out.")
    except InputError as error:
        yield _reason(file.name, str(error).removeprefix(str(file.path)).lstrip(",: "))
    except MemoryError:
        cause, mend = say_limit("memory_megabytes", settings.limits)
        yield _reason(file.name, f"{cause}; {mend}.")
    except Exception as error:
        # Parsers fail in ways of their own, and one file must not stop the others.
        cause = f"could not be read ({type(error).__name__}: {str(error)[:120]})"
        yield _reason(file.name, f"{cause}; save it in another format.")


def _read_records(file: CorpusFile, latest: date, settings: ReadSettings) -> Iterator[FileRows]:
    name, found = read_file(file.path, read_bytes(file.path), latest)
    shift = 0
    for item, day_first in _with_day_first(found):
        path = INSIDE.join(filter(None, (file.name, item.member)))
        position = None if item.position is None else item.position + shift
        if isinstance(item, Unusable):
            reason = ": ".join(filter(None, (item.place, f"{item.cause}; {item.mend}.")))
            yield _reason(path, reason, position, name)
            continue
        rows = make_rows(replace(item, position=item.position + shift), latest, day_first, settings)
        yield FileRows(path, name, rows)
        # A page among other files holds as many articles as it likes.
        shift += max(rows.places, 1) - 1


def _with_day_first(found: Found) -> Iterator[tuple[Record | Unusable, bool | None]]:
    """Say with each item whether its source writes the day before the month."""
    for _, source in groupby(found, key=lambda item: item.member):
        first, fault = _take_first(source)
        day_first = find_day_first(item.date for item in first if isinstance(item, Record))
        for item in chain(first, source):
            yield item, day_first
        if fault:
            raise fault


def _take_first(source: Found) -> tuple[list[Record | Unusable], Exception | None]:
    """Return the first items, and what went wrong behind them, which must not cost them."""
    first = []
    try:
        for item in islice(source, _DATES_LOOKED_AT):
            first.append(item)
    except Exception as error:
        return first, error
    return first, None


def _reason(path: str, reason: str, position: int | None = None, name: str = "") -> FileRows:
    return FileRows(path, name, Rows([], [(position, reason)], []))
