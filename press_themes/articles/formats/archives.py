"""ZIP archives opened safely: how far they may unpack is settled before anything is unpacked.

Word and Excel files are such archives too, so they pass through here as well.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from press_themes.errors import InputError

_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_MEGABYTE = 1_000_000
# Pages and tables pack to a fifth, a table of repeated words to a hundredth; a bomb to a thousandth
# or to nearly nothing.
_LARGEST_RATIO = 200
_HARMLESS = 20 * _MEGABYTE
_LARGEST_TOTAL = 4_000 * _MEGABYTE
_LARGEST_MEMBER = 500 * _MEGABYTE
_ENCRYPTED = 0x1
# A broken archive fails in whichever of its layers breaks first.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, IndexError,
    struct.error,
)  # fmt: skip
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def looks_packed(data: bytes) -> bool:
    """Tell whether bytes are a ZIP archive of whatever kind."""
    return data.startswith(_MARKS)


def holds_part(data: bytes, *parts: str) -> bool:
    """Tell whether an archive holds one of some members, even if the archive is cut off."""
    if not looks_packed(data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(set(parts) & set(archive.namelist()))
    except _DAMAGE:
        return any(part.encode() in data for part in parts)


def open_archive(data: bytes, path: Path) -> zipfile.ZipFile:
    """Open an archive that unpacks to a bearable size."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise InputError(path, "is a damaged archive", "pack or download it again") from error
    total = sum(info.file_size for info in archive.infolist())
    if total > _LARGEST_TOTAL or total > max(_HARMLESS, _LARGEST_RATIO * len(data)):
        cause = (
            f"would unpack from {len(data) / _MEGABYTE:.1f} MB to {total / _MEGABYTE:,.0f} MB,"
            " which is no ordinary archive"
        )
        raise InputError(path, cause, "unpack it and put in the articles")
    return archive


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack one member, never further than the archive says it goes."""
    if info.flag_bits & _ENCRYPTED:
        raise ValueError("is locked by a password")
    if info.compress_type not in _PLAIN_METHODS:
        raise ValueError("is packed by a method that is not read")
    if info.file_size > _LARGEST_MEMBER:
        raise ValueError(f"is larger than {_LARGEST_MEMBER // _MEGABYTE} MB")
    try:
        with archive.open(info) as member:
            # A size asked for bounds what is unpacked at once, even where the directory lies.
            content = member.read(info.file_size + 1)
            member.read(1)
    except _DAMAGE as error:
        raise ValueError("is damaged") from error
    if len(content) != info.file_size:
        raise ValueError("is damaged")
    return content


def repack_office(data: bytes, path: Path, kind: str) -> io.BytesIO:
    """Rebuild a Word or Excel file with its text parts alone, checked and without pictures."""
    safe = io.BytesIO()
    try:
        with open_archive(data, path) as archive, zipfile.ZipFile(safe, "w") as copy:
            for info in archive.infolist():
                is_text = info.filename.casefold().endswith((".xml", ".rels"))
                content = unpack(archive, info) if is_text else b""
                # Office never writes entities; they only serve to swell a document.
                if b"<!ENTITY" in content:
                    raise ValueError("is damaged")
                copy.writestr(info.filename, content)
    except ValueError as error:
        cause = f"is a damaged {kind} file" if str(error) == "is damaged" else f"{error}"
        raise InputError(path, cause, f"save it again in {kind}") from error
    safe.seek(0)
    return safe
