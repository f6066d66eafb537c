"""The analyst's own judgements, labels.csv: which passage or article speaks of which theme.

A row that cannot be used costs one sentence and nothing else, so that a slip never stops a run.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.errors import InputError
from press_themes.themes.label_problems import shorten_problems, tell_problem

COLUMNS = ["id", "kind", "theme", "label", "stands_for"]
_WRITTEN = ["id", "theme", "label"]
# What a column may be called; of several filled ones the first counts.
_NAMES = {
    "id": ("id", "passage_id", "article_id"),
    "theme": ("theme",),
    "label": ("label", "answer"),
}
_YES = {"yes", "y", "true", "1", "x", "oui", "o", "vrai", "ja", "j", "si", "sí", "s", "是"}
_NO = {"no", "n", "false", "0", "non", "faux", "nein", "否"}
_YES_OR_NO = {"نعم": True, "لا": False} | dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


class Labels(NamedTuple):
    """What the analyst judged, and what could not be used of it.

    Attributes
    ----------
    answers : DataFrame
        One row a judgement: ``id``, ``kind`` ("passage" or "article"), ``theme``, ``label``
        (bool), ``stands_for`` (passage–theme pairs the row stands for when it was drawn for a
        label sheet, else NaN); ordered by kind, id and theme.
    problems : list of dict
        One sentence a row that was not used, by language of the report.
    """

    answers: pd.DataFrame
    problems: list[dict[str, str]]


def read_labels(
    path: Path | None, passages: pd.DataFrame, articles: pd.DataFrame, themes: Iterable[str]
) -> Labels:
    """Read the judgements of an analyst.

    Parameters
    ----------
    path : Path or None
        A CSV file with the columns ``id`` (of a passage or an article), ``theme`` and ``label``
        (yes or no); commas, semicolons or tabs; further columns are allowed, and a filled-in
        label sheet is such a file. None, or a missing file, gives no judgement.
    passages : DataFrame
        With ``passage_id`` and, where copies are to be judged together, ``text``.
    articles : DataFrame
        With ``article_id``.
    themes : iterable of str
        Identifiers of the codebook.

    Returns
    -------
    Labels
        A row without a label is a question not yet answered and no problem.
    """
    if path is None or not path.is_file():
        return Labels(_as_answers([]), [])
    rows = _read_rows(path)
    if rows is None:
        return Labels(_as_answers([]), [tell_problem(path, 1, "unreadable")])
    kinds = dict.fromkeys(articles["article_id"].astype(str), "article")
    kinds |= dict.fromkeys(passages["passage_id"].astype(str), "passage")
    known = list(themes)
    told = _Told(passages)
    problems: list[tuple[int, dict[str, str]]] = []
    for line, row in rows:
        reason, value = _fault(row, kinds, known)
        if reason:
            problems.append((line, tell_problem(path, line, reason, value, known)))
        elif row["label"]:
            answer = {**row, "kind": kinds[row["id"]], "label": _YES_OR_NO[row["label"]]}
            if told.contradicts(answer):
                problems.append((line, tell_problem(path, line, "conflict", row["id"])))
            told.add(answer)
    return Labels(_as_answers(told.answers()), shorten_problems(path, problems))


class _Told:
    """Answers in the order of the file, where one about a text holds for every copy of it."""

    def __init__(self, passages: pd.DataFrame) -> None:
        texts = passages["text"] if "text" in passages else passages["passage_id"]
        self._texts = dict(zip(passages["passage_id"].astype(str), texts, strict=True))
        self._copies: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        self._weights: dict[tuple[str, str], str] = {}

    def contradicts(self, answer: dict[str, Any]) -> bool:
        before = self._copies.get(self._place(answer), {}).values()
        return any(own["label"] != answer["label"] for own in before)

    def add(self, answer: dict[str, Any]) -> None:
        place = self._place(answer)
        if self.contradicts(answer):
            del self._copies[place]
        self._copies.setdefault(place, {})[answer["id"]] = answer
        # A pair drawn for a label sheet stands for the others, whoever answers it again.
        self._weights[place] = answer["stands_for"] or self._weights.get(place, "")

    def answers(self) -> list[dict[str, Any]]:
        return [
            {**answer, "stands_for": self._weights[place]}
            for place, copies in self._copies.items()
            for answer in copies.values()
        ]

    def _place(self, answer: dict[str, Any]) -> tuple[str, str]:
        return self._texts.get(answer["id"], answer["id"]), answer["theme"]


def append_labels(path: Path, judged: pd.DataFrame) -> int:
    """Add judgements to a labels file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``labels.csv``.
    judged : DataFrame
        ``id`` (or ``passage_id``), ``theme``, ``label`` (bool, or yes and no).

    Returns
    -------
    int
        Rows added. What the file holds stays as it is, byte for byte; of two judgements on the
        same pair the later one counts.

    Raises
    ------
    ValueError
        If a column is missing or a label is neither yes nor no.
    InputError
        If the file has no such columns, or its encoding cannot hold what is added; it is then left
        as it is.
    """
    table = judged.rename(columns=_find_columns(judged.columns))
    absent = [name for name in _WRITTEN if name not in table.columns]
    if absent:
        raise ValueError(f"judgements need the columns id, theme and label; {absent[0]} is missing")
    before = path.read_bytes() if path.is_file() else b""
    text = _decode(before)
    dialect = _dialect(text)
    header = next(csv.reader(io.StringIO(text), dialect), []) if text.strip() else _WRITTEN
    found = _find_columns(header)
    missing = [name for name in _WRITTEN if name not in found.values()]
    if missing:
        raise InputError(
            path.name,
            f"has no column {missing[0]} that can be read, so that no judgement can be added",
            "name its columns id, theme and label, and save it as CSV in UTF-8",
        )
    written = io.StringIO()
    writer = csv.writer(written, delimiter=dialect.delimiter, lineterminator="\n")
    if not text.strip():
        writer.writerow(_WRITTEN)
    for row in table[_WRITTEN].itertuples(index=False):
        cells = {"id": str(row.id), "theme": str(row.theme), "label": _as_word(row.label)}
        writer.writerow([cells.get(found.get(name, ""), "") for name in header])
    gap = "" if not text or text.endswith("\n") else "\n"
    try:
        added = (gap + written.getvalue()).encode("utf-8" if _is_utf8(before) else "cp1252")
    except UnicodeEncodeError as error:
        raise InputError(
            path.name,
            f"is saved in an encoding without the character “{error.object[error.start]}”",
            "save it as CSV in UTF-8",
        ) from error
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(before + added)
    aside.replace(path)
    return len(table)


def _find_columns(header: Iterable[str]) -> dict[str, str]:
    """Return which column of a table holds id, theme and label, and that name."""
    by_name = {name.strip().lower(): name for name in reversed(list(header))}
    return {
        next(by_name[other] for other in names if other in by_name): name
        for name, names in _NAMES.items()
        if any(other in by_name for other in names)
    }


def _as_word(label: Any) -> str:
    word = str(label).strip().lower()
    if word not in _YES_OR_NO:
        raise ValueError(f"'{label}' is neither yes nor no")
    return "yes" if _YES_OR_NO[word] else "no"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(content: bytes) -> str:
    """Decode as UTF-8, else as spreadsheets of western Windows write."""
    encoding = "utf-8-sig" if _is_utf8(content) else "cp1252"
    return content.decode(encoding, errors="replace")


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]] | None:
    """Return line number and cells of each row, or None if the file is no such table."""
    try:
        text = _decode(path.read_bytes()).replace("\0", "")
        reader = csv.reader(io.StringIO(text), _dialect(text))
        names = [name.strip().lower() for name in next(reader, [])]
        if not all(set(others) & set(names) for others in _NAMES.values()):
            return None
        rows = []
        for cells in reader:
            row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            if any(row.values()):
                clean = {
                    name: next((row[other] for other in others if row.get(other)), "")
                    for name, others in _NAMES.items()
                }
                clean = {name: cell.removeprefix("'") for name, cell in clean.items()}
                clean["label"] = clean["label"].lower()
                clean["stands_for"] = row.get("stands_for", "")
                rows.append((reader.line_num, clean))
    except (OSError, csv.Error):
        return None
    return rows


def _fault(row: Mapping[str, str], kinds: Mapping[str, str], themes: list[str]) -> tuple[str, str]:
    if not row["label"]:
        return "", ""
    if row["id"] not in kinds:
        return "id", row["id"]
    if row["theme"] not in themes:
        return "theme", row["theme"]
    if row["label"] not in _YES_OR_NO:
        return "label", row["label"]
    return "", ""


def _as_answers(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    # An analyst's spreadsheet may write a decimal comma.
    weights = frame["stands_for"].astype(str).str.replace(",", ".", regex=False)
    frame["stands_for"] = pd.to_numeric(weights, errors="coerce").astype("float64")
    frame["stands_for"] = frame["stands_for"].where(frame["stands_for"].between(1, 1e9))
    frame["label"] = frame["label"].astype(bool)
    return frame.sort_values(["kind", "id", "theme"], kind="stable").reset_index(drop=True)
