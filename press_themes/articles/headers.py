"""Where the articles of a page begin: at named fields, a date line or a repeated headline.

A page that shows none of these is one article, and its headline is the line that shares its words.
"""

from __future__ import annotations

import re
from collections import Counter

from press_themes.articles.date_lines import DateLine, read_date_line
from press_themes.articles.dated_headers import find_dated_headers
from press_themes.articles.header import Header, label_head, names_writer, take_repeat
from press_themes.articles.headlines import is_menu, pick_headline
from press_themes.articles.lines import Line, same_text
from press_themes.articles.shared_words import stems, told_below
from press_themes.articles.vocabulary import field_names, fold_name

_FIELD = re.compile(r"^(?P<key>[^\W\d][\w '’-]{0,24}?)\s*[:：]\s*(?P<value>\S.*)$")
_HEADLINE_WORDS = 4
_NEAREST = 60
_OPENING = 12
_SITE = re.compile(r"^\s+[|–—·-]\s+(?P<site>\S.{1,40})$")
_KEPT = ("outlet", "url", "language")


def find_headers(
    lines: list[Line], labels: list[str | None], day_first: bool | None
) -> list[Header]:
    """Find where the articles of a page begin."""
    return (
        _named_fields(lines, day_first)
        or find_dated_headers(lines, labels, day_first)
        or _repeated_headlines(lines, labels)
    )


def sole_header(
    lines: list[Line], labels: list[str | None], day_first: bool | None, start: int
) -> Header:
    """Find the head of the only article of a page, whose text begins at a line."""
    candidates = []
    for index, line in enumerate(lines[:start]):
        if labels[index] or read_date_line(line.text, day_first):
            continue
        if line.is_headline_like and not is_menu(line) and not names_writer(line):
            candidates.append(index)
    near = lines[max(0, start - _NEAREST) : start + 1]
    dates = [found for line in near if (found := read_date_line(line.text, day_first))]
    date = next((found for found in dates if found.labelled or found.timed), None)
    if not candidates:
        return Header(start, start, date=date)
    repeated = _window_title(lines, candidates)
    if repeated is not None:
        title, outlet = repeated
        return Header(title, title + 1, lines[title].text, date=date, fields={"outlet": outlet})
    opening = stems(" ".join(line.text for line in lines[start : start + _OPENING]))
    told = told_below(candidates[-1], lines, labels) | opening
    title = pick_headline(candidates, lines, told)
    return label_head(Header(title, title + 1, title=lines[title].text, date=date), lines, labels)


def _window_title(lines: list[Line], candidates: list[int]) -> tuple[int, str] | None:
    """Find a headline that also stands with its site's name behind it, as in a window's title."""
    nearest = candidates[-_NEAREST:]
    for longer in nearest:
        for index in nearest:
            rest = lines[longer].text.removeprefix(lines[index].text)
            site = _SITE.match(rest) if longer < index and lines[index].words >= 3 else None
            if site and rest != lines[longer].text:
                return index, site["site"]
    return None


def _repeated_headlines(lines: list[Line], labels: list[str | None]) -> list[Header]:
    headers: list[Header] = []
    for index, line in enumerate(lines):
        covered = bool(headers) and index < headers[-1].body
        if covered or labels[index] or line.words < _HEADLINE_WORDS or not line.is_headline_like:
            continue
        header = take_repeat(Header(index, index + 1, title=line.text), index, lines, labels)
        if header.strength:
            headers.append(label_head(header, lines, labels))
    titles = Counter(same_text(header.title or "") for header in headers)
    # A row of actions returns below every text of a page; a headline is the headline of one.
    return [header for header in headers if titles[same_text(header.title or "")] == 1]


def _named_fields(lines: list[Line], day_first: bool | None) -> list[Header]:
    """Find runs of named fields, such as Title, Date and Source, that include a title or a date."""
    headers: list[Header] = []
    index = 0
    while index < len(lines):
        end = index
        fields: dict[str, tuple[int, str]] = {}
        while end < len(lines) and "text" not in fields and (named := _read_field(lines[end])):
            fields.setdefault(named[0], (end, named[1]))
            end += 1
        if len(fields) >= 2 and fields.keys() & {"title", "date"}:
            headers.append(_from_fields(index, end, fields, day_first))
        index = max(end, index + 1)
    return headers


def _read_field(line: Line) -> tuple[str, str] | None:
    match = _FIELD.match(line.text[:500])
    known = field_names().get(fold_name(match["key"])) if match else None
    return (known, match["value"]) if match and known else None


def _from_fields(
    start: int, end: int, fields: dict[str, tuple[int, str]], day_first: bool | None
) -> Header:
    values = {name: value for name, (_, value) in fields.items()}
    date = None
    if "date" in values:
        unread = DateLine(
            None, "is in no form that is known", False, True, False, None, values["date"]
        )
        date = read_date_line(values["date"], day_first) or unread
    body = end - ("text" in fields)
    labels = dict.fromkeys(range(start, body), "header line")
    if "date" in fields:
        labels[fields["date"][0]] = "date line"
    kept = {name: value for name, value in values.items() if name in _KEPT}
    title, strapline = values.get("title"), values.get("strapline")
    return Header(start, body, title, strapline, date, kept, labels)
