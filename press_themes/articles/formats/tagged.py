"""Bibliographies of articles: RIS, NBIB and EndNote with a tag a line, and BibTeX.

Each reference becomes a row of tags; what the tags mean is told by `words/fields.yml` and below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press_themes.articles.formats.records import Found
from press_themes.articles.formats.table_rows import Row, read_rows_as_records
from press_themes.errors import InputError

_RIS = re.compile(
    r"^([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$) ?(.*)$|^%([A-Z0-9@~!#$&*\[\]^(){}<>+?])(?: (.*)|)$"
)
_OPENS = ("TY", "PMID", "0")
_ENTRY = re.compile(r"^[ \t]*@([A-Za-z]{3,20})[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*,?\s*([\w-]{1,60})\s*=\s*")
_NO_REFERENCE = ("comment", "string", "preamble")
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "c": "\u0327",
}
_ACCENT = re.compile(r"""\\([`'^~"]|c(?=[ {]))[ ]?\{?(\\[ij]|[A-Za-z])\}?""")
# The names of the tags that mean something else where they are columns.
_TAGS = {
    "T1": "title", "TI": "title", "T": "title", "T2": "publication_title", "JO": "journal",
    "JF": "publication_title", "JT": "publication_title", "J": "journal", "B": "publication_title",
    "DA": "date", "DP": "date", "8": "date", "PY": "publication_year", "Y1": "publication_year",
    "D": "publication_year", "AB": "abstract", "N2": "abstract", "X": "abstract",
    "FT": "full_text", "AU": "author", "A1": "author", "A": "author", "UR": "url", "L2": "link",
    "U": "url", "LA": "language", "G": "language", "PB": "publisher", "I": "publisher",
    "KW": "keywords", "K": "keywords", "SE": "section", "SP": "page", "P": "pages",
    "CY": "place_published", "N1": "notes", "ET": "edition", "TY": "kind_of_reference",
    "0": "kind_of_reference",
}  # fmt: skip


def looks_tagged(text: str) -> bool:
    """Tell whether a text opens as a list of references."""
    opening = text[:20_000].lstrip("\ufeff \n\t")
    first = [line for line in opening.split("\n") if line.strip()][:4]
    tags = [match[1] or match[3] for line in first if (match := _RIS.match(line))]
    return len(tags) >= min(3, len(first)) > 1 and tags[0] in _OPENS


def looks_like_bibtex(text: str) -> bool:
    """Tell whether a text holds BibTeX entries and opens with one, comments aside."""
    found = _ENTRY.search(text[:20_000])
    return bool(
        found and re.match(r"[^\n]*[{(]\s*[^\s,={}]{1,200}\s*,\s*\w+\s*=", text[found.start() :])
    )


def read_tagged(text: str, path: Path) -> Found:
    """Read a list of references."""
    yield from read_rows_as_records(_references(text), path)


def read_bibtex(text: str, path: Path) -> Found:
    """Read a BibTeX file."""
    yield from read_rows_as_records(_entries(text), path)


def _references(text: str) -> Iterator[Row]:
    fields: dict[str, list[str]] = {}
    held: list[str] = []
    number = 0
    for line in text.lstrip("\ufeff").split("\n"):
        match = _RIS.match(line.rstrip())
        tag = (match[1] or match[3]) if match else None
        if tag in (*_OPENS, "ER") and fields:
            number += 1
            yield _reference(number, fields)
            fields = {}
        if match and tag and tag != "ER":
            held = fields.setdefault(_TAGS.get(tag, tag), [])
            held.append(match[2] or match[4] or "")
        elif held and line.strip() and fields:
            # A value goes on below its tag.
            held[-1] = f"{held[-1]} {line.strip()}"
        elif held and fields and not line.strip():
            held[-1] += "\n"
    if fields:
        yield _reference(number + 1, fields)


def _reference(number: int, fields: dict[str, list[str]]) -> Row:
    values: dict[str, Any] = {
        name: [value.strip() for value in held] for name, held in fields.items()
    }
    return Row(f"reference {number}", values)


def _entries(text: str) -> Iterator[Row]:
    number = 0
    end = 0
    for found in _ENTRY.finditer(text):
        kind = found[1].casefold()
        if found.start() < end or kind in _NO_REFERENCE:
            continue
        number += 1
        comma = text.find(",", found.end())
        values: dict[str, Any] = {"kind_of_reference": kind}
        end = comma if comma >= 0 else len(text)
        while key := _KEY.match(text, end):
            value, end = _bibtex_value(text, key.end())
            values[key[1].casefold()] = value
        if "month" in values and "date" not in values:
            values["date"] = " ".join(
                filter(None, (values.get("day"), values.pop("month"), values.get("year")))
            )
        if "year" in values:
            values["publication_year"] = values.pop("year")
        yield Row(f"reference {number}", values)
    if not number:
        raise InputError(Path(), "holds no reference", "export it again")


def _bibtex_value(text: str, start: int) -> tuple[str, int]:
    """Return a value in braces, in quotation marks or bare, and where it ends."""
    opening = text[start : start + 1]
    if opening not in ("{", '"'):
        end = re.compile(r"[,}\n]|\Z").search(text, start)
        stop = end.start() if end else len(text)
        return text[start:stop].strip(), stop
    depth = 0
    for brace in re.compile(r'\\.|[{}"]').finditer(text, start + (opening == '"')):
        mark = brace.group()
        depth += (mark == "{") - (mark == "}")
        if (mark == '"' == opening and depth == 0) or (
            mark == "}" and opening == "{" and depth == 0
        ):
            return _without_tex(text[start + 1 : brace.start()]), brace.end()
    return _without_tex(text[start + 1 :]), len(text)


def _without_tex(value: str) -> str:
    import unicodedata

    value = _ACCENT.sub(lambda m: m[2].replace("\\", "") + _ACCENTS[m[1]], value)
    value = re.sub(r"\\([&%$#_{}])", r"\1", value.replace("~", " "))
    value = re.sub(r"(?<!\\)[{}]", "", value).replace("\\textquotesingle", "'").replace("--", "–")
    return unicodedata.normalize("NFC", value)
