"""RTF files, one article each, turned into text by striprtf.

The title is the one that the program stored, or the headline at the top.
"""

from __future__ import annotations

import re
from pathlib import Path

from press_themes.articles.formats.opening import read_opening, sound_title
from press_themes.articles.formats.records import Found, Record
from press_themes.errors import InputError

_MARK = b"{\\rtf"
# Beyond this it is pictures, or no article; the text itself is turned at a few megabytes a second.
_LARGEST = 100_000_000
_LARGEST_TEXT = 20_000_000
_PICTURE = re.compile(r"[0-9a-fA-F\s]{2000,}")
_TITLE = re.compile(r"\{\\title\s(?P<title>(?:[^{}\\]|\\.|\{[^{}]{0,200}\}){0,2000})\}", re.DOTALL)
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")
_FONT_TABLE = re.compile(r"\{(?:\\\*)?\s?\\fonttbl")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;{}]{0,200}?\\fcharset(\d{1,3})")
_BRACE = re.compile(r"[{}]")
_LONGEST_FONT_TABLE = 500_000
_LINK = re.compile(
    r'HYPERLINK\s+(?:\\+[a-z]\s+)*"[^"{}]{0,4000}"(?:\s*\\+[a-z]\s+"[^"{}]{0,400}")*'
)


def looks_like_rtf(data: bytes) -> bool:
    """Tell whether bytes are an RTF file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    bool
        True if it opens as one.
    """
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MARK)


def read_rtf(data: bytes, path: Path) -> Found:
    """Read an RTF file.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path
        The file, for messages.

    Yields
    ------
    Record
        One article.

    Raises
    ------
    InputError
        If the file is damaged, too large or holds no text.
    """
    # Every byte of an RTF file is to stand for itself until its code page is known.
    source = data.lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1")
    source = _PICTURE.sub("", source[:_LARGEST])
    if len(data) > _LARGEST or len(source) > _LARGEST_TEXT:
        raise InputError(path, "is too large for an article", "divide it or save it as .txt")
    match = _TITLE.search(source[:_LARGEST_TEXT])
    code_page = _CODE_PAGE.search(source[:1_000])
    stored = match and _plain(
        f"{{\\rtf1\\ansi{code_page[0] if code_page else ''} {match['title']}}}"
    )
    text = _plain(source)
    if text is None:
        raise InputError(path, "is a damaged RTF file", "save it again in Word or as .txt")
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


def _plain(source: str) -> str | None:
    from striprtf.striprtf import rtf_to_text

    # The address of a link would be set behind its words.
    source = _LINK.sub("", source).replace("\\fldinst{", "\\fldinst {")
    try:
        text: str = rtf_to_text(_with_plain_fonts(source), errors="replace")
    except Exception:
        # Broken control words fail in many ways; what they have in common is the file.
        return None
    # Characters beyond the first plane are written as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _with_plain_fonts(source: str) -> str:
    """Reduce the font table to the character set of each font, which is all that matters here.

    The library searches the table in a time that grows with the cube of a hostile one.
    """
    start = _FONT_TABLE.search(source)
    if start is None:
        return source
    depth, end = 1, min(len(source), start.end() + _LONGEST_FONT_TABLE)
    for brace in _BRACE.finditer(source, start.end(), end):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            end = brace.end()
            break
    fonts = _FONT.findall(source, start.end(), end)
    table = "".join(f"{{\\f{number}\\fcharset{charset} F;}}" for number, charset in fonts)
    return f"{source[: start.start()]}{{\\fonttbl{table}}}{source[end:]}"
