"""Exports whose articles are lines with labels: "Title: …", "LENGTH: 96 words", "Full text: …".

The labels come from tables in ``words``; in a file of many articles, what stands before a colon in
half of them is a label, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press_themes.articles.dates import find_date
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.formats.segments import Segment, find_segments, is_rule
from press_themes.articles.formats.table_rows import Row, read_rows_as_records
from press_themes.articles.formats.wrapping import unwrap
from press_themes.articles.lines import Line
from press_themes.articles.vocabulary import field_names, fold_name, label_names
from press_themes.folding import fold

_LABEL = re.compile(r"^\s{0,8}[【\[]?([^\W\d_][^:：】\]\n]{0,48}?)\s?(?:[:：]|[】\]])\s*(.*)$")
_ADDRESS = re.compile(r"^\s*https?://\S+\s*$")
_RIGHTS = re.compile(r"^\s*(?:copyright|©|\(c\)|all rights reserved)", re.IGNORECASE)
_LONGEST_LABEL_WORDS = 5
_LONGEST_DATE = 80
_HEAD = 4


@dataclass
class _Parts:
    """The lines of one article: the head above its labels, the labels, the text."""

    head: list[str] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


def read_many(lines: Sequence[str], path: Path) -> Found | None:
    """Read a text that holds many articles, or None where nothing in it repeats."""
    above, segments = find_segments(lines)
    return read_segments(above, segments, path) if segments else None


def read_segments(above: Sequence[str], segments: Sequence[Segment], path: Path) -> Found:
    """Read segments, each by its labels, by what its separator states, or as a page."""
    common = _common_labels(segments)
    titled = bool(segments[0].stated) and _open_with_titles(segments)
    rows: list[Row] = []
    for number, segment in enumerate(segments, start=1):
        place = f"article {number}"
        lines = [line for line in unwrap(segment.lines) if line.strip() and not is_rule(line)]
        parts = _read_parts(lines, common)
        if segment.stated:
            rows.append(Row(place, segment.stated | _stated_text(lines, titled)))
        elif len(parts.labels) >= 2:
            rows.append(Row(place, _values(parts)))
        elif not rows:
            page = Record(
                "\n".join(segment.lines),
                number - 1,
                is_page=True,
                place=place,
                date=_day_in_head(lines),
                date_basis="page",
            )
            yield page if lines else Unusable(number - 1, place, "is empty", "nothing is lost")
        else:
            rows.append(Row(place, {"text": "\n\n".join(lines)}))
    if rows:
        yield from read_rows_as_records(rows, path)
    told = [line.strip() for line in above if line.strip() and not is_rule(line)]
    if told:
        shown = " / ".join(told)[:300]
        yield Unusable(
            None,
            "",
            f"what stands above the first article is left out ({shown})",
            "nothing is lost unless it belongs to one",
        )


def _common_labels(segments: Sequence[Segment]) -> frozenset[str]:
    """Return what stands before a colon in half of the segments."""
    counts: Counter[str] = Counter()
    for segment in segments:
        counts.update({fold_name(m[1]) for line in segment.lines if (m := _match(line))})
    least = max(2, len(segments) / 2)
    return frozenset(name for name, count in counts.items() if count >= least)


def _match(line: str) -> re.Match[str] | None:
    found = _LABEL.match(line[:400]) if len(line) < 100_000 else None
    if (
        found is None
        or len(found[1].split()) > _LONGEST_LABEL_WORDS
        or found[1].casefold() in ("http", "https")
    ):
        return None
    return found


def _read_parts(lines: Sequence[str], common: frozenset[str]) -> _Parts:
    parts = _Parts()
    held: list[str] = []
    runs: list[list[str]] = [held]
    in_text = False
    for line in lines:
        found = _match(line)
        slug = fold_name(found[1]) if found else ""
        known = _meaning(slug) if found else None
        if (
            found
            and (known or slug in common)
            and not (in_text and known is None and slug not in common)
        ):
            value = line[found.start(2) :].strip()
            in_text = known == "text"
            if in_text:
                parts.text += [value] if value else []
                continue
            name = slug if slug in field_names() else known or slug
            parts.labels.setdefault(name, []).append(value)
            held = []
            runs.append(held)
        elif not found and fold_name(line) in label_names("alone"):
            in_text = label_names("alone")[fold_name(line)] == "text"
        elif in_text:
            parts.text.append(line.strip())
        else:
            held.append(line.strip())
    if parts.text:
        parts.head = runs[0]
        return parts
    # Without a label the text is the longest run of lines between labels.
    longest = max(runs, key=lambda run: sum(map(len, run)))
    parts.text = [line for line in longest if not _RIGHTS.match(line)]
    parts.head = runs[0] if longest is not runs[0] else []
    if longest is runs[-1]:
        while len(parts.text) > 1 and (_RIGHTS.match(parts.text[-1])):
            parts.text.pop()
    return parts


def _meaning(slug: str) -> str | None:
    return label_names("labels").get(slug) or field_names().get(slug)


def _values(parts: _Parts) -> dict[str, Any]:
    """Return the columns of an article: its labels, and title, outlet and day from its head."""
    values: dict[str, Any] = {
        name: "; ".join(filter(None, held)) for name, held in parts.labels.items()
    }
    values["text"] = "\n\n".join(parts.text)
    known = field_names()
    for name in [name for name in values if known.get(name) == "outlet"]:
        # The place stands behind the name: "Valdene Herald; Orley".
        values[name] = values[name].split(";")[0].strip()
    head = [line for line in parts.head if not _RIGHTS.match(line)]
    addresses = [line for line in head if _ADDRESS.match(line)]
    head = [line for line in head if line not in addresses]
    if addresses:
        values.setdefault("url", addresses[0].strip())
    day = next((i for i, line in enumerate(head) if _is_date(line)), None)
    if day is not None:
        values.setdefault("date", head[day])
        below = head[day + 1 :]
        outlet, title = (
            (head[day - 1] if day else "", below[-1])
            if below
            else (head[day - 1] if day > 1 else "", head[0])
        )
        rest = [line for line in head if line not in (outlet, title, head[day])]
    else:
        outlet, title, rest = "", head[0] if head else "", head[1:]
    for name, value in (("title", title), ("outlet", outlet)):
        if value and not values.get(name):
            values[name] = value
    if rest:
        values["head_line"] = "; ".join(rest)
    return values


def _is_date(line: str) -> bool:
    return _day(line) is not None


def _day(line: str) -> str | None:
    found = find_date(fold(line), True) if len(line) <= _LONGEST_DATE else None
    return found.day.isoformat() if found and found.day else None


def _day_in_head(lines: Sequence[str]) -> str | None:
    """Return the day that one of the first lines states beside an edition, a page or a length."""
    return next(filter(None, map(_day, lines[:_HEAD])), None)


def _stated_text(lines: Sequence[str], titled: bool) -> dict[str, str]:
    """Return text and title of what stands below a line of variables."""
    first = Line(1, lines[0], True) if lines else None
    if first and len(lines) > 1 and first.is_headline_like and not first.is_prose:
        return {"title": lines[0], "text": "\n\n".join(lines[1:])}
    sentences = _sentences(lines[0]) if titled and lines else []
    if len(sentences) > 1:
        rest = lines[0][len(sentences[0]) :].strip()
        return {"title": sentences[0].rstrip(". 。"), "text": "\n\n".join([rest, *lines[1:]])}
    return {"text": "\n\n".join(lines)}


def _open_with_titles(segments: Sequence[Segment]) -> bool:
    """Tell whether each text opens with a short sentence before longer ones, as titles do."""
    short = 0
    for segment in segments:
        line = next((line for line in unwrap(segment.lines) if line.strip()), "")
        counts = [Line(1, sentence, True).words for sentence in _sentences(line)[:2]]
        short += len(counts) == 2 and 3 <= counts[0] <= 18 and counts[0] < counts[1]
    return short >= 0.9 * len(segments)


def _sentences(line: str) -> list[str]:
    return re.findall(r".+?(?:[.!?…。！？]+(?=\s|$)|$)\s*", line[:2_000])
