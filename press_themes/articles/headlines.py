"""Which of the lines above a text is its headline: the one that shares its words, in its place.

Section names, mottos, menus and bylines share few words with the text; a strapline shares as many
as the headline does, but stands below it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from press_themes.articles.date_lines import DateLine
from press_themes.articles.header import names_writer
from press_themes.articles.lines import Line
from press_themes.articles.shared_words import shared_words, told_below

HEADLINE_WORDS = 4
_REACH = 12
_LONGEST_STRAPLINE = 70
_MENU_RUN = 3
_MENU = re.compile(r"\s[|›>·•/]\s|\s{2,}|\t")
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’-]*"
_BYLINE = re.compile(
    rf"^(?:{_NAME}\s+){{1,4}}(?:in|en|à|a|aus|em|da|de|from|[-–—|,])\s+{_NAME}(?:\s+{_NAME}){{0,3}}$"
)
# Kinds that may stand inside the head of an article; any other kind ends it.
_INSIDE = frozenset(
    ("caption", "share widget", "advertisement", "clock time", "counter", "author note")
)
_ABOVE_HEAD = _INSIDE | {
    "reader chrome",
    "newsletter",
    "cookie notice",
    "separator",
    "summary label",
}

Labels = list[str | None]


class Headline(NamedTuple):
    """The headline above a line, if there is one, and the line between that is its strapline."""

    title: int | None
    strapline: int | None


def headline_above(
    index: int, lines: list[Line], labels: Labels, dates: dict[int, DateLine]
) -> Headline:
    """Find the headline above a date line."""
    is_first = index == next(iter(dates))
    name = short = sentence = None
    candidates: list[int] = []
    firm = False
    menu = 0
    for above in range(index - 1, max(-1, index - 1 - _REACH), -1):
        line = lines[above]
        room = is_first or name is None
        menu = menu + 1 if _in_menu(line, labels[above]) else 0
        if menu >= _MENU_RUN or labels[above] not in (_INSIDE if firm else _ABOVE_HEAD) | {None}:
            break
        if labels[above] or above in dates or names_writer(line) or line.words < 2:
            continue
        if line.is_name_like and name is None and not candidates:
            # A bare name is the writer's, unless no headline stands above it.
            name = above
        elif line.is_headline_like and not is_menu(line) and line.words >= HEADLINE_WORDS:
            candidates.append(above)
            firm = firm or not is_first or not _beside(above, index, lines)
        elif line.is_headline_like:
            short = above if short is None and not candidates else short
        elif firm or sentence or short or line.words > (_LONGEST_STRAPLINE if room else 0):
            break
        else:
            sentence = above
    if not candidates:
        return Headline(short if short is not None else name, sentence if short else None)
    told = told_below(index, lines, labels, dates)
    title = pick_headline(candidates[::-1], lines, told, index)
    below = [i for i in candidates if i > title and not _beside(i, index, lines)]
    return Headline(title, below[-1] if below else sentence)


def pick_headline(
    candidates: list[int], lines: list[Line], told: set[str], date: int | None = None
) -> int:
    """Pick the headline among lines that could be one."""
    scores = {
        index: shared_words(lines[index], told) - 2 * _beside(index, date, lines)
        for index in candidates
    }
    best = max(scores.values())
    if best < 1:
        firm = [index for index in candidates if not _beside(index, date, lines)]
        return (firm or candidates)[-1 if date is not None else 0]
    strongest = next(index for index in candidates if scores[index] == best)
    for index in candidates:
        # What shares even more words below a headline is longer than the headline: a strapline.
        brief = lines[index].words <= 1.2 * lines[strongest].words
        if scores[index] >= max(1, 0.5 * best) and (index == strongest or brief):
            return index
    return strongest


def is_menu(line: Line) -> bool:
    """Tell whether a line is a row of short items, such as a menu or a path of sections."""
    items = [item for item in _MENU.split(line.raw[:400]) if item.strip()]
    return len(items) >= 2 and all(len(item.split()) <= 3 for item in items)


def is_motto(index: int, lines: list[Line]) -> bool:
    """Tell whether a line stands right below the first line of the page, which names the site."""
    return index == 1 and not lines[1].gap and len(lines) > 2 and lines[2].gap


def _in_menu(line: Line, label: str | None) -> bool:
    return label == "reader chrome" or (
        label is None and line.words <= 3 and not line.is_name_like and not names_writer(line)
    )


def _beside(index: int, date: int | None, lines: list[Line]) -> bool:
    """Tell whether a line stands in the block of a date and is put as a name with a place is."""
    if date is None or any(lines[i].gap for i in range(index + 1, date + 1)):
        return False
    line = lines[index]
    return line.words <= 6 and (line.is_name_like or bool(_BYLINE.match(line.text)))
