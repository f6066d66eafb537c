"""Factiva exports as HTML: a table of codes and values for each article, or its lines in order.

Both displays mark an article by a class that also names its language.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from press_themes.articles.formats.factiva_fields import (
    CODES,
    Fields,
    find_heads,
    is_number_line,
    make_factiva_record,
    read_by_place,
)
from press_themes.articles.formats.html_articles import (
    cut_at,
    decode_page,
    holds_markup,
    paragraphs,
    parse_markup,
    with_class,
)
from press_themes.articles.formats.records import Found, Unusable
from press_themes.articles.languages import language_code
from press_themes.errors import InputError

_OPENING = rb"""<div\b[^<>]{0,200}\bclass\s*=\s*["']?\s*article\s+([a-z]{2})(?:cn|tw)?Article\b"""
_LOOKS = re.compile(_OPENING)
_ARTICLE = re.compile(_OPENING.decode())
_MEND = "download it again from Factiva"


def looks_like_factiva_html(data: bytes) -> bool:
    """Tell whether a file is a page of Factiva."""
    return holds_markup(data, _LOOKS, b"article")


def read_factiva_html(data: bytes, path: Path) -> Found:
    """Read an HTML export of Factiva."""
    text = decode_page(data, path, _MEND)
    markups = cut_at(text, _ARTICLE)
    if not markups:
        raise InputError(path, "holds no article of Factiva", _MEND)
    for position, markup in enumerate(markups):
        root = parse_markup(markup)
        articles = [] if root is None else with_class(root, "article")
        if not articles:
            yield Unusable(position, f"article {position + 1}", "has no text", _MEND)
            continue
        opening = _ARTICLE.match(markup)
        language = language_code(opening[1]) if opening else None
        fields = _coded(articles[0]) or _placed(articles[0])
        yield make_factiva_record(fields, position, language)


def _coded(article: Any) -> dict[str, list[str]]:
    """Read the table of codes; empty if the article has none."""
    fields: dict[str, list[str]] = {}
    for row in article.iter("tr"):
        cells = row.findall("td")
        code = "".join(cells[0].text_content().split()) if len(cells) >= 2 else ""
        if code in CODES:
            fields.setdefault(code, []).extend(paragraphs(cells[1]))
    return fields


def _placed(article: Any) -> Fields:
    """Read the lines of a display without codes; headline and paragraphs are marked as such."""
    body = [
        part
        for part in article.iter("p")
        if part.get("class", "").casefold().startswith("articleparagraph")
    ]
    headline = [part for part in article.iter() if part.get("id") == "hd"]
    headline = headline or with_class(article, *_headline_classes(article))
    lines = paragraphs(article)
    heads = find_heads(lines)
    fields = read_by_place(lines, heads[0], 0) if heads else {}
    if headline:
        fields["HD"] = paragraphs(headline[0])
    if body:
        fields["TD"] = [line for part in body for line in paragraphs(part)]
        fields["AN"] = [line for line in lines if is_number_line(line)][-1:]
    told = {line for part in fields.values() for line in part}
    fields["ED"] = [line for line in lines if line not in told]
    return fields


def _headline_classes(article: Any) -> list[str]:
    found = {
        name
        for part in article.iter()
        for name in part.get("class", "").casefold().split()
        if re.fullmatch(r"[a-z]{2,5}headline", name)
    }
    return sorted(found)
