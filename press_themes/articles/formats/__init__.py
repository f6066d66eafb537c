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
from press_themes.articles.formats.html_collections import read_html_collection
from press_themes.articles.formats.json_lines import looks_like_json, read_json
from press_themes.articles.formats.markdown import has_front_matter, read_markdown
from press_themes.articles.formats.members import ReadMember
from press_themes.articles.formats.nexis import (
    looks_like_nexis,
    looks_like_nexis_text,
    read_nexis,
    read_nexis_text,
)
from press_themes.articles.formats.open_documents import (
    looks_like_epub,
    looks_like_open_document,
    read_epub,
    read_open_document,
)
from press_themes.articles.formats.parquet import MARK, read_parquet
from press_themes.articles.formats.pdf import looks_like_pdf, read_pdf
from press_themes.articles.formats.plain_text import read_plain_text
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.formats.rtf import looks_like_rtf, read_rtf
from press_themes.articles.formats.subtitles import looks_like_subtitles, read_subtitles
from press_themes.articles.formats.tagged import (
    looks_like_bibtex,
    looks_tagged,
    read_bibtex,
    read_tagged,
)
from press_themes.articles.formats.warc import looks_like_warc, read_warc
from press_themes.articles.formats.xlsx import looks_like_xlsx, read_xlsx
from press_themes.articles.formats.xml_records import looks_like_xml, read_xml
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
    ("opendocument", looks_like_open_document, read_open_document),
    ("epub", looks_like_epub, read_epub),
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
# Texts that tell what they are; asked in this order, before the name of the file is.
_TEXTS: tuple[tuple[str, Callable[[str], bool], Callable[[str, Path], Found]], ...] = (
    ("xml", looks_like_xml, read_xml),
    ("json", looks_like_json, read_json),
    ("markdown", has_front_matter, read_markdown),
    ("nexis", looks_like_nexis_text, read_nexis_text),
    ("references", looks_tagged, read_tagged),
    ("references", looks_like_bibtex, read_bibtex),
    ("subtitles", looks_like_subtitles, read_subtitles),
    ("delimited", looks_delimited, read_delimited),
)
_OTHER_TEXTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("{'", "[{'"), "is a list of Python objects", "write it as JSON"),
    (("\\documentclass", "\\begin{"), "is a source of LaTeX", "save its text or its PDF"),
    (("%!PS",), "is a PostScript file", "save it as PDF"),
)
_NAMED: dict[str, Callable[[str, Path], Found]] = {
    "plain text": read_plain_text,
    "markdown": read_markdown,
    "delimited": read_delimited,
    "json": read_json,
}
_BY_NAME = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
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
    for name, told, read_text in _TEXTS:
        if told(text):
            return name, read_text(text, path)
    if looks_like_html(text):
        collection = read_html_collection(text, path)
        if collection is not None:
            return "html collection", collection
        return "html", read_html(text, latest.isoformat())
    for marks, cause, mend in _OTHER_TEXTS:
        if text.lstrip("\ufeff \n").startswith(marks):
            raise InputError(path, cause, mend)
    name = _BY_NAME.get(path.suffix.casefold(), "plain text")
    return name, _NAMED[name](text, path)
