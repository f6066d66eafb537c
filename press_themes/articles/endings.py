"""Where an article ends: after its last run of prose, whatever short lines a page hangs below it.

Every line adds or takes away evidence, and the article ends where the sum from its beginning is
highest; what follows is furniture even if no vocabulary knows its words.
"""

from __future__ import annotations

from press_themes.articles.boxes import opens_list
from press_themes.articles.lines import Line
from press_themes.articles.paragraphs import wrapped_lines

Labels = list[str | None]

PAYWALL = frozenset(("paywall note", "subscriber prompt"))
# Kinds that interrupt articles as well as follow them.
_WEAK = frozenset(("share widget", "newsletter", "donation appeal", "cookie notice", "reader poll"))
_STRONG = PAYWALL | {
    "comment section",
    "comment form",
    "copyright notice",
    "disclaimer",
    "author note",
    "reader chrome",
}
_FURNITURE = _WEAK | _STRONG | {"source link"}
_TEASER_WORDS = 25
_WALL = 4


def label_ending(lines: list[Line], labels: Labels) -> None:
    """Label what follows the end of an article."""
    end = find_end(lines, labels)
    if end < 0:
        return
    below = range(end + 1, len(lines))
    first = next((i for i in below if labels[i] in _FURNITURE), len(lines))
    paywalled = first < len(lines) and labels[first] in PAYWALL
    # A subhead stands above the wall that cuts an article; nothing hangs below it.
    hangs = first < len(lines) and not paywalled
    tail = [i for i in below if labels[i] is None]
    listed = sum(lines[i].is_headline_like for i in tail)
    for index in tail:
        if index > first:
            labels[index] = "subscription offer" if paywalled else _tail_kind(lines[index])
        elif (hangs or listed >= _WALL) and not _may_be_text(lines[index]):
            labels[index] = _tail_kind(lines[index])


def find_end(lines: list[Line], labels: Labels) -> int:
    """Find the last line of an article."""
    wrapped = wrapped_lines(lines)
    best = total = 0.0
    end = -1
    after_list = in_run = False
    for index, line in enumerate(lines):
        kind = labels[index]
        if kind is not None:
            after_list = after_list or _opens_list(line, kind)
            total -= _cost(line, kind, in_run)
            in_run = in_run or kind in _FURNITURE
            continue
        in_run = False
        total += _evidence(lines, labels, index, after_list, index in wrapped)
        if total > best:
            best, end, after_list = total, index, False
    return end


def _opens_list(line: Line, kind: str) -> bool:
    """Tell whether a line is the heading of a list of other articles, or of comments."""
    return kind in _STRONG or (kind == "source link" and opens_list(line))


def _cost(line: Line, kind: str, in_run: bool) -> float:
    if kind not in _FURNITURE or in_run:
        return 0.0
    return 6.0 if _opens_list(line, kind) else 1.5


def _evidence(
    lines: list[Line], labels: Labels, index: int, after_list: bool, wrapped: bool
) -> float:
    line = lines[index]
    above = lines[index - 1] if index and labels[index - 1] is None else None
    if line.is_prose or line.ends_sentence or wrapped:
        teased = above is not None and above.is_headline_like and not above.is_prose
        if after_list and line.words < _TEASER_WORDS and teased:
            return 0.0
        return min(line.words, 60) / 2
    if line.is_list_item and not after_list:
        return min(line.words, 10) / 4
    return -2.0


def _may_be_text(line: Line) -> bool:
    return line.ends_sentence or line.is_list_item


def _tail_kind(line: Line) -> str:
    return "headline wall" if line.words >= 4 else "reader chrome"
