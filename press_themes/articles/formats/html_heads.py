"""What an HTML page says its article is called, who publishes it and when, judged by evidence.

The headline of the page is the heading that the title of its window tells too.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from press_themes.articles.date_lines import DateLine, read_date_line
from press_themes.articles.lines import Line, count_words, same_text
from press_themes.articles.noise import line_kind
from press_themes.articles.shared_words import stems
from press_themes.articles.vocabulary import pattern
from press_themes.folding import fold

# Marks that part the names of sites and sections from headlines; a dash may stand in a headline.
_PARTS = re.compile(r"\s+[|›»•·:¦~/]+\s+|\s+(?:::|--|[–—-])\s+|\s*\|\s*")
_FIRM_PARTS = re.compile(r"\s+[|›»•·¦~]\s+|\s*\|\s*")
_LONGEST_NAME = 6
_LEAST_WORDS = 3
_BELOW, _ABOVE = 8, 4


class PageTitles(NamedTuple):
    """The titles that a page bears: of its window, for sharing, and its headings in order."""

    window: str
    shared: str
    headings: list[str]


def page_titles(tree: Any) -> PageTitles:
    """Collect the titles of a parsed page."""
    window = next((_text(found) for found in tree.iter("title")), "")
    shared = next(
        (
            " ".join((meta.get("content") or "").split())
            for meta in tree.iter("meta")
            if (meta.get("property") or meta.get("name")) in ("og:title", "twitter:title")
        ),
        "",
    )
    return PageTitles(window, shared, [t for h in tree.iter("h1", "h2") if (t := _text(h))])


def pick_title(titles: PageTitles, site: str | None, body: str) -> str | None:
    """Pick the headline of a page: a heading that a stated title holds, else the stated title."""
    stated = [
        title
        for title in (titles.shared, titles.window)
        if title and not (site and same_text(title) == same_text(site))
    ]
    told = [
        heading
        for heading in titles.headings
        if any(_holds(title, heading) for title in stated)
        and not (site and same_text(heading) == same_text(site))
    ]
    if told:
        return max(told, key=count_words)
    first = next((_without_site(title, site) for title in stated), None)
    words = stems(body[:3_000])
    heading = next((h for h in titles.headings if _could_head(h)), None)
    if heading and (not first or _shared(heading, words) > _shared(first, words) + 1):
        return heading
    return first or heading


def is_headline(titles: PageTitles, name: str | None) -> bool:
    """Tell whether what a page states as the name of its site is its headline; names are short."""
    told = same_text(name or "")
    long = bool(told) and count_words(name or "") > _LONGEST_NAME
    return long and told in {same_text(title) for title in (titles.shared, *titles.headings)}


def outlet_beside(titles: PageTitles, title: str | None, lines: list[str]) -> str | None:
    """Find the name beside the headline in a stated title, where the page bears it elsewhere too."""
    elsewhere = {same_text(line) for line in lines}
    rights = " ".join(f" {same_text(line)} " for line in lines if re.search(r"©|\(c\)", line))
    for stated in (titles.window, titles.shared):
        parts = [part.strip() for part in _PARTS.split(stated) if part.strip()]
        if len(parts) < 2 or not title:
            continue
        for part in (parts[-1], parts[0]):
            name = same_text(part)
            if not name or count_words(part) > _LONGEST_NAME or name in same_text(title):
                continue
            borne = name in elsewhere or f" {name} " in rights
            if borne or pattern("medium").search(fold(part)):
                return part
    return None


def visible_date(lines: list[str], title: str | None, day_first: bool | None) -> DateLine | None:
    """Find the line beside the headline that says when the article appeared."""
    wanted = same_text(title or "")
    at = next((i for i, line in enumerate(lines) if wanted and same_text(line) == wanted), None)
    if at is None:
        return None
    near = [*lines[at + 1 : at + 1 + _BELOW], *lines[max(0, at - _ABOVE) : at][::-1]]
    return next((found for line in near if (found := read_date_line(line, day_first))), None)


def _holds(title: str, heading: str) -> bool:
    whole, part = same_text(title), same_text(heading)
    if not part or f" {part} " not in f" {whole} ":
        return False
    own = any(same_text(piece) == part for piece in _PARTS.split(title))
    return count_words(heading) >= _LEAST_WORDS and (own or 2 * len(part) >= len(whole))


def _without_site(title: str, site: str | None) -> str:
    """Take the name of the site off either end of a title, and whatever a firm mark parts."""
    name = same_text(site or "")
    parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
    for end in (-1, 0):
        own = same_text(parts[end]) if len(parts) > 1 else ""
        named = bool(own and name) and (own == name or own.replace(" ", "") == _bare(name))
        if named or (own and pattern("medium").search(fold(parts[end])) and _is_short(parts[end])):
            at = title.rfind(parts[end]) if end else len(parts[0])
            title = title[:at] if end else title[at:]
            title = re.sub(r"^[\s|›»•·:¦~/–—-]+|[\s|›»•·:¦~/–—-]+$", "", title)
            parts.pop(end)
    firm = [part.strip() for part in _FIRM_PARTS.split(title) if part.strip()]
    return max(firm, key=len, default=title)


def _bare(name: str) -> str:
    """Return the name of a host without its ends."""
    return re.sub(r"^www | (?:com|org|net|info|eu|co|uk|[a-z]{2})$", "", name).replace(" ", "")


def _is_short(part: str) -> bool:
    return count_words(part) <= _LONGEST_NAME - 2


def _could_head(heading: str) -> bool:
    line = Line(1, heading, True)
    return line.words >= _LEAST_WORDS and line.is_headline_like and line_kind(line) is None


def _shared(title: str, words: set[str]) -> int:
    return len(stems(title) & words)


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
