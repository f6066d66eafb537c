import io
import struct
import zipfile
from pathlib import Path

import pytest

from press_themes.articles.formats.archives import (
    holds_part,
    looks_packed,
    open_archive,
    repack_office,
    unpack,
)
from press_themes.errors import InputError

PATH = Path("a.zip")


def pack(method=zipfile.ZIP_DEFLATED, **members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def first(data):
    archive = open_archive(data, PATH)
    return archive, archive.infolist()[0]


def test_what_is_packed():
    assert looks_packed(pack(a="x"))
    assert looks_packed(pack())
    assert not looks_packed(b"words")


def test_parts_are_found_but_not_those_of_an_inner_archive():
    inner = pack(word__document_dot_xml="<x/>")
    assert holds_part(inner, "word/document.xml")
    assert holds_part(inner[:80], "word/document.xml")
    outer = pack(zipfile.ZIP_STORED, a=inner)
    assert not holds_part(outer, "word/document.xml")


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(InputError, match=r"would unpack from 0\.\d MB to 100 MB"):
        open_archive(pack(a=bytes(100_000_000)), PATH)


def test_what_packs_well_is_no_bomb():
    table = "".join(f"{n},the same words in every row of a long table\n" for n in range(20_000))
    archive, info = first(pack(a=table))
    assert unpack(archive, info) == table.encode()


def test_a_directory_that_lies_about_sizes_does_not_unpack_further():
    data = bytearray(pack(a=bytes(5_000_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + offset
        data[start : start + 4] = struct.pack("<I", 10)
    archive, info = first(bytes(data))
    with pytest.raises(ValueError, match="is damaged"):
        unpack(archive, info)


def test_members_that_are_not_read_say_why():
    archive, info = first(pack(zipfile.ZIP_BZIP2, a="x"))
    with pytest.raises(ValueError, match="method"):
        unpack(archive, info)
    info.flag_bits |= 1
    with pytest.raises(ValueError, match="password"):
        unpack(archive, info)
    archive, info = first(pack(a="x"))
    info.file_size = 600_000_000
    with pytest.raises(ValueError, match="larger than 500 MB"):
        unpack(archive, info)


def test_a_changed_member_is_damaged():
    data = bytearray(pack(zipfile.ZIP_STORED, a="words"))
    data[data.index(b"words")] ^= 1
    archive, info = first(bytes(data))
    with pytest.raises(ValueError, match="is damaged"):
        unpack(archive, info)


def test_no_archive_at_all():
    with pytest.raises(InputError, match="is a damaged archive"):
        open_archive(b"PK\x03\x04 and no more", PATH)


def test_office_files_are_rebuilt_without_pictures():
    data = pack(word__document_dot_xml="<x/>", media__a_dot_png=b"picture")
    with zipfile.ZipFile(repack_office(data, PATH, "Word")) as copy:
        assert copy.read("word/document.xml") == b"<x/>"
        assert copy.read("media/a.png") == b""


def test_office_files_with_entities_are_refused():
    data = pack(a_dot_xml='<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    with pytest.raises(InputError, match="is a damaged Word file"):
        repack_office(data, PATH, "Word")
