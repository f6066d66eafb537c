from datetime import date

import pytest

from press_themes.articles.article_rows import ReadSettings, make_rows
from press_themes.articles.formats import Record

LATEST = date(2026, 3, 1)
BODY = "The council approved a nine-kilometre tram line on Sunday night after six hours of debate."
FRENCH = "Les bibliothèques de la ville ouvriront plus tard le soir, trois fois par semaine. " * 4


def rows(day_first=None, **fields):
    settings = fields.pop("settings", ReadSettings())
    return make_rows(Record(**{"text": BODY, **fields}), LATEST, day_first, settings)


@pytest.mark.parametrize(
    ("stated", "day", "basis", "problem"),
    [
        ("2026-02-05", date(2026, 2, 5), "field", None),
        (None, None, "absent", None),
        ("1650-01-01", None, "rejected", "is before 1800"),
        ("2999-01-01", None, "rejected", "is after 2026-03-01"),
        ("31/02/2026", None, "rejected", "is not a day of the calendar"),
        ("05/02/2026", None, "rejected", "day or the month"),
        ("2 hours ago", None, "rejected", "is relative"),
    ],
)
def test_dates_of_fields(stated, day, basis, problem):
    found = rows(date=stated, place="row 5")
    assert found.articles[0]["date"] == day
    assert found.articles[0]["date_basis"] == basis
    if problem:
        assert found.skipped[0][1].startswith("row 5: the date '")
        assert problem in found.skipped[0][1]
    else:
        assert not found.skipped


def test_languages_that_write_the_day_first_are_not_ambiguous():
    assert rows(text=FRENCH, date="05/02/2026").articles[0]["date"] == date(2026, 2, 5)
    assert rows(day_first=False, date="05/02/2025", text=FRENCH).articles[0]["date"].month == 5


def test_a_stated_language_is_believed_unless_the_text_is_plainly_another():
    assert rows(text=FRENCH).articles[0]["language"] == "fr"
    assert rows(text=FRENCH, language="fr-CA").articles[0]["language"] == "fr"
    wrong = rows(text=FRENCH, language="English")
    assert wrong.articles[0]["language"] == "fr"
    assert "'en' is not the language of the text" in wrong.skipped[0][1]
    unknown = rows(text=FRENCH, language="klingon")
    assert "'klingon' is not known" in unknown.skipped[0][1]


def test_limits():
    short = rows(text="Too short a text.")
    assert not short.articles
    assert "17 characters, fewer than min_body_characters" in short.skipped[0][1]
    settings = ReadSettings(min_body_characters=5, max_body_characters=50)
    assert rows(text="Too short a text.", settings=settings).articles
    assert "more than max_body_characters" in rows(settings=settings).skipped[0][1]


def test_fields_are_repaired_and_hostile_text_is_only_text():
    found = rows(
        text=f"<p>{BODY}</p><script>alert(1)</script><p>\u202e=cmd()|' /C calc'!A0 and more</p>",
        title="<b>Town</b> <i>votes</i>\u00a0\x00now",
        outlet=" The  Gazette\n",
    ).articles[0]
    assert found["title"] == "Town votes now"
    assert found["outlet"] == "The Gazette"
    assert "alert" not in found["body"]
    assert "\u202e" not in found["body"]
    assert "=cmd()" in found["body"]


def test_a_page_gives_every_article_its_place():
    page = "\n\n".join(
        f"The town votes for trams again\n{day} March 2025 at 10:00\n{BODY}" for day in (3, 2)
    )
    found = rows(text=page, is_page=True, date_basis="page")
    assert [row["position"] for row in found.articles] == [0, 1]
    assert [row["date_basis"] for row in found.articles] == ["page", "page"]
    assert [entry.kind for entry in found.discarded] == ["date line", "date line"]


def test_a_page_without_article():
    found = rows(text="Menu\nShare\nShare", is_page=True)
    assert not found.articles
    assert found.skipped == [(0, "has no article text; check what it holds.")]
