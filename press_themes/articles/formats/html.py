"""HTML pages: the article, its title, outlet and date, taken out by trafilatura and htmldate.

A fragment of HTML inside another format is turned into plain paragraphs here too.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from press_themes.articles.formats.records import Found, Record, Unusable

_DOCUMENT = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
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
    beginning = text[:8_000]
    return bool(_DOCUMENT.match(beginning)) or (
        beginning.lstrip().startswith("<") and len(_BLOCK.findall(beginning)) >= 3
    )


def read_html(text: str, latest: str) -> Found:
    """Read an HTML page."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    document: Any = trafilatura.bare_extraction(
        # A null byte ends the document for the parser; it looks at each attribute for each other.
        _LONG_TAG.sub(r"<\1>", text.replace("\0", "")),
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
    yield Record(
        text=body.replace("\n", "\n\n"),
        title=_without_site(document.title, document.sitename),
        date=document.date,
        outlet=document.sitename or None,
        url=document.url or None,
        language=document.language or None,
        date_basis="page",
    )


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


def _without_site(title: str | None, site: str | None) -> str | None:
    """Remove the name of the site that browsers show behind a headline."""
    if not title:
        return None
    if site:
        title = re.sub(rf"\s+[|–—-]\s+{re.escape(site)}\s*$", "", title, flags=re.IGNORECASE)
    return title.strip() or None
