"""Dates as the press writes them, and never one that the text does not state.

A date that is ambiguous, relative or absurd becomes a problem to report instead of a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from press_themes.articles.vocabulary import pattern
from press_themes.folding import fold

EARLIEST = date(1800, 1, 1)
_LEAST_LETTERS = 3
_EPOCH = date(1970, 1, 1)
_LOCALES = ("fr", "en", "es", "de", "it", "pt", "ar", "ar_SY", "ar_DZ", "ar_MA", "zh", "nl")
_OTHER_LOCALES = (
    "ru", "uk", "be", "bg", "sr", "mk", "pl", "cs", "sk", "sl", "hr", "sr_Latn", "hu", "ro", "el",
    "he", "fa", "ur", "hi", "bn", "mr", "ta", "te", "ml", "th", "tr", "az", "id", "ms", "fi", "et",
    "lv", "lt", "sv", "da", "nb", "is", "ca", "gl", "eu", "sq", "sw", "ha", "am", "hy", "ka", "kk",
)  # fmt: skip
# Years of the Buddhist calendar, in which Thailand counts.
_BUDDHIST, _BUDDHIST_AHEAD = range(2400, 2700), 543
_EMPTY = {"", "nan", "nat", "none", "null", "<na>", "-", "n/a"}


class FoundDate(NamedTuple):
    """A date found in a text: the day, or the problem with it, and its place."""

    day: date | None
    problem: str | None
    start: int = 0
    end: int = 0


def parse_date(value: object, day_first: bool | None = True) -> FoundDate | None:
    """Read the date of a field."""
    if value is None:
        return None
    if isinstance(value, date):
        return FoundDate(value.date() if isinstance(value, datetime) else value, None)
    folded = fold(str(value)[:200])
    if folded in _EMPTY:
        return None
    if pattern("date", "relative").search(folded):
        return FoundDate(None, "is relative to a day that is not stated")
    return (
        _parse_compact(folded)
        or find_date(folded, day_first)
        or _parse_in_words(str(value)[:80])
        or FoundDate(None, "is in no form that is known")
    )


def find_date(folded: str, day_first: bool | None = True) -> FoundDate | None:
    """Find the first full date in a folded text."""
    matches = [match for form in date_forms() if (match := form.search(folded))]
    if not matches:
        return None
    first = min(matches, key=lambda match: (match.start(), -match.end()))
    parts = first.groupdict()
    if "name" in parts:
        parts["month"] = str(month_names()[parts["name"]])
    if "left" in parts:
        order = _numeric_order(int(parts["left"]), int(parts["right"]), day_first)
        if order is None:
            problem = "does not say whether the day or the month comes first"
            return FoundDate(None, problem, *first.span())
        parts["day"], parts["month"] = order
    year = int(parts["year"])
    year -= _BUDDHIST_AHEAD if year in _BUDDHIST else 0
    try:
        day = date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        return FoundDate(None, "is not a day of the calendar", *first.span())
    return FoundDate(day, None, *first.span())


def judge_date(day: date, latest: date) -> str | None:
    """Say what is wrong with a day as the date of an article."""
    if day == _EPOCH:
        return "is the zero of a computer's clock"
    if day < EARLIEST:
        return f"is before {EARLIEST.year}"
    if day > latest:
        return f"is after {latest.isoformat()}, the latest date allowed"
    return None


def find_day_first(values: Iterable[object]) -> bool | None:
    """Find out from all the dates of one source whether the day comes before the month."""
    votes = set()
    for value in values:
        match = re.match(r"\D*(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?\d{4}", str(value)[:60])
        if match and max(int(match[1]), int(match[2])) > 12:
            votes.add(int(match[1]) > 12)
    return votes.pop() if len(votes) == 1 else None


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """Return the number of each month name, from the Unicode locale data.

    A name that means one month in one language and another in the next is none.
    """
    names = _names_in(_LOCALES)
    names["sept"] = 9
    sure = {name: min(found) for name, found in _other_names().items() if len(found) == 1}
    return {name: number for name, number in sure.items() if len(name) >= 3} | names


@lru_cache(maxsize=1)
def _other_names() -> dict[str, set[int]]:
    others: dict[str, set[int]] = {}
    for locale in _OTHER_LOCALES:
        for name, number in _names_in((locale,)).items():
            others.setdefault(name, set()).add(number)
    return others


def _names_in(locales: Iterable[str]) -> dict[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in locales:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    if not any(char.isdigit() for char in fold(name)):
                        names[fold(name).rstrip(".")] = number
    return names


@lru_cache(maxsize=1)
def weekday_pattern() -> re.Pattern[str]:
    """Return the pattern of the names of weekdays in folded text."""
    from babel.dates import get_day_names

    shown = [get_day_names("wide", locale=locale) for locale in _LOCALES]
    # Dutch shortens its days to words of other languages: "do", "di", "ma".
    short = (locale for locale in _LOCALES if locale != "nl")
    shown += [get_day_names("abbreviated", locale=locale) for locale in short]
    names = {re.escape(fold(name).rstrip(".")) for days in shown for name in days.values()}
    longest_first = sorted(names, key=len, reverse=True)
    # Chinese names stand against other letters, so only the neighbours of Latin letters are
    # guarded.
    return re.compile("|".join(rf"(?<![a-z]){name}(?![a-z])\.?" for name in longest_first))


@lru_cache(maxsize=1)
def date_forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms in which a full date is written, for folded text."""
    months = "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))
    # A name is looked for at every place of a text, a number only at its digits.
    opening = "|".join(sorted(map(re.escape, _names_in(_LOCALES)), key=len, reverse=True))
    name, mark = rf"(?P<name>{months})", r"\s?[-/.]\s?"
    forms = (
        r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]?",
        rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º|ª|o|\.)?[\s-]{{0,2}}(?:de |of |d'|ב)?{name}\b\.?"
        r"(?:\s?/\s?[^\W\d_]+)?"
        r"[,\s-]{0,2}(?:de |del )?(?P<year>\d{4})",
        rf"(?<![^\W\d_])(?P<name>{opening}|sept)\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})\s?{fold('년')}\s?(?P<month>\d{{1,2}})\s?{fold('월')}\s?"
        rf"(?P<day>\d{{1,2}})\s?{fold('일')}",
        rf"(?P<year>\d{{4}})\. gada (?P<day>\d{{1,2}})\. {name}",
        r"(?P<day>\d{1,2}),? thang (?P<month>\d{1,2}),?(?: nam)? (?P<year>\d{4})",
        rf"(?P<year>\d{{4}})(?:\.| m\.|,)? {name}\.? (?P<day>\d{{1,2}})(?: d\.)?",
        rf"(?P<year>\d{{4}}){mark}(?P<month>\d{{1,2}}){mark}(?P<day>\d{{1,2}})",
        rf"(?P<left>\d{{1,2}}){mark}(?P<right>\d{{1,2}}){mark}(?P<year>\d{{4}})",
    )
    return tuple(re.compile(rf"(?<![\d.]){form}(?!\d)") for form in forms)


