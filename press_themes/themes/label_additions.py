"""Judgements added to labels.csv, which stays as it is, byte for byte, in its own encoding."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import InputError
from press_themes.themes.label_rows import NONE, YES_OR_NO, LabelFile, decode_labels, find_columns

_WRITTEN = ["id", "theme", "label"]


def append_labels(path: Path, judged: pd.DataFrame) -> int:
    """Add judgements to a labels file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``labels.csv``.
    judged : DataFrame
        ``id`` (or ``passage_id``), ``theme``, ``label`` (bool, or yes and no), and ``coder`` where
        it is known and the file has such a column.

    Returns
    -------
    int
        Rows added. What the file holds stays as it is, byte for byte; of two judgements on the
        same pair by the same coder the later one counts.

    Raises
    ------
    ValueError
        If a column is missing or a label is neither yes nor no.
    InputError
        If the file has no such columns, or its encoding cannot hold what is added; it is then left
        as it is.
    """
    table = judged.rename(columns=find_columns(judged.columns))
    absent = [name for name in _WRITTEN if name not in table.columns]
    if absent:
        raise ValueError(f"judgements need the columns id, theme and label; {absent[0]} is missing")
    before = path.read_bytes() if path.is_file() else b""
    file = decode_labels(before)
    starts = not file.text.strip()
    names = [*_WRITTEN, "coder"] if "coder" in table else _WRITTEN
    rows = csv.reader(io.StringIO(file.text), delimiter=file.delimiter)
    header = names if starts else next(rows, [])
    found = find_columns(header)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=file.delimiter, lineterminator="\n")
    if starts:
        writer.writerow(header)
    express = _choose_columns(path, set(found.values()))
    for row in table.to_dict("records"):
        cells = express(str(row["theme"]), _as_word(row["label"]))
        cells |= {name: str(row[name]) for name in ("id", "coder") if name in row}
        writer.writerow([cells.get(found.get(name, ""), "") for name in header])
    gap = "" if not file.text or file.text.endswith("\n") else "\n"
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    added = _encode(path, file, gap + written.getvalue())
    aside.write_bytes(before + added)
    aside.replace(path)
    return len(table)


def _choose_columns(path: Path, found: set[str]) -> Callable[[str, str], dict[str, str]]:
    """Return how a judgement is written in a file with these columns."""
    if "id" in found and not {"theme", "label"} & found and {"themes", "asked"} <= found:
        # A filled-in label sheet lists the themes of a passage, among those that were asked.
        return lambda theme, label: {"themes": theme if label == "yes" else NONE, "asked": theme}
    missing = [name for name in _WRITTEN if name not in found]
    if missing:
        raise InputError(
            path.name,
            f"has no column {missing[0]} that can be read, so that no judgement can be added",
            "name its columns id, theme and label, and save it as CSV in UTF-8",
        )
    return lambda theme, label: {"theme": theme, "label": label}


def _encode(path: Path, file: LabelFile, text: str) -> bytes:
    try:
        return text.encode(file.encoding)
    except UnicodeEncodeError as error:
        raise InputError(
            path.name,
            f"is saved in an encoding without the character “{error.object[error.start]}”",
            "save it as CSV in UTF-8",
        ) from error


def _as_word(label: Any) -> str:
    word = str(label).strip().lower()
    if word not in YES_OR_NO:
        raise ValueError(f"'{label}' is neither yes nor no")
    return "yes" if YES_OR_NO[word] else "no"
