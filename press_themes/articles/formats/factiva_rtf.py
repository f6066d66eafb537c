"""Factiva exports as RTF: batches of articles, with codes in a table or their lines in order.

The number that ends an article parts it from the next; where it is damaged, the next head does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from press_themes.articles.formats.factiva_fields import (
    ARTICLE_NUMBER,
    CODES,
    Fields,
    find_heads,
    find_start,
    is_number_line,
    make_factiva_record,
    read_by_place,
)
from press_themes.articles.formats.records import Found, Unusable
from press_themes.articles.formats.rtf_text import MARK, rtf_text
from press_themes.errors import InputError

_NUMBER = re.compile(ARTICLE_NUMBER.pattern.encode())
_CODE_LINE = re.compile(
    rf"^[ \t|]*({'|'.join(sorted(CODES, key=len, reverse=True))})[ \xa0]*[|\t]", re.MULTILINE
)
_ROW_END = re.compile(r"\|[ \t]*(?:\n|$)")
# What opens an article, in this order; each may be missing.
_OPENING = ("CLM", "SE", "HD")
_MEND = "download it again from Factiva"
_PAGE_FOOT = re.compile(
    r"^(?:page \d+ \w{1,4} \d+(?: ©.*)?|.{0,40}© ?\d{4} factiva.*)$", re.IGNORECASE
)


def looks_like_factiva_rtf(data: bytes) -> bool:
    """Tell whether a file is an RTF export of Factiva."""
    return data[:200].lstrip().startswith(MARK) and bool(_NUMBER.search(data))


def read_factiva_rtf(data: bytes, path: Path) -> Found:
    """Read an RTF export of Factiva."""
    text = rtf_text(data, path)
    articles = list(_coded(text)) or list(_placed(text))
    if not articles:
        raise InputError(path, "holds no article of Factiva that can be found", _MEND)
    for position, fields in enumerate(articles):
        yield make_factiva_record(fields, position)
    stated = len({match.group() for match in _NUMBER.finditer(data)})
    if stated > len(articles):
        cause = f"holds the numbers of {stated} articles, of which {len(articles)} could be found"
        yield Unusable(None, "", cause, _MEND)


def _coded(text: str) -> Iterator[Fields]:
    """Read the tables of codes."""
    matches = list(_CODE_LINE.finditer(text))
    fields: dict[str, list[str]] = {}
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        code, value = match[1], text[match.end() : end]
        if "AN" in fields or (code in _OPENING and "HD" in fields):
            yield fields
            fields = {}
        if match.group().rstrip().endswith("|"):
            value = _ROW_END.split(value, maxsplit=1)[0]
        fields.setdefault(code, []).extend(_lines(value))
    if "HD" in fields or "AN" in fields:
        yield fields


def _placed(text: str) -> Iterator[Fields]:
    """Read articles without codes."""
    lines = _lines(text)
    heads = find_heads(lines)
    numbers = [index for index, line in enumerate(lines) if is_number_line(line)]
    ends = [-1, *numbers]
    for end, following in zip(ends, [*ends[1:], len(lines)], strict=True):
        inside = [head for head in heads if end < head < following]
        if not inside and following < len(lines):
            # A number closes an article, whatever is left of it.
            yield {}
        starts = [end + 1, *(find_start(lines, head, end + 1) for head in inside[1:])]
        closes = [*starts[1:], min(following + 1, len(lines))]
        for head, start, close in zip(inside, starts, closes, strict=False):
            yield read_by_place(lines[:close], head, start)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()).strip("| ") for line in text.split("\n"))
    return [line for line in lines if line and not _PAGE_FOOT.match(line)]
