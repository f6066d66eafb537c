"""What an export holds beside its articles: bylines, captions, index terms, notes of the database.

A line is left out if it went into no part of the record, so that nothing can be dropped unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from press_themes.articles.formats.records import LeftOut, Record
from press_themes.articles.header import names_writer
from press_themes.articles.lines import Line
from press_themes.articles.noise import line_kind
from press_themes.articles.text_repair import repair_text

_COPYRIGHT = re.compile(r"^(?:copyright|©|\(c\))", re.IGNORECASE)


def name_left_out(lines: Iterable[LeftOut], record: Record) -> tuple[LeftOut, ...]:
    """Name the lines of an article that are in no part of its record."""
    used = {_plain(paragraph) for paragraph in record.text.split("\n\n")}
    used |= {_plain(value) for value in (record.outlet, record.language, record.date) if value}
    told = list(lines)
    plain = [_plain(line) for _, line in told]
    headed = _find_run(plain, _plain(record.title)) | _find_run(plain, _plain(record.strapline))
    return tuple(
        LeftOut(_kind(line) or kind, line)
        for place, (kind, line) in enumerate(told)
        if plain[place] and plain[place] not in used and place not in headed
    )


def _find_run(lines: list[str], whole: str) -> set[int]:
    """Return the places of the lines that make up a headline, which may stand on several."""
    places: set[int] = set()
    for start in range(len(lines)):
        joined = ""
        for end in range(start, len(lines)):
            joined = f"{joined} {lines[end]}".strip()
            if joined == whole:
                places.update(range(start, end + 1))
            if not whole.startswith(joined):
                break
    return places


def _kind(line: str) -> str | None:
    if len(line) <= 200 and _COPYRIGHT.match(line):
        return "copyright notice"
    whole = Line(1, line, True)
    return line_kind(whole) or ("byline" if names_writer(whole) else None)


def _plain(value: object) -> str:
    return " ".join(repair_text(str(value or "")).split())
