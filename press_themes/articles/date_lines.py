"""Lines of a page that only say when an article appeared, which is where articles begin.

A line that says anything else, such as prose that cites a date, is not a date line.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from press_themes.articles.dates import FoundDate, date_forms, find_date, weekday_pattern
from press_themes.articles.lines import count_words
from press_themes.articles.vocabulary import fold_name, pattern, spelled_pattern
from press_themes.folding import fold

_LONGEST = 160
_TIME = re.compile(
    r"(?:t|\b)\d{1,2}\s?(?:[:٫]\s?\d{2}(?::\d{2}(?:\.\d+)?)?|h\s?\d{0,2}|\.\d{2})(?!\d)"
    r"|\b\d{1,2} ?(?:am|pm|[ap]\.m\.|uhr)"
)
_CLOCK_WORDS = re.compile(
    r"\b(?:am|pm|uhr|uur|h|gmt|utc|cet|cest|eet|eest|wet|west|bst|ist|jst|kst|msk|hrs?|z|ص|م|صباحا|مساء)\b"
    # The hour of North America, which is the French "and" elsewhere.
    r"|\b[ecmp](?:[sd]t\b|t\b(?=[\s.]*$))"
    r"|上午|下午|晚|[ap]\.m\.|[+-]\d{2}:?\d{2}\b"
)
_LEADING_FIELD = re.compile(r"^\W{0,3}(?P<key>[^\W\d_]{2,20})\s*[:：]?\s+(?=\d)")
_BESIDE = re.compile(r"[,|·•:]|\s[-–—]\s")
_ROW = re.compile(r"\s[|·•]\s")
_MOST_BESIDE = 9
_MOST_NAMES, _PARTICLE = 6, 3
_EDGES = " .,;:()[]«»\"'-–—"


class DateLine(NamedTuple):
    """What a date line says: the day or the problem with it, and how it is put."""

    day: date | None
    problem: str | None
    updated: bool
    labelled: bool
    timed: bool
    outlet: str | None
    text: str


def read_date_line(text: str, day_first: bool | None = True) -> DateLine | None:
    """Read a line that says nothing but when, where or by whom an article appeared."""
    return None if len(text) > _LONGEST else _read_date_line(text, day_first)


# The layouts of a page are compared, and each asks again.
@lru_cache(maxsize=4_096)
def _read_date_line(text: str, day_first: bool | None) -> DateLine | None:
    folded = fold(text)
    bare = pattern("date", "updated").sub("", folded).strip(_EDGES)
    if _is_relative(bare):
        problem = "is relative to a day that is not stated"
        updated = bare != folded.strip(_EDGES)
        in_row = bool(_ROW.search(text))
        return DateLine(None, problem, updated, False, in_row, medium_beside(text), text)
    found = _published_date(folded, day_first)
    if found is None:
        return None
    outlet, phrase = _stated_outlet(text)
    outlet = outlet or medium_beside(text)
    leftover = folded
    for form in date_forms():
        leftover = form.sub(" ", leftover)
    leftover = leftover.replace(fold(phrase), " ") if phrase else leftover
    timed = bool(_TIME.search(leftover))
    if not _says_nothing_else(leftover := _without_date_words(leftover), text):
        return None
    updated = bool(pattern("date", "updated").search(folded[: found.start]))
    labelled = bool(pattern("date", "labels").search(folded))
    return DateLine(found.day, found.problem, updated, labelled, timed, outlet, text)


def _is_relative(folded: str) -> bool:
    """Tell whether a line, or one part of it beside names, counts from a day that is not stated."""
    relative = pattern("date", "relative")
    parts = [part.strip(_EDGES) for part in _ROW.split(folded)]
    rest = [part for part in parts if not relative.search(part)]
    return len(rest) < len(parts) <= 4 and sum(map(count_words, rest)) <= _MOST_BESIDE


def read_leading_date(text: str) -> tuple[DateLine, str] | None:
    """Read a line that opens with a labelled date and goes on as prose, as some exports write it."""
    match = _LEADING_FIELD.match(text[:60])
    if match is None or not _is_date_field(match["key"]):
        return None
    stamp = re.match(
        r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2})?\S*)?|[\d/.\s-]{8,14}",
        text[match.end() :],
    )
    found = find_date(stamp.group()) if stamp else None
    if stamp is None or found is None:
        return None
    line = DateLine(found.day, found.problem, False, True, False, None, stamp.group())
    return line, text[match.end() + stamp.end() :].strip()


def _stated_outlet(text: str) -> tuple[str | None, str]:
    """Return the outlet that a date line names, as spelled, and the whole phrase that names it."""
    match = spelled_pattern("date", "outlet").search(text.replace("’", "'"))
    if match is None:
        return None, ""
    return next(group.strip() for group in match.groups() if group), match.group()


def medium_beside(text: str) -> str | None:
    """Return the name beside a date, where it is that of a medium: "Valdene Herald, 12 March"."""
    for part in map(str.strip, _BESIDE.split(text)):
        named = pattern("medium").search(fold(part)) and 2 <= len(part.split()) <= 6
        if named and not any(map(str.isdigit, part)) and not pattern("byline").search(fold(part)):
            return part
    return None


def _names_only(text: str, leftover: str) -> bool:
    """Tell whether all that stands beside a date is spelled as names are, particles aside."""
    words = {word for part in leftover.split() if len(word := part.strip(_EDGES)) > _PARTICLE}
    named = {fold(word.strip(_EDGES)) for word in text.split() if word[:1].isupper()}
    return 0 < len(words) <= _MOST_NAMES and words <= named


def _is_date_field(key: str) -> bool:
    from press_themes.articles.vocabulary import field_names

    return field_names().get(fold_name(key)) == "date"


def _published_date(folded: str, day_first: bool | None) -> FoundDate | None:
    """Return the first date that is not introduced as an update, else the first."""
    first = found = find_date(folded, day_first)
    start = 0
    while found is not None:
        if not pattern("date", "updated").search(folded[start : found.start]):
            return found
        start = found.end
        following = find_date(folded[start:], day_first)
        found = following and following._replace(
            start=start + following.start, end=start + following.end
        )
    return first


def _without_date_words(leftover: str) -> str:
    for expression in (
        pattern("date", "beside"),
        _TIME,
        _CLOCK_WORDS,
        weekday_pattern(),
        pattern("date", "updated"),
        pattern("date", "labels"),
        pattern("date", "connectives"),
    ):
        leftover = expression.sub(" ", leftover)
    return leftover


def _says_nothing_else(leftover: str, text: str) -> bool:
    parts = [part.strip(_EDGES) for part in re.split(r"[|•·¦/]|\s[-–—]\s", leftover)]
    named = [part for part in parts if any(char.isalnum() for char in part)]
    # What may remain is a byline, a place or a section: a few words, set off by a mark.
    if not named:
        return True
    if leftover.rstrip().endswith((".", "。", "!", "?")):
        return False
    words = sum(map(count_words, named))
    if len(parts) > 1 or pattern("byline").search(named[0]):
        return len(named) <= 3 and words <= 8
    return "," in leftover and (words <= 3 or _names_only(text, leftover))
