"""Europresse exports: HTML pages with many articles, in the layout of today and in the older one.

Today each article is an element with its parts named by class; in the older layout it is a cell of
a table in which the text follows the headline without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from press_themes.articles.dates import find_date
from press_themes.articles.formats.export_remains import name_left_out
from press_themes.articles.formats.html_articles import (
    cut_at,
    decode_page,
    empty,
    holds_markup,
    lines_behind,
    paragraphs,
    parse_markup,
    with_class,
)
from press_themes.articles.formats.records import Found, LeftOut, Record, Unusable
from press_themes.articles.header import is_byline
from press_themes.articles.lines import Line
from press_themes.articles.text_repair import repair_text
from press_themes.errors import InputError
from press_themes.folding import fold

_OUTLET_CLASS = (
    rb"""<\w+[^<>]{0,200}\bclass\s*=\s*["']?[^"'<>]{0,100}\bDocPublicationName(?![\w-])"""
)
_LOOKS = re.compile(_OUTLET_CLASS, re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_OLD_ARTICLE = re.compile(_OUTLET_CLASS.decode(), re.IGNORECASE)
_CELL = re.compile(r"</?t[dr]\b", re.IGNORECASE)
_HEAD_CLASS = re.compile(r"\b(?:DocHeader|titreArticleVisu)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"\b[a-z]+·((?:1[89]|20)\d\d)(\d\d)(\d\d)·\w+·\S+")
_ISSUE = re.compile(r"\s*[,;]\s*(?:no\b\.?|n[°º]|nr\.|numéro|issue)\s.*$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:copyright|©|\(c\))", re.IGNORECASE)
# Europresse names what comes with a text in lines such as "Illustration(s) :".
_ATTACHMENT = re.compile(r"^(?:illustration|photo|encadré|note|graphique)\(s\)\s*:$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:article est paru dans|article appeared in|artículo apareció en)\b")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_BESIDE = (
    "rdp__attachnews", "imageattach", "imageattachfont", "doc-legalinfo", "rdp__certificat",
    "apd-wrapper", "icon-logo-container", "entitylist", "divpublic",
)  # fmt: skip
_PICTURES = ("illustration", "photo", "graphique")
_MEND = "download it again from Europresse"


@dataclass
class _Parts:
    """What the markup of one article holds, as it stands."""

    outlet: str = ""
    heads: tuple[str, ...] = ()
    title: str = ""
    strapline: str = ""
    body: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    url: str | None = None
    identifier: str | None = None


def looks_like_europresse(data: bytes) -> bool:
    """Tell whether a file is a page of Europresse."""
    return holds_markup(data, _LOOKS, b"docpublicationname")


def read_europresse(data: bytes, path: Path) -> Found:
    """Read an export of Europresse."""
    text = decode_page(data, path, _MEND)
    articles, cells = cut_at(text, _ARTICLE), list(_cells(text))
    if not cells:
        raise InputError(path, "holds no article of Europresse", _MEND)
    read = _read_article if articles else _read_cell
    for position, markup in enumerate(articles or cells):
        parts = read(markup)
        place = f"article {position + 1}"
        body = _without_attachments(parts.body)
        if not body:
            yield Unusable(position, place, "has no text", _MEND)
            continue
        record = Record(
            text="\n\n".join(body),
            position=position,
            title=parts.title or None,
            strapline=parts.strapline or None,
            date=_date(parts),
            outlet=_ISSUE.sub("", parts.outlet).strip(" ,;") or None,
            url=parts.url,
            place=place,
        )
        yield replace(record, left_out=_left_out(parts.lines, record))


def _read_article(markup: str) -> _Parts:
    """Read one article of today's layout."""
    root = parse_markup(markup)
    articles = [] if root is None else list(root.iter("article"))
    if not articles:
        return _Parts()
    article = articles[0]
    parts = _Parts(
        outlet=_outlet(article),
        heads=_texts(with_class(article, "docheader")) or _texts(article.iter("header")),
        identifier=_identifier(article),
        lines=tuple(paragraphs(article)),
    )
    titles = with_class(article, "rdp__articletitle", "titrearticlevisu", "titrearticle")
    parts.title = " ".join(paragraphs(titles[0])) if titles else ""
    group = with_class(article, "titrearticle")
    below = with_class(group[0], "rdp__subtitle", "sm-margin-bottomnews") if group else []
    parts.strapline = " ".join(_texts(below[:1]))
    empty(part for part in list(article.iter()) if _is_beside(part))
    containers = with_class(article, "dococurrcontainer", "doctext") or list(
        article.iter("section")
    )
    lines = [line for container in containers for line in paragraphs(container)]
    parts.url = next(
        (link.get("href") for link in article.iter("a") if _ELSEWHERE.search(link.text_content())),
        None,
    )
    parts.body = tuple(line for line in lines if not (parts.url and _ELSEWHERE.search(line)))
    return parts


def _is_beside(part: Any) -> bool:
    """Tell whether a part of an article is a picture, a certificate or a list of its subjects."""
    named = {*part.get("class", "").casefold().split(), part.get("id", "").casefold()}
    return part.tag in ("aside", "footer") or not named.isdisjoint(_BESIDE)


def _cells(text: str) -> Iterator[str]:
    """Yield the articles of the older layout, each from the name of its outlet on."""
    held = ""
    for markup in cut_at(text, _OLD_ARTICLE):
        # The name of an outlet may be set in two pieces, one behind the other in one cell.
        if not _CELL.search(markup) and not _HEAD_CLASS.search(markup) and len(markup) < 400:
            held += markup
            continue
        yield held + markup
        held = ""
    if held:
        yield held


def _read_cell(markup: str) -> _Parts:
    """Read one article of the older layout."""
    root = parse_markup(markup)
    inside = parse_markup(re.split(r"</td\b", markup, maxsplit=1, flags=re.IGNORECASE)[0])
    if root is None or inside is None:
        return _Parts()
    outlets, heads = with_class(inside, "docpublicationname"), with_class(inside, "docheader")
    titles = with_class(inside, "titrearticlevisu")
    opening = titles[:1] or heads[-1:] or outlets[-1:]
    if not opening:
        return _Parts()
    parts = _Parts(
        outlet=_outlet(inside),
        heads=(" ".join(_texts(heads)),),
        title=" ".join(_texts(titles[:1])),
        identifier=_identifier(root),
        lines=tuple(paragraphs(root)),
    )
    lines = lines_behind(inside, opening[0])
    end = next((i for i, line in enumerate(lines) if _IDENTIFIER.search(line)), len(lines))
    lines = lines[:end]
    # The writer stands below the headline, the holder of the rights in one of the last lines.
    if lines and is_byline(Line(1, lines[0].replace(",", ""), True)):
        lines = lines[1:]
    start = max(0, len(lines) - 4)
    parts.body = tuple(
        line
        for index, line in enumerate(lines)
        if index < start or len(line) > 200 or not _COPYRIGHT.match(line)
    )
    return parts


def _outlet(root: Any) -> str:
    """Return the name of the outlet; the edition stands on a line of its own below it."""
    named = with_class(root, "docpublicationname")
    lines = named[0].text_content().strip().splitlines() if named else []
    return " ".join(lines[0].split()) if lines else ""


def _texts(elements: Any) -> tuple[str, ...]:
    return tuple(" ".join(paragraphs(element)) for element in elements)


def _identifier(root: Any) -> str | None:
    """Return the day that the number of the document bears, as ``2026-02-05``."""
    match = _IDENTIFIER.search(repair_text(root.text_content()))
    return "-".join(match.groups()) if match else None


def _date(parts: _Parts) -> str | None:
    """Return the date of the head, or of the document's number where the head leaves it open."""
    for head in parts.heads:
        found = find_date(fold(repair_text(head)), None)
        if found and found.day:
            return found.day.isoformat()
    if parts.identifier:
        return parts.identifier
    return next((head for head in parts.heads if _YEAR.search(head)), None)


def _without_attachments(lines: tuple[str, ...]) -> list[str]:
    """Leave out the captions of pictures and the lines that announce what comes with a text."""
    kept, in_captions = [], False
    for line in lines:
        if _ATTACHMENT.match(line):
            in_captions = line.casefold().startswith(_PICTURES)
            continue
        in_captions = in_captions and not Line(1, line, True).is_prose
        if not in_captions:
            kept.append(line)
    return kept


def _left_out(lines: tuple[str, ...], record: Record) -> tuple[LeftOut, ...]:
    """Name what Europresse holds beside a text: heads, pictures, certificates, index terms."""
    named = []
    kind = "header line"
    opening = record.text.split("\n\n", 1)[0]
    for line in lines:
        if line == opening or _IDENTIFIER.search(line):
            kind = "classification"
        named.append(LeftOut(kind, line))
        if _ATTACHMENT.match(line):
            kind = "caption" if line.casefold().startswith(_PICTURES) else kind
        elif kind == "caption" and Line(1, line, True).is_prose:
            kind = "classification"
    return name_left_out(named, record)
