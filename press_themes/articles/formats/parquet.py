"""Parquet tables of articles, one article a row.

Columns are recognised by name as in CSV.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press_themes.articles.formats.columns import flatten
from press_themes.articles.formats.records import Found
from press_themes.articles.formats.table_rows import Row, read_rows_as_records
from press_themes.errors import InputError

MARK = b"PAR1"


def read_parquet(data: bytes, path: Path) -> Found:
    """Read a Parquet table."""
    import pyarrow as arrow
    import pyarrow.parquet as tables

    try:
        file = tables.ParquetFile(io.BytesIO(data))
        yield from read_rows_as_records(_rows(file), path)
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(path, "is a damaged Parquet file", "write it again") from error


def _rows(file: Any) -> Iterator[Row]:
    number = 0
    for batch in file.iter_batches(batch_size=2_000):
        for values in batch.to_pylist():
            number += 1
            yield Row(f"row {number}", flatten(values))
