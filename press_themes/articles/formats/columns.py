"""Columns and keys of structured files, recognised by their names in several languages.

What is recognised becomes a record; what is not is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from press_themes.articles.formats.records import Record, Unusable
from press_themes.articles.vocabulary import field_names, fold_name

_FIELDS = ("title", "strapline", "outlet", "url", "language")
_INNER_NAMES = ("name", "title", "value", "text", "label", "nom")


def recognise_columns(names: Iterable[str]) -> dict[str, str]:
    """Find the column that holds each field."""
    known = field_names()
    surer = {name: -rank for rank, name in enumerate(known)}
    chosen: dict[str, str] = {}
    for name in names:
        folded = fold_name(str(name))
        field = known.get(folded)
        if field and (field not in chosen or surer[folded] < surer[fold_name(chosen[field])]):
            chosen[field] = name
    return chosen


def make_record(
    row: Mapping[str, Any], columns: Mapping[str, str], position: int, place: str
) -> Record | Unusable:
    """Make a record of one row."""
    text = plain_value(row.get(columns.get("text", "")))
    if not text:
        return Unusable(
            position, place, "has no text", f"fill in '{columns.get('text', 'text')}' or drop it"
        )
    stated: dict[str, Any] = {
        field: plain_value(row.get(columns[field])) or None for field in _FIELDS if field in columns
    }
    date = row.get(columns["date"]) if "date" in columns else None
    if isinstance(date, (dict, list)):
        date = plain_value(date)
    return Record(text=text, position=position, place=place, date=date, **stated)


def plain_value(value: Any) -> str:
    """Return a value as text: a list of paragraphs is joined, a nested name is taken out."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, Mapping):
        return next((plain_value(value[key]) for key in _INNER_NAMES if key in value), "")
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ndarray":
        return "\n\n".join(filter(None, map(plain_value, value)))
    text = str(value).strip()
    return "" if text.casefold() in ("nan", "none", "null", "<na>") else text
