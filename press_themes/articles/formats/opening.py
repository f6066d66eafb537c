"""How a document opens that states no fields: a headline, a line that says when it appeared.

Word, RTF and PDF files hold one article each, and this finds what stands above its text.
"""

from __future__ import annotations

from typing import NamedTuple

from press_themes.articles.date_lines import read_date_line
from press_themes.articles.lines import Line, same_text

_ABOVE_TEXT = 5
_JUNK_ENDINGS = (
    ".doc", ".docx", ".rtf", ".odt", ".pdf", ".indd", ".qxd", ".qxp", ".dot", ".dotx", ".html",
    ".htm", ".txt", ".tex", ".dvi",
)  # fmt: skip
_JUNK_BEGINNINGS = ("microsoft word", "microsoft powerpoint", "untitled", "document", "sans titre")


class Opening(NamedTuple):
    """What stands above the text of a document, and the paragraphs below."""

    title: str | None
    date: object
    outlet: str | None
    paragraphs: list[str]


def read_opening(paragraphs: list[str], title: str | None) -> Opening:
    """Take the headline and the date line off the top of a document."""
    rest = [paragraph for paragraph in paragraphs if paragraph.strip()]
    if title and rest and same_text(rest[0]) == same_text(title):
        rest = rest[1:]
    elif not title and len(rest) > 1 and _is_headline(rest[0]) and _has_prose(rest[1:]):
        title, rest = " ".join(rest[0].split()), rest[1:]
    date: object = None
    outlet = None
    for index, paragraph in enumerate(rest[:_ABOVE_TEXT]):
        if _line(paragraph).is_prose:
            break
        found = read_date_line(paragraph, day_first=None)
        if found:
            date, outlet = found.day or found.text, found.outlet
            rest = rest[:index] + rest[index + 1 :]
            break
    return Opening(title, date, outlet, rest)


def sound_title(title: str | None) -> str | None:
    """Return the title that a program stored, unless it is the name of a file or none at all."""
    plain = " ".join((title or "").replace("\0", "").split())
    folded = plain.casefold()
    if folded.endswith(_JUNK_ENDINGS) or folded.startswith(_JUNK_BEGINNINGS[:2]):
        return None
    if folded.rstrip("0123456789 -_.") in (*_JUNK_BEGINNINGS, ""):
        return None
    return plain


def _is_headline(paragraph: str) -> bool:
    line = _line(paragraph)
    return line.is_headline_like and "\n" not in paragraph and not read_date_line(paragraph, None)


def _has_prose(paragraphs: list[str]) -> bool:
    return any(_line(paragraph).is_prose for paragraph in paragraphs)


def _line(paragraph: str) -> Line:
    return Line(1, paragraph.strip(), True)
