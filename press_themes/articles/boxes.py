"""Lines that are furniture by the company they keep: boxes, widgets, captions, author notes.

A line whose own words say nothing may stand in a block of which the other lines say enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from press_themes.articles.lines import Line, same_text
from press_themes.articles.vocabulary import pattern
from press_themes.folding import word_list

Labels = list[str | None]

# Kinds that come as a block of short lines, some of which no vocabulary can foresee.
_SPREADING = frozenset(
    (
        "comment form",
        "comment section",
        "share widget",
        "copyright notice",
        "reader chrome",
        "newsletter",
        "cookie notice",
        "paywall note",
        "subscriber prompt",
        "reader poll",
    )
)
_HEADED = ("newsletter", "donation appeal", "cookie notice")
_BOX_WORDS = 20
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’-]*"
# A photographer behind a bar, or the initials of one, as only captions end.
_CREDIT = re.compile(
    rf"[.…»”)] ?[/|] ?{_NAME}(?: {_NAME}){{1,3}}$|[.…] [^\W\d_a-zà-ÿ]\. ?[^\W\d_a-zà-ÿ]\.$"
)
# An agency and its photographer in brackets, where no sentence has ended.
_CREDIT_IN_BRACKETS = re.compile(
    rf"[^.!?…。\s][\"”»’]?\s?[(（]{_NAME}(?: {_NAME}){{0,3}} ?/ ?{_NAME}(?: {_NAME}){{0,3}}[)）]\.?$"
)
# What is said in brackets opens with a small letter.
_NAME_IN_BRACKETS = re.compile(r"[(（](?![a-zà-ÿ])[^()（）]{1,60}[)）]$")
_LAST_PARAGRAPHS = 3


def is_credited(line: Line) -> bool:
    """Tell whether a line ends as a caption does, with the name of a photographer."""
    end = line.text[-120:]
    return line.words <= 60 and bool(_CREDIT.search(end) or _CREDIT_IN_BRACKETS.search(end))


def label_captions(lines: list[Line], labels: Labels) -> None:
    """Label the short line above a bare credit, which describes the same picture."""
    opening = next((i for i, line in enumerate(lines) if not labels[i] and line.is_prose), 0)
    for index in range(opening):
        line = lines[index]
        # Above the first sentence only a caption ends in a name in brackets.
        if labels[index] is None and line.words >= 6 and _NAME_IN_BRACKETS.search(line.text[-80:]):
            labels[index] = "caption"
    for index in range(1, len(lines)):
        above = lines[index - 1]
        bare = labels[index] == "caption" and lines[index].words <= 8
        if bare and labels[index - 1] is None and above.words <= 12 and not above.ends_sentence:
            labels[index - 1] = "caption"


def label_boxes(lines: list[Line], labels: Labels) -> None:
    """Label the heading of a box, which the box quotes or which opens its block."""
    for index in range(len(lines) - 1):
        line, kind = lines[index], labels[index + 1]
        if labels[index] is not None or kind not in _HEADED or line.words > 12:
            continue
        heading = same_text(line.text)
        quoted = bool(heading) and heading in same_text(lines[index + 1].text)
        opens = line.gap and not lines[index + 1].gap and not line.ends_with_stop
        if quoted or opens:
            labels[index] = kind


def label_links(lines: list[Line], labels: Labels) -> None:
    """Label the links below a heading such as "Read also"."""
    heading = -2
    for index, line in enumerate(lines):
        if labels[index] is not None:
            named = labels[index] == "source link" and opens_list(line)
            heading = index if named else -2
        elif heading >= 0 and not line.is_prose and not line.ends_with_stop:
            below = index == heading + 1 and (line.words >= 4 or not line.gap)
            if not below and line.gap:
                heading = -2
            else:
                labels[index] = "source link"
        else:
            heading = -2


def opens_list(line: Line) -> bool:
    """Tell whether a line that points to other articles only heads a list of them."""
    return ":" not in line.folded.rstrip(" :") and line.words <= 8


def spread_labels(lines: list[Line], labels: Labels) -> None:
    """Label a run of short lines, or a whole block, if enough of its lines are widgets."""
    for start, end in _runs(lines, _is_short):
        if end < len(lines) and lines[end].is_prose and not lines[end].gap:
            # The last short line heads the paragraph below it.
            end -= 1
        _spread(labels, start, end, least=3, share=1 / 3)
    for start, end in _runs(lines, lambda line: True):
        brief = all(line.words <= _BOX_WORDS for line in lines[start:end])
        if brief and (labels[start] or not lines[start].is_prose):
            _spread(labels, start, end, least=2, share=1 / 2)


def label_author_notes(lines: list[Line], labels: Labels, bylines: list[str]) -> None:
    """Label what is said about the writer at the end, told by a heading or by the byline."""
    prose = [i for i, line in enumerate(lines) if labels[i] is None and line.is_prose]
    names = [f" {same_text(byline)} " for byline in bylines]
    for index in prose[1:][-_LAST_PARAGRAPHS:]:
        opening = " ".join(word_list(lines[index].text[:200])[:2])
        if any(f" {opening} " in name for name in names):
            labels[index] = "author note"
    for index in range(1, len(lines)):
        headed = labels[index - 1] == "author note" and lines[index - 1].words <= 5
        if headed and labels[index] is None and not lines[index].gap:
            labels[index] = "author note"
    for index in prose[1:][-2:]:
        above = index - 1
        signed = lines[above].is_name_like and labels[above] is None
        if signed and pattern("biography").search(lines[index].folded):
            labels[above] = labels[index] = "author note"


def label_signature(lines: list[Line], labels: Labels) -> None:
    """Label a bare name below the last paragraph, which signs the article."""
    kept = [i for i, label in enumerate(labels) if label is None]
    if len(kept) >= 3 and lines[kept[-1]].is_name_like and lines[kept[-2]].is_prose:
        labels[kept[-1]] = "author note"


def _runs(lines: list[Line], belongs: Callable[[Line], bool]) -> list[tuple[int, int]]:
    """Return the beginning and the end of every run of such lines within one block."""
    runs: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not belongs(line):
            continue
        if runs and runs[-1][1] == index and not line.gap:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _spread(labels: Labels, start: int, end: int, least: int, share: float) -> None:
    known = [kind for kind in labels[start:end] if kind in _SPREADING]
    if end - start >= least and known and len(known) >= share * (end - start):
        for index in range(start, end):
            labels[index] = labels[index] or known[0]


def _is_short(line: Line) -> bool:
    return line.words <= 8 and not (line.ends_sentence and line.words >= 5)
