import gzip
import io

import pytest
from articles_for_tests import (
    ARABIC,
    CHINESE,
    ENGLISH,
    FRENCH,
    html_page,
    mutated,
    read_all,
    read_member,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from press_themes.articles.formats import Record
from press_themes.articles.formats.warc import looks_like_warc, read_warc
from press_themes.errors import InputError

PAGES = {f"https://www.x.org/{a.language}/tram?id=1": a for a in (FRENCH, ENGLISH, ARABIC, CHINESE)}
HTML = "text/html; charset=utf-8"


def crawl(responses, packed=True):
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "a test"}))
    for address, status, kind, content, *more in responses:
        headers = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(content), http_headers=headers
        )
        writer.write_record(record)
    return buffer.getvalue()


def responses(pages):
    return [(url, "200 OK", HTML, html_page(page).encode()) for url, page in pages.items()]


def read(data):
    return read_all(read_warc, data, read_member)


@pytest.mark.parametrize("packed", [False, True])
def test_every_page_of_a_crawl_is_read_back_whole(packed):
    data = crawl(responses(PAGES), packed)
    assert looks_like_warc(data)
    found = read(data)
    for number, (url, article) in enumerate(PAGES.items()):
        record = found[number]
        assert (record.title, record.date, record.outlet) == article[:3]
        assert row(record)["body"] == text_of(article)
        assert (record.url, record.position) == (url, number)
        assert record.place == url.removeprefix("https://")
    assert len(found) == len(PAGES)


def test_a_crawl_packed_as_one_piece():
    data = gzip.compress(crawl(responses(PAGES), packed=False))
    assert looks_like_warc(data)
    assert sum(isinstance(item, Record) for item in read(data)) == 4


def test_images_redirects_and_errors_are_counted():
    data = crawl(
        [
            ("https://x.org/a.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://x.org/old", "301 Moved", HTML, b"moved"),
            ("https://x.org/gone", "404 Not Found", HTML, b"<html>gone</html>"),
            *responses({"https://x.org/": ENGLISH}),
        ]
    )
    found = read(data)
    assert len(found) == 2
    assert "(1 other files, 2 redirects and errors)" in found[1].cause


def test_packed_pages_and_pages_in_the_charset_that_the_server_states():
    latin = html_page(FRENCH).replace("’", "'").replace("œ", "oe")
    latin = latin.replace('<meta charset="utf-8">', "").encode("latin-1")
    data = crawl(
        [
            ("https://x.org/1", "200 OK", "text/html; charset=iso-8859-1", latin),
            ("https://x.org/2", "200 OK", HTML, gzip.compress(html_page(ENGLISH).encode()),
             ("Content-Encoding", "gzip")),
            ("https://x.org/3", "200 OK", HTML, b"\x8b\x12\x00", ("Content-Encoding", "br")),
            ("https://x.org/4", "200 OK", HTML, b"  "),
        ]
    )  # fmt: skip
    found = read(data)
    assert found[0].title == FRENCH.title
    assert "neuf kilomètres" in found[0].text
    assert row(found[1])["body"] == text_of(ENGLISH)
    assert "packed by a method" in found[2].cause
    assert "is an empty page" in found[3].cause


@pytest.mark.parametrize("packed", [False, True])
def test_a_crawl_that_breaks_off_gives_what_it_holds(packed, capsys):
    data = crawl(responses(PAGES), packed)
    found = read(data[: int(len(data) * 0.7)])
    assert row(found[0])["body"] == text_of(FRENCH)
    assert "breaks off or is damaged" in found[-1].cause
    assert sum(isinstance(item, Record) for item in found) in (2, 3)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0 words", gzip.compress(b"WARC/1.1", mtime=0)]
)
def test_a_crawl_without_a_page(data):
    assert looks_like_warc(data)
    with pytest.raises(InputError, match="crawl"):
        read(data)


def test_a_bomb_is_not_unpacked_to_its_end():
    data = crawl(responses({"https://x.org/": ENGLISH}), packed=False)
    bomb = gzip.compress(data + b"\r\n" + bytes(30_000_000))
    found = read(bomb)
    assert row(found[0])["body"] == text_of(ENGLISH)
    assert "breaks off" in found[1].cause


@pytest.mark.parametrize(
    "data", [b"", b"words", gzip.compress(b"words", mtime=0), b"\x1f\x8b\x08 no gzip"]
)
def test_what_is_no_crawl(data):
    assert not looks_like_warc(data)


SMALL = crawl([("https://x.org/", "200 OK", HTML, b"<html><p>Words</p></html>")] * 2, packed=False)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(SMALL), mutated(crawl(responses({"https://x.org/": ENGLISH}))))
def test_whatever_is_broken_is_told(plain, packed):
    for data in (plain, packed):
        told_in_a_sentence(read_warc, data, read_member)
        assert looks_like_warc(data) in (True, False)
