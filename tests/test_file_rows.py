import io
import zipfile
from datetime import date

from articles_for_tests import ENGLISH, FRENCH, LATEST, html_page, text_of

from press_themes.articles.article_rows import ReadSettings
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.file_rows import read_file_rows

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
