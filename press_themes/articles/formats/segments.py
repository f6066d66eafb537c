"""Many articles in one text, told apart by a separator or a shape that repeats.

Heads that count ("1 of 74 DOCUMENTS"), lines of variables (Alceste, Lexico), rules, and rows that
stand below each article in the same words; what lies between them must look like an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from press_themes.articles.dates import find_date
from press_themes.articles.lines import Line
from press_themes.folding import CHINESE, UNPARTED, fold

_VARIABLES = re.compile(r"^\*{3,4}(?:[ \t]+\*\S+)+\s*$|^\*{4}(?:[ \t]+\*[^*\n]+)+$")
_VARIABLE = re.compile(r"\*([^\s*_]+)_([^\s*]+)")
_KEYS = re.compile(r"^(?:<[^\W\d]\w{0,30}=[^<>\n]{0,200}>\s*)+$")
_KEY = re.compile(r"<(\w+)=([^<>]*)>")
_COUNTS = re.compile(
    r"^\W{0,6}(?:[^\W\d_]+[ .]{0,2}){0,2}\W{0,3}(\d{1,5})\s?(?:of|de|von|sur|di|van|av|af|z|ze|из|із|od|fra|"
    r"dari|/|の|到|共)\s?(\d{1,5})\W{0,3}(?:[^\W\d_]+\W?){0,2}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\W{0,4}(?:[^\W\d_]+[ .:°]{1,3}){0,1}[#№(\[]{0,2}(\d{1,6})[)\].:]{0,2}\W{0,4}$"
)
_LISTED = re.compile(r"^\(?(\d{1,4})[.)]\s+\S.{8,240}$")
_RULE = re.compile(r"^\s*(?:([-=_*~#•·—–+.◆■○●※])\s?)(?:\1\s?){2,}$")
_DENSE = re.compile(f"[{CHINESE}{UNPARTED}]")
# A character of a script without blanks says what two and a half letters do.
_DENSITY = 1.5
_LONGEST_MARK = 80
_LEAST_TEXT = 150
_LEAST_WORDS, _LEAST_HEAD = 4, 20
_LONG_LINE = 15
_LEAST_DENSITY = 0.6
_LEAST_COVER = 0.8
_HEAD_LINES = 8
_FIELD = re.compile(r"[^\W\d_][^:：]{1,40}[:：]")
_LONGEST_DATE_LINE = 120


@dataclass(frozen=True)
class Segment:
    """The lines of one article in a text that holds many, and what its separator states."""

    lines: list[str]
    stated: dict[str, str] = field(default_factory=dict)


def find_segments(lines: Sequence[str]) -> tuple[list[str], list[Segment]]:
    """Divide lines at what repeats; the lines above the first article are returned apart.

    Parameters
    ----------
    lines : sequence of str
        The lines of a file, blank ones included.

    Returns
    -------
    tuple of list of str and list of Segment
        No segment where nothing repeats.
    """
    for marks in (_variables(lines), _counting(lines)):
        if marks:
            return list(lines[: min(marks)]), [
                Segment(list(lines[start + 1 : end]), marks[start])
                for start, end in pairwise([*sorted(marks), len(lines)])
            ]
    for places in (_rules(lines), _listed(lines)):
        if places:
            parts = [list(lines[a:b]) for a, b in pairwise([*places, len(lines)])]
            return list(lines[: places[0]]), [
                Segment(part) for part in parts if any(map(str.strip, part))
            ]
    closings = _repeated(lines)
    parts = [list(lines[a:b]) for a, b in pairwise([0, *(place + 1 for place in closings)])]
    return [line for part in parts for line in part[-1:]][:1], [
        Segment(part[:-1]) for part in parts
    ]


def is_rule(line: str) -> bool:
    """Tell whether a line only parts what stands above from what stands below."""
    return bool(_RULE.match(line[:_LONGEST_MARK]))


def looks_like_article(lines: Sequence[str], least_words: int = _LEAST_WORDS) -> bool:
    """Tell whether lines open with a headline, or with named fields, and are prose for the rest."""
    told = [Line(1, line.strip(), True) for line in lines if line.strip()]
    fields = [line for line in told if _FIELD.match(line.text) and not line.is_prose]
    prose = sum(_size(line.text) for line in told[1:] if line.is_prose or line.words >= _LONG_LINE)
    whole = sum(_size(line.text) for line in told[1:]) - sum(_size(it.text) for it in fields[1:])
    if prose < max(_LEAST_TEXT, _LEAST_DENSITY * whole):
        return False
    head = told[0]
    if head.text.startswith("###"):
        # A heading of the third level stands inside an article.
        return False
    if head in fields:
        return True
    long = head.words >= least_words or _size(head.text) >= _LEAST_HEAD
    return head.is_headline_like and long and not has_date_line([head.text])


def _size(text: str) -> float:
    """Return the length of a text in letters."""
    return len(text) + (0 if text.isascii() else _DENSITY * len(_DENSE.findall(text)))


def _variables(lines: Sequence[str]) -> dict[int, dict[str, str]]:
    """Find the lines of variables that open the texts of Alceste and Lexico."""
    marks: dict[int, dict[str, str]] = {}
    for index, line in enumerate(lines):
        line = line.strip()
        if line.startswith("***") and _VARIABLES.match(line):
            marks[index] = {name: _spelled(value) for name, value in _VARIABLE.findall(line)}
        elif line.startswith("<") and _KEYS.match(line):
            above = index - 1
            found = {name: _spelled(value) for name, value in _KEY.findall(line)}
            if above in marks and not set(found) & set(marks[above]):
                found = marks.pop(above) | found
            marks[index] = found
    kinds = {lines[index].strip()[0] for index in marks}
    # What opens only some of the texts, such as a day, holds until it is stated again.
    held: dict[str, str] = {}
    for index in sorted(marks) if "<" in kinds else ():
        held |= marks[index]
        marks[index] = dict(held)
    return marks


def _spelled(value: str) -> str:
    """Spell a value that could hold no blank: "ValdeneHerald", "Valdene_Herald"."""
    if re.fullmatch(r"[\d_.-]+", value):
        return value.replace("_", "-")
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])", " ", value.replace("_", " ")).strip()


def _counting(lines: Sequence[str]) -> dict[int, dict[str, str]]:
    """Find the heads that count on, one an article, all of one form."""
    forms: dict[str, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        line = line.strip()
        if not 1 <= len(line) <= _LONGEST_MARK or not any(char.isdigit() for char in line):
            continue
        counted = _COUNTS.match(line)
        match = counted or _NUMBERED.match(line)
        if match:
            total = counted[2] if counted else ""
            form = re.sub(r"\d+", "#", line) + total
            forms.setdefault(form, []).append((index, int(match[1])))
    best: list[int] = []
    for form, found in forms.items():
        steps = [b[1] - a[1] for a, b in pairwise(found)]
        if len(found) < 2 or found[0][1] > 1 or steps.count(1) < 0.9 * len(steps):
            continue
        places = [index for index, _ in found]
        parts = [lines[a + 1 : b] for a, b in pairwise([*places, len(lines)])]
        is_counted = form[-1:].isdigit()
        good = [_states_itself(part) if is_counted else _is_dated_article(part) for part in parts]
        if sum(good) >= 0.8 * len(good):
            best = max(best, places, key=len)
    return {index: {} for index in best}


def _states_itself(lines: Sequence[str]) -> bool:
    """Tell whether lines state a day at their top, or two fields, as the head of an article does."""
    told = [line for line in lines if line.strip()]
    fields = sum(bool(_FIELD.match(line.strip())) for line in told)
    return _length(told) >= _LEAST_TEXT // 2 and (fields >= 2 or has_date_line(told[:_HEAD_LINES]))


def _is_dated_article(lines: Sequence[str]) -> bool:
    """Tell whether lines are an article with its day below the headline, or above it."""
    told = [line for line in lines if line.strip()]
    above = has_date_line(told[:1])
    dated = above or has_date_line(told[1:_HEAD_LINES])
    return dated and looks_like_article(told[1:] if above else told)


def _length(lines: Sequence[str]) -> int:
    return sum(len(line.strip()) for line in lines)


def _rules(lines: Sequence[str]) -> list[int]:
    """Find rules between parts that are all articles."""
    forms: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if is_rule(line):
            forms.setdefault("".join(line.split())[0], []).append(index)
    for places in forms.values():
        starts = [-1, *places]
        parts = [
            (a + 1, b) for a, b in pairwise([*starts, len(lines)]) if _length(lines[a + 1 : b])
        ]
        good = [part for part in parts if looks_like_article(lines[slice(*part)])]
        if len(good) < 2 or not _covers([lines[slice(*part)] for part in good], lines):
            continue
        # What stands above the first and below the last may be a heading and a colophon.
        first, last = parts.index(good[0]), parts.index(good[-1])
        if good == parts[first : last + 1] and first <= 1 and last >= len(parts) - 2:
            return [start for start, _ in parts[first:]]
    return []


def _covers(parts: Sequence[Sequence[str]], lines: Sequence[str]) -> bool:
    return sum(map(_length, parts)) >= _LEAST_COVER * _length(lines)


def _listed(lines: Sequence[str]) -> list[int]:
    """Find numbered headlines, each with its date below."""
    found = [(i, int(m[1])) for i, line in enumerate(lines) if (m := _LISTED.match(line.strip()))]
    chain: list[int] = []
    for index, number in found:
        if number == len(chain) + 1 and has_date_line(lines[index + 1 : index + 5]):
            chain.append(index)
    parts = [lines[a:b] for a, b in pairwise([*chain, len(lines)])]
    whole = all(looks_like_article(part[1:], 0) or _is_dated_article(part) for part in parts)
    return chain if len(chain) >= 2 and whole and _covers(parts, lines) else []


def has_date_line(lines: Sequence[str]) -> bool:
    """Tell whether one of some lines is short and holds a full date."""
    short = (line for line in lines if line.strip() and len(line) <= _LONGEST_DATE_LINE)
    return any((found := find_date(fold(line), True)) and found.day for line in short)


def _is_signed(lines: Sequence[str]) -> bool:
    """Tell whether a short line with a number, such as a day or a time of reading, is below the head."""
    below = [line for line in lines if line.strip()][1:2]
    return any(any(map(str.isdigit, line)) and Line(1, line, False).words <= 14 for line in below)


def _repeated(lines: Sequence[str]) -> list[int]:
    """Find a row that closes every article in the same words, three times or more."""
    forms: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        told = " ".join(line.split())
        if told and len(told) <= 160 and not Line(1, told, True).ends_sentence:
            forms.setdefault(told, []).append(index)
    for places in forms.values():
        if len(places) < 3:
            continue
        parts = [lines[a:b] for a, b in pairwise([0, *places])]
        later = all(looks_like_article(part[1:]) and _is_signed(part[1:]) for part in parts[1:])
        # Some say "3 hours ago" below their headline, but not most of them.
        dated = sum(
            has_date_line([line for line in part if line.strip()][1:3]) for part in parts[1:]
        )
        later = later and 2 * dated >= len(parts) - 1
        if later and _covers(parts, lines) and _length(parts[0]) >= _LEAST_TEXT:
            return places
    return []
