"""Nexis exports as DOCX or RTF: a cover that lists them, then articles, each closed by a line.

The labels that part head, body and classification are written in the language of the account.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from press_themes.articles.dates import find_date
from press_themes.articles.formats.archives import (
    looks_packed,
    open_archive,
    repack_office,
    unpack,
)
from press_themes.articles.formats.export_remains import name_left_out
from press_themes.articles.formats.nexis_labels import (
    ENDS,
    Label,
    find_label,
    is_end,
    label_value,
    looks_like_end,
)
from press_themes.articles.formats.records import Found, LeftOut, Record, Unusable
from press_themes.articles.formats.rtf_text import MARK, rtf_text
from press_themes.articles.formats.wrapping import unwrap
from press_themes.articles.text_repair import repair_text
from press_themes.errors import InputError
from press_themes.folding import fold

_DOCUMENT = "word/document.xml"
_ENTRY = re.compile(r"^\s*\d{1,4}[.)]\s+(?P<title>\S.*)$")
_RIGHTS = re.compile(
    r"^(?:copyright|©|\(c\)|all rights reserved|tous droits|alle rechte|todos los derechos)",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"\s+[-–]\s+|[;,(/]")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# What stands on a labelled line and below it.
_KINDS = {
    Label.GRAPHIC: "caption",
    Label.LOADED: "classification",
    Label.CLASSIFICATION: "classification",
}
_HEAD_ABOVE_LENGTH = 10
_LONGEST_DATE = 80
_MEND = "download it again from Nexis"


def looks_like_nexis(data: bytes) -> bool:
    """Tell whether a file is a Word or RTF export of Nexis."""
    try:
        if looks_packed(data):
            with open_archive(data, Path()) as archive:
                markup = unpack(archive, archive.getinfo(_DOCUMENT)).decode("utf-8", "replace")
            text = re.sub(r"<[^<>]*>", "", re.sub(r"</w:p>|<w:br/>", "\n", markup))
            lines = text.replace("&#160;", " ").split("\n")
        elif data[:200].lstrip().startswith(MARK) and looks_like_end(data):
            lines = rtf_text(data, Path()).split("\n")
        else:
            return False
    except Exception:
        # What cannot be opened is no export of Nexis; another format says what is wrong with it.
        return False
    return _are_of_nexis(lines)


def looks_like_nexis_text(text: str) -> bool:
    """Tell whether a text is an export of Nexis, or a copy of one."""
    folded = text.casefold()
    return any(end in folded for end in ENDS) and _are_of_nexis(text.split("\n"))


def read_nexis(data: bytes, path: Path) -> Found:
    """Read a Word or RTF export of Nexis."""
    texts = _paragraphs(data, path) if looks_packed(data) else rtf_text(data, path).split("\n")
    yield from _read_lines(texts, path)


def read_nexis_text(text: str, path: Path) -> Found:
    """Read an export of Nexis that was saved or copied as text."""
    yield from _read_lines(unwrap(text.split("\n")), path)


def _are_of_nexis(lines: Sequence[str]) -> bool:
    return any(map(is_end, lines)) and any(find_label(line) is Label.LENGTH for line in lines)


def _read_lines(texts: Sequence[str], path: Path) -> Found:
    lines = _plain_lines(texts)
    articles = list(_articles(lines))
    if not articles:
        raise InputError(path, "holds no article of Nexis", _MEND)
    beside = (Counter(lines) - Counter(chain.from_iterable(articles))).elements()
    cover = tuple(LeftOut("cover", line) for line in beside if not is_end(line))
    for position, article in enumerate(articles):
        record = _make_record(article, position)
        if isinstance(record, Record) and cover:
            record, cover = replace(record, left_out=cover + record.left_out), ()
        yield record


def _plain_lines(texts: Sequence[str]) -> list[str]:
    lines = (" ".join(repair_text(line).split()) for text in texts for line in text.split("\n"))
    return [line for line in lines if line]


def _paragraphs(data: bytes, path: Path) -> list[str]:
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    safe = repack_office(data, path, "Word")
    try:
        document: Any = docx.Document(safe)
        return [Paragraph(p, document).text for p in document.element.body.iter(qn("w:p"))]
    except Exception as error:
        # python-docx has no error of its own for most of what can be wrong with a file.
        cause, mend = "is a damaged Word file", "open it in Word and save it again"
        raise InputError(path, cause, mend) from error


def _articles(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each article, headline first; the cover is left out."""
    ends = [index for index, line in enumerate(lines) if is_end(line)]
    titles = _listed_titles(lines)
    begin = 0
    for end in [*ends, len(lines)]:
        segment = list(lines[begin:end])
        anchors = _anchors(segment)
        starts = [_start(segment, anchor, titles if begin == 0 else None) for anchor in anchors[1:]]
        first = _start(segment, anchors[0], titles) if anchors and begin == 0 else 0
        bounds = [first, *starts, len(segment)]
        # What follows the last end is the record of the search, unless an article was cut off.
        if anchors or end < len(lines):
            for start, close in pairwise(bounds):
                yield segment[start:close]
        begin = end + 1