@lru_cache(maxsize=4_096)
def _parse_in_words(text: str) -> FoundDate | None:
    """Read a date in a language or spelling of which no form is known, never one of numbers."""
    numbers = re.findall(r"\d+", text)
    lengths = sorted(len(number) for number in numbers)
    if lengths not in ([1, 4], [2, 4]) or sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        return None
    if any(len(_other_names().get(word, ())) > 1 for word in fold(text).split()):
        return None
    import dateparser

    settings: Any = {"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    found = dateparser.parse(text, settings=settings)
    return FoundDate(found.date(), None) if found else None


def _parse_compact(folded: str) -> FoundDate | None:
    epoch = re.fullmatch(r"(\d{10}|\d{13})(?:\.0+)?", folded)
    if epoch:
        seconds = int(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)
        return FoundDate(datetime.fromtimestamp(seconds, tz=UTC).date(), None)
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:t?\d{4,6}z?)?", folded)
    return find_date("-".join(compact.groups())) if compact else None


def _numeric_order(left: int, right: int, day_first: bool | None) -> tuple[str, str] | None:
    if left > 12 or left == right:
        return str(left), str(right)
    if right > 12:
        return str(right), str(left)
    if day_first is None:
        return None
    return (str(left), str(right)) if day_first else (str(right), str(left))
