"""RSS and Atom feeds, one article an entry, read by feedparser.

A feed often carries only a summary of each article; such a record is marked as an excerpt.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from press_themes.articles.dates import parse_date
from press_themes.articles.formats.html_articles import read_fragment
from press_themes.articles.formats.records import Found, LeftOut, Record, Unusable
from press_themes.articles.lines import same_text
from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

_ROOT = re.compile(
    r"\A\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:\w+:)?(?:rss|feed|RDF)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_BEGINNING = 4_096
# A summary of a few hundred words is the article.
_WHOLE = 1_500
_LONGEST_STRAPLINE = 400
_BREAKS_OFF = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$")


def looks_like_feed(data: bytes) -> bool:
    """Tell whether bytes are an RSS or Atom feed."""
    try:
        beginning = decode(data[:_BEGINNING])
    except ValueError:
        return False
    return bool(_ROOT.match(beginning.lstrip("\ufeff")))


def read_feed(data: bytes, path: Path) -> Found:
    """Read a feed."""
    import feedparser

    try:
        # Bytes would be taken for the name of a file.
        feed = feedparser.parse(io.BytesIO(data))
    except Exception as error:
        raise InputError(path, "is a damaged feed", "download it again") from error
    fault = feed.get("bozo_exception") if feed.get("bozo") else None
    broken: Any = fault if hasattr(fault, "getLineNumber") else None
    if not feed.entries:
        cause = "is a damaged feed without entries" if broken else "is a feed without entries"
        raise InputError(path, cause, "download it again")
    for position, entry in enumerate(feed.entries):
        yield _record(entry, feed.feed, position)
    if broken:
        place = f"line {broken.getLineNumber()}"
        cause = f"the feed is not well-formed ({broken.getMessage()})"
        yield Unusable(None, place, cause, "check the entries from there on")


def _record(entry: Any, feed: Any, position: int) -> Record | Unusable:
    place = f"entry {position + 1}"
    title = _plain(entry.get("title_detail"))[0]
    names = (title, str(feed.get("title") or ""))
    summary, of_summary = _without_footer(*_plain(entry.get("summary_detail")), names)
    parts = [_without_footer(*_plain(detail), names) for detail in entry.get("content", [])]
    content = "\n\n".join(text for text, _ in parts if text)
    is_content = len(content) >= len(summary)
    text = content if is_content else summary
    if not text:
        return Unusable(position, place, "has no text", "save the page that it links to")
    is_summary = text == summary and len(text) < _WHOLE
    source = entry.get("source") or {}
    return Record(
        text=text,
        position=position,
        title=title or None,
        strapline=_strapline(summary, text, title),
        date=_date(entry),
        outlet=source.get("title") or feed.get("title") or None,
        url=entry.get("link") or None,
        language=_language(entry) or feed.get("language") or None,
        place=place,
        is_excerpt=is_summary or bool(_BREAKS_OFF.search(text)),
        groups=_groups(entry),
        left_out=tuple(line for _, lines in parts for line in lines) if is_content else of_summary,
    )


def _groups(entry: Any) -> dict[str, str]:
    """Return what an entry states beside the fields of an article."""
    terms = (tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", []))
    stated = {"author": entry.get("author") or "", "category": "; ".join(filter(None, terms))}
    return {name: value for name, value in stated.items() if value}


def _plain(detail: Any) -> tuple[str, tuple[LeftOut, ...]]:
    """Return a text without its markup, and the captions of its pictures."""
    value = str(detail.get("value") or "").strip() if detail else ""
    if not value or ("html" not in str(detail.get("type")) and "<" not in value):
        return value, ()
    text, captions = read_fragment(value)
    return text, tuple(LeftOut("caption", caption) for caption in captions)


def _without_footer(
    text: str, left_out: tuple[LeftOut, ...], names: tuple[str, str]
) -> tuple[str, tuple[LeftOut, ...]]:
    """Take off the sentence that programs add below an entry: it names both it and its feed."""
    kept, _, last = text.rpartition("\n\n")
    told = same_text(last)
    is_footer = all(names) and all(same_text(name) in told for name in names)
    if not kept or not is_footer or len(last) > 2 * sum(map(len, names)) + _LONGEST_STRAPLINE // 4:
        return text, left_out
    return kept, (*left_out, LeftOut("feed footer", last))


def _strapline(summary: str, text: str, title: str) -> str | None:
    short = 0 < len(summary) <= _LONGEST_STRAPLINE and not _BREAKS_OFF.search(summary)
    told = same_text(summary)
    if not short or told in same_text(text) or told == same_text(title):
        return None
    return summary


def _date(entry: Any) -> str | None:
    """Return the date as the feed writes it, or as feedparser read it where years are short."""
    for field in ("published", "updated"):
        if field not in entry or not entry[field]:
            continue
        written = entry[field]
        found = parse_date(written)
        parsed = entry.get(f"{field}_parsed")
        if parsed and (found is None or found.day is None):
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        return str(written)
    return None


def _language(entry: Any) -> str | None:
    details = [*entry.get("content", []), entry.get("summary_detail") or {}]
    return next((detail["language"] for detail in details if detail.get("language")), None)