def _anchors(segment: Sequence[str]) -> list[int]:
    """Return the lines that state a length; if there is none, the line that opens the body."""
    labels = [find_label(line) for line in segment]
    found = [i for i, label in enumerate(labels) if label is Label.LENGTH]
    if not found:
        return [i for i, label in enumerate(labels) if label is Label.BODY][:1]
    return found[:1] + [
        anchor
        for above, anchor in pairwise(found)
        if any(map(_is_date, segment[max(above + 1, anchor - _HEAD_ABOVE_LENGTH) : anchor]))
    ]


def _listed_titles(lines: Sequence[str]) -> set[str]:
    """Return the folded headlines that the cover lists."""
    first = next((i for i, line in enumerate(lines) if is_end(line)), len(lines))
    entries = (_ENTRY.match(line) for line in lines[:first])
    return {fold(entry["title"]) for entry in entries if entry}


def _start(segment: Sequence[str], anchor: int, titles: set[str] | None) -> int:
    """Find the headline above a stated length: above the outlet, which is above the date."""
    above = range(anchor - 1, max(-1, anchor - 1 - _HEAD_ABOVE_LENGTH), -1)
    for index in above if titles else ():
        if fold(segment[index]) in (titles or ()):
            return index
    date = next((i for i in above if _is_date(segment[i])), None)
    return max(0, anchor - 3 if date is None else date - 2)


def _make_record(lines: Sequence[str], position: int) -> Record | Unusable:
    place = f"article {position + 1}"
    labels = [find_label(line) for line in lines]
    head_end, body = _body(lines, labels)
    if not body:
        return Unusable(position, place, "has no text that Nexis marks as such", _MEND)
    title, outlet, date = _head(lines[:head_end])
    language = _stated(lines, labels, Label.LANGUAGE)
    record = Record(
        text="\n\n".join(body),
        position=position,
        title=title,
        strapline=_stated(lines[:head_end], labels, Label.HIGHLIGHT),
        date=date,
        outlet=outlet,
        language=_VARIANT.split(language)[0].strip() if language else None,
        place=place,
    )
    return replace(record, left_out=_left_out(lines, labels, record))


def _left_out(
    lines: Sequence[str], labels: Sequence[Label | None], record: Record
) -> tuple[LeftOut, ...]:
    """Name the lines that went into no column, by the label that stands on or above them."""
    named = []
    kind = "header line"
    for line, label in zip(lines, labels, strict=True):
        kind = _KINDS.get(label, kind) if label else kind
        if label is not Label.HIGHLIGHT or record.strapline is None:
            named.append(LeftOut(kind, line))
    return name_left_out(named, record)


def _body(lines: Sequence[str], labels: Sequence[Label | None]) -> tuple[int, list[str]]:
    """Return where the head ends, and the lines of the body."""
    if Label.BODY in labels:
        head_end = labels.index(Label.BODY)
        start = head_end + 1
    elif Label.LENGTH in labels:
        # Without the line that opens the body it follows the last label of the head.
        start = labels.index(Label.LENGTH) + 1
        while start < len(lines) and labels[start] in (Label.HEAD, Label.HIGHLIGHT):
            start += 1
        head_end = start
    else:
        return 0, []
    closing = (Label.LOADED, Label.CLASSIFICATION, Label.LANGUAGE)
    end = next((i for i in range(start, len(lines)) if labels[i] in closing), len(lines))
    if end < len(lines):
        pictures = (i for i in range(start, end) if labels[i] is Label.GRAPHIC)
        end = next(pictures, end)
    return head_end, list(lines[start:end])


def _head(lines: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Return headline, outlet and date."""
    stop = next(
        (i for i, line in enumerate(lines) if i and (find_label(line) or _RIGHTS.match(line))),
        len(lines),
    )
    head = list(lines[:stop])
    date = next((i for i in range(len(head) - 1, 0, -1) if _is_date(head[i])), None)
    if date is None:
        # A month or a year alone is no day, but the reader is to hear of it.
        date = next((i for i in range(2, len(head)) if _YEAR.search(head[i])), None)
    if date is None:
        return _at(head, 0), _at(head, 1), None
    if date == 1:
        return head[0], _at(head, 2), head[1]
    return " ".join(head[: date - 1]), head[date - 1], head[date]


def _at(lines: Sequence[str], index: int) -> str | None:
    return lines[index] if index < len(lines) else None


def _stated(lines: Sequence[str], labels: Sequence[Label | None], wanted: Label) -> str | None:
    return next(
        (label_value(line) for line, label in zip(lines, labels, strict=False) if label is wanted),
        None,
    )


def _is_date(line: str) -> bool:
    if len(line) > _LONGEST_DATE or find_label(line):
        return False
    found = find_date(fold(line), True)
    return bool(found and found.day)
