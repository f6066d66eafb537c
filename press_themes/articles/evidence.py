"""Where the text of an article stands: the run of lines with the most evidence.

Prose adds to the sum and everything else takes away; the sum begins anew where that is better, the
more so below a headline that the text takes up, so that beginning and end are found by one means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from typing import NamedTuple

from press_themes.articles.date_lines import read_date_line
from press_themes.articles.lines import Line
from press_themes.articles.paragraphs import wrapped_lines
from press_themes.articles.shared_words import stems

Labels = list[str | None]

COMMENTS = frozenset(("comment section", "comment form"))
PAYWALL = frozenset(("paywall note", "subscriber prompt"))
# Kinds that ask something of the reader, and so stand around articles more than in them.
_ASKING = frozenset(
    (
        "newsletter",
        "donation appeal",
        "cookie notice",
        "reader poll",
        "paywall note",
        "subscriber prompt",
        "copyright notice",
        "disclaimer",
        "author note",
        "reader chrome",
        "share widget",
        "source link",
    )
)
# In half words of prose, the unit of the sum.
_SHORT, _ITEM, _PHRASE, _DATE, _REPEATED = -4.0, -5.0, -2.0, -2.0, -3.0
_COMMENT, _ASKED, _OTHER = -15.0, -4.0, -1.0
_HEADLINE, _TAKEN_UP, _DATED = 6.0, 2.4, 4.0
_CUT_SHORT, _BELOW_COMMENTS = 0.4, 0.25
_OTHER_HEAD = -10.0
_MOST_WORDS = 60
_REACH = 10
_FIRST_PROSE = 5
_TOLD = 2
_CLOSING = 2
_MOST_NAMES = 4
_TEASER_END = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W{0,3}$")
_OPENS = re.compile(r"[(\[«“‘„]$")
_CONTINUES = re.compile(r"^[»”)\],.;:!?%’]|^['’]s\b")
_LONGEST_BROKEN = 4_000


class Run(NamedTuple):
    """The lines from ``start`` up to ``end``, and how much prose they hold."""

    start: int
    end: int
    evidence: float


def find_text(
    lines: list[Line], labels: Labels, headed: bool = False, heads: Collection[int] = ()
) -> Run:
    """Find the run of lines that is most surely the text of an article.

    Parameters
    ----------
    lines : list of Line
        The lines of a page or of a part of it.
    labels : list of str or None
        The kind of furniture that each line is by its words.
    headed : bool
        Whether the lines stand right below the head of the article.

    heads : collection of int, optional
        Lines where the head of an article seems to begin.

    Returns
    -------
    Run
        Empty, with ``start`` 0, where nothing reads as prose.
    """
    broken = broken_sentences(lines)
    adds = _evidence(lines, labels, broken)
    for index in heads:
        adds[index] += _OTHER_HEAD
    begins = _beginnings(lines, labels, adds, headed)
    best, total, start = Run(0, 0, 0.0), float("-inf"), 0
    for index, (own, beginning) in enumerate(zip(adds, begins, strict=True)):
        if beginning >= total:
            total, start = beginning, index
        total += own
        if own > 0 and total > best.evidence:
            best = Run(start, index + 1, total)
    return best._replace(end=_with_last_sentences(best.end, lines, labels)) if best.end else best


def _with_last_sentences(end: int, lines: list[Line], labels: Labels) -> int:
    """Move the end of a text below the short sentences that close it."""
    for index in range(end, min(end + _CLOSING, len(lines))):
        if labels[index] is not None or not _is_sentence(lines[index]):
            return index
        end = index + 1
    return end


def _is_sentence(line: Line) -> bool:
    return line.ends_sentence and line.words >= 4 and not line.is_list_item


def broken_sentences(lines: list[Line]) -> dict[int, int]:
    """Find the sentences that were broken at their links: for each line, the first of its sentence."""
    first: dict[int, int] = {}
    length = 0
    for index in range(1, len(lines)):
        above, line = lines[index - 1], lines[index]
        text = line.text
        goes_on = bool(_CONTINUES.match(text)) or (not above.ends_sentence and text[0].islower())
        if line.gap or line.is_list_item or not (goes_on or _OPENS.search(above.text)):
            length = 0
            continue
        length += len(above.text)
        if length < _LONGEST_BROKEN:
            first[index] = first.get(index - 1, index - 1)
            first.setdefault(first[index], first[index])
    return first


def _evidence(lines: list[Line], labels: Labels, broken: dict[int, int]) -> list[float]:
    """Return what each line adds to the sum."""
    wrapped = wrapped_lines(lines)
    whole: dict[int, list[int]] = {}
    for index, opening in broken.items():
        whole.setdefault(opening, []).append(index)
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.text] = seen.get(line.text, 0) + 1
    adds: list[float] = []
    prose = 0.0
    commented = False
    for index, line in enumerate(lines):
        kind = labels[index]
        commented = commented or (kind in COMMENTS and prose > _MOST_WORDS)
        if index in broken:
            parts = [lines[i] for i in sorted(whole[broken[index]])]
            words = sum(part.words for part in parts)
            reads = words >= 25 or (words >= 8 and parts[-1].ends_sentence)
            own = line.words / 2 if reads else _SHORT / len(parts)
        else:
            above = lines[index - 1] if adds and adds[-1] > 0 and not line.gap else None
            own = _line_evidence(line, kind, index in wrapped, above)
            if kind in _ASKING and index and labels[index - 1] in _ASKING:
                # A box counts once, however many lines it has.
                own = 0.0
        if seen[line.text] > 1:
            own = 0.0 if _is_speaker(line) else own + _REPEATED
        if own > 0:
            own *= _BELOW_COMMENTS if commented else 1.0
            prose += own
        adds.append(own)
    return adds


def _is_speaker(line: Line) -> bool:
    """Tell whether a line names who speaks in the next."""
    return line.words <= _MOST_NAMES and line.text.endswith((":", "：")) and not line.is_list_item


def _line_evidence(line: Line, kind: str | None, wrapped: bool, above: Line | None) -> float:
    if kind is not None:
        return _COMMENT if kind in COMMENTS else _ASKED if kind in _ASKING else _OTHER
    if line.is_prose or wrapped:
        cut = _CUT_SHORT if _TEASER_END.search(line.text[-12:]) else 1.0
        return cut * min(line.words, _MOST_WORDS) / 2
    if line.is_list_item:
        return _ITEM if above is None else min(line.words, 10) / 4
    if line.words >= 8:
        return _PHRASE
    if above is not None and _is_sentence(line):
        return 0.0
    return _SHORT + (_DATE if read_date_line(line.text) else 0.0)


def _beginnings(lines: list[Line], labels: Labels, adds: list[float], headed: bool) -> list[float]:
    """Return what speaks for each line as the first: a headline above it that the text takes up."""
    prose = [i for i, own in enumerate(adds) if own > _TOLD and labels[i] is None]
    words = {i: stems(lines[i].text[:600]) for i in prose}
    begins = []
    for index, own in enumerate(adds):
        found = 0.0
        at = bisect_left(prose, index)
        if own > 0:
            if headed and at == 0:
                found = _HEADLINE + 5 * _TAKEN_UP + _DATED
            else:
                told = set().union(*(words[i] for i in prose[at : at + _FIRST_PROSE]))
                found = _head_above(index, lines, labels, adds, told)
        begins.append(found)
    return begins


def _head_above(
    index: int, lines: list[Line], labels: Labels, adds: list[float], told: set[str]
) -> float:
    shared = -1
    dated = False
    for above in range(index - 1, max(-1, index - 1 - _REACH), -1):
        line = lines[above]
        if adds[above] > 2 * _FIRST_PROSE:
            break
        if labels[above] is not None:
            continue
        if index - above <= 4 and read_date_line(line.text):
            dated = True
        elif line.words >= 4 and line.is_headline_like:
            shared = max(shared, min(len(stems(line.text) & told), 5))
    headline = _HEADLINE + _TAKEN_UP * shared if shared >= 0 else 0.0
    return headline + (_DATED if dated else 0.0)


def _opening(lines: list[Line], labels: Labels, start: int) -> range:
    """Find the prose right below a head that a list, such as one of contents, parts from the text."""
    first = next((i for i in range(start) if labels[i] is None), start)
    end = first
    while end < start and labels[end] is None and lines[end].is_prose:
        end += 1
    return range(first, end)


def label_outside(lines: list[Line], labels: Labels, headed: bool = True) -> None:
    """Label what stands before and behind the text of an article."""
    run = find_text(lines, labels, headed)
    if run.end == 0:
        return
    start, end = run.start, run.end
    opening = _opening(lines, labels, start) if headed else range(0)
    if headed and start and not lines[start].gap and labels[start - 1] is None:
        # A subhead stands in the block of its paragraph.
        start -= lines[start - 1].is_headline_like
    following = next((i for i in range(end, len(lines)) if labels[i] is not None), len(lines))
    paywalled = following < len(lines) and labels[following] in PAYWALL
    # A subhead stands above the wall that cuts an article; nothing hangs below it.
    end = following if paywalled else end
    for index, line in enumerate(lines):
        if labels[index] is None and not start <= index < end and index not in opening:
            short = "headline wall" if line.words >= 4 else "reader chrome"
            labels[index] = "subscription offer" if paywalled and index >= end else short
