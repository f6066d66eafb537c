import csv
import io
from pathlib import Path

import pytest
from exports_for_tests import ARTICLES, assert_same, assert_told, mutated
from hypothesis import given, settings

from press_themes.articles.formats.media_cloud import looks_like_media_cloud, read_media_cloud
from press_themes.articles.formats.records import Unusable
from press_themes.errors import InputError

COLUMNS = [
    "id",
    "indexed_date",
    "language",
    "media_name",
    "media_url",
    "publish_date",
    "title",
    "url",
]
OLD_COLUMNS = [
    "stories_id",
    "publish_date",
    "title",
    "url",
    "language",
    "media_id",
    "media_name",
    "media_url",
]


def rows(columns, with_text=False):
    for number, article in enumerate(ARTICLES):
        values = {
            "id": f"a1b2{number}",
            "stories_id": str(100 + number),
            "indexed_date": "2024-05-03 10:00:00",
            "language": article.language,
            "media_id": "7",
            "media_name": article.outlet,
            "media_url": "outlet.example",
            "publish_date": article.day.isoformat(),
            "title": article.title,
            "url": f"https://outlet.example/{number}",
            "text": "\n\n".join(article.body),
        }
        yield [values[column] for column in [*columns, *(["text"] if with_text else [])]]


def table(columns=COLUMNS, separator=",", with_text=False, extra=()):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow([*columns, *(["text"] if with_text else [])])
    writer.writerows([*rows(columns, with_text), *extra])
    return stream.getvalue()


def read(data):
    assert looks_like_media_cloud(data)
    return list(read_media_cloud(data, Path("mc.csv")))


@pytest.mark.parametrize("columns", [COLUMNS, OLD_COLUMNS, COLUMNS[::-1]])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_row_without_text_is_told_with_its_address(columns, separator, encoding):
    found = read(table(columns, separator).encode(encoding))
    assert [item.position for item in found] == [0, 1, 2, 3]
    assert [item.place for item in found] == ["row 2", "row 3", "row 4", "row 5"]
    for number, item in enumerate(found):
        assert isinstance(item, Unusable)
        assert item.cause == "has no text, because Media Cloud exports carry none"
        assert f"https://outlet.example/{number} " in item.mend


@pytest.mark.parametrize("columns", [COLUMNS, OLD_COLUMNS])
def test_a_table_with_texts_is_read_back_whole(columns):
    found = read(table(columns, with_text=True).encode())
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


def test_a_short_row_in_the_middle_does_not_stop_the_rest():
    lines = table().split("\r\n")
    found = read("\r\n".join([*lines[:2], "broken", *lines[2:]]).encode())
    assert len(found) == 5
    assert "find the page" in found[1].mend
    assert "https://outlet.example/1 " in found[2].mend


def test_rows_are_counted_as_a_spreadsheet_does_and_too_many_cells_are_told():
    header, *lines = table().split("\r\n")
    found = read("\n".join(["", header, "", f"{lines[0]},more", *lines[1:]]).encode())
    assert [item.place for item in found] == ["row 4", "row 5", "row 6", "row 7"]
    assert found[0].cause == "has more cells than the header"
    assert "https://outlet.example/1 " in found[1].mend


@pytest.mark.parametrize(
    "data",
    [
        b"title,text,date\nT,Words,2026-02-05\n",
        b"title,url,publish_date,language\nT,u,2026-02-05,en\n",
        b"",
        b"{}",
        b"\xff\xfe",
    ],
)
def test_other_files_are_not_taken(data):
    assert not looks_like_media_cloud(data)


def test_a_table_without_rows_is_told():
    with pytest.raises(InputError, match="holds no row"):
        read((",".join(COLUMNS) + "\n").encode())


SAMPLES = [table().encode(), table(OLD_COLUMNS, ";", with_text=True).encode("cp1252")]


@settings(max_examples=80, deadline=None)
@given(mutated(SAMPLES))
def test_mutated_bytes(data):
    looks_like_media_cloud(data)
    assert_told(read_media_cloud, data)
