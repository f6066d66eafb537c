"""Answers to the run's own sample, added to labels.csv with the chances they were drawn by."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pandas as pd

from press_themes.errors import InputError
from press_themes.themes.label_rows import decode_labels, find_columns

_WRITTEN = ["id", "themes", "coder", "asked", "stratum", "probability", "drawn_from"]


def append_answers(path: Path, answers: pd.DataFrame) -> int:
    """Add answers to a labels file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``labels.csv``.
    answers : DataFrame
        ``id, themes, coder, asked, stratum, probability, drawn_from``, as on a label sheet.

    Returns
    -------
    int
        Rows added. What the file holds stays as it is, save that columns it lacks are named at the
        end of its first line.

    Raises
    ------
    InputError
        If the file has no such columns, or its encoding cannot hold what is added; it is then left
        as it is.
    """
    before = path.read_bytes() if path.is_file() else b""
    file = decode_labels(before)
    try:
        text = before.decode(file.encoding)
    except UnicodeDecodeError as error:
        raise _refuse(path, "is not in an encoding that can be added to") from error
    if not file.text.strip():
        text, header, named = (
            ",".join(_WRITTEN) + "\n",
            _WRITTEN,
            dict(zip(_WRITTEN, _WRITTEN, strict=True)),
        )
    else:
        header = next(csv.reader(io.StringIO(file.text), delimiter=file.delimiter), [])
        named = find_columns(header)
        if "id" not in named.values():
            raise _refuse(path, "has no column id")
        text, header = _name_columns(text, file.first_line, file.delimiter, header)
        named = find_columns(header)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=file.delimiter, lineterminator="\n")
    for row in answers.to_dict("records"):
        writer.writerow([str(row.get(named.get(name, ""), "")) for name in header])
    gap = "" if text.endswith("\n") else "\n"
    try:
        content = (text + gap + written.getvalue()).encode(file.encoding)
    except UnicodeEncodeError as error:
        raise _refuse(path, "is saved in an encoding without a letter of this answer") from error
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)
    return len(answers)


def _name_columns(
    text: str, number: int, delimiter: str, header: list[str]
) -> tuple[str, list[str]]:
    """Add the names of columns that are missing to the line that names them."""
    missing = [name for name in _WRITTEN if name not in find_columns(header).values()]
    if not missing:
        return text, header
    lines = text.split("\n")
    end = "\r" if lines[number - 1].endswith("\r") else ""
    lines[number - 1] = (
        lines[number - 1].removesuffix("\r") + "".join(delimiter + x for x in missing) + end
    )
    return "\n".join(lines), [*header, *missing]


def _refuse(path: Path, cause: str) -> InputError:
    return InputError(
        path.name, cause, "save it as CSV in UTF-8, with the columns of the label sheet"
    )
