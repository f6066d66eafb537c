from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press_themes.articles.dates import find_day_first, judge_date, month_names, parse_date

FIFTH = date(2026, 2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-05",
        "2026-02-05T23:10:00+01:00",
        "2026/2/5",
        "20260205",
        "20260205T101500Z",
        "5 février 2026 à 16:20",
        "jeudi 5 févr. 2026",
        "February 5, 2026",
        "Thu, 5 Feb 2026 10:00:00 GMT",
        "5th of February 2026",
        "5 de febrero de 2026",
        "5. Februar 2026",
        "donderdag 5 februari 2026",
        "5 feb. 2026",
        "5 febbraio 2026",
        "5 de fevereiro de 2026",
        "05/02/2026",
        "05 - 02 - 2026",
        "5.2.2026",
        "2026年2月5日",
        "٥ فبراير ٢٠٢٦",
        "5 شباط/فبراير 2026",
        "1770289200",
        1770289200000,
        datetime(2026, 2, 5, 12),
        FIFTH,
    ],
)
def test_forms_of_one_day(text):
    found = parse_date(text)
    assert found is not None
    assert found.day == FIFTH, found


@pytest.mark.parametrize("text", ["", None, "NaN", "-", float("nan")])
def test_nothing_stated(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2 hours ago",
        "il y a 3 jours",
        "hier",
        "منذ 3 ساعات",
        "3小时前",
        "31 février 2026",
        "2026-13-45",
        "printemps 2026",
        "février 2026",
        "5 février",
        "<script>",
        "12",
    ],
)
def test_never_guessed(text):
    found = parse_date(text)
    assert found is not None
    assert found.day is None
    assert found.problem


def test_order_of_day_and_month():
    assert parse_date("05/02/2026", day_first=False).day == date(2026, 5, 2)
    assert parse_date("05/02/2026", day_first=None).day is None
    assert parse_date("25/02/2026", day_first=None).day == date(2026, 2, 25)
    assert parse_date("02/25/2026", day_first=True).day == date(2026, 2, 25)
    assert find_day_first(["01/02/2026", "25/02/2026"]) is True
    assert find_day_first(["01/02/2026", "02/25/2026"]) is False
    assert find_day_first(["01/02/2026", "25/01/2026", "02/25/2026"]) is None
    assert find_day_first(["2026-02-25"]) is None


def test_absurd_days():
    assert "before 1800" in judge_date(date(1650, 1, 1), FIFTH)
    assert "after 2026-02-05" in judge_date(date(2026, 2, 6), FIFTH)
    assert judge_date(FIFTH, FIFTH) is None
    assert "clock" in judge_date(date(1970, 1, 1), FIFTH)


def test_month_names_of_every_language():
    names = month_names()
    for name, number in {
        "fevrier": 2, "march": 3, "abril": 4, "mai": 5, "giugno": 6, "julho": 7, "شباط": 2,
        "يوليوز": 7, "جويلية": 7, "august": 8, "sept": 9, "dezember": 12,
    }.items():  # fmt: skip
        assert names[name] == number


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_a_problem(text):
    found = parse_date(text)
    assert found is None or (found.day is None) != (found.problem is None)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_iso_days_come_back(day):
    assert parse_date(day.isoformat()).day == day


@pytest.mark.parametrize(
    "written",
    [
        "12 марта 2026", "12. března 2026", "12 marca 2026", "2026. március 12.",
        "12. maaliskuuta 2026", "12. marts 2026", "12 Mart 2026", "12 tháng 3, 2026",
        "12 Maret 2026", "12 Μαρτίου 2026", "12 במרץ 2026", "12 मार्च 2026", "12 มีนาคม 2569",
        "2026년 3월 12일", "12 березня 2026", "12 martie 2026", "12. ožujka 2026", "12 Machi 2026",
        "۱۲ مارس ۲۰۲۶", "১২ মার্চ ২০২৬", "12 de març de 2026", "2026 m. kovo 12 d.",
        "2026. gada 12. marts", "12. märts 2026", "12 mars 2026",
    ],
)  # fmt: skip
def test_dates_of_many_languages_are_read(written):
    assert parse_date(written, None).day == date(2026, 3, 12)


def test_a_month_name_of_two_months_is_not_read():
    assert parse_date("12 listopada 2026").day is None
