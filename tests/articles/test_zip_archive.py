import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from articles_for_tests import (
    ARABIC,
    ENGLISH,
    FRENCH,
    html_page,
    mutated,
    read_all,
    read_member,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings

from press_themes.articles.formats import Record
from press_themes.articles.formats.zip_archive import looks_like_zip, read_zip
from press_themes.errors import InputError

MARKDOWN = (
    f"---\ntitle: {FRENCH.title}\ndate: {FRENCH.date}\noutlet: {FRENCH.outlet}\nlanguage: fr\n"
    f"---\n{text_of(FRENCH)}\n"
)
TABLE = f'title,text,date,source,language\n{ENGLISH.title},"{text_of(ENGLISH)}",2026-02-05,X,en\n'


def pack(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_flags(data, name, flags):
    """Set the flags of a member in its own header and in the directory."""
    changed = bytearray(data)
    for mark, back, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        start = data.index(mark)
        while data[start + length : start + length + len(name.encode())] != name.encode():
            start = data.index(mark, start + 1)
        changed[start + back : start + back + 2] = struct.pack("<H", flags)
    return bytes(changed)


def read(data, path="made"):
    return list(read_zip(data, Path(path), read_member))


def test_every_member_is_read_in_its_own_format():
    data = pack({"fr/a.md": MARKDOWN, "b.csv": TABLE, "c.html": html_page(ARABIC)})
    assert looks_like_zip(data)
    french, english, arabic = read(data)
    assert (french.title, french.date, french.outlet) == FRENCH[:3]
    assert french.text == text_of(FRENCH)
    assert (english.title, english.text, english.place) == (
        ENGLISH.title,
        text_of(ENGLISH),
        "b.csv, row 2",
    )
    assert (arabic.title, arabic.date, arabic.outlet) == ARABIC[:3]
    assert row(arabic)["body"] == text_of(ARABIC)
    assert [item.position for item in (french, english, arabic)] == [0, 1, 2]


def test_names_that_climb_out_are_refused_and_the_rest_is_read():
    names = ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt", "..\\a.txt"]
    found = read(pack({**dict.fromkeys(names, "words"), "ok.txt": "Words."}))
    assert ["climbs out" in getattr(item, "cause", "") for item in found] == [True] * 5 + [False]


def test_links_locked_and_oddly_packed_members_are_told():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", "words")
        archive.writestr("odd.txt", "words", zipfile.ZIP_LZMA)
        archive.writestr("ok.txt", "Words.")
    # The standard library writes no locked members, so their mark is set here.
    data = with_flags(buffer.getvalue(), "locked.txt", 0x1)
    link, locked, odd, sound = read(data)
    assert "is a link" in link.cause
    assert (locked.place, locked.cause) == ("locked.txt", "is locked by a password")
    assert "method" in odd.cause
    assert sound.text == "Words."


def test_hidden_files_and_files_about_the_corpus_are_no_articles():
    names = ["__MACOSX/._a.txt", ".DS_Store", "x/.hidden/a.txt", "README.md", "x/themes.yml"]
    assert len(read(pack({**dict.fromkeys(names, "words"), "x/a.txt": "Words."}))) == 1


def test_an_archive_in_an_archive_is_read_and_no_deeper():
    inmost = pack({"c.txt": "Never."})
    inner = pack({"b.txt": "Words.", "deep.zip": inmost})
    found = read(pack({"a.txt": "First.", "inner.zip": inner}))
    assert [item.place for item in found] == ["a.txt", "inner.zip!/b.txt", "inner.zip!/deep.zip"]
    assert [item.position for item in found] == [0, 1, None]
    assert "inside two others" in found[2].cause
    with pytest.raises(InputError, match="inside two others"):
        read(inmost, "a.zip!/b.eml!/c.zip")


def test_a_bomb_inside_costs_only_itself():
    bomb = pack({"zeros.txt": bytes(60_000_000)})
    found = read(pack({"bomb.zip": bomb, "a.txt": "Words."}))
    assert "would unpack" in found[0].cause
    assert found[1].text == "Words."


def test_many_inner_archives_share_one_allowance(monkeypatch):
    monkeypatch.setattr("press_themes.articles.formats.zip_archive._LARGEST_INSIDE", 1_000_000)
    inner = pack({"a.txt": "word " * 80_000})
    found = read(pack({f"{n}.zip": inner for n in range(4)}, zipfile.ZIP_STORED))
    assert [isinstance(item, Record) for item in found] == [True, True, False, False]
    assert "may be unpacked" in found[2].cause


def test_names_in_utf_8_that_do_not_say_so():
    data = pack({"eté.txt": "Words."})
    assert read(with_flags(data, "eté.txt", 0))[0].place == "eté.txt"


def test_office_files_and_books_are_other_formats():
    assert not looks_like_zip(pack({"docProps/app.xml": "", "[Content_Types].xml": ""}))
    assert not looks_like_zip(pack({"mimetype": "", "META-INF/container.xml": ""}))
    assert looks_like_zip(pack({"a.docx": pack({"[Content_Types].xml": ""})}, zipfile.ZIP_STORED))


def test_an_empty_archive_gives_nothing():
    assert read(pack({})) == []


SAMPLE = pack({"a.md": MARKDOWN, "inner.zip": pack({"b.csv": TABLE}), "c.txt": "Words."})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(SAMPLE))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_zip, data, read_member)
    assert looks_like_zip(data) in (True, False)


def test_read_all_gives_the_same_twice():
    assert read_all(read_zip, SAMPLE, read_member) == read_all(read_zip, SAMPLE, read_member)
