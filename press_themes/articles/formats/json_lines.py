"""JSON files of articles: one object a line, a list of objects, or a list somewhere inside objects.

A line that is not JSON is reported by its number and the rest is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press_themes.articles.formats.columns import flatten, plain_value, rank_columns
from press_themes.articles.formats.records import Found
from press_themes.articles.formats.table_rows import NAME_IT, Row, read_rows_as_records
from press_themes.articles.text_repair import each_line
from press_themes.errors import InputError

_DEEPEST, _LOOKED_AT = 8, 50
_ONE_EACH = "write one {…} an article"


def looks_like_json(text: str) -> bool:
    """Tell whether a text opens as a JSON object or list of objects."""
    opening = "".join(text[:200].split())
    return opening.startswith(('{"', '[{"', "{}", "[]", "[["))


def read_json(text: str, path: Path) -> Found:
    """Read a JSON or JSON Lines file."""
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise InputError(path, "is nested too deeply", "export it as a flat list") from error
    except ValueError:
        rows = _read_lines(text)
    else:
        articles = _find_articles(whole)
        if articles == []:
            raise InputError(path, "is JSON without an article", "fill it or remove it")
        rows = _rows(articles)
    try:
        yield from read_rows_as_records(rows, path)
    except InputError as error:
        if error.cause.startswith("no column"):
            cause = "no object has a key for the article's text"
            raise InputError(path, cause, NAME_IT) from error
        raise


def _rows(values: list[Any]) -> Iterator[Row]:
    for number, value in enumerate(values, start=1):
        yield _row(f"article {number}", value)


def _row(place: str, value: Any) -> Row:
    if isinstance(value, dict):
        return Row(place, flatten(value))
    return Row(place, {}, ("is no JSON object", _ONE_EACH))


def _read_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(each_line(text), start=1):
        if not line.strip():
            continue
        try:
            yield _row(f"line {number}", json.loads(line))
        except (ValueError, RecursionError) as error:
            cause = f"is not valid JSON ({getattr(error, 'msg', 'nested too deeply')})"
            yield Row(f"line {number}", {}, (cause, _ONE_EACH))


def _find_articles(whole: Any) -> list[Any]:
    """Find the list whose members look most like articles, or the object that is one."""
    if isinstance(whole, list) and not any(isinstance(value, dict) for value in whole):
        return [value for part in whole if isinstance(part, list) for value in part] or whole
    best: tuple[tuple[int, int], list[Any]] = ((0, 0), [])
    waiting: list[tuple[Any, int]] = [(whole, 0)]
    while waiting:
        value, depth = waiting.pop(0)
        inner = list(value.values()) if isinstance(value, dict) else value
        objects = [part for part in inner if isinstance(part, dict)]
        if depth == 0 and isinstance(value, dict):
            best = max(best, (_score([value]), [value]), key=lambda found: found[0])
        # {"1": {…}, "2": {…}} is a list, too.
        is_list = isinstance(value, list) or (len(objects) > 1 and len(objects) == len(inner))
        if objects and is_list:
            best = max(best, (_score(objects), list(inner)), key=lambda found: found[0])
        if depth < _DEEPEST:
            nested = inner if isinstance(value, dict) else inner[:1]
            waiting += [(part, depth + 1) for part in nested if isinstance(part, (dict, list))]
    return best[1] or (whole if isinstance(whole, list) else [whole])


def _score(objects: list[dict[str, Any]]) -> tuple[int, int]:
    """Score objects as articles: by the fields that they name, then by the words that they hold."""
    first = [flatten(value) for value in objects[:_LOOKED_AT]]
    names = rank_columns(tuple(dict.fromkeys(name for flat in first for name in flat)))
    direct = {
        field for field, found in names.items() if field != "author" and found[0].count(".") < 2
    }
    scalar = [
        plain_value(value)
        for flat in first
        for value in flat.values()
        if not (isinstance(value, list) and value and isinstance(value[0], dict))
    ]
    return len(direct & {"text", "title", "date", "url"}), max(map(len, scalar), default=0)
