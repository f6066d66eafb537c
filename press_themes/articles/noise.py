"""What stands on a page beside the article, named line by line so that it can be checked.

Words come from the vocabulary; runs, walls, boxes and tails are told by their shape.
"""

from __future__ import annotations

import re
from collections import Counter

from press_themes.articles.boxes import (
    is_credited,
    label_author_notes,
    label_boxes,
    label_captions,
    label_links,
    label_signature,
    spread_labels,
)
from press_themes.articles.evidence import broken_sentences, label_outside
from press_themes.articles.lines import Line, same_text
from press_themes.articles.vocabulary import kinds as known_kinds
from press_themes.articles.vocabulary import pattern

# Kinds that a whole article in one line of a table could be mistaken for.
_UNSURE = {"headline wall", "advertisement", "counter", "summary label"}
_ROW = re.compile(r"\s{2,}|\t+|\s[|•·]\s")
_MOST_ITEMS = 12
_ITEM_BREAK = re.compile(r"\s{3,}|\t+| \| | • ")
_SENTENCE_END = re.compile(r"[.!?。！？؟](?:[\s\"”»)]|$)")
_WALL_ITEMS = 8
_LONGEST_BROKEN, _BROKEN_WORDS = 1_000, 40
_CLOSING_MARKS = re.compile(r"^[»”’\"'()\[\].,…!? ]{1,6}$")
_SHARE = re.compile(r"\d{1,3}(?= ?[%٪])")
_CLOCK = re.compile(
    r"^\d{1,2}[:h.]\d{2}(?: ?[/|–-] ?\d{1,2}[:h.]\d{2})?(?: ?(?:[A-Z]{2,5}|Uhr|h|hrs))?$"
)
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d\D*$")


def line_kind(line: Line) -> str | None:
    """Name the kind of page furniture that a line is, by its words."""
    if not line.has_words:
        # A closing quotation mark alone on its line ends the sentence above.
        return None if _CLOSING_MARKS.match(line.text) else "separator"
    if _CLOCK.match(line.text):
        return "clock time"
    if not any(char.isalpha() for char in line.text[:80]):
        # A year may be a subhead of a chronology; page numbers and votes are none.
        return None if _YEAR.match(line.text) or len(line.text) > 60 else "counter"
    # A heading may end in a colon.
    spellings = {line.folded, line.folded.rstrip(" :")}
    for kind in known_kinds():
        if line.words <= kind.words and any(map(kind.pattern.search, spellings)):
            return kind.name
    if is_credited(line):
        return "caption"
    row = _row_kind(line)
    if row is not None:
        return row
    return "headline wall" if is_wall(line) else None


def _row_kind(line: Line) -> str | None:
    """Name the kind of a row of short items, at least half of which are furniture."""
    items = [item.strip() for item in _ROW.split(line.raw[:400]) if item.strip()]
    if not 2 <= len(items) <= _MOST_ITEMS or any(len(item.split()) > 5 for item in items):
        return None
    kinds = [line_kind(Line(line.number, item, line.gap)) for item in items]
    named = [kind for kind in kinds if kind is not None]
    return named[0] if 2 * len(named) >= len(items) and named else None


def broken_kinds(lines: list[Line]) -> dict[int, str | None]:
    """Name the kind of the whole sentence for every line of one that was broken at its links."""
    parts: dict[int, list[int]] = {}
    for index, opening in broken_sentences(lines).items():
        parts.setdefault(opening, []).append(index)
    kinds: dict[int, str | None] = {}
    for own in parts.values():
        own.sort()
        whole = " ".join(lines[index].text for index in own)
        told = Line(lines[own[0]].number, whole[:_LONGEST_BROKEN], True)
        kind = None if told.words > _BROKEN_WORDS else line_kind(told)
        kinds |= dict.fromkeys(own, kind)
    return kinds


def is_wall(line: Line) -> bool:
    """Tell whether one line is a string of headlines."""
    beginning = line.raw[:20_000]
    items = [item for item in _ITEM_BREAK.split(beginning) if item.strip()]
    if len(items) >= _WALL_ITEMS:
        stopped = sum(item.rstrip().endswith((".", "。")) for item in items)
        return stopped <= 0.3 * len(items)
    return len(beginning) > 1_500 and len(_SENTENCE_END.findall(beginning)) < len(beginning) / 700


def label_lines(
    lines: list[Line],
    is_page: bool = True,
    bylines: list[str] | None = None,
    kinds: list[str | None] | None = None,
) -> list[str | None]:
    """Name the kind of every line of one article that does not belong to it."""
    labels = [line_kind(line) for line in lines] if kinds is None else list(kinds)
    if is_page:
        _label_comments(lines, labels)
    else:
        labels = [None if label in _UNSURE else label for label in labels]
    label_author_notes(lines, labels, bylines or [])
    label_captions(lines, labels)
    label_boxes(lines, labels)
    if is_page:
        label_links(lines, labels)
        spread_labels(lines, labels)
        label_outside(lines, labels)
    _label_repeats(lines, labels)
    label_signature(lines, labels)
    return labels


def missing_share(line: Line) -> float | None:
    """Return the share of an article that a paywall note says is missing."""
    match = _SHARE.search(line.folded)
    if match is None:
        return None
    stated = min(int(match.group()), 100)
    return (100 - stated if pattern("share_read").search(line.folded) else stated) / 100


def last_prose(lines: list[Line], labels: list[str | None]) -> int:
    """Return the index of the last line that is prose of the article."""
    prose = [i for i, line in enumerate(lines) if labels[i] is None and line.is_prose]
    return prose[-1] if prose else -1


def _label_comments(lines: list[Line], labels: list[str | None]) -> None:
    """Label readers' comments: from their heading to the end, once the article is told."""
    prose_before = 0
    for index, line in enumerate(lines):
        if labels[index] == "comment section" and prose_before >= 2:
            for later in range(index + 1, len(lines)):
                labels[later] = labels[later] or "comment form"
            return
        prose_before += labels[index] is None and line.is_prose


def _label_repeats(lines: list[Line], labels: list[str | None]) -> None:
    seen: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if labels[index] is None and line.words >= 6 and len(line.text) < 4_000:
            key = same_text(line.text)
            seen[key] += 1
            if seen[key] > 1:
                labels[index] = "repeated paragraph"
