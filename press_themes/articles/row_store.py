"""Rows put aside while a corpus is read, so that memory holds no more of them than a batch.

They lie in a private database that the system keeps in a temporary file and deletes by itself.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

# Kilobytes kept in memory before anything is written to the temporary file.
_MEMORY = 32_000
_ROWS_AT_ONCE = 5_000


class RowStore:
    """Tables of rows, each with the columns it was made with; to be closed after use.

    Parameters
    ----------
    tables : mapping of str to sequence of str
        Column names by table.
    """

    def __init__(self, tables: Mapping[str, Sequence[str]]) -> None:
        self._tables = tables
        # An empty name makes a database that nobody else can open.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"PRAGMA cache_size = -{_MEMORY}")
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._database.execute(f"PRAGMA {pragma}")
        for name, columns in tables.items():
            named = ", ".join(f'"{column}"' for column in columns)
            self._database.execute(f'CREATE TABLE "{name}" ({named})')
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Delete everything."""
        self._database.close()

    def add(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Put rows aside."""
        places = ", ".join("?" * len(self._tables[table]))
        clean = ([_storable(value) for value in row] for row in rows)
        with _telling_room():
            self._database.executemany(f'INSERT INTO "{table}" VALUES ({places})', clean)

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        return int(self._database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])

    def counts(self, table: str, column: str) -> dict[Any, int]:
        """Count the rows by the value of a column."""
        query = f'SELECT "{column}", count(*) FROM "{table}" GROUP BY 1 ORDER BY 2 DESC, 1'
        return dict(self._database.execute(query))

    def keys(self, table: str, column: str) -> list[str]:
        """Return the keys of a column of JSON objects, the most frequent first."""
        query = (
            f'SELECT key FROM "{table}", json_each("{column}") WHERE value IS NOT NULL '
            "GROUP BY key ORDER BY count(*) DESC, key"
        )
        return [key for (key,) in self._database.execute(query)]

    def columns(self, table: str, *wanted: str, order: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """Return some columns of all rows, with the number of each row first."""
        with _telling_room():
            return self._database.execute(
                f'SELECT {", ".join(["rowid", *wanted])} FROM "{table}" '
                f"ORDER BY {', '.join([*order, 'rowid'])}"
            ).fetchall()

    def value(self, table: str, column: str, row: int) -> Any:
        """Return one value."""
        query = f'SELECT "{column}" FROM "{table}" WHERE rowid = ?'
        return self._database.execute(query, (row,)).fetchone()[0]

    def rows(self, table: str, numbers: Iterable[int]) -> list[tuple[Any, ...]]:
        """Return whole rows."""
        query = f'SELECT * FROM "{table}" WHERE rowid = ?'
        return [self._database.execute(query, (number,)).fetchone() for number in numbers]

    def batches(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        """Hand over all rows in the order of their adding, some thousand at a time."""
        cursor = self._database.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        while found := cursor.fetchmany(_ROWS_AT_ONCE):
            yield found


@contextmanager
def _telling_room() -> Iterator[None]:
    """Say what mends a full disk."""
    try:
        yield
    except sqlite3.OperationalError as error:
        cause = f"rows could not be put aside ({error}); set TMPDIR to a folder with more room"
        raise OSError(errno.ENOSPC, cause) from error


def _storable(value: Any) -> Any:
    """Return a value as it can be written: half a character cannot."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
