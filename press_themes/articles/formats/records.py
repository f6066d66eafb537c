"""What every format hands over: one record for each article, or one reason why it is none.

A record is raw; repairs, splitting and peeling come after, the same way for every format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class LeftOut(NamedTuple):
    """One line that an export holds beside an article: its kind and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Record:
    """One article as a format found it, or one scraped page that may hold several.

    Parameters
    ----------
    text : str
        The body, paragraphs apart by line breaks; for a page, the whole page.
    position : int
        0-based place in the file.
    title, strapline, outlet, url, language : str, optional
        As stated; empty means not stated.
    date : object
        As stated: a string, a number or a date.
    is_page : bool
        Whether the text is a scraped page still to be split.
    place : str
        The place in the file in an analyst's words, such as "row 5".
    date_basis : str
        "field" or "page": where the date comes from.
    is_excerpt : bool
        Whether the source gives only a summary or the beginning of the article.
    is_headline : bool
        Whether the source gives the headline alone; then it is the text, too.
    groups : mapping of str to str
        What else the source states of the article, by the name it has there.
    left_out : tuple of LeftOut
        What stands beside the article and is no part of the record.
    member : str
        Where it lies in a container, such as ``folder/page.html``; empty for a file by itself.
    """

    text: str
    position: int = 0
    title: str | None = None
    strapline: str | None = None
    date: object = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    is_page: bool = False
    place: str = ""
    date_basis: str = "field"
    is_excerpt: bool = False
    is_headline: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    member: str = ""


class Unusable(NamedTuple):
    """One part of a file that gives no article: its place, the cause, the mend, its container."""

    position: int | None
    place: str
    cause: str
    mend: str
    member: str = ""


Found = Iterator[Record | Unusable]
