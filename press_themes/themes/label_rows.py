"""The rows of labels.csv as people and spreadsheets write them: one judgement each, or a passage's themes.

Text is decoded and columns are found here; what a row means for the corpus is said elsewhere.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# What a column may be called; of several filled ones the first counts.
_NAMES = {
    "id": ("id", "passage_id", "article_id"),
    "theme": ("theme",),
    "label": ("label", "answer"),
    "themes": ("themes",),
    "asked": ("asked",),
    "coder": ("coder",),
    "adjudicated": ("adjudicated",),
    "stands_for": ("stands_for",),
    "stratum": ("stratum",),
    "probability": ("probability",),
    "drawn_from": ("drawn_from",),
}
_YES = {"yes", "y", "true", "1", "x", "oui", "o", "vrai", "ja", "j", "si", "sí", "s", "是"}
_NO = {"no", "n", "false", "0", "non", "faux", "nein", "否"}
YES_OR_NO = {"نعم": True, "لا": False} | dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
#: What says in the column ``themes`` that a passage bears none of them.
NONE = "none"
_NONES = {NONE, "aucun", "aucune", "keine", "ninguno", "ninguna", "nessuno", "-", "–", "—", "无"}
_BETWEEN = re.compile(r"[;,|\n]")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class LabelFile(NamedTuple):
    """A file of judgements, decoded.

    Attributes
    ----------
    text : str
        Its content without a line that only names the separator.
    encoding : str
        In which it is written.
    delimiter : str
        What separates its cells.
    first_line : int
        Number of the line with the names of the columns.
    """

    text: str
    encoding: str
    delimiter: str
    first_line: int


def decode_labels(content: bytes) -> LabelFile:
    """Decode a file of judgements."""
    encoding = _find_encoding(content)
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r'"?sep=(.|\\t)"?', first.strip("\r\n "), flags=re.IGNORECASE)
    if named or first.strip().lower() == "sep=":
        delimiter = (named[1] if named else "\t").replace("\\t", "\t")
        return LabelFile(rest, encoding, delimiter, 2)
    return LabelFile(text, encoding, max(",;\t", key=first.count), 1)


def find_columns(header: Iterable[str]) -> dict[str, str]:
    """Return which column of a table holds what, by its name there."""
    by_name = {name.strip().lower(): name for name in reversed(list(header))}
    return {
        next(by_name[other] for other in names if other in by_name): name
        for name, names in _NAMES.items()
        if any(other in by_name for other in names)
    }


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]] | None:
    """Read the rows of a file of judgements.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    list of (int, dict of str to str) or None
        Number of the line and cells by column, "" where there is none. None if the file cannot be
        read as a table with ``id``, and ``theme`` and ``label`` or ``themes``.
    """
    try:
        file = decode_labels(path.read_bytes())
        lines = io.StringIO(file.text.replace("\0", ""), newline="")
        reader = csv.reader(lines, delimiter=file.delimiter)
        names = [name.strip().lower() for name in next(reader, [])]
        found = set(find_columns(names).values())
        if "id" not in found or not ({"theme", "label"} <= found or "themes" in found):
            return None
        rows = []
        for cells in reader:
            row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            if any("\n" in row.get(name, "") for name in _NAMES["id"]):
                # A quotation mark that is never closed takes the lines below into one cell.
                return None
            if any(row.values()):
                rows.append((reader.line_num + file.first_line - 1, _tidy(row)))
    except (OSError, csv.Error):
        return None
    return rows


def list_borne(cell: str) -> list[str] | None:
    """Return the themes that a cell names, an empty list for "none", None if it says nothing."""
    if not cell:
        return None
    if cell.lower() in _NONES:
        return []
    return [part.strip() for part in _BETWEEN.split(cell) if part.strip()]


def _tidy(row: dict[str, str]) -> dict[str, str]:
    """Return the cells of a row by what they hold."""
    clean = {
        name: next((row[other] for other in others if row.get(other)), "")
        for name, others in _NAMES.items()
    }
    # A spreadsheet keeps a cell from being a formula by an apostrophe, and may write decimal commas.
    clean = {name: cell.removeprefix("'") for name, cell in clean.items()}
    for name in ("stands_for", "probability", "drawn_from"):
        clean[name] = clean[name].replace(",", ".").replace("\u202f", "").replace(" ", "")
    clean["label"] = clean["label"].lower()
    return clean


def _find_encoding(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    for encoding in _guess_wide(content):
        return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _guess_wide(content: bytes) -> list[str]:
    """Tell UTF-16 without a mark by the zero bytes between the letters of its first line."""
    head = content[:200]
    if len(head) < 4:
        return []
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.5 > even:
        return ["utf-16-le"]
    return ["utf-16-be"] if even > 0.5 > odd else []
