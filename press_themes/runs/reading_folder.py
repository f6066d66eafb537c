"""What was read, written a batch at a time: memory stays bounded however large the corpus is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pandas as pd

from press_themes.safe_text import defuse_formulas

_NAMES = ("articles.parquet", "skipped.csv", "discarded.csv")


class Batches(Protocol):
    """The tables of a corpus, each in parts."""

    def articles(self) -> Iterable[pd.DataFrame]:
        """Return the articles, sorted by their identifier."""
        ...

    def skipped(self) -> Iterable[pd.DataFrame]:
        """Return the inputs not used."""
        ...

    def discarded(self) -> Iterable[pd.DataFrame]:
        """Return the lines left out."""
        ...


def write_reading(folder: Path, batches: Batches) -> None:
    """Write the tables of a corpus as they come, aside, and rename them when they are whole.

    Parameters
    ----------
    folder : Path
        Where ``articles.parquet``, ``skipped.csv`` and ``discarded.csv`` go.
    batches : Batches
        From `press_themes.articles.batches.read_in_batches`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    articles, skipped, discarded = (folder / f".{name}.part" for name in _NAMES)
    try:
        with ExitStack() as opened:
            writer = None
            for table in batches.articles():
                rows = pa.Table.from_pandas(table, preserve_index=False)
                writer = writer or opened.enter_context(pq.ParquetWriter(articles, rows.schema))
                writer.write_table(rows)
        for path, notes in ((skipped, batches.skipped()), (discarded, batches.discarded())):
            with path.open("w", encoding="utf-8", newline="") as file:
                for number, table in enumerate(notes):
                    safe = defuse_formulas(table)
                    safe.to_csv(file, index=False, header=not number, lineterminator="\n")
        for name in _NAMES:
            (folder / f".{name}.part").replace(folder / name)
    finally:
        for name in _NAMES:
            (folder / f".{name}.part").unlink(missing_ok=True)
