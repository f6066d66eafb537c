"""ZIP archives of article files: each member is read in its own format.

Names that climb out of the archive, links, locked members and archives inside an inner archive
are refused, each with its reason; the rest is read.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from press_themes.articles.corpus_files import DESCRIBING
from press_themes.articles.formats.archives import holds_part, looks_packed, open_archive, unpack
from press_themes.articles.formats.members import Member, ReadMember, depth, read_members
from press_themes.articles.formats.records import Found, Unusable
from press_themes.errors import InputError

_OFFICE_PARTS = ("[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml")
_UNICODE_NAME = 0x800
_DEEPEST = 1
# What the archives inside one archive may unpack to, all together.
_LARGEST_INSIDE = 2_000_000_000


def looks_like_zip(data: bytes) -> bool:
    """Tell whether bytes are an archive of files, not an office document or an electronic book."""
    return looks_packed(data) and not holds_part(data, *_OFFICE_PARTS)


def read_zip(data: bytes, path: Path, read_member: ReadMember) -> Found:
    """Read every article file of an archive, and of the archives in it."""
    if depth(path) > _DEEPEST:
        raise InputError(path, "is an archive inside two others", "unpack the outer ones")
    yield from read_members(_members(data, path, "", _Allowance()), path, read_member)


class _Allowance:
    """How much may still be unpacked from the archives inside one archive."""

    def __init__(self) -> None:
        self.left = _LARGEST_INSIDE


def _members(
    data: bytes, path: Path, prefix: str, allowance: _Allowance
) -> Iterator[Member | Unusable]:
    with open_archive(data, path) as archive:
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir() or _is_no_article(name):
                continue
            place = prefix + name
            refusal = _refusal(info, name)
            if refusal:
                yield Unusable(None, place, *refusal)
                continue
            try:
                content = unpack(archive, info)
            except ValueError as error:
                yield Unusable(None, place, str(error), "unpack it and put in the file")
                continue
            if looks_like_zip(content):
                yield from _inner_archive(content, place, prefix, allowance)
            else:
                yield Member(place, content)


def _inner_archive(
    content: bytes, place: str, prefix: str, allowance: _Allowance
) -> Iterator[Member | Unusable]:
    if prefix:
        yield Unusable(None, place, "is an archive inside two others", "unpack the outer ones")
        return
    try:
        with open_archive(content, Path(place)) as archive:
            allowance.left -= sum(info.file_size for info in archive.infolist())
        if allowance.left < 0:
            cause = "holds more than may be unpacked from archives inside an archive"
            yield Unusable(None, place, cause, "unpack the outer one")
            return
        yield from _members(content, Path(place), f"{place}!/", allowance)
    except InputError as error:
        sentence = str(error).removeprefix(f"{place}: ").rstrip(".")
        cause, _, mend = sentence.rpartition("; ")
        yield Unusable(None, place, cause, mend)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: older programs do not say that they write UTF-8."""
    name = info.filename
    if not info.flag_bits & _UNICODE_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _is_no_article(name: str) -> bool:
    """Tell whether a member is hidden or describes the corpus, as a file of a folder may."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    describing = len(parts) <= 2 and parts[-1:] and parts[-1] in DESCRIBING
    return hidden or bool(describing) or "__MACOSX" in parts


def _refusal(info: zipfile.ZipInfo, name: str) -> tuple[str, str] | None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or name[1:2] == ":":
        return "has a name that climbs out of the archive", "pack it again under a plain name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, and links are not followed", "pack the file itself"
    return None
