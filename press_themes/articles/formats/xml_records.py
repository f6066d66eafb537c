"""XML and SGML of any kind, read by shape: what repeats and holds texts is an article.

NITF, NewsML-G2, TEI, ParlaMint, Factiva's and Reuters' collections and the XML of unknown programs
pass through here; elements and attributes become the columns of a row.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from press_themes.articles.formats.records import Found
from press_themes.articles.formats.safe_xml import parse_xml
from press_themes.articles.formats.table_rows import Row, read_rows_as_records
from press_themes.articles.lines import Line
from press_themes.articles.vocabulary import field_names, fold_name
from press_themes.errors import InputError

_PROLOG = re.compile(
    r"\A\ufeff?\s*(<\?xml\b[^>]*\?>)?(?:\s|<!--.*?-->|<\?[^>]*>|<!DOCTYPE\b[^>\[]*(?:\[[^\]]*\])?\s*>)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)(?=[\s/>])")
_PAGE = re.compile(
    r"html|head|body|div|p|span|a|article|section|main|header|footer|nav|aside|table|tbody|tr|td|ul|"
    r"ol|li|dl|h\d|script|style|link|meta|title|br|hr|img|form|figure|blockquote|center|font|b|i|u|"
    r"em|strong|iframe|noscript|pre"
)
# Parts of a text, however often they repeat; sections of one are articles only if they say so.
_PARTS = re.compile(r"p|s|seg|ab|lg?|w|pc|para(graph)?|line|sentence|note|quote", re.IGNORECASE)
_SECTIONS = re.compile(r"div\d?|sec(tion)?|chapter", re.IGNORECASE)
_ARTICLE_KIND = re.compile(r"articl|news|item|story|notice|depeche|report", re.IGNORECASE)
_LEAST, _LEAST_BARE = 40, 200
_MOST_OF_IT = 0.75
_SAMPLE = 20
_LONGEST_FIELD = 600
_WORDS, _LONGEST_WORD = 10, 25


def looks_like_xml(text: str) -> bool:
    """Tell whether a text is XML or SGML and no web page."""
    prolog = _PROLOG.match(text[:20_000])
    root = _ROOT.match(text, prolog.end()) if prolog else None
    if root is None or prolog is None:
        return False
    name = root[1].rpartition(":")[2].casefold()
    return (
        name != "html" and (bool(prolog[1]) or not _PAGE.fullmatch(name)) and f"</{root[1]}" in text
    )


def read_xml(text: str, path: Path) -> Found:
    """Read a document of XML or SGML."""
    root = parse_xml(text)
    several = re.match(r"\s*<!DOCTYPE|\s*<", text) and (
        root is None or not len(root) or _stops_early(root, text)
    )
    if several:
        root = parse_xml(text, wrap=True)
    if root is None:
        raise InputError(path, "is damaged XML", "export it again")
    records = _find_records(root)
    outside = _outside(root, records) if records != [root] else {}
    rows = (
        Row(f"article {i}", _of_the_source(outside | _row(part)))
        for i, part in enumerate(records, start=1)
    )
    try:
        yield from read_rows_as_records(rows, path)
    except InputError as error:
        if error.cause.startswith("no column"):
            name = _name(root) if _name(root) != "collection" or not several else _name(root[0])
            cause = f"is XML of a kind in which no article can be told (<{name[:40]}>)"
            raise InputError(path, cause, "export it as .csv or .html") from error
        raise


def _stops_early(root: Any, text: str) -> bool:
    """Tell whether something stands behind the first root, as in SGML collections."""
    close = f"</{root.tag}>" if isinstance(root.tag, str) and "}" not in root.tag else ""
    return (
        bool(close)
        and text.count(close) > 1
        and text.find(close) < text.rfind(close)
        and not any(part.tag == root.tag for part in root.iterdescendants())
    )


def _name(part: Any) -> str:
    return part.tag.rpartition("}")[2].replace(".", "_") if isinstance(part.tag, str) else ""


def _field(part: Any) -> str | None:
    return field_names().get(fold_name(_name(part)))


def _length(part: Any) -> int:
    return sum(len(text.strip()) for text in part.itertext())


def _has_own_text(part: Any) -> bool:
    return bool((part.text or "").strip() or any((child.tail or "").strip() for child in part))


def _find_records(root: Any) -> list[Any]:
    """Find the elements that are articles: of one path, each with a text and a title or a date."""
    by_path: dict[tuple[str, ...], list[Any]] = {}
    paths: dict[Any, tuple[str, ...]] = {}
    for part in root.iter():
        above = paths.get(part.getparent(), ())
        paths[part] = (*above, _name(part)) if len(above) < 30 else above
        by_path.setdefault(paths[part], []).append(part)
    whole = _length(root)
    for path, parts in sorted(by_path.items(), key=lambda found: len(found[0])):
        if len(parts) < 2 or _PARTS.fullmatch(path[-1]) or not _are_articles(parts):
            continue
        if sum(map(_length, parts)) * 2 >= whole:
            return parts
    return [root]


def _are_articles(parts: list[Any]) -> bool:
    sample = parts[:_SAMPLE]
    good = 0
    for part in sample:
        inner = {
            _field(child)
            for child in part.iterdescendants()
            if len(child) or child.text or child.attrib
        }
        inner |= {field_names().get(fold_name(_local(key))) for key in part.attrib}
        told = bool(inner & {"title", "date"})
        if _SECTIONS.fullmatch(_name(part)):
            told = told and bool(
                _ARTICLE_KIND.search(" ".join(part.attrib.values())) or "date" in inner
            )
        bare = bool(part.attrib) and _length(part) >= _LEAST_BARE
        good += _length(part) >= (_LEAST if told else _LEAST_BARE) and (told or bare)
    return good * 5 >= len(sample) * 3


def _row(record: Any) -> dict[str, Any]:
    """Return the texts, leaves and attributes of a record by their paths."""
    containers = _text_containers(record)
    row: dict[str, Any] = {}
    if containers:
        row["text"] = [line for part in containers for line in _paragraphs(part)]
    _add_leaves(record, "", row, set(containers))
    return row


def _text_containers(record: Any) -> list[Any]:
    """Find the elements that hold the text: those named so, else where most of the words are."""
    named: list[Any] = []
    for part in record.iterdescendants():
        inside = any(above in named for above in part.iterancestors())
        if _field(part) == "text" and not inside and _words(part) >= _LEAST:
            named.append(part)
    # A short <content> beside a long one is a description.
    longest = max(map(_words, named), default=0)
    found = [part for part in named if _words(part) * 4 >= longest] or [record]
    found = [_narrowed(part) for part in found]
    return found if max(map(_words, found)) >= _LEAST else []


def _words(part: Any) -> int:
    return sum(map(len, _paragraphs(part)))


def _narrowed(part: Any) -> Any:
    """Go down to the element that holds most of the words, past what surrounds it."""
    while not _has_own_text(part) and len(part):
        whole = _words(part)
        best = max(part, key=_words)
        beside = any(_words(child) for child in part if child is not best and not _is_field(child))
        if beside and (_has_own_text(best) or not len(best)):
            # One long paragraph among others.
            return part
        if _words(best) < _MOST_OF_IT * whole or _is_field(best) or not whole:
            return part
        part = best
    return part


def _is_field(part: Any) -> bool:
    """Tell whether an element is a field of its own and no words inside a sentence."""
    if _field(part) in (None, "text") and fold_name(_name(part)) not in ("dateline", "location"):
        return False
    above = part.getparent()
    return (above is None or not _has_own_text(above)) and _length(part) <= _LONGEST_FIELD


def _paragraphs(part: Any) -> list[str]:
    if not isinstance(part.tag, str):
        return []
    leaves = [child for child in part if not len(child)]
    are_words = len(leaves) == len(part) >= _WORDS and (
        sum(len(child.text or "") for child in leaves) <= _LONGEST_WORD * len(leaves)
    )
    if _has_own_text(part) or not len(part) or are_words:
        between = " " if are_words else ""
        blocks = re.split(r"\n[ \t\r]*\n|\n {3,}(?=\S)", between.join(part.itertext()))
        return [line for block in blocks for line in _without_sign_off(block)]
    return [line for child in part if not _is_field(child) for line in _paragraphs(child)]


def _without_sign_off(block: str) -> list[str]:
    """Return a paragraph in one line, and apart from it the name that signs it on a line below."""
    lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
    if len(lines) > 1 and Line(1, lines[-2], False).ends_sentence:
        last = Line(1, lines[-1], False)
        if last.words <= 3 and not last.ends_sentence:
            return [" ".join(lines[:-1])]
    return [" ".join(lines)] if lines else []


def _add_leaves(part: Any, path: str, row: dict[str, Any], texts: set[Any]) -> None:
    """Add the attributes and the leaves outside the texts, with what repeats in a list."""
    if part in texts and path:
        return
    for key, value in part.attrib.items():
        _append(row, f"{path}{_local(key)}", value)
    for child in part:
        if not isinstance(child.tag, str) or child in texts:
            continue
        if part in texts and _PARTS.fullmatch(_name(child)):
            continue
        name = f"{path}{_name(child)}"
        if not len(child) or _has_own_text(child):
            _append(row, name, " ".join("".join(child.itertext()).split()))
            for key, value in child.attrib.items():
                _append(row, f"{name}.{_local(key)}", value)
        else:
            _add_leaves(child, f"{name}.", row, texts)


def _of_the_source(row: dict[str, Any]) -> dict[str, Any]:
    """Let the day on which a source appeared stand before that of its electronic edition (TEI)."""
    days = [name for name in row if _named(name) == "date"]
    if not any(".sourceDesc." in name for name in days):
        return row
    return {
        "edition" if name in days and ".publicationStmt." in name else name: value
        for name, value in row.items()
    }


def _append(row: dict[str, Any], name: str, value: str) -> None:
    if value.strip():
        row.setdefault(name, [])
        if value not in row[name]:
            row[name].append(value.strip())


def _local(key: str) -> str:
    return key.rpartition("}")[2].replace(".", "_")


def _outside(root: Any, records: list[Any]) -> dict[str, Any]:
    """Return what a collection states of all its articles: day, outlet, language, and the rest."""
    inside = set(records)
    row: dict[str, Any] = {}
    _add_leaves(root, "", row, inside)
    known = ("date", "outlet", "language")
    return {
        name if _named(name) in known else fold_name(f"collection {name}"): value
        for name, value in row.items()
    }


def _named(name: str) -> str | None:
    """Return the field that the last part of a path names, or the one before an attribute's."""
    parts = name.removesuffix(".when").split(".")
    return field_names().get(fold_name(parts[-1]))
