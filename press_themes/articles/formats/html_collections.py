"""HTML pages that hold many articles: exports of databases, and anything that repeats as they do.

What counts on ("1 of 74 DOCUMENTS") or stands between rules is found in the lines of the page; else
elements of one kind that each hold a headline and an article, and together most of the page.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from press_themes.articles.formats.html_articles import paragraphs, parse_markup
from press_themes.articles.formats.labelled import read_many, read_segments
from press_themes.articles.formats.records import Found
from press_themes.articles.formats.segments import Segment, has_date_line, looks_like_article

_COUNTING = re.compile(
    r">\s*(?:[^\W\d_]+\s){0,2}\W{0,3}1\s?(?:of|de|von|sur|di|van|av|/|из)\s?\d{1,5}\b"
)
_RULE = re.compile(r"<hr\b", re.IGNORECASE)
_BREAK = "-----"
_KINDS = ("article", "div", "section", "tr", "table", "li", "td", "dl")
_LEAST_SHARE = 0.6
_HEAD_LINES = 6


def read_html_collection(text: str, path: Path) -> Found | None:
    """Read a page that holds many articles, or None where it does not."""
    counting = bool(_COUNTING.search(text))
    rules = len(_RULE.findall(text))
    if not counting and not rules and not _repeats(text):
        return None
    root = parse_markup(text)
    if root is None:
        return None
    if counting or rules:
        for rule in list(root.iter("hr")):
            rule.tag, rule.text = "p", _BREAK
        lines = [line for paragraph in paragraphs(root) for line in (paragraph, "")]
        # Rules between articles may be tables or lines of a style sheet; then shape decides.
        if counting or lines.count(_BREAK):
            found = read_many(lines, path)
            if found is not None:
                return found
    return _read_repeated(root, path)


def _repeats(text: str) -> bool:
    """Tell in passing whether one class is borne by many elements, so that parsing is worth it."""
    return text.count("<article") >= 2 or len(re.findall(r"<(?:div|section|table)\b", text)) >= 2


def _read_repeated(root: Any, path: Path) -> Found | None:
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for part in root.iter(*_KINDS):
        above = part.getparent()
        groups.setdefault((above, part.tag, part.get("class", "")), []).append(part)
    whole = sum(map(len, paragraphs(root)))
    for parts in groups.values():
        if len(parts) < 2 or sum(len(part.text_content()) for part in parts) < _LEAST_SHARE * whole:
            continue
        lines = [[line for text in paragraphs(part) for line in (text, "")] for part in parts]
        good = [
            part
            for part in lines
            if looks_like_article(part) and has_date_line(part[: 2 * _HEAD_LINES])
        ]
        if len(good) >= 2 and len(good) >= 0.8 * len(lines):
            return read_segments([], [Segment(part) for part in good], path)
    return None
