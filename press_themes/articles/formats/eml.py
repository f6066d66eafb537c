"""E-mails saved as files: alerts, newsletters, and articles sent around, with what is attached.

Only a mailing list is an outlet: the sender of an ordinary message is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from press_themes.articles.formats.html import without_markup
from press_themes.articles.formats.members import Member, ReadMember, read_members
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

_BEGINNING = 20_000
_FIELD = re.compile(rb"([!-9;-~]{2,60}):[ \t\r\n]*\S?")
_SURE = {b"message-id", b"received", b"mime-version", b"return-path", b"dkim-signature"}
_LETTER = {b"from", b"subject", b"date"}
_LIST_FIELDS = ("List-Id", "List-Unsubscribe", "List-Post")
_NO_ARTICLES = (
    "image/", "audio/", "video/", "font/", "text/calendar", "text/vcard", "text/x-vcard",
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
)  # fmt: skip
_LONGEST_FIELD = 8_000
# Some newsletters send a text part that only points to the web.
_LEAST_TEXT = 200


def looks_like_eml(data: bytes) -> bool:
    """Tell whether bytes are an e-mail."""
    header = re.split(rb"\r?\n\r?\n", data[:_BEGINNING].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    names = set()
    for line in re.split(rb"\r?\n(?![ \t])", header):
        match = _FIELD.match(line)
        if match is None:
            return False
        names.add(match[1].lower())
    return len(names) >= 3 and bool(names & _LETTER) and (bool(names & _SURE) or names >= _LETTER)


def read_eml(data: bytes, path: Path, read_member: ReadMember) -> Found:
    """Read a message and what is attached to it."""
    message = _parse(data, path)
    page = _saved_page(message)
    if page is not None:
        yield from read_members([Member("page.html", page)], path, read_member)
        return
    try:
        text = _text(message)
        attachments = list(_attachments(message))
    except Exception as error:
        # The parser accepts everything and fails only when a broken part is asked for.
        raise InputError(path, "is a damaged e-mail", "save it again as .eml") from error
    if text:
        yield Record(
            text=text,
            title=_field(message, "Subject"),
            date=_field(message, "Date"),
            outlet=_outlet(message),
            url=(_field(message, "Archived-At") or "").strip("<> ") or None,
            language=(_field(message, "Content-Language") or "").split(",")[0].strip() or None,
        )
    elif not attachments:
        raise InputError(path, "is an e-mail without text", "save it again with its text")
    yield from read_members(attachments, path, read_member, first=1 if text else 0)


def _parse(data: bytes, path: Path) -> EmailMessage:
    import email
    from email import policy

    try:
        plain = _with_short_fields(data.lstrip(b"\xef\xbb\xbf\r\n"))
        message = email.message_from_bytes(plain, policy=policy.default)
    except Exception as error:
        raise InputError(path, "is a damaged e-mail", "save it again as .eml") from error
    assert isinstance(message, EmailMessage)
    return message


def _saved_page(message: EmailMessage) -> bytes | None:
    """Return the page of a message that a browser wrote to save it (MHTML)."""
    is_saved = message.get("Snapshot-Content-Location") or (
        message.get_content_type() == "multipart/related" and not message.get("To")
    )
    part = message.get_body(("html",)) if is_saved else None
    if part is None or not (
        part.get("Content-Location") or message.get("Snapshot-Content-Location")
    ):
        return None
    return _decoded(part).encode("utf-8")


def _with_short_fields(data: bytes) -> bytes:
    """Cut the fields of a header that are longer than any program reads in reasonable time."""
    end = re.search(rb"\r?\n\r?\n", data)
    stop = end.start() if end else len(data)
    fields = re.split(rb"\r?\n(?![ \t])", data[:stop])
    if max(map(len, fields)) <= _LONGEST_FIELD:
        return data
    short = (re.sub(rb"\s*\r?\n\s+", b" ", field)[:_LONGEST_FIELD] for field in fields)
    return b"\n".join(short) + data[stop:]


def _field(message: EmailMessage, name: str) -> str | None:
    """Return a header field in one line, even if it breaks the rules of headers."""
    try:
        value = message.get(name)
    except Exception:
        value = next((v for n, v in message.raw_items() if n.casefold() == name.casefold()), None)
    return " ".join(str(value).split()) or None if value is not None else None


def _outlet(message: EmailMessage) -> str | None:
    bulk = (_field(message, "Precedence") or "").casefold() in ("bulk", "list")
    if not bulk and not any(_field(message, name) for name in _LIST_FIELDS):
        return None
    from email.utils import parseaddr

    name, address = parseaddr(_field(message, "From") or "")
    return name or address.rpartition("@")[2] or None


def _text(message: EmailMessage) -> str:
    plain = _part_text(message, "plain")
    if len(plain) >= _LEAST_TEXT:
        return plain
    markup = _part_text(message, "html")
    # What stands in the head of a page is not shown.
    shown = re.sub(r"(?is)<head\b.*?</head\s*>", " ", markup)
    unmarked = without_markup(shown).strip() if shown.strip() else ""
    return unmarked if len(unmarked) > 2 * len(plain) else plain


def _part_text(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    if part is None or part.get_content_type() != f"text/{subtype}":
        return ""
    text = _decoded(part)
    if part.get_param("format", "") == "flowed":
        text = re.sub(r"(?<!^--) \n(?=\S)", " ", text, flags=re.MULTILINE)
    return text.strip()


def _decoded(part: Any) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset() or "ascii")
    except (LookupError, UnicodeError, ValueError):
        # A message that misstates its charset is read as a file that states none.
        try:
            text = decode(content)
        except ValueError:
            return ""
    return text.replace("\r\n", "\n")


def _attachments(message: EmailMessage) -> Iterator[Member | Unusable]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        assert isinstance(part, EmailMessage)
        kind = part.get_content_type()
        name = (part.get_filename() or "").replace("/", "_").replace("\\", "_").strip(". ")
        if kind.startswith("image/") and part.get_content_disposition() != "attachment":
            continue
        name = name or f"attachment {number}{'.eml' if kind == 'message/rfc822' else ''}"
        if kind.startswith(_NO_ARTICLES):
            yield Unusable(None, name, f"is no text ({kind})", "only its text can be read")
        elif kind == "message/rfc822":
            inner: Any = part.get_payload()
            if isinstance(inner, list) and inner:
                yield Member(name, inner[0].as_bytes())
        elif not part.is_multipart():
            content = part.get_payload(decode=True)
            yield Member(name, content if isinstance(content, bytes) else b"")
