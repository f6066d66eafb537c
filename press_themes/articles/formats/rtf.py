"""RTF files, one article each, turned into text by striprtf.

The title is the one that the program stored, or the headline at the top.
"""

from __future__ import annotations

import re
from pathlib import Path

from press_themes.articles.formats.opening import read_opening, sound_title
from press_themes.articles.formats.records import Found, Record
from press_themes.articles.formats.rtf_text import MARK, convert_rtf, rtf_source
from press_themes.errors import InputError

_TITLE = re.compile(r"\{\\title\s(?P<title>(?:[^{}\\]|\\.|\{[^{}]{0,200}\}){0,2000})\}", re.DOTALL)
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")


def looks_like_rtf(data: bytes) -> bool:
    """Tell whether bytes are an RTF file."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARK)


def read_rtf(data: bytes, path: Path) -> Found:
    """Read an RTF file."""
    source = rtf_source(data, path)
    match, code_page = _TITLE.search(source), _CODE_PAGE.search(source[:1_000])
    head = f"{{\\rtf1\\ansi{code_page[0] if code_page else ''} "
    stored = convert_rtf(f"{head}{match['title']}}}", path) if match else None
    text = convert_rtf(source, path)
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if not paragraphs:
        raise InputError(path, "is an RTF file without text", "fill it or remove it")
    opening = read_opening(paragraphs, sound_title(stored))
    if not opening.paragraphs:
        raise InputError(path, "holds a title and no text", "add the article's text")
    yield Record(
        text="\n\n".join(opening.paragraphs),
        title=opening.title,
        date=opening.date,
        outlet=opening.outlet,
        date_basis="page",
    )
