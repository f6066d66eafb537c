import datetime

import pytest
from articles_for_tests import ARTICLES, FRENCH

from press_themes.articles.formats.opening import read_opening, sound_title

BODY = list(FRENCH.body)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.language)
def test_a_headline_above_prose_is_the_title(article):
    opening = read_opening([article.title, *article.body], None)
    assert (opening.title, tuple(opening.paragraphs)) == (article.title, article.body)


def test_a_repeated_title_is_not_body():
    opening = read_opening([FRENCH.title.upper(), *BODY], FRENCH.title)
    assert (opening.title, opening.paragraphs) == (FRENCH.title, BODY)


def test_prose_at_the_top_is_no_title():
    assert read_opening(BODY, None) == (None, None, None, BODY)


def test_a_lone_headline_stays():
    assert read_opening([FRENCH.title], None).paragraphs == [FRENCH.title]


@pytest.mark.parametrize(
    "line", ["Publié le 5 février 2026 à 8 h 00", "5 février 2026", "2026-02-05"]
)
def test_the_date_line_below_the_title_is_the_date(line):
    opening = read_opening([FRENCH.title, line, *BODY], None)
    assert opening.date == datetime.date(2026, 2, 5)
    assert opening.paragraphs == BODY


def test_a_date_line_that_is_open_is_handed_on_as_it_is_written():
    assert read_opening([FRENCH.title, "05/02/2026", *BODY], None).date == "05/02/2026"


def test_a_date_below_the_text_is_not_the_date():
    assert read_opening([*BODY, "5 février 2026"], None).date is None


@pytest.mark.parametrize(
    ("stored", "title"),
    [
        ("Harbour town votes", "Harbour town votes"),
        ("Microsoft Word - tram.docx", None),
        ("tram_final.indd", None),
        ("Untitled", None),
        ("Document1", None),
        ("Document de travail", "Document de travail"),
        (" \0", None),
        ("", None),
        (None, None),
    ],
)
def test_titles_that_programs_store(stored, title):
    assert sound_title(stored) == title
