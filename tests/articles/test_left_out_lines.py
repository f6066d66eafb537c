import pytest
import test_europresse as europresse
import test_factiva_html as factiva
import test_factiva_rtf as factiva_rtf
import test_nexis as nexis
from exports_for_tests import ARTICLES, FRENCH, LATEST

from press_themes.articles.article_rows import ReadSettings, make_rows
from press_themes.articles.formats.export_remains import name_left_out
from press_themes.articles.formats.records import LeftOut, Record

EXPORTS = {
    "europresse": lambda a: europresse.read(europresse.new_page(*map(europresse.new_article, a))),
    "old europresse": lambda a: europresse.read(
        europresse.old_page(*map(europresse.old_article, a))
    ),
    "factiva": lambda a: factiva.read(factiva.page(*map(factiva.coded, a))),
    "factiva without codes": lambda a: factiva.read(factiva.page(*map(factiva.placed, a))),
    "nexis": lambda a: nexis.read(nexis.write(nexis.cover_lines(*a), *map(nexis.article_lines, a))),
}


def test_what_is_in_a_column_is_not_left_out():
    record = Record(
        "One.\n\nTwo.", title="A title on two lines", outlet="The Gazette", date="5 May"
    )
    lines = [
        "A title",
        "on two lines",
        "The Gazette",
        "5 May",
        "One.",
        "Two.",
        "By Ann Orr",
        "p. 4",
    ]
    found = name_left_out([LeftOut("header line", line) for line in lines], record)
    assert found == (("byline", "By Ann Orr"), ("header line", "p. 4"))


def test_a_short_line_is_left_out_though_the_headline_holds_its_letters():
    record = Record("One.", title="A. B. opens 12 stations in the ville", strapline="On two lines")
    lines = ["12", "A. B. opens 12 stations", "in the ville", "A. B.", "ville", "On two", "lines"]
    found = name_left_out([LeftOut("header line", line) for line in lines], record)
    assert [line for _, line in found] == ["12", "A. B.", "ville"]


@pytest.mark.parametrize("export", EXPORTS)
def test_exports_name_all_that_is_in_no_column(export):
    found = EXPORTS[export](ARTICLES)
    for record, article in zip(found, ARTICLES, strict=True):
        told = " ".join(text for _, text in record.left_out)
        assert article.byline in told
        assert article.title not in told or export == "nexis"
        assert not any(line in told for line in article.body)
    kinds = dict(reversed(entry) for entry in found[0].left_out)
    rights = [kind for text, kind in kinds.items() if "2013 Le Littoral" in text or "©" in text]
    assert set(rights) == {"copyright notice"}


def test_captions_index_terms_and_the_cover_have_kinds_of_their_own():
    kinds = {text: kind for record in EXPORTS["nexis"]([FRENCH]) for kind, text in record.left_out}
    assert kinds["The harbour at dawn"] == "caption"
    assert kinds["Subject: HARBOURS (90%)"] == "classification"
    assert kinds["Search Terms: harbour"] == "cover"
    kinds = {t: k for record in EXPORTS["europresse"]([FRENCH]) for k, t in record.left_out}
    assert kinds["Vue du port"] == "caption"
    kinds = {t: k for record in EXPORTS["factiva"]([FRENCH]) for k, t in record.left_out}
    assert kinds["gpol : Domestic Politics | gcat : General News"] == "classification"
    assert kinds["Par Odile Garance"] == "byline"


def test_rtf_names_them_too():
    (record, *_) = factiva_rtf.read(factiva_rtf.SAMPLES[0])
    assert {kind for kind, _ in record.left_out} >= {"byline", "classification", "header line"}


def test_they_are_discarded_with_the_position_of_their_article():
    record = EXPORTS["europresse"](ARTICLES)[2]
    rows = make_rows(record, LATEST, None, ReadSettings())
    assert {entry.position for entry in rows.discarded} == {2}
    assert [entry.line for entry in rows.discarded if entry.kind == "byline"] == [None]
