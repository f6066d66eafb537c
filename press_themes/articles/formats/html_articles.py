"""Pages that hold many articles, cut at their openings so that each is parsed by itself.

What is broken in one article can so neither swallow nor disturb the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

_BLOCKS = frozenset(
    ("p", "div", "br", "hr", "li", "ul", "ol", "tr", "td", "table", "section", "header", "article",
     "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "footer", "aside")
)  # fmt: skip
# A character for private use, which no page shows.
_MARK = "\ue000"
_LEFT_OUT = ("script", "style", "noscript", "template", "head")


def holds_markup(data: bytes, opening: re.Pattern[bytes], mark: bytes) -> bool:
    """Tell whether bytes in whatever encoding are markup with a tag of some kind."""
    # UTF-16 differs from ASCII by null bytes only, as far as tags go.
    plain = data.replace(b"\0", b"")
    begins = plain[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    return begins and mark in plain.lower() and bool(opening.search(plain))


def decode_page(data: bytes, path: Path, mend: str) -> str:
    """Decode a page, whatever encoding it declares."""
    try:
        return decode(data)
    except ValueError as error:
        raise InputError(path, "is no text", mend) from error


def cut_at(text: str, opening: re.Pattern[str]) -> list[str]:
    """Cut a page where its articles open; what stands before the first is dropped."""
    starts = [match.start() for match in opening.finditer(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def parse_markup(markup: str) -> Any:
    """Parse a piece of a page, however broken, without its scripts and comments."""
    from lxml import etree, html

    # The declared encoding is often wrong, and the text is decoded already.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        content = f"<html><body>{markup}".replace("\0", "").encode("utf-8", errors="replace")
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    etree.strip_elements(root, etree.Comment, etree.PI, *_LEFT_OUT, with_tail=False)
    return root


def with_class(root: Any, *names: str) -> list[Any]:
    """Find the elements that bear a class, whatever its capitals."""
    classes = [(element, element.get("class", "").casefold().split()) for element in root.iter()]
    for name in names:
        found = [element for element, borne in classes if name in borne]
        if found:
            return found
    return []


def empty(elements: Iterable[Any]) -> None:
    """Take everything out of elements; the text behind them stays."""
    for element in elements:
        element.clear(keep_tail=True)


def lines_behind(root: Any, element: Any) -> list[str]:
    """Return the text that follows an element."""
    from lxml import etree

    etree.SubElement(element, "span").text = _MARK
    lines = "\n".join(paragraphs(root)).partition(_MARK)[2].split("\n")
    return [line for line in map(str.strip, lines) if line]


def paragraphs(element: Any) -> list[str]:
    """Return the text of an element as it is set, line by line."""
    from lxml import etree

    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if part.tag in _BLOCKS:
            pieces.append("\n")
        text = part.text if event == "start" else (part.tail if part is not element else None)
        # A line break in the source is only a blank.
        pieces.append((text or "").replace("\n", " ").replace("\r", " "))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def read_fragment(markup: str) -> tuple[str, list[str]]:
    """Turn a fragment of HTML into paragraphs, and return apart the captions of its pictures."""
    root = parse_markup(markup)
    if root is None:
        return " ".join(re.sub(r"<[^<>]*>", " ", markup).split()), []
    pictures = list(root.iter("figcaption"))
    captions = [" ".join(paragraphs(part)) for part in pictures]
    empty(pictures)
    return "\n\n".join(paragraphs(root)), [caption for caption in captions if caption]
