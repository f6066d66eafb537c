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
from press_themes.articles.text_repair import fold

_VARIABLES = re.compile(r"^\*{3,4}(?:[ \t]+\*\S+)+\s*$|^\*{4}(?:[ \t]+\*[^*\n]+)+$")
_VARIABLE = re.compile(r"\*([^\s*_]+)_([^\s*]+)")
_KEYS = re.compile(r"^(?:<[^\W\d]\w{0,30}=[^<>\n]{0,200}>\s*)+$")
_KEY = re.compile(r"<(\w+)=([^<>]*)>")
_COUNTS = re.compile(
    r"^\W{0,6}(?:[^\W\d_]+[ .]{0,2}){0,2}\W{0,3}(\d{1,5})\s?(?:of|de|von|sur|di|van|av|af|z|ze|из|із|od|fra|"
    r"dari|/|の|到|共)\s?(\d{1,5})\W{0,3}(?:[^\W\d_]+\W?){0,2}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W{0,4}(?:[^\W\d_]+[ .:°]{1,3}){0,1}[#№(\[]{0,2}(\d{1,4})[)\].:]{0,2}\W{0,4}$")
_LISTED = re.compile(r"^\(?(\d{1,4})[.)]\s+\S.{8,240}$")
_RULE = re.compile(r"^\s*(?:([-=_*~#•·—–+.◆■○●※])\s?)(?:\1\s?){2,}$")
_LONGEST_MARK = 80
_LEAST_TEXT = 150
_LEAST_WORDS = 4
_HEAD_LINES = 4
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
            return list(lines[: places[0]]), [Segment(part) for part in parts if any(map(str.strip, part))]
    closings = _repeated(lines)
    parts = [list(lines[a:b]) for a, b in pairwise([0, *(place + 1 for place in closings)])]
    return [line for part in parts for line in part[-1:]][:1], [Segment(part[:-1]) for part in parts]


def is_rule(line: str) -> bool:
    """Tell whether a line only parts what stands above from what stands below."""
    return bool(_RULE.match(line[:_LONGEST_MARK]))


def looks_like_article(lines: Sequence[str], least_words: int = 2) -> bool:
    """Tell whether lines open with a headline, or with named fields, and hold prose."""
    told = [Line(1, line.strip(), True) for line in lines if line.strip()]
    prose = sum(len(line.text) for line in told[1:] if line.is_prose or line.words >= 12)
    if not told or prose < _LEAST_TEXT:
        return False
    head = told[0]
    labelled = bool(re.match(r"[^\W\d_][^:：]{1,30}[:：]", head.text)) and head.words <= 40
    return labelled or (head.is_headline_like and not head.is_prose and head.words >= least_words)


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
        match = _COUNTS.match(line) or _NUMBERED.match(line)
        if match:
            forms.setdefault(re.sub(r"\d+", "#", line), []).append((index, int(match[1])))
    best: list[int] = []
    for found in forms.values():
        steps = [b[1] - a[1] for a, b in pairwise(found)]
        if len(found) < 2 or found[0][1] > 1 or steps.count(1) < 0.9 * len(steps):
            continue
        places = [index for index, _ in found]
        parts = [lines[a + 1 : b] for a, b in pairwise([*places, len(lines)])]
        if sum(_length(part) >= _LEAST_TEXT // 2 for part in parts) >= 0.8 * len(parts):
            best = max(best, places, key=len)
    return {index: {} for index in best}


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
        parts = [(a + 1, b) for a, b in pairwise([*starts, len(lines)]) if _length(lines[a + 1 : b])]
        good = [part for part in parts if looks_like_article(lines[slice(*part)])]
        # What stands above the first and below the last may be a heading and a colophon.
        if len(good) >= 2 and len(good) >= len(parts) - 2 and good == parts[parts.index(good[0]) :][: len(good)]:
            return [start for start, _ in good] if good[-1] == parts[-1] else [start for start, _ in good] + [parts[-1][0]]
    return []


def _listed(lines: Sequence[str]) -> list[int]:
    """Find numbered headlines, each with its date below."""
    found = [(i, int(m[1])) for i, line in enumerate(lines) if (m := _LISTED.match(line.strip()))]
    chain: list[int] = []
    for index, number in found:
        if number == len(chain) + 1 and _has_date_line(lines[index + 1 : index + 1 + _HEAD_LINES]):
            chain.append(index)
    parts = [lines[a:b] for a, b in pairwise([*chain, len(lines)])]
    whole = all(_length(part) >= _LEAST_TEXT for part in parts)
    return chain if len(chain) >= 2 and whole else []


def _has_date_line(lines: Sequence[str]) -> bool:
    short = (line for line in lines if line.strip() and len(line) <= _LONGEST_DATE_LINE)
    return any((found := find_date(fold(line), True)) and found.day for line in short)


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
        later = all(looks_like_article(part[1:], _LEAST_WORDS) for part in parts[1:])
        if later and _length(parts[0]) >= _LEAST_TEXT:
            return places
    return []
