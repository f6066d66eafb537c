import zipfile

import openpyxl
import pandas as pd
from run_for_exports import HEADLINE, ODD, make_tables, write_run

from press_themes.exports.export_run import export_run
from press_themes.exports.run_tables import RunContent
from press_themes.exports.workbook import MOST_CHARACTERS, write_workbook


def _book(tmp_path, tables=None, language="en"):
    summary = {"title": "=1+1", "language": language}
    write_workbook(RunContent("run", summary, tables or make_tables()), tmp_path / "made.xlsx")
    return openpyxl.load_workbook(tmp_path / "made.xlsx")


def _rows(sheet):
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_workbook_has_the_sheets_an_analyst_quotes_from_and_says_what_they_hold(tmp_path):
    book = openpyxl.load_workbook(export_run(write_run(tmp_path), "xlsx"))
    assert book.sheetnames == [
        "articles",
        "passages",
        "themes",
        "topics",
        "quotations",
        "names",
        "about",
    ]
    told = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert told["passages"] == 4
    assert told["articles"] == 2


def test_no_cell_is_a_formula(tmp_path):
    book = _book(tmp_path)
    assert _rows(book["articles"])[0]["title"] == HEADLINE
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(tmp_path / "made.xlsx") as archive:
        parts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")]
    assert not [part for part in parts if b"<f>" in part or b"<f " in part]


def test_a_text_that_looks_like_a_formula_stays_one_after_it_is_edited(tmp_path):
    book = _book(tmp_path)
    (title,) = [cell for cell in book["articles"][2] if cell.value == HEADLINE]
    assert title.quotePrefix


def test_headings_stay_in_view_and_can_be_filtered(tmp_path):
    sheet = _book(tmp_path)["passages"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.column_dimensions["E"].width > sheet.column_dimensions["C"].width


def test_passages_are_read_with_title_outlet_and_labels(tmp_path):
    first = _rows(_book(tmp_path)["passages"])[0]
    assert (first["outlet"], first["themes"], first["topic_label"]) == (
        "Gazette",
        "Tolls & fees; @works",
        "bridge, toll",
    )
    assert str(first["date"]) == "2026-02-03 00:00:00"


def test_what_a_cell_cannot_hold_is_cut_and_counted(tmp_path):
    tables = make_tables()
    tables["passages"].loc[0, "text"] = "x" * (MOST_CHARACTERS + 5)
    book = _book(tmp_path, tables)
    assert len(_rows(book["passages"])[0]["text"]) == MOST_CHARACTERS
    told = [row[2] for row in book["about"].iter_rows(values_only=True) if row[2]]
    assert any(text.startswith("1 texts were cut at 32767") for text in told)


def test_characters_that_a_workbook_cannot_hold_are_replaced(tmp_path):
    tables = make_tables()
    tables["passages"].loc[1, "text"] = ODD.replace("\ud800", "")
    assert "\N{REPLACEMENT CHARACTER}" in _rows(_book(tmp_path, tables)["passages"])[1]["text"]


def test_the_about_sheet_speaks_the_language_of_the_report(tmp_path):
    cells = [
        c
        for row in _book(tmp_path, language="fr")["about"].iter_rows(values_only=True)
        for c in row
    ]
    assert "Rien n’a été omis ni coupé." in cells


def test_empty_tables_give_sheets_with_headings_only(tmp_path):
    tables = {name: table.iloc[:0] for name, table in make_tables().items()}
    assert _rows(_book(tmp_path, tables)["quotations"]) == []


def test_missing_dates_and_numbers_are_empty_cells(tmp_path):
    tables = make_tables()
    tables["themes"]["share"] = [float("nan"), float("inf")]
    book = _book(tmp_path, tables)
    assert [row["share"] for row in _rows(book["themes"])] == [None, None]
    assert _rows(book["articles"])[1]["date"] is None
    assert pd.isna(make_tables()["articles"]["date"][1])
