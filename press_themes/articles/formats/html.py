"""HTML pages: the article, its title, outlet and date, taken out by trafilatura and htmldate.

A fragment of HTML inside another format is turned into plain paragraphs here too.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from press_themes.articles.formats.html_articles import paragraphs
from press_themes.articles.formats.html_heads import (
    is_headline,
    outlet_beside,
    page_titles,
    pick_title,
    visible_date,
)
from press_themes.articles.formats.html_paragraphs import restore_paragraphs
from press_themes.articles.formats.records import Found, LeftOut, Record, Unusable

_DOCUMENT = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# Some pages are saved with styles and remarks in front of their document.
_IN_FRONT = re.compile(
    r"\A\s*(?:<!--.*?-->\s*|<(style|script|link|meta|noscript)\b[^>]*>(?:.*?</\1\s*>)?\s*)+(?=<)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_IN_FRONT = 400_000
_BLOCK = re.compile(
    r"<(?:p|div|article|section|h[1-6]|meta|title|br|span|table|ul|li|script|a)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|span|a|em|strong|b|i|blockquote|script|style|img|table)\b[^<>]*>",
    re.IGNORECASE,
)
# Longer than any tag whose text a reader sees.
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]{0,40})\s[^<>]{20000,}>")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPHS = (
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "tr",
    "section",
    "article",
)


def looks_like_html(text: str) -> bool:
    """Tell whether a text is an HTML page."""
    beginning = _document_in(text)[:8_000]
    return bool(_DOCUMENT.match(beginning)) or (
        beginning.lstrip().startswith("<") and len(_BLOCK.findall(beginning)) >= 3
    )


def read_html(text: str, latest: str) -> Found:
    """Read an HTML page."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # A null byte ends the document for the parser; it looks at each attribute for each other.
    text = _LONG_TAG.sub(r"<\1>", _document_in(text.replace("\0", "")))
    document: Any = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": latest,
        },
    )
    body = (document.text or "").strip() if document else ""
    if not body:
        cause, mend = (
            "no article could be found in the HTML",
            "save the whole page again or its text as .txt",
        )
        yield Unusable(0, "", cause, mend)
        return
    tree = _tree(text)
    found = body.split("\n")
    left: list[str] = []
    title, outlet, date = document.title, document.sitename, document.date
    if tree is not None:
        found, left = restore_paragraphs(tree, found)
        titles = page_titles(tree)
        if is_headline(titles, outlet):
            outlet = None
        title = pick_title(titles, outlet, body) or title
        lines = paragraphs(tree)
        outlet = outlet or outlet_beside(titles, title, lines)
        date = date or _visible_date(lines, title)
    yield Record(
        text="\n\n".join(found),
        title=title,
        date=date,
        outlet=outlet or None,
        url=document.url or None,
        language=document.language or None,
        date_basis="page",
        left_out=tuple(LeftOut("beside the article", text) for text in left),
    )


def _document_in(text: str) -> str:
    """Return a page without the styles and remarks in front of it."""
    match = _IN_FRONT.match(text[:_LONGEST_IN_FRONT])
    return text[match.end() :] if match else text


def _tree(text: str) -> Any:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    etree.strip_elements(
        tree, "script", "style", "noscript", "template", etree.Comment, etree.PI, with_tail=False
    )
    return tree


def _visible_date(lines: list[str], title: str | None) -> object:
    found = visible_date(lines, title, None)
    return (found.day or found.text) if found else None


def has_markup(text: str) -> bool:
    """Tell whether the text of a field holds HTML tags."""
    return "<" in text and len(_MARKUP.findall(text[:50_000])) >= 2


def without_markup(text: str) -> str:
    """Turn a fragment of HTML into plain paragraphs; scripts and styles go."""
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(text.replace("\0", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return re.sub(r"<[^<>]*>", " ", text)
    etree.strip_elements(tree, "script", "style", "noscript", etree.Comment, with_tail=False)
    for element in tree.iter(*_PARAGRAPHS):
        # The parser gives back characters that it does not take.
        element.tail = "\n\n" + _NO_TEXT.sub("", element.tail or "")
    return str(tree.text_content())
