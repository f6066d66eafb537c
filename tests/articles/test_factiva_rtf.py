from pathlib import Path

import pytest
from exports_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    GERMAN,
    SPANISH,
    assert_same,
    assert_told,
    mutated,
    read_back,
)
from hypothesis import given, settings
from test_factiva_html import COUNTS, DATES, number

from press_themes.articles.formats.factiva_rtf import looks_like_factiva_rtf, read_factiva_rtf
from press_themes.articles.formats.records import Unusable
from press_themes.errors import InputError

OPENING = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}"
    r"{\info{\title Factiva RTF Display Format}}{\footer Page 1 of 4}"
)
CLOSING = r"\pard\par Search Summary\par Results Found\tab 4\par Timestamp\tab 1 March 2026\par}"


def escape(text):
    """Write characters as Word does: one byte where the code page has them, else a number."""
    out = []
    for char in text:
        code = char.encode("cp1252", "ignore")
        if char.isascii():
            out.append("\\" + char if char in "\\{}" else char)
        else:
            out.append(f"\\'{code[0]:02x}" if code else f"\\u{ord(char)}?")
    return "".join(out)


def cell_row(code, value):
    return (
        rf"\trowd\cellx800\cellx9000\pard\intbl {{\b {code}}}\cell\pard\intbl {value}\cell\row" "\n"
    )


def coded(article, left_out=(), **changed):
    rows = {
        "SE": "Local",
        "HD": r"{\b " + escape(article.title) + "}",
        "BY": escape(article.byline),
        "WC": escape(COUNTS[article.language]),
        "PD": escape(DATES[article.language]),
        "SN": escape(article.outlet),
        "SC": "TESTSO",
        "LA": escape(article.language_names[0]),
        "CY": rf"\'a9 2013 {escape(article.outlet)}",
        "LP": escape(article.body[0]),
        "TD": r"\par\pard\intbl ".join(map(escape, article.body[1:])),
        "NS": "gpol : Domestic Politics | gcat : General News",
        "AN": number(article),
        **changed,
    }
    return "".join(cell_row(code, value) for code, value in rows.items() if code not in left_out)


def placed(article, section="", end=True):
    lines = [
        *([section] if section else []), article.title, article.byline, COUNTS[article.language],
        DATES[article.language], "15:32", article.outlet, "TESTSO", "A4", article.language_names[0],
        f"© 2013 {article.outlet}.", *article.body, *([number(article)] if end else []),
    ]  # fmt: skip
    return "".join(rf"\pard {escape(line)}\par" + "\n" for line in lines) + r"\page" + "\n"


def contents(*articles):
    """Write the list of headlines that opens a batch, each with a link to its article."""
    link = r'{{\field{{\*\fldinst{{HYPERLINK \\l "toc{}"}}}}{{\fldrslt {}}}}}\par' + "\n"
    return "".join(link.format(i, escape(a.title)) for i, a in enumerate(articles))


def batch(*articles, opening=OPENING):
    return "".join([opening, *articles, CLOSING]).encode("cp1252")


def read(data):
    assert looks_like_factiva_rtf(data)
    return list(read_factiva_rtf(data, Path("Factiva.rtf")))


@pytest.mark.parametrize("form", [coded, placed])
@pytest.mark.parametrize("before", ["", contents(*ARTICLES)])
def test_both_displays_are_read_back_whole_and_in_order(form, before):
    found = read(batch(before, *map(form, ARTICLES)))
    assert len(found) == len(ARTICLES)
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


def test_codes_between_tabs():
    text = "".join(
        rf"\tab {code}\tab {value}\par" + "\n"
        for code, value in {
            "HD": escape(GERMAN.title),
            "PD": escape(DATES["de"]),
            "SN": GERMAN.outlet,
            "LA": "Deutsch",
            "TD": r"\par ".join(map(escape, GERMAN.body)),
            "AN": number(GERMAN),
        }.items()
    )
    assert_same(read(batch(text))[0], GERMAN, 0)


def test_a_section_above_the_headline_is_no_headline():
    found = read(batch(placed(FRENCH, "Économie"), placed(ENGLISH, "World News")))
    assert_same(found[0], FRENCH, 0)
    assert_same(found[1], ENGLISH, 1)


def test_the_article_number_dates_what_is_not_dated():
    assert read_back(read(batch(coded(SPANISH, left_out=("PD",))))[0])["date"] == SPANISH.day


@pytest.mark.parametrize("form", [coded, placed])
def test_an_article_without_its_number_ends_where_the_next_begins(form):
    first = coded(FRENCH, left_out=("AN",)) if form is coded else placed(FRENCH, end=False)
    found = read(batch(first, form(ENGLISH), form(GERMAN)))
    assert_same(found[0], FRENCH, 0)
    assert_same(found[1], ENGLISH, 1)
    assert_same(found[2], GERMAN, 2)


def test_the_record_of_the_search_is_no_part_of_the_last_article():
    found = read(batch(coded(FRENCH), coded(ENGLISH, left_out=("NS", "AN"))))
    assert_same(found[1], ENGLISH, 1)


@pytest.mark.parametrize(
    ("form", "damaged"),
    [
        (coded, coded(GERMAN, left_out=("LP", "TD"))),
        (placed, rf"\pard Broken off\par {number(GERMAN)}\par" + "\n"),
        (placed, rf"\pard {number(GERMAN)}\par" + "\n"),
    ],
)
def test_a_damaged_article_does_not_stop_the_rest(form, damaged):
    found = read(batch(form(FRENCH), damaged, form(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert isinstance(found[1], Unusable)
    assert (found[1].position, found[1].place) == (1, "article 2")
    assert_same(found[2], ENGLISH, 2)


@pytest.mark.parametrize("fault", ["}}}", "{{{", r"\u9999999?", r"\uc ", r"\'zz", "\x00"])
@pytest.mark.parametrize("form", [coded, placed])
def test_faults_in_the_markup_cost_their_place_alone(fault, form):
    broken = form(GERMAN).replace("Verwaltung", f"Verwaltung {fault} ")
    found = read(batch(form(FRENCH), broken, form(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert read_back(found[1])["title"] == GERMAN.title
    assert_same(found[2], ENGLISH, 2)


def test_articles_that_are_swallowed_are_told():
    # A destination that is never closed hides all that follows from a word processor, too.
    broken = coded(GERMAN).replace(r"\pard", r"{\*\bkmkstart \pard", 1)
    found = read(batch(coded(FRENCH), broken, coded(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert "the numbers of 3 articles, of which 1 could be found" in found[1].cause


@pytest.mark.parametrize(
    "data",
    [
        rb"{\rtf1\ansi HD a letter about Factiva\par}",
        rb"Document TESTSO0020130128e7ct0001r",
        rb"{\rtf1{\pict 0123456789ABCDEF20130128abcdef0123456789ABCDEF0123456789}}",
        b"",
    ],
)
def test_other_files_are_not_taken(data):
    assert not looks_like_factiva_rtf(data)


def test_bytes_that_are_no_rtf_are_told():
    data = b"{\\rtf1 " + number(GERMAN).encode() + bytes(range(256)) * 8
    with pytest.raises(InputError, match="is a damaged RTF file"):
        list(read_factiva_rtf(data, Path("Factiva.rtf")))


SAMPLES = [batch(*map(coded, ARTICLES)), batch(contents(*ARTICLES), *map(placed, ARTICLES))]


@settings(max_examples=60, deadline=None)
@given(mutated(SAMPLES))
def test_mutated_bytes(data):
    looks_like_factiva_rtf(data)
    assert_told(read_factiva_rtf, data)
