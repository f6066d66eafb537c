"""Media Cloud exports: tables of headlines and addresses, in which the texts are left out.

Each row is reported with the address at which its text stands; a table to which texts were added
is read as any other.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from press_themes.articles.formats.columns import recognise_columns
from press_themes.articles.formats.delimited import read_delimited, read_header, read_rows
from press_themes.articles.formats.records import Found, Unusable
from press_themes.articles.text_repair import decode
from press_themes.articles.vocabulary import fold_name
from press_themes.errors import InputError

_ALWAYS = frozenset(("title", "url", "publish_date", "language"))
_MEDIA = frozenset(("media_id", "media_name", "media_url"))
_NUMBERS = frozenset(("id", "stories_id", "processed_stories_id", "indexed_date"))
_HEADER_LENGTH = 4_000
_CAUSE = "has no text, because Media Cloud exports carry none"


def looks_like_media_cloud(data: bytes) -> bool:
    """Tell whether a file is a table with the columns that Media Cloud writes."""
    # Encodings are told from the first line, which is ASCII in these tables.
    text = data[:_HEADER_LENGTH].replace(b"\0", b"").decode("latin-1").lstrip("ï»¿þÿ\r\n")
    line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    if "publish_date" not in line.lower():
        return False
    try:
        names = {fold_name(name) for name in read_header(line)[1]}
    except csv.Error:
        return False
    return names >= _ALWAYS and bool(names & _MEDIA) and bool(names & _NUMBERS)


def read_media_cloud(data: bytes, path: Path) -> Found:
    """Read an export of Media Cloud."""
    try:
        text = decode(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    except ValueError as error:
        raise InputError(path, "is no text", "download it again from Media Cloud") from error
    separator, header = read_header(text)
    columns = recognise_columns(header)
    if "text" in columns:
        yield from read_delimited(text, path)
        return
    position = -1
    for position, row in enumerate(read_rows(text, separator, header)):
        place = f"row {row.number}"
        if row.problem:
            yield Unusable(position, place, *row.problem)
            continue
        address = row.values.get(columns.get("url", ""), "").strip()
        mend = f"save the page {address[:300]} as HTML" if address else "find the page and save it"
        yield Unusable(position, place, _CAUSE, f"{mend}, or add a column named 'text'")
    if position < 0:
        raise InputError(path, "holds no row", "download it again from Media Cloud")
