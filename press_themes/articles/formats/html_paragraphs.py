"""Paragraphs of an HTML page that belong to its article and were not taken out with it.

Broken nesting makes an extractor drop what is text; whatever prose stays out is told.
"""

from __future__ import annotations

import re
from typing import Any

from press_themes.articles.lines import Line, same_text
from press_themes.articles.noise import line_kind

_BESIDE = re.compile(
    r"foot|nav|menu|side|aside|comment|related|promo|newsletter|share|social|caption|credit|cookie"
    r"|consent|banner|advert|\bads?\b|teaser|recommend|author|bio|subscri|signup|popup|modal|tags?\b"
)
_BESIDE_TAGS = frozenset(("nav", "aside", "footer", "header", "form", "figure", "figcaption", "li"))
_MOST_LINKED = 0.3


def restore_paragraphs(tree: Any, body: list[str]) -> tuple[list[str], list[str]]:
    """Put back the paragraphs that follow the body directly, outside its container.

    Parameters
    ----------
    tree : element
        The parsed page.
    body : list of str
        The paragraphs that were taken out.

    Returns
    -------
    tuple of list of str
        The body with what was put back, and the prose of the page that stays out.
    """
    taken = {same_text(text) for text in body}
    page = [(text, element) for element in tree.iter("p") if (text := _text(element))]
    last = None
    left: list[str] = []
    whole = list(body)
    for text, element in page:
        told = same_text(text)
        if told in taken:
            last = element if told == same_text(body[-1]) else last
        elif not _is_prose(text):
            last = None
        elif last is not None and _follows(last, element) and _is_text(text, element):
            whole.append(text)
            last = element
        elif not any(told in same_text(paragraph) for paragraph in body):
            last = None
            left.append(text)
    return whole, left


def _follows(last: Any, element: Any) -> bool:
    """Tell whether an element stands right behind the container that a paragraph closes."""
    before = element.getprevious()
    while before is not None and len(before) and before is not last:
        before = before[-1]
    return before is last


def _is_prose(text: str) -> bool:
    line = Line(1, text, True)
    return line.is_prose and line_kind(line) is None


def _is_text(text: str, element: Any) -> bool:
    linked = sum(len(_text(link)) for link in element.iter("a"))
    if linked > _MOST_LINKED * len(text):
        return False
    return not any(
        above.tag in _BESIDE_TAGS
        or _BESIDE.search(f"{above.get('class', '')} {above.get('id', '')}".casefold())
        for above in (element, *element.iterancestors())
        if isinstance(above.tag, str) and above.tag not in ("body", "html")
    )


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
