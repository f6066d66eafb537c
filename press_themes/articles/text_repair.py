"""From bytes to clean text: encodings, mojibake, ligatures, blanks, invisible characters.

Nothing here changes a word; the repairs only give every later stage the characters a reader would
see.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Legacy encodings of the press in the languages read here; near twins of cp1252 are left out on
# purpose, because on a short French text they win by chance.
_LEGACY = ["cp1252", "cp1256", "cp1251", "gb18030", "big5", "shift_jis", "euc_kr"]
_SAMPLE = 60_000
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in [*range(0xFB00, 0xFB07), *range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)]
}
# Soft hyphens, zero-width marks, direction overrides and icon-font glyphs; the joiners that
# Persian and emoji need (200C, 200D) stay.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
    + [code for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in (0x09, 0x0A)]
    + list(range(0xD800, 0xE000))
    + list(range(0xE000, 0xF900))
)
_REPAIRS = str.maketrans({**_INVISIBLE, **_SPACES, **_LIGATURES})


def decode(data: bytes) -> str:
    """Decode the bytes of a text file whose encoding nobody stated."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace")
    if looks_binary(data):
        raise ValueError("the bytes are not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error.start)


def looks_binary(data: bytes) -> bool:
    """Tell whether bytes without a byte order mark are something else than text."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, bytes([*range(9), *range(14, 32)])))
    return controls > 0.02 * len(sample)


def repair_text(text: str) -> str:
    """Give a text the characters its reader would see."""
    text = _LINE_ENDS.sub("\n", text)
    if "&" in text:
        for _ in range(2 if "&amp;" in text else 1):
            # Some systems escape what is escaped already.
            text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _repair_mojibake(text)
    return unicodedata.normalize("NFC", text.translate(_REPAIRS))


def each_line(text: str) -> Iterator[str]:
    """Hand over the lines of a text one by one, so that a large one is not held twice."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _wide_encoding(sample: bytes) -> str | None:
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes, fault: int) -> str:
    # One damaged character in a long UTF-8 file must not turn every accent of it into another
    # encoding.
    lenient = data.decode("utf-8", errors="replace")
    foreign = sum(byte > 127 for byte in data[:_SAMPLE]) or 1
    if lenient[:_SAMPLE].count("\ufffd") < 0.1 * foreign:
        return lenient
    import charset_normalizer

    start = max(0, fault - 2_000)
    best = charset_normalizer.from_bytes(
        data[start : start + _SAMPLE], cp_isolation=_LEGACY, preemptive_behaviour=False
    ).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _repair_mojibake(text: str) -> str:
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if text.isascii():
        return text
    # Lines are repaired one by one: a page may paste a broken teaser under a sound article.
    return "\n".join(
        fix_encoding(line) if not line.isascii() and is_bad(line) else line
        for line in text.split("\n")
    )
