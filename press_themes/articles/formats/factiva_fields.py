"""What Factiva states of an article, by its two-letter codes or, where they are left out, by place.

HTML and RTF exports share both forms; each has a module that finds the lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from press_themes.articles.dates import find_date
from press_themes.articles.formats.export_remains import name_left_out
from press_themes.articles.formats.records import LeftOut, Record, Unusable
from press_themes.articles.header import is_byline
from press_themes.articles.languages import language_code
from press_themes.articles.lines import Line
from press_themes.articles.text_repair import repair_text
from press_themes.folding import fold

CODES = frozenset(
    ("CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL",
     "LA", "CY", "LP", "TD", "CX", "CT", "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB",
     "AN")
)  # fmt: skip
# Eight characters name the source, eight the day, nine the article.
ARTICLE_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[A-Z][A-Z0-9]{7}((?:19|20)\d\d)(\d\d)(\d\d)[0-9a-z]{9}(?![0-9A-Za-z])"
)
_WORD_COUNT = re.compile(
    r"^\d[\d.,' ]{0,9} ?(?:words?|mots?|worter|wort|palabras?|palavras?|parol[ae]|woorden|ord|"
    r"字|字数|كلم(?:ة|ه|ات))$"
)
_TIME = re.compile(r"^\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: [a-z]{2,5})?$")
_COPYRIGHT = re.compile(r"^(?:copyright|©|\(c\))", re.IGNORECASE)
_LANGUAGE_VARIANT = re.compile(r"\s+[-–]\s+|[;,(/]")
_HEAD_BELOW_OUTLET = 6
_LONGEST_HEAD = 4
# What a code holds; the others are lines of the head.
_KINDS = {
    "BY": "byline", "CR": "byline", "CY": "copyright notice", "CT": "author note",
    "CX": "disclaimer", "ART": "caption",
    **dict.fromkeys(("CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "RF"), "classification"),
}  # fmt: skip
_IN_ONE = ("HD", "SN", "LA", "PD")
_MEND = "download it again from Factiva"

Fields = Mapping[str, Sequence[str]]


def make_factiva_record(
    fields: Fields, position: int, language: str | None = None
) -> Record | Unusable:
    """Make a record of what Factiva states."""
    place = f"article {position + 1}"
    body = [
        line for code in ("LP", "TD") for line in fields.get(code, ()) if not is_number_line(line)
    ]
    if not body:
        return Unusable(position, place, "has no text", _MEND)
    record = Record(
        text="\n\n".join(body),
        position=position,
        title=_text(fields, "HD"),
        date=_date(fields),
        outlet=_text(fields, "SN"),
        language=_language(fields, language),
        place=place,
    )
    return replace(record, left_out=_left_out(fields, record))


def find_heads(lines: Sequence[str]) -> list[int]:
    """Find the word counts below which an article without codes gives its date."""
    return [
        index
        for index, line in enumerate(lines)
        if len(line) < 24
        and _WORD_COUNT.match(fold(line))
        and any(_has_day(below) for below in lines[index + 1 : index + 3])
    ]


def find_start(lines: Sequence[str], head: int, least: int) -> int:
    """Find the headline above a word count."""
    above = range(max(least, head - _LONGEST_HEAD), head)
    titles = [i for i in above if not is_number_line(lines[i])]
    while len(titles) > 1 and _names_writers(lines[titles[-1]]):
        titles.pop()
    return titles[-1] if titles else head


def read_by_place(lines: Sequence[str], head: int, least: int) -> dict[str, list[str]]:
    """Read an article without codes: headline, writer, word count, date, outlet, language, text."""
    start = find_start(lines, head, least)
    date = next(i for i in range(head + 1, head + 3) if _has_day(lines[i]))
    fields = {"HD": [lines[start]] if start < head else [], "PD": [lines[date]]}
    fields["SE"] = [line for line in lines[least:start] if not is_number_line(line)]
    fields["BY"] = list(lines[start + 1 : head])
    below = date + 1
    while below < len(lines) and _TIME.match(fold(lines[below])):
        below += 1
    fields["ET"] = [*lines[head:date], *lines[date + 1 : below]]
    fields["SN"] = list(lines[below : below + 1])
    body = first = below + 1
    for index in range(body, min(body + _HEAD_BELOW_OUTLET, len(lines))):
        line = lines[index]
        if "LA" not in fields and (len(line) > 3 or not line.isascii()) and _known(line):
            fields["LA"], body = [line], index + 1
        elif _COPYRIGHT.match(line) or (index == body and _is_source_code(line)):
            body = index + 1
    fields["SC"] = [line for line in lines[first:body] if line not in fields.get("LA", ())]
    fields["TD"] = list(lines[body:])
    fields["AN"] = [line for line in lines[body:] if is_number_line(line)][-1:]
    return fields


def is_number_line(line: str) -> bool:
    """Tell whether a line only gives the number of an article, as "Document …" does."""
    return len(line) < 80 and bool(ARTICLE_NUMBER.search(line)) and len(line.split()) <= 3


def _left_out(fields: Fields, record: Record) -> tuple[LeftOut, ...]:
    """Name what Factiva states of an article that has no column."""
    lines = (
        LeftOut(_KINDS.get(code, "header line"), line)
        for code, values in fields.items()
        for line in ([" ".join(values)] if code in _IN_ONE else values)
    )
    return name_left_out(lines, record)


def _text(fields: Fields, code: str) -> str | None:
    return " ".join(fields.get(code, ())) or None


def _date(fields: Fields) -> str | None:
    """Return the stated date, or the day in the article's number if the stated one is unreadable."""
    stated = _text(fields, "PD")
    number = ARTICLE_NUMBER.search(_text(fields, "AN") or "")
    if number and not (stated and _has_day(stated)):
        return "-".join(number.groups())
    return stated


def _language(fields: Fields, given: str | None) -> str | None:
    stated = _text(fields, "LA")
    if stated:
        # "Chinese - Traditional", "Portuguese (Brazil)".
        stated = _LANGUAGE_VARIANT.split(repair_text(stated))[0].strip()
    if given and not (stated and _known(stated)):
        return given
    return stated or None


def _has_day(line: str) -> bool:
    found = find_date(fold(repair_text(line[:80])), True) if len(line) < 80 else None
    return bool(found and found.day)


def _known(name: str) -> bool:
    name = _LANGUAGE_VARIANT.split(repair_text(name))[0].strip()
    return len(name) < 30 and language_code(name) is not None


def _is_source_code(line: str) -> bool:
    return len(line) <= 10 and line.isalnum() and line.isascii() and line.upper() == line


def _names_writers(line: str) -> bool:
    return is_byline(Line(1, line.split(";")[0].replace(",", ""), True))
