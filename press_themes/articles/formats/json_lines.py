"""JSON files of articles: one object a line, a list of objects, or an object that holds one.

A line that is not JSON is reported by its number and the rest is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press_themes.articles.formats.columns import make_record, plain_value, recognise_columns
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.text_repair import each_line
from press_themes.errors import InputError


def looks_like_json(text: str) -> bool:
    """Tell whether a text opens as a JSON object or list of objects."""
    opening = "".join(text[:200].split())
    return opening.startswith(('{"', '[{"', "{}", "[]"))


def read_json(text: str, path: Path) -> Found:
    """Read a JSON or JSON Lines file."""
    found_text = False
    # One reason for a whole file without texts, not one an object.
    waiting: list[Record | Unusable] = []
    for position, (place, value) in enumerate(_values(text)):
        if isinstance(value, dict):
            row = _flat(value)
            columns = recognise_columns(row)
            found_text = found_text or "text" in columns
            waiting.append(make_record(row, columns, position, place))
        else:
            cause = str(value) if isinstance(value, _Broken) else "is no JSON object"
            waiting.append(Unusable(position, place, cause, "write one {…} an article"))
        if found_text:
            yield from waiting
            waiting.clear()
    if not found_text:
        raise InputError(
            path,
            "no object has a key for the article's text",
            "name one 'text', 'body' or 'content'",
        )


class _Broken(str):
    """What is wrong with a line that is not JSON."""


def _values(text: str) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _line_values(text)
        return
    for number, value in enumerate(_article_list(whole), start=1):
        yield f"article {number}", value


def _line_values(text: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(each_line(text), start=1):
        if not line.strip():
            continue
        try:
            yield f"line {number}", json.loads(line)
        except (ValueError, RecursionError) as error:
            yield (
                f"line {number}",
                _Broken(f"is not valid JSON ({getattr(error, 'msg', 'nested too deeply')})"),
            )


def _article_list(whole: Any) -> list[Any]:
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict) and "text" not in recognise_columns(whole):
        for value in whole.values():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                return value
    if isinstance(whole, dict):
        texts = whole.get(recognise_columns(whole).get("text", ""))
        # An object such as {"articles": [{…}]} names its list as if it were one text.
        if isinstance(texts, list) and texts and all(isinstance(text, dict) for text in texts):
            return texts
    return [whole]


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Bring up the fields of inner objects, such as {"metadata": {"title": …}}."""
    inner = {
        key: field
        for nested in value.values()
        if isinstance(nested, dict)
        for key, field in nested.items()
        if key not in ("name", "id") and plain_value(field)
    }
    return {**inner, **value}
