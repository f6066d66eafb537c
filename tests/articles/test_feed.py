import pytest
from articles_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    mutated,
    read_all,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings
from lxml import etree

from press_themes.articles.formats import Unusable
from press_themes.articles.formats.feed import looks_like_feed, read_feed
from press_themes.errors import InputError

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DAY = "Thu, 05 Feb 2026 08:00:00 +0100"


def markup(article):
    return "".join(f"<p>{paragraph}</p>" for paragraph in article.body)


def rss(*items, channel=(("title", "Le Littoral"), ("language", "fr"))):
    root = etree.Element("rss", version="2.0", nsmap={"content": CONTENT[1:-8]})
    top = etree.SubElement(root, "channel")
    for name, value in channel:
        etree.SubElement(top, name).text = value
    for item in items:
        entry = etree.SubElement(top, "item")
        for name, value in item.items():
            etree.SubElement(entry, name).text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def atom(articles, title=None):
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    etree.SubElement(root, f"{{{ATOM}}}title").text = title
    for number, article in enumerate(articles):
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", article.language)
        etree.SubElement(entry, f"{{{ATOM}}}title").text = article.title
        etree.SubElement(entry, f"{{{ATOM}}}link", href=f"https://x.org/{number}")
        etree.SubElement(entry, f"{{{ATOM}}}published").text = f"{article.date}T08:00:00+01:00"
        source = etree.SubElement(entry, f"{{{ATOM}}}source")
        etree.SubElement(source, f"{{{ATOM}}}title").text = article.outlet
        content = etree.SubElement(entry, f"{{{ATOM}}}content", type="html")
        content.text = markup(article)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def test_an_atom_feed_is_read_back_whole():
    data = atom(ARTICLES)
    assert looks_like_feed(data)
    found = read_all(read_feed, data)
    for number, (record, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert (record.title, record.text) == (article.title, text_of(article))
        assert (record.outlet, record.language) == (article.outlet, article.language)
        assert (record.url, record.position) == (f"https://x.org/{number}", number)
        made = row(record)
        assert (str(made["date"]), made["truncated"]) == (article.date, False)
        assert made["body"] == text_of(article)


def test_an_rss_feed_is_read_back_whole():
    item = {
        "title": FRENCH.title,
        "link": "https://x.org/a",
        "pubDate": DAY,
        "description": "Neuf kilomètres de rails, et un port qui s’inquiète.",
        CONTENT: markup(FRENCH),
    }
    data = rss(item)
    assert looks_like_feed(data)
    (record,) = read_all(read_feed, data)
    assert (record.title, record.text, record.outlet) == (
        FRENCH.title,
        text_of(FRENCH),
        "Le Littoral",
    )
    assert (record.language, record.url, record.place) == ("fr", "https://x.org/a", "entry 1")
    assert record.strapline == item["description"]
    assert not record.is_excerpt
    assert str(row(record)["date"]) == "2026-02-05"


def test_a_summary_stands_in_for_the_text_and_is_marked():
    data = rss({"title": "T", "description": FRENCH.body[0], "pubDate": DAY})
    (record,) = read_all(read_feed, data)
    assert (record.text, record.is_excerpt, record.strapline) == (FRENCH.body[0], True, None)
    assert row(record)["truncated"]


def test_content_that_breaks_off_is_marked_and_a_long_summary_is_not():
    cut = {"title": "T", CONTENT: f"<p>{FRENCH.body[0]} […]</p>", "description": "Court."}
    whole = {"title": "U", "description": markup(FRENCH) * 6}
    found = read_all(read_feed, rss(cut, whole))
    assert [record.is_excerpt for record in found] == [True, False]


def test_dates_with_two_digits_of_a_year_and_without_any():
    text = FRENCH.body[0]
    found = read_all(
        read_feed,
        rss({"description": text, "pubDate": "05 Feb 26 08:00 GMT"}, {"description": text}),
    )
    assert [record.date for record in found] == ["2026-02-05", None]


def test_an_entry_without_text_is_told():
    found = read_all(read_feed, rss({"title": "T"}, {"title": "U", "description": "Words."}))
    assert found[0] == Unusable(0, "entry 1", "has no text", "save the page that it links to")
    assert found[1].text == "Words."


def test_rss_1_in_another_encoding():
    data = (
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n<!-- a feed -->\n<rdf:RDF xmlns:rdf="{RDF}"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>Été</title></channel>'
        f"<item><title>Où ?</title><description>{FRENCH.body[0][:50]}</description></item></rdf:RDF>"
    ).encode("iso-8859-1")
    assert looks_like_feed(data)
    (record,) = read_all(read_feed, data)
    assert (record.title, record.outlet) == ("Où ?", "Été")
    assert record.text == FRENCH.body[0][:50]


def test_a_feed_that_breaks_off_gives_what_it_holds_and_says_so():
    data = atom(ARTICLES)
    found = read_all(read_feed, data[: data.index(b"appeal")])
    assert found[0].text == text_of(FRENCH)
    assert "not well-formed" in found[-1].cause
    assert found[-1].place.startswith("line ")


@pytest.mark.parametrize(
    "data",
    [b"<html><body>rss</body></html>", b"words", b"", bytes(range(256)), b"<rssx>"],
)
def test_what_is_no_feed(data):
    assert not looks_like_feed(data)


def test_an_empty_feed_is_told():
    with pytest.raises(InputError, match="without entries"):
        read_all(read_feed, rss())
    with pytest.raises(InputError, match="damaged feed without entries"):
        read_all(read_feed, b"<rss><channel")


def test_hostile_feeds_open_no_files_and_do_not_swell():
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9)
    )
    data = (
        f'<!DOCTYPE rss [{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<rss version='2.0'><channel><item><title>T</title>"
        "<description>x &a8; &f; y</description></item></channel></rss>"
    ).encode()
    assert looks_like_feed(data) in (True, False)
    found = read_all(read_feed, data)
    assert "root:" not in str(found)
    assert len(str(found)) < 2_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(atom((ENGLISH, FRENCH))))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_feed, data)
    assert looks_like_feed(data) in (True, False)
