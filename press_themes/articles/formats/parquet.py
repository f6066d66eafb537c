"""Parquet tables of articles, one article a row.

Columns are recognised by name as in CSV.
"""

from __future__ import annotations

import io
from pathlib import Path

from press_themes.articles.formats.columns import make_record, recognise_columns
from press_themes.articles.formats.records import Found
from press_themes.errors import InputError

MARK = b"PAR1"


def read_parquet(data: bytes, path: Path) -> Found:
    """Read a Parquet table."""
    import pyarrow as arrow
    import pyarrow.parquet as tables

    try:
        file = tables.ParquetFile(io.BytesIO(data))
        columns = recognise_columns(file.schema_arrow.names)
        if "text" not in columns:
            names = ", ".join(file.schema_arrow.names[:12])
            cause = f"no column is recognised as the article's text (columns: {names})"
            raise InputError(path, cause, "name one 'text', 'body' or 'content'")
        position = 0
        for batch in file.iter_batches(batch_size=2_000, columns=list(columns.values())):
            for row in batch.to_pylist():
                yield make_record(row, columns, position, f"row {position + 1}")
                position += 1
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(path, "is a damaged Parquet file", "write it again") from error
