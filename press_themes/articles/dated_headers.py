"""Heads of articles told by their date lines, with the headline above, below or missing.

One page keeps one layout, so the layout with the strongest evidence decides which dates open an
article and which are only told about, as in a chronology or among readers' comments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from press_themes.articles.date_lines import DateLine, read_date_line
from press_themes.articles.header import (
    REPEATED,
    Header,
    is_byline,
    label_head,
    take_repeat,
)
from press_themes.articles.headlines import (
    HEADLINE_WORDS,
    headline_above,
    is_menu,
    is_motto,
)
from press_themes.articles.lines import Line
from press_themes.articles.shared_words import shared_words, told_below

Labels = list[str | None]
Dates = dict[int, DateLine]


def find_dated_headers(lines: list[Line], labels: Labels, day_first: bool | None) -> list[Header]:
    """Find the heads of a page that have a date line."""
    dates = {
        index: found
        for index, line in enumerate(lines)
        if (found := read_date_line(line.text, day_first))
    }
    layouts: dict[tuple[str, bool, bool], list[Header]] = defaultdict(list)
    for index, found in dates.items():
        for where, header in _possible_headers(index, lines, labels, dates):
            if _prose_follows(header, lines, labels, dates):
                layouts[where, found.labelled, found.timed].append(header)
    _trust_straplines(layouts)
    if not layouts:
        return []
    best = max(layouts.values(), key=lambda group: (max(h.strength for h in group), len(group)))
    surely = [
        header
        for group in layouts.values()
        if group is not best
        for header in group
        if header.strength >= REPEATED
    ]
    return _one_a_start(best + surely)


def _trust_straplines(layouts: dict[tuple[str, bool, bool], list[Header]]) -> None:
    """Count a sentence above a date as a strapline if the page opens with one, else as text."""
    opening = min((header.start for group in layouts.values() for header in group), default=0)
    for key in [key for key in layouts if key[0] == "strapline above"]:
        group = layouts.pop(key)
        if group[0].start == opening:
            layouts["above", key[1], key[2]] += group


def _possible_headers(
    index: int, lines: list[Line], labels: Labels, dates: Dates
) -> Iterator[tuple[str, Header]]:
    """Yield the heads that a date line can belong to, each with the place of its headline."""
    found = dates[index]
    outlet = {"outlet": found.outlet} if found.outlet else {}
    evidence = 2 * (found.labelled or found.timed)
    base = Header(index, index + 1, date=found, fields=outlet, strength=evidence)
    below = _headline_below(index, lines, labels, dates)
    title, strapline = headline_above(index, lines, labels, dates)
    if (
        title is not None
        and below is not None
        and _names_less((title, below), lines, labels, dates)
    ):
        title = None
    is_long = title is not None and lines[title].words >= HEADLINE_WORDS
    if title is not None:
        header = replace(base, start=title, title=lines[title].text)
        header = take_repeat(header, index, lines, labels)
        sure = header.strength >= REPEATED
        if strapline is not None and not sure:
            header = replace(header, strapline=lines[strapline].text)
        if sure or is_long or (index == next(iter(dates)) and below is None):
            told = strapline is not None and lines[strapline].ends_with_stop
            where = "strapline above" if told and not sure else "above"
            header = replace(header, strength=header.strength + is_long)
            yield where, label_head(header, lines, labels)
            if where == "above":
                return
    if below is not None:
        header = replace(base, title=lines[below].text, body=below + 1, strength=evidence + 1)
        yield "below", label_head(header, lines, labels)
    elif found.labelled and lines[index].gap and title is None:
        yield "none", label_head(base, lines, labels)


def _names_less(either: tuple[int, int], lines: list[Line], labels: Labels, dates: Dates) -> bool:
    """Tell whether the line above a date shares far fewer words with the text than that below."""
    told = told_below(either[1], lines, labels, dates)
    above, below = (shared_words(lines[index], told) for index in either)
    return 2 * above < below or (above <= below + 1 and is_motto(either[0], lines))


def _headline_below(index: int, lines: list[Line], labels: Labels, dates: Dates) -> int | None:
    for below in range(index + 1, min(len(lines), index + 4)):
        line = lines[below]
        if labels[below] or below in dates or is_byline(line) or is_menu(line):
            continue
        return below if line.is_headline_like and line.words >= HEADLINE_WORDS else None
    return None


def _prose_follows(header: Header, lines: list[Line], labels: Labels, dates: Dates) -> bool:
    for index in range(header.body, len(lines)):
        if index in dates:
            return False
        if not labels[index] and (lines[index].is_prose or lines[index].words >= 12):
            return True
    return False


def _one_a_start(headers: list[Header]) -> list[Header]:
    """Merge the heads that share a headline: one line for the first date, one for the update."""
    merged: dict[int, Header] = {}
    reached = 0
    for header in sorted(headers, key=lambda h: (h.start, h.body)):
        first = merged.get(header.start)
        if first is None and header.start < reached:
            continue
        reached = max(reached, header.body)
        if first is None:
            merged[header.start] = header
            continue
        merged[header.start] = replace(
            first,
            body=max(first.body, header.body),
            date=header.date if _is_better(header.date, first.date) else first.date,
            labels={**first.labels, **header.labels},
        )
    return list(merged.values())


def _is_better(date: DateLine | None, than: DateLine | None) -> bool:
    """Tell whether a date says better than another on which day an article appeared."""
    if date is None or than is None:
        return than is None
    stated = date.day is not None and than.day is None
    return stated or (than.updated and not date.updated)
