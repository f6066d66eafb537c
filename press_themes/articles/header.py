"""The head of an article: headline, strapline, byline and date, wherever the page puts them.

What stands in a head is either kept in its own column or listed as removed, never in the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from press_themes.articles.date_lines import DateLine, read_date_line
from press_themes.articles.lines import Line, same_text
from press_themes.articles.vocabulary import pattern

REACH = 5
REPEATED = 4
_LONGEST_STRAPLINE = 70
_LONGEST_LINE = 40


@dataclass(frozen=True)
class Header:
    """The head of one article.

    Parameters
    ----------
    start, body : int
        Index of its first line, and of the first line after it.
    title, strapline : str, optional
        As the page spells them.
    date : DateLine, optional
        When it appeared.
    fields : dict of str to str
        Outlet, url and language, where the head names them.
    labels : dict of int to str
        The kinds of the lines of the head that are neither title nor strapline.
    strength : int
        How much evidence there is, to compare layouts by; `REPEATED` or more for a repeated
        headline.
    """

    start: int
    body: int
    title: str | None = None
    strapline: str | None = None
    date: DateLine | None = None
    fields: dict[str, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    strength: int = 0


def is_byline(line: Line) -> bool:
    """Tell whether a line of a head only names the writer."""
    return not line.ends_with_stop and (names_writer(line) or line.is_name_like)


def names_writer(line: Line) -> bool:
    """Tell whether a line says "By …" in some language."""
    return line.words <= 9 and bool(pattern("byline").search(line.folded))


def take_repeat(header: Header, index: int, lines: list[Line], labels: list[str | None]) -> Header:
    """Take the lines up to a repeated headline into the head; what stands between is the strapline."""
    wanted = same_text(header.title or "")
    for below in range(index + 1, min(len(lines), index + REACH)):
        if same_text(lines[below].text) != wanted:
            continue
        if below + 1 < len(lines) and read_date_line(lines[below + 1].text):
            # Two articles of one headline follow each other.
            break
        between = [
            lines[i].text
            for i in range(index + 1, below)
            if not labels[i] and not names_writer(lines[i])
        ]
        return replace(
            header,
            body=below + 1,
            strapline=" ".join(between) or None,
            labels={**header.labels, below: "repeated title"},
            strength=header.strength + REPEATED,
        )
    return header


def label_head(header: Header, lines: list[Line], labels: list[str | None]) -> Header:
    """Name the lines of a head that are neither title nor strapline."""
    found = dict(header.labels)
    for index in range(header.start, header.body):
        text = lines[index].text
        if index not in found and text != header.title and text not in (header.strapline or ""):
            kind = "date line" if read_date_line(text) else "byline"
            found[index] = labels[index] or kind
    return _absorb_below(replace(header, labels=found), lines, labels)


def _absorb_below(header: Header, lines: list[Line], labels: list[str | None]) -> Header:
    """Take the strapline, bylines and dates below a head into it."""
    found = dict(header.labels)
    body, strapline = header.body, header.strapline
    reach = min(len(lines) - 1, header.body + REACH)
    while body < reach:
        reason = _head_kind(body, lines, labels, found)
        if reason is not None:
            found[body] = reason
        elif strapline is None and header.title and _is_strapline(header, body, lines, labels):
            strapline = lines[body].text
        else:
            break
        body += 1
    return replace(header, body=body, strapline=strapline, labels=found)


def _head_kind(
    index: int, lines: list[Line], labels: list[str | None], found: dict[int, str]
) -> str | None:
    line = lines[index]
    if read_date_line(line.text):
        return "date line"
    if labels[index] or is_byline(line):
        return labels[index] or "byline"
    # Below a name, in the same block, stands the place or the desk.
    signed = found.get(index - 1) == "byline" and not line.gap
    return "byline" if signed and line.words <= 6 and not line.ends_sentence else None


def _is_strapline(header: Header, index: int, lines: list[Line], labels: list[str | None]) -> bool:
    """Tell whether a line below a headline stands above a byline or a date, or is put as one."""
    line = lines[index]
    if line.is_list_item or not 5 <= line.words <= _LONGEST_STRAPLINE:
        return False
    following = range(index + 1, min(len(lines) - 1, index + REACH))
    next_told = next((i for i in following if labels[i] is None), index + 1)
    below = lines[next_told]
    if names_writer(below) or (header.date is None and read_date_line(below.text)):
        return True
    if below.is_name_like and next_told + 1 < len(lines) and lines[next_told + 1].is_prose:
        return True
    if line.ends_sentence or line.words > _LONGEST_LINE:
        return False
    return is_byline(below) or labels[index + 1] == "share widget"
