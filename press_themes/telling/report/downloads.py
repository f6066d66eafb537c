"""The tables of a run as files that travel inside the report.

A link holds the whole file, so that it can still be saved where only the report was mailed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pandas as pd

from press_themes.safe_text import defuse_formulas
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.keyword_lists import list_keywords
from press_themes.telling.wording import Wording

MOST_BYTES = 100_000
_TABLES = ("themes", "topics", "trends", "events", "skipped", "discarded")
_SAFE = " !$()*+,-./:;=?@[]^_`{|}~"
# Spreadsheets take a file without this mark for the encoding of their own country.
_MARK = "\ufeff"


class Download(NamedTuple):
    """A file inside the report: its name, what it holds, and the address that is its content."""

    name: str
    description: str
    address: str


def embed_tables(tables: Any, characters: int, words: Wording) -> list[Download]:
    """Embed the small tables of a run as CSV."""
    found = []
    for name in _TABLES:
        table: pd.DataFrame = getattr(tables, name)
        if table.empty:
            continue
        if "text" in table:
            table = table.assign(text=[shorten(str(text), characters) for text in table["text"]])
        address = embed_csv(_flatten(table, words))
        if address:
            found.append(Download(f"{name}.csv", words(f"download.{name}"), address))
    return found


def embed_csv(table: pd.DataFrame | Path) -> str:
    """Return a table as an address that holds it as CSV."""
    if isinstance(table, Path):
        text = table.read_text(encoding="utf-8")
    else:
        text = defuse_formulas(table).to_csv(
            index=False, lineterminator="\n", date_format="%Y-%m-%d"
        )
    if len(text) > MOST_BYTES:
        return ""
    address = "data:text/csv;charset=utf-8," + quote(_MARK + text, safe=_SAFE)
    return address if len(address) <= MOST_BYTES else ""


def _flatten(table: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """Turn lists and mappings into texts, which a cell can hold."""
    flat = table.copy()
    for column in flat.columns:
        if column == "keywords":
            flat[column] = [_join_keywords(value) for value in flat[column]]
        elif column in ("label", "definition"):
            flat[column] = [words.pick(value) for value in flat[column]]
        elif flat[column].map(_is_compound).any():
            flat[column] = [_join(value) for value in flat[column]]
    return flat


def _is_compound(value: Any) -> bool:
    return not isinstance(value, str) and hasattr(value, "__iter__")


def _join(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {item}" for name, item in value.items())
    return "; ".join(str(item) for item in value) if _is_compound(value) else value


def _join_keywords(value: Any) -> str:
    parts = (
        f"{language}: {', '.join(chosen)}" if language else ", ".join(chosen)
        for language, chosen in list_keywords(value).items()
    )
    return "; ".join(parts)
