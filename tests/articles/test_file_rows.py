import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from articles_for_tests import ENGLISH, FRENCH, LATEST, html_page, text_of

from press_themes.articles import file_rows
from press_themes.articles.article_rows import ReadSettings
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.file_rows import read_file_rows
from press_themes.articles.formats import Record
from press_themes.errors import InputError

BRIEFS = "\n\n".join(
    f"{title}\n{day} February 2026\n\n{' '.join(ENGLISH.body)}"
    for day, title in enumerate(("Harbour town votes for a tram", "Tram voted in harbour town"), 3)
)


def packed(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def read(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return list(read_file_rows(CorpusFile(path, f"sub/{name}"), LATEST, ReadSettings()))


def test_members_have_a_path_of_their_own_and_positions_that_nobody_shares(tmp_path):
    inner = packed(c_html=html_page(FRENCH))
    data = packed(
        a_txt=BRIEFS, b_txt="", c_txt=BRIEFS.replace("tram", "ferry"), d_html=html_page(ENGLISH),
        e_zip=inner,
    )  # fmt: skip
    found = read(tmp_path, "made.zip", data)
    paths = [(row.path, [a["position"] for a in row.rows.articles]) for row in found]
    assert paths == [
        ("sub/made.zip!/a.txt", [0, 1]),
        ("sub/made.zip!/b.txt", []),
        ("sub/made.zip!/c.txt", [2, 3]),
        ("sub/made.zip!/d.html", [4]),
        ("sub/made.zip!/e.zip!/c.html", [5]),
    ]
    assert found[1].rows.skipped == [(None, "b.txt: is empty; fill it or remove it.")]
    assert {entry.position for entry in found[2].rows.discarded} == {2}


def test_what_goes_wrong_is_the_reason_for_the_rest_of_the_file(tmp_path):
    (empty,) = read(tmp_path, "empty.txt", b"")
    assert empty.path == "sub/empty.txt"
    assert empty.rows.skipped == [(None, "is empty; fill it or remove it.")]
    (gone,) = read_file_rows(CorpusFile(tmp_path / "x", "x"), LATEST, ReadSettings())
    assert "vanished" in gone.rows.skipped[0][1]


def test_the_order_of_day_and_month_is_learned_from_the_whole_file(tmp_path):
    rows = [
        f'"{text_of(ENGLISH)} {n}",{when}' for n, when in enumerate(("05/02/2025", "02/25/2025"))
    ]
    found = read(tmp_path, "a.csv", ("text,date\n" + "\n".join(rows)).encode())
    days = [article["date"] for row in found for article in row.rows.articles]
    assert days == [date(2025, 5, 2), date(2025, 2, 25)]


@pytest.mark.parametrize("fault", [InputError("a.txt", "is cut off", "copy it again"), OSError()])
@pytest.mark.parametrize("sound", [0, 3, file_rows._DATES_LOOKED_AT + 2])
def test_what_comes_before_a_fault_is_kept(tmp_path, monkeypatch, fault, sound):
    record = Record(text_of(ENGLISH), date="25/01/2026")

    def found():
        for position in range(sound):
            yield replace(record, position=position)
        raise fault

    monkeypatch.setattr(file_rows, "read_file", lambda path, data, latest: ("made", found()))
    *kept, last = read(tmp_path, "a.txt", b"made")
    days = [article["date"] for row in kept for article in row.rows.articles]
    assert days == [date(2026, 1, 25)] * sound
    assert len(last.rows.skipped) == 1


def test_each_member_of_a_container_shows_its_own_order_of_day_and_month(tmp_path):
    def table(article, *days):
        rows = (f'"{text_of(article)} {day}",{day}' for day in days)
        return "\n".join(["text,date", *rows])

    members = {
        "fr_csv": table(FRENCH, "25/01/2026", "26/01/2026"),
        "us_csv": table(ENGLISH, "03/02/2026", "04/02/2026"),
    }
    found = read(tmp_path, "a.zip", packed(**members))
    days = [article["date"] for row in found for article in row.rows.articles]
    assert days == [date(2026, 1, 25), date(2026, 1, 26), None, None]
    assert sum(len(row.rows.skipped) for row in found) == 2
