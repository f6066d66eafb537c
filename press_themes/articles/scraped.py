"""A scraped page of text split into its articles, with everything peeled off that is not article.

Headlines, repeated headlines and straplines get their own place; whatever else is removed is
listed with its kind.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from press_themes.articles.boxes import label_boxes
from press_themes.articles.date_lines import DateLine, read_date_line, read_leading_date
from press_themes.articles.evidence import Run, find_text
from press_themes.articles.header import Header
from press_themes.articles.headers import find_headers, sole_header
from press_themes.articles.lines import Line, same_text, split_lines, undecorated
from press_themes.articles.noise import (
    broken_kinds,
    label_lines,
    last_prose,
    line_kind,
    missing_share,
)
from press_themes.articles.outlets import NAMING, find_outlet
from press_themes.articles.paragraphs import breaks_off, derive_title, join_lines

LONGEST_SHOWN = 10_000
_FOOTER = 4
_BETWEEN = 12
_HEADED = 22.0


class Discarded(NamedTuple):
    """One line that is not article: its number, its kind, its text, and whose it is.

    The number is that in the file, or in the text of a record; None in an export, whose markup has
    no lines. The position is that of the article in the file, or of the page's first.
    """

    line: int | None
    kind: str
    text: str
    position: int | None = None


@dataclass(frozen=True)
class Piece:
    """One article of a page.

    Parameters
    ----------
    title, strapline : str, optional
        As the page spells them; the title may be derived.
    title_derived : bool
        Whether the title was made from the first sentence.
    paragraphs : tuple of str
        The body.
    date : DateLine, optional
        What the page says about the day.
    fields : dict of str to str
        Outlet, url and language, where the page names them.
    truncated : bool
        Whether the page says that the rest is for subscribers.
    share_missing : float, optional
        From 0 to 1, where the page says how much is missing.
    line : int
        Where it begins in the file.
    """

    title: str
    title_derived: bool
    strapline: str | None
    paragraphs: tuple[str, ...]
    date: DateLine | None = None
    fields: dict[str, str] = field(default_factory=dict)
    truncated: bool = False
    share_missing: float | None = None
    line: int = 1


class _Lines(NamedTuple):
    """The lines of one article and what each is by its words alone."""

    lines: list[Line]
    kinds: list[str | None]


def split_page(text: str, day_first: bool | None = True) -> tuple[list[Piece], list[Discarded]]:
    """Split a scraped page into its articles."""
    lines = _separate_leading_dates(split_lines(text))
    labels = _kinds(lines)
    for index, kind in broken_kinds(lines).items():
        # A word that a link carries is no button.
        labels[index] = kind
    label_boxes(lines, labels)
    headers, stop = _heads(lines, labels, day_first)
    discarded = [
        Discarded(line.number, _outside_kind(line, labels[i]), line.text[:LONGEST_SHOWN])
        for i, line in enumerate(lines[: headers[0].start])
    ]
    discarded += [
        Discarded(line.number, _outside_kind(line, labels[i]), line.text[:LONGEST_SHOWN])
        for i, line in enumerate(lines[stop:], start=stop)
    ]
    ends = [header.start for header in headers[1:]] + [stop]
    pieces = []
    for header, end in zip(headers, ends, strict=True):
        own = _Lines(lines[header.start : end], labels[header.start : end])
        piece, removed = _build_piece(_moved(header), own, day_first)
        discarded += removed
        if piece is not None:
            pieces.append(piece)
    outlet = find_outlet(lines[: headers[0].start], _naming(discarded, lines), text)
    if outlet:
        pieces = [replace(piece, fields={"outlet": outlet, **piece.fields}) for piece in pieces]
    return pieces, _in_order(discarded)


def peel(text: str, title: str | None) -> tuple[Piece | None, list[Discarded]]:
    """Peel the furniture off the text of one article that a structured file holds."""
    lines = split_lines(text)
    labels = {}
    if title and lines and same_text(lines[0].text) == same_text(title):
        labels[0] = "repeated title"
    header = Header(0, len(labels), title=title, labels=labels)
    own = _Lines(lines, _kinds(lines))
    piece, discarded = _build_piece(header, own, None, is_page=False)
    return piece, _in_order(discarded)


def _kinds(lines: list[Line]) -> list[str | None]:
    """Name the kind of each line; one that comes again is judged once."""
    known: dict[str, str | None] = {}
    for line in lines:
        if line.raw not in known:
            known[line.raw] = line_kind(line)
    return [known[line.raw] for line in lines]


def _in_order(discarded: list[Discarded]) -> list[Discarded]:
    return sorted(discarded, key=lambda entry: (entry.line or 0, entry.kind, entry.text))


def _naming(discarded: list[Discarded], lines: list[Line]) -> list[str]:
    """Return the lines that may name the outlet; a lone © in the last lines is no photographer's."""
    last = lines[-_FOOTER].number if len(lines) >= _FOOTER else 0
    return [
        entry.text
        for entry in discarded
        if entry.kind in NAMING or ((entry.line or 0) >= last and entry.text.startswith("©"))
    ]


def _separate_leading_dates(lines: list[Line]) -> list[Line]:
    separated = []
    for line in lines:
        leading = read_leading_date(line.raw)
        if leading and leading[1]:
            stamp = line.raw[: len(line.raw) - len(leading[1])].strip()
            separated += [Line(line.number, stamp, line.gap), Line(line.number, leading[1], False)]
        else:
            separated.append(line)
    return separated


