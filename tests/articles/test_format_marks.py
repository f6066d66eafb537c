"""Each format is recognised by its content, and by no other format's mark."""

import gzip
from pathlib import Path

import pytest
import test_docx
import test_eml
import test_feed
import test_pdf
import test_rtf
import test_warc
import test_xlsx
import test_zip_archive
from articles_for_tests import FRENCH, html_page, text_of

from press_themes.articles.formats.docx import looks_like_docx
from press_themes.articles.formats.eml import looks_like_eml
from press_themes.articles.formats.feed import looks_like_feed
from press_themes.articles.formats.pdf import looks_like_pdf
from press_themes.articles.formats.rtf import looks_like_rtf
from press_themes.articles.formats.warc import looks_like_warc
from press_themes.articles.formats.xlsx import looks_like_xlsx
from press_themes.articles.formats.zip_archive import looks_like_zip

MARKS = {
    "docx": looks_like_docx,
    "eml": looks_like_eml,
    "feed": looks_like_feed,
    "pdf": looks_like_pdf,
    "rtf": looks_like_rtf,
    "warc": looks_like_warc,
    "xlsx": looks_like_xlsx,
    "zip": looks_like_zip,
}
MADE = {
    "docx": test_docx.SAMPLE,
    "eml": test_eml.attached(),
    "feed": test_feed.atom([FRENCH]),
    "pdf": test_pdf.SAMPLE,
    "rtf": test_rtf.written(FRENCH),
    "warc": test_warc.SMALL,
    "xlsx": test_xlsx.SAMPLE,
    "zip": test_zip_archive.pack({"a.docx": test_docx.SAMPLE, "a.xlsx": test_xlsx.SAMPLE}, 0),
}
PAGES = Path(__file__).parents[1] / "data" / "pages"


def recognised(data: bytes) -> list[str]:
    return [name for name, mark in MARKS.items() if mark(data)]


@pytest.mark.parametrize("name", MADE)
def test_a_made_file_is_recognised_as_itself(name):
    assert recognised(MADE[name]) == [name]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1_000,
        text_of(FRENCH).encode("utf-16"),
        html_page(FRENCH).encode(),
        b"title,text\nA,words\n",
        b'{"title": "A", "text": "words"}',
        b"---\ntitle: A\ndate: 2026-02-05\nfrom: x\n---\nWords.",
        gzip.compress(b"words", mtime=0),
        b"PK",
        b"word " * 2_000_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_other_files_are_not_recognised(data):
    assert recognised(data) == []


@pytest.mark.parametrize("path", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_scraped_pages_are_not_recognised(path):
    assert recognised(path.read_bytes()) == []


def test_the_seed_pages_are_not_recognised(seeds):
    pages = [path for path in sorted(seeds.iterdir()) if path.is_file()]
    assert pages
    assert [recognised(path.read_bytes()) for path in pages] == [[]] * len(pages)
