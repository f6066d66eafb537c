"""Formats of article files, recognised by what they hold and only then by their names.

Each module reads one format into records; this one chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from press_themes.articles.formats.delimited import looks_delimited, read_delimited
from press_themes.articles.formats.docx import looks_like_docx, read_docx
from press_themes.articles.formats.eml import looks_like_eml, read_eml
from press_themes.articles.formats.europresse import looks_like_europresse, read_europresse
from press_themes.articles.formats.factiva_html import looks_like_factiva_html, read_factiva_html
from press_themes.articles.formats.factiva_rtf import looks_like_factiva_rtf, read_factiva_rtf
from press_themes.articles.formats.feed import looks_like_feed, read_feed
from press_themes.articles.formats.html import looks_like_html, read_html
from press_themes.articles.formats.json_lines import looks_like_json, read_json
from press_themes.articles.formats.markdown import has_front_matter, read_markdown
from press_themes.articles.formats.members import ReadMember
from press_themes.articles.formats.nexis import looks_like_nexis, read_nexis
from press_themes.articles.formats.parquet import MARK, read_parquet
from press_themes.articles.formats.pdf import looks_like_pdf, read_pdf
from press_themes.articles.formats.plain_text import read_plain_text
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.formats.rtf import looks_like_rtf, read_rtf
from press_themes.articles.formats.warc import looks_like_warc, read_warc
from press_themes.articles.formats.xlsx import looks_like_xlsx, read_xlsx
from press_themes.articles.formats.zip_archive import looks_like_zip, read_zip
from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

__all__ = ["Found", "Record", "Unusable", "read_file"]

# Asked in this order: what a database exports before the format it is exported in.
_BY_CONTENT: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes, Path], Found]], ...] = (
    ("parquet", lambda data: data.startswith(MARK), read_parquet),
    ("xlsx", looks_like_xlsx, read_xlsx),
    ("nexis", looks_like_nexis, read_nexis),
    ("docx", looks_like_docx, read_docx),
    ("pdf", looks_like_pdf, read_pdf),
    ("factiva", looks_like_factiva_rtf, read_factiva_rtf),
    ("rtf", looks_like_rtf, read_rtf),
    ("europresse", looks_like_europresse, read_europresse),
    ("factiva", looks_like_factiva_html, read_factiva_html),
    ("feed", looks_like_feed, read_feed),
)
_CONTAINERS: tuple[
    tuple[str, Callable[[bytes], bool], Callable[[bytes, Path, ReadMember], Found]], ...
] = (
    ("zip", looks_like_zip, read_zip),
    ("warc", looks_like_warc, read_warc),
    ("email", looks_like_eml, read_eml),
)
_OTHER_FILES = (
    (b"\xd0\xcf\x11\xe0", "is an old Office file", "save it as .docx, .xlsx, .txt or .csv"),
    (b"PK\x03\x04", "is an archive of a kind that is not read", "unpack it"),
    (b"\x89PNG", "is an image", "only its text can be read"),
    (b"\xff\xd8\xff", "is an image", "only its text can be read"),
    (b"GIF8", "is an image", "only its text can be read"),
    (b"\x1f\x8b", "is compressed", "unpack it"),
    (b"SQLite format 3", "is a database", "export its articles as .csv"),
)
_BY_NAME = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
}


def read_file(path: Path, data: bytes, latest: date) -> tuple[str, Found]:
    """Read one file in whatever format it is."""
    for name, looks_like, read in _BY_CONTENT:
        if looks_like(data):
            return name, read(data, path)

    def read_member(inner: Path, content: bytes) -> Found:
        return read_file(inner, content, latest)[1]

    for name, looks_like, read_container in _CONTAINERS:
        if looks_like(data):
            return name, read_container(data, path, read_member)
    for mark, cause, mend in _OTHER_FILES:
        if data.startswith(mark):
            raise InputError(path, cause, mend)
    try:
        text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    except ValueError as error:
        raise InputError(
            path, "is no text", "save the articles in a format that the README lists"
        ) from error
    if not text.strip("\ufeff\0 \t\r\n"):
        raise InputError(path, "is empty", "fill it or remove it")
    name = _recognise(path, text)
    readers = {
        "plain text": lambda: read_plain_text(text),
        "markdown": lambda: read_markdown(text, path),
        "html": lambda: read_html(text, latest.isoformat()),
        "delimited": lambda: read_delimited(text, path),
        "json": lambda: read_json(text, path),
    }
    return name, readers[name]()


def _recognise(path: Path, text: str) -> str:
    if looks_like_html(text):
        return "html"
    if looks_like_json(text):
        return "json"
    if has_front_matter(text):
        return "markdown"
    if looks_delimited(text):
        return "delimited"
    named = _BY_NAME.get(path.suffix.casefold(), "plain text")
    # A name alone makes no HTML page: trafilatura would find nothing in plain text.
    return "plain text" if named == "html" else named