def _heads(
    lines: list[Line], labels: list[str | None], day_first: bool | None
) -> tuple[list[Header], int]:
    """Find the heads of the articles of a page, and where the last one ends at the latest."""
    headers = find_headers(lines, labels, day_first)
    if _are_several(headers, lines, labels):
        return headers, len(lines)
    text = find_text(lines, labels, heads=[header.start for header in headers])
    stop = next((h.start for h in headers if h.start >= text.end > 0), len(lines))
    own = [h for h in headers if h.start <= text.start and _stands_above(h, text, lines, labels)]
    if own:
        return [own[-1]], stop
    return [sole_header(lines, labels, day_first, text.start)], stop


def _stands_above(header: Header, text: Run, lines: list[Line], labels: list[str | None]) -> bool:
    """Tell whether a head stands right above a text, with no more in between than a lede."""
    between = range(header.body, text.start)
    prose = [lines[i].words for i in between if lines[i].is_prose and labels[i] is None]
    return len(between) <= _BETWEEN and 2 * sum(prose) <= text.evidence


def _are_several(headers: list[Header], lines: list[Line], labels: list[str | None]) -> bool:
    """Tell whether heads part a page into articles, or stand over teasers and comments.

    Articles of one page have headlines or days of their own and are of a size, or more than half of them
    are within a quarter of the longest; and none stands above the first head.
    """
    told = {
        (same_text(header.title or str(header.start)), header.date and header.date.day)
        for header in headers
    }
    if len(told) < 2:
        return False
    ends = [header.start for header in headers[1:]] + [len(lines)]
    sizes = [
        find_text(lines[header.body : end], labels[header.body : end], True).evidence - _HEADED
        for header, end in zip(headers, ends, strict=True)
    ]
    above = find_text(lines[: headers[0].start], labels[: headers[0].start]).evidence
    longest = max(sizes)
    return above < longest / 4 and statistics.median_low(sizes) >= longest / 4 > 0


def _moved(header: Header) -> Header:
    """Count the lines of a head from its own beginning."""
    labels = {index - header.start: kind for index, kind in header.labels.items()}
    return replace(header, start=0, body=header.body - header.start, labels=labels)


def _outside_kind(line: Line, label: str | None) -> str:
    return label or ("date line" if read_date_line(line.text) else "reader chrome")


def _build_piece(
    header: Header, own: _Lines, day_first: bool | None, is_page: bool = True
) -> tuple[Piece | None, list[Discarded]]:
    lines, inside = own.lines, own.lines[header.body :]
    bylines = [lines[i].text for i, kind in header.labels.items() if kind == "byline"]
    labels = label_lines(inside, is_page, bylines, own.kinds[header.body :])
    if is_page:
        _label_dates(inside, labels, day_first)
    strapline = header.strapline or _lede_told_twice(inside, labels)
    kept = [line for line, label in zip(inside, labels, strict=True) if label is None]
    removed = [
        Discarded(line.number, label, line.text[:LONGEST_SHOWN])
        for line, label in zip(inside, labels, strict=True)
        if label is not None and label != "strapline"
    ]
    removed += [
        Discarded(lines[i].number, kind, lines[i].text) for i, kind in sorted(header.labels.items())
    ]
    paragraphs = tuple(join_lines(kept))
    bare = is_page and last_prose(inside, labels) < 0 and sum(map(len, paragraphs)) < 200
    if bare or not paragraphs:
        told = [*([header.title] if header.title else []), *(line.text for line in kept)]
        removed += [Discarded(lines[header.start].number, "headline wall", text) for text in told]
        return None, removed
    above = _above_links(labels)
    notes = [
        line
        for index, (line, label) in enumerate(zip(inside, labels, strict=True))
        if label == "paywall note" and (index < above or missing_share(line) is not None)
    ]
    shares = [share for line in notes if (share := missing_share(line)) is not None]
    piece = Piece(
        title=undecorated(header.title) if header.title else derive_title(paragraphs[0]),
        title_derived=not header.title,
        strapline=strapline,
        paragraphs=paragraphs,
        date=header.date,
        fields=dict(header.fields),
        truncated=bool(notes) or breaks_off(paragraphs[-1]),
        share_missing=shares[0] if shares else None,
        line=lines[header.start].number,
    )
    return piece, removed


def _above_links(labels: list[str | None]) -> int:
    """Return where the links and comments below an article begin, whose badges are their own."""
    text = [index for index, label in enumerate(labels) if label is None]
    below = range(text[-1] if text else 0, len(labels))
    return next((i for i in below if labels[i] in ("source link", "comment section")), len(labels))


def _label_dates(lines: list[Line], labels: list[str | None], day_first: bool | None) -> None:
    """Label stray date lines, but not those that head a paragraph as in a chronology."""
    for index, line in enumerate(lines):
        found = read_date_line(line.text, day_first) if labels[index] is None else None
        if found is None:
            continue
        heads = index + 1 < len(lines) and labels[index + 1] is None and lines[index + 1].is_prose
        if found.labelled or found.timed or not heads:
            labels[index] = "date line"


def _lede_told_twice(lines: list[Line], labels: list[str | None]) -> str | None:
    """Move a lede that stands twice at the top into the strapline, once."""
    repeats = [i for i in range(min(8, len(lines))) if labels[i] == "repeated paragraph"]
    first = next((i for i, label in enumerate(labels) if label is None), None)
    if (
        repeats
        and first is not None
        and same_text(lines[repeats[0]].text) == same_text(lines[first].text)
    ):
        labels[first], labels[repeats[0]] = "strapline", None
        return join_lines([lines[first]])[0]
    return None
