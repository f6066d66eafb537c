import csv

import pytest
from run_for_exports import HEADLINE, write_run

from press_themes.exports.export_run import export_run


def _read(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize(
    ("language", "delimiter", "share"), [("en", ",", "0.5"), ("fr", ";", "0,5")]
)
def test_separator_and_decimal_mark_follow_the_language(tmp_path, language, delimiter, share):
    folder = export_run(write_run(tmp_path, language), "csv-excel")
    assert _read(folder / "themes.csv", delimiter)[0]["share"] == share


def test_files_begin_with_a_byte_order_mark_and_end_lines_as_excel_does(tmp_path):
    data = (export_run(write_run(tmp_path), "csv-excel") / "passages.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 5


def test_no_cell_is_run_as_a_formula(tmp_path):
    folder = export_run(write_run(tmp_path), "csv-excel")
    assert _read(folder / "articles.csv", ",")[0]["title"] == f"'{HEADLINE}"
    for path in folder.glob("*.csv"):
        for row in _read(path, ","):
            # The topic of an outlier, -1, is a number.
            assert not [c for c in row.values() if c[:1] in ("=", "+", "@", "-") and c != "-1"]


def test_dates_are_days(tmp_path):
    rows = _read(export_run(write_run(tmp_path), "csv-excel") / "articles.csv", ",")
    assert [row["date"] for row in rows] == ["2026-02-03", ""]
