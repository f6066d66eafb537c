import datetime
import io

import openpyxl
import pytest
from articles_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    mutated,
    part,
    read_all,
    text_of,
    told_in_a_sentence,
    with_part,
)
from hypothesis import HealthCheck, given, settings

from press_themes.articles.formats import Unusable
from press_themes.articles.formats.xlsx import looks_like_xlsx, read_xlsx
from press_themes.errors import InputError

HEADER = ["N°", "Titre", "Texte", "Date de publication", "Média", "Langue", "URL"]


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def row(number, article):
    day = datetime.datetime.fromisoformat(article.date)
    address = f"https://x.org/{number}"
    return [number, article.title, text_of(article), day, article.outlet, article.language, address]


SAMPLE = book(Articles=[HEADER, *(row(n, article) for n, article in enumerate(ARTICLES))])


def test_a_workbook_is_read_back_whole():
    assert looks_like_xlsx(SAMPLE)
    found = read_all(read_xlsx, SAMPLE)
    for number, (record, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert (record.title, record.text) == (article.title, text_of(article))
        assert (record.outlet, record.language) == (article.outlet, article.language)
        assert record.date.date().isoformat() == article.date
        assert record.url == f"https://x.org/{number}"
        assert (record.position, record.place) == (number, f"row {number + 2}")


def test_the_header_may_stand_below_a_title_and_rows_may_be_blank():
    rows = [["Press review, February"], [], ["title", "body"], ["A", "one"], [], ["B", None]]
    found = read_all(read_xlsx, book(S=rows))
    assert [item.place for item in found] == ["row 4", "row 6"]
    assert found[0].text == "one"
    assert found[1].cause == "has no text"


def test_every_sheet_with_a_text_column_is_read_and_others_are_told():
    data = book(
        A=[["title", "text"], ["T", "one"]],
        Codes=[["code", "meaning"], [1, "x"]],
        Empty=[],
        B=[["texte"], ["deux"]],
    )
    found = read_all(read_xlsx, data)
    assert [item.place for item in found] == [
        "sheet 'A', row 2",
        "sheet 'B', row 2",
        "sheet 'Codes'",
    ]
    assert [item.position for item in found] == [0, 1, None]
    assert isinstance(found[2], Unusable)


def test_a_cell_that_excel_has_cut_is_marked():
    data = book(S=[["text"], ["a" * 32_767], ["short"]])
    assert [record.is_excerpt for record in read_all(read_xlsx, data)] == [True, False]


def test_a_workbook_without_text_column_names_its_columns():
    with pytest.raises(InputError, match=r"no column .* \(columns: id, code\)"):
        read_all(read_xlsx, book(S=[["id", "code"], [1, "T"]]))
    with pytest.raises(InputError, match="is empty"):
        read_all(read_xlsx, book(S=[]))


@pytest.mark.parametrize("end", [100, len(SAMPLE) // 2, len(SAMPLE) - 30])
def test_a_workbook_that_is_cut_off(end):
    with pytest.raises(InputError, match="damaged"):
        read_all(read_xlsx, SAMPLE[:end])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(book(S=[HEADER, row(1, FRENCH), row(2, ENGLISH)])))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_xlsx, data)
    assert looks_like_xlsx(data) in (True, False)


SHEET = "xl/worksheets/sheet1.xml"
SMALL = book(S=[HEADER, row(1, FRENCH), row(2, ENGLISH)])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(part(SMALL, SHEET)))
def test_a_sheet_that_is_broken_inside_a_sound_archive_is_told(sheet):
    told_in_a_sentence(read_xlsx, with_part(SMALL, SHEET, sheet))
