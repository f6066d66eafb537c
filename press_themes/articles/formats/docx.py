"""Word documents, one article each: its title, its strapline and its paragraphs.

Headers, footers, footnotes, comments and deletions that are still tracked are not text of the
article.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press_themes.articles.formats.archives import holds_part, repack_office
from press_themes.articles.formats.opening import read_opening, sound_title
from press_themes.articles.formats.records import Found, Record
from press_themes.articles.lines import same_text
from press_themes.errors import InputError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH = f"{_WORD}p"
_DROPPED = (_FALLBACK, f"{_WORD}del", f"{_WORD}moveFrom")
_CHARACTERS = {
    f"{_WORD}tab": " ",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}


def looks_like_docx(data: bytes) -> bool:
    """Tell whether bytes are a Word document."""
    return holds_part(data, "word/document.xml", "word/document2.xml")


def read_docx(data: bytes, path: Path) -> Found:
    """Read a Word document."""
    import docx

    safe = repack_office(data, path, "Word")
    try:
        document = docx.Document(safe)
        paragraphs = _paragraphs(document)
        properties = document.core_properties
        stored, language = sound_title(properties.title), properties.language
    except Exception as error:
        # The library raises whatever its XML parser, its parts or its properties raise.
        raise InputError(path, "is a damaged Word file", "save it again in Word") from error
    title = _styled(paragraphs, "title")
    strapline = _styled(paragraphs, "subtitle")
    told = {same_text(text) for text in (title, strapline) if text}
    body = [text for style, text in paragraphs if not told or same_text(text) not in told]
    if not body:
        raise InputError(path, "is a Word file without text", "fill it or remove it")
    opening = read_opening(body, title or stored or _styled(paragraphs[:2], "heading 1"))
    yield Record(
        text="\n\n".join(opening.paragraphs),
        title=opening.title,
        strapline=strapline,
        date=opening.date,
        outlet=opening.outlet,
        language=language or None,
        date_basis="page",
    )


def _paragraphs(document: Any) -> list[tuple[str, str]]:
    """Return the style and the text of every paragraph, in tables and boxes too."""
    names = {style.style_id: (style.name or "").casefold() for style in document.styles}
    found = []
    for element in document.element.body.iter(_PARAGRAPH):
        if next(element.iterancestors(*_DROPPED), None) is not None:
            continue
        text = "".join(_pieces(element)).strip()
        if not text:
            continue
        properties = element.find(f"{_WORD}pPr")
        style = names.get(_style_id(properties), "")
        is_item = properties is not None and properties.find(f"{_WORD}numPr") is not None
        listed = (is_item or style.startswith("list")) and not style.startswith("heading")
        found.append((style, f"• {text}" if listed else text))
    return found


def _style_id(properties: Any) -> str:
    style = properties.find(f"{_WORD}pStyle") if properties is not None else None
    return style.get(f"{_WORD}val", "") if style is not None else ""


def _pieces(element: Any) -> list[str]:
    pieces: list[str] = []
    for child in element:
        # A text box holds paragraphs of its own, inside the one that it is anchored to.
        if child.tag == _PARAGRAPH or child.tag in _DROPPED:
            continue
        if child.tag == f"{_WORD}t":
            pieces.append(child.text or "")
        elif child.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[child.tag])
        else:
            pieces += _pieces(child)
    return pieces


def _styled(paragraphs: list[tuple[str, str]], style: str) -> str | None:
    """Return the first paragraph in a style; Word keeps the English names of its own."""
    return next((" ".join(text.split()) for name, text in paragraphs if name == style), None)
