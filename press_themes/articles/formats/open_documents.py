"""OpenDocument texts (ODT) and electronic books (EPUB): archives of XML.

A text is one article; a book, as newspapers are sent to readers, is one for each of its chapters.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from press_themes.articles.formats.archives import holds_part, open_archive, unpack
from press_themes.articles.formats.html_articles import paragraphs, parse_markup
from press_themes.articles.formats.opening import read_opening, sound_title
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.formats.safe_xml import parse_xml
from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

_CONTENT, _META, _CONTAINER = "content.xml", "meta.xml", "META-INF/container.xml"
_KINDS = {"presentation": "presentation", "spreadsheet": "spreadsheet", "graphics": "drawing"}
_NOT_SHOWN = ("annotation", "note", "tracked-changes", "deletion", "sequence-decls", "forms")
_HEADINGS = ("h1", "h2", "h3")
_LEAST_CHAPTER = 200


def looks_like_open_document(data: bytes) -> bool:
    """Tell whether bytes are an OpenDocument file."""
    return holds_part(data, "META-INF/manifest.xml") and holds_part(data, _CONTENT)


def looks_like_epub(data: bytes) -> bool:
    """Tell whether bytes are an electronic book."""
    return holds_part(data, _CONTAINER)


def read_open_document(data: bytes, path: Path) -> Found:
    """Read an OpenDocument text."""
    with open_archive(data, path) as archive:
        kind = _part(archive, "mimetype", path).decode("ascii", "replace")
        for mark, name in _KINDS.items():
            if mark in kind:
                raise InputError(
                    path, f"is an OpenDocument {name}", "save it as .odt, .xlsx or .csv"
                )
        root = _parse(archive, _CONTENT, path)
        meta = _parse(archive, _META, path) if _META in archive.namelist() else None
    styles = {
        style.get(_qualified(style, "name")): style.get(_qualified(style, "parent-style-name"), "")
        for style in _named(root, "style")
    }
    shown = list(_shown(next(iter(_named(root, "text")), root)))
    told = [(_style(part, styles), text) for part in shown if (text := _text(part))]
    if not told:
        raise InputError(path, "is a text without words", "fill it or remove it")
    title = next((text for style, text in told if style == "title"), None)
    strapline = next((text for style, text in told if style == "subtitle"), None)
    body = [text for _, text in told if text not in (title, strapline)]
    first_heading = next((text for style, text in told[:2] if style == "heading"), None)
    stored = sound_title(_value(meta, "title")) if meta is not None else None
    opening = read_opening(body, title or first_heading or stored)
    if not opening.paragraphs:
        raise InputError(path, "holds a title and no text", "add the article's text")
    yield Record(
        text="\n\n".join(opening.paragraphs),
        title=opening.title,
        strapline=strapline,
        date=opening.date,
        outlet=opening.outlet,
        language=_value(meta, "language") if meta is not None else None,
        date_basis="page",
    )


def read_epub(data: bytes, path: Path) -> Found:
    """Read the chapters of an electronic book."""
    with open_archive(data, path) as archive:
        container = _parse(archive, _CONTAINER, path)
        name = next((part.get("full-path", "") for part in _named(container, "rootfile")), "")
        package = _parse(archive, name, path)
        files = {item.get("id"): item.get("href", "") for item in _named(package, "item")}
        order = [files.get(part.get("idref"), "") for part in _named(package, "itemref")]
        chapters = [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href)))
            for href in order
            if href
        ]
        book = {
            field: _value(package, field) for field in ("title", "date", "language", "publisher")
        }
        given = 0
        for position, chapter in enumerate(chapters):
            found = _chapter(archive, chapter, position, book, path)
            given += isinstance(found, Record)
            yield found
    if not given:
        raise InputError(path, "is an electronic book without text", "export its text")


def _chapter(
    archive: zipfile.ZipFile, name: str, position: int, book: dict[str, str | None], path: Path
) -> Record | Unusable:
    place = f"chapter {position + 1}"
    try:
        root: Any = parse_markup(decode(_part(archive, name, path)))
    except (InputError, ValueError):
        return Unusable(position, place, f"is missing ({name[:80]})", "export the book again")
    headings = list(root.iter(*_HEADINGS)) if root is not None else []
    title = " ".join(paragraphs(headings[0])) if headings else None
    lines = paragraphs(root) if root is not None else []
    if sum(map(len, lines)) < _LEAST_CHAPTER:
        return Unusable(position, place, "is a cover or a list of contents", "nothing is lost")
    opening = read_opening(lines, title)
    return Record(
        text="\n\n".join(opening.paragraphs),
        position=position,
        place=place,
        title=opening.title,
        date=opening.date or book["date"],
        outlet=opening.outlet or book["publisher"],
        language=book["language"],
        groups={"book": book["title"]} if book["title"] else {},
        date_basis="page" if opening.date else "field",
    )


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        return unpack(archive, archive.getinfo(name))
    except KeyError as error:
        raise InputError(path, f"lacks its part {name[:80]}", "save it again") from error
    except ValueError as error:
        raise InputError(path, str(error), "save it again") from error


def _parse(archive: zipfile.ZipFile, name: str, path: Path) -> Any:
    root = parse_xml(_part(archive, name, path))
    if root is None:
        raise InputError(path, f"is damaged in its part {name[:80]}", "save it again")
    return root


def _local(part: Any) -> str:
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""


def _named(root: Any, *names: str) -> Iterator[Any]:
    return (part for part in root.iter() if _local(part) in names)


def _qualified(part: Any, name: str) -> str:
    return next((key for key in part.attrib if key.rpartition("}")[2] == name), name)


def _value(root: Any, name: str) -> str | None:
    values = (" ".join("".join(part.itertext()).split()) for part in _named(root, name))
    return next(filter(None, values), None)


def _shown(part: Any) -> Iterator[Any]:
    """Yield the headings and paragraphs that a reader sees, in order."""
    for child in part:
        if _local(child) in _NOT_SHOWN:
            continue
        if _local(child) in ("h", "p"):
            yield child
        yield from _shown(child)


def _text(part: Any) -> str:
    return " ".join("".join(_pieces(part)).split(" ")).strip()


def _pieces(part: Any) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        kind = _local(child)
        if kind in ("s", "tab"):
            yield " "
        elif kind == "line-break":
            yield "\n"
        elif kind not in (*_NOT_SHOWN, "p", "h", "text-box", "frame"):
            yield from _pieces(child)
        yield child.tail or ""


def _style(part: Any, styles: dict[str, str]) -> str:
    name = part.get(_qualified(part, "style-name"), "")
    named = f"{name} {styles.get(name, '')}".casefold().replace("_20_", " ")
    if "subtitle" in named or "title" in named.split():
        return "subtitle" if "subtitle" in named else "title"
    return "heading" if _local(part) == "h" or "heading" in named else ""
