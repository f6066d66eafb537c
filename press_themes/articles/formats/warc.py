"""Saved crawls in the WARC format: every HTML page that a server sent is read as a page.

The day of the crawl is not the date of an article; images, scripts and redirects are counted, not
listed.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from press_themes.articles.formats.members import Member, ReadMember, read_members
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.errors import InputError

_MARK = b"WARC/"
_PACKED = b"\x1f\x8b"
# What was asked for, and by which program.
_ABOUT_THE_CRAWL = ("warcinfo", "request", "metadata")
_PAGE = ("text/html", "application/xhtml")
_LARGEST_PAGE = 20_000_000
_LARGEST_RATIO = 200
_HARMLESS = 20_000_000
_LONGEST_NAME = 200


def looks_like_warc(data: bytes) -> bool:
    """Tell whether bytes are a WARC file, packed or not."""
    if not data.startswith(_PACKED):
        return data.startswith(_MARK)
    try:
        return zlib.decompressobj(31).decompress(data[:4_096], 64).startswith(_MARK)
    except zlib.error:
        return False


def read_warc(data: bytes, path: Path, read_member: ReadMember) -> Found:
    """Read the pages of a crawl."""
    addresses: dict[str, str] = {}
    for item in read_members(_pages(data, path, addresses), path, read_member):
        if isinstance(item, Record) and not item.url:
            yield replace(item, url=addresses.get(item.place.split(", ")[0]))
        else:
            yield item


def _pages(data: bytes, path: Path, addresses: dict[str, str]) -> Iterator[Member | Unusable]:
    passed_over: Counter[str] = Counter()
    fault = None
    try:
        for record in _records(data):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            kind = _kind(record)
            if record.rec_type in _ABOUT_THE_CRAWL:
                continue
            if kind:
                passed_over[kind] += 1
                continue
            page = record.content_stream().read(_LARGEST_PAGE + 1)
            if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
                raise ValueError("the last page is cut")
            name = re.sub(r"^\w+://|[<>\s]", "", address)[:_LONGEST_NAME] or "page"
            addresses.clear()
            addresses[name] = address.strip("<> ")
            problem = _problem(record, page)
            yield Unusable(None, name, *problem) if problem else Member(name, _recode(record, page))
    except Exception as error:
        # The library has no error of its own for most of the ways in which a crawl can break.
        fault = error
    if not addresses:
        cause = "is a damaged crawl" if fault else "is a crawl without a page"
        raise InputError(path, cause, "record it again") from fault
    if fault:
        yield Unusable(None, "", "the crawl breaks off or is damaged", "what follows is lost")
    if passed_over:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(passed_over.items()))
        cause = f"what the crawl holds beside its pages is not read ({told})"
        yield Unusable(None, "", cause, "nothing is lost unless articles are among them")


def _records(data: bytes) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator

    stream: Any = io.BytesIO(data)
    if data.startswith(_PACKED):
        # Some programs pack a crawl as one piece, which the library refuses; this reads both.
        stream = _Bounded(gzip.GzipFile(fileobj=stream), max(_HARMLESS, _LARGEST_RATIO * len(data)))
    records = iter(ArchiveIterator(stream))
    while True:
        # The library writes its warnings to the terminal.
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


class _Bounded:
    """A stream that refuses to swell like a bomb."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream, self._left, self._read = stream, limit, 0

    def tell(self) -> int:
        return self._read

    def read(self, size: int = -1) -> bytes:
        try:
            # Only as much as is at hand: a longer reading would lose what precedes a fault.
            content: bytes = self._stream.read1(size if size >= 0 else 1 << 16)
        except EOFError as error:
            # To the library this error is the end of an unharmed file.
            raise ValueError("breaks off") from error
        self._read += len(content)
        self._left -= len(content)
        if self._left < 0:
            raise ValueError("unpacks to more than an ordinary crawl")
        return content


def _kind(record: Any) -> str | None:
    """Return what a record is if it is no page."""
    if record.rec_type not in ("response", "resource"):
        return f"{record.rec_type} records"
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None:
        return "responses without headers"
    if record.rec_type == "response" and headers.get_statuscode() not in ("200", "203"):
        return "redirects and errors"
    if not (headers.get_header("Content-Type") or "").casefold().startswith(_PAGE):
        return "other files"
    return None


def _problem(record: Any, page: bytes) -> tuple[str, str] | None:
    if len(page) > _LARGEST_PAGE:
        return f"is a page of more than {_LARGEST_PAGE // 1_000_000} MB", "save it by itself"
    if not page.strip():
        return "is an empty page", "record it again"
    coding = record.http_headers and record.http_headers.get_header("Content-Encoding")
    if coding and coding.casefold() in ("br", "zstd") and b"<" not in page[:200]:
        return f"is packed by a method that is not read ({coding})", "record it unpacked"
    return None


def _recode(record: Any, page: bytes) -> bytes:
    """Turn a page into UTF-8 where the server said what it is in."""
    stated = record.http_headers and record.http_headers.get_header("Content-Type")
    match = re.search(r"charset=[\"']?([\w-]+)", stated or "", re.IGNORECASE)
    try:
        return page.decode(match[1]).encode() if match else page
    except (LookupError, UnicodeError):
        return page
