"""The text of an RTF file, converted by striprtf after the faults that stop it are mended.

A brace or a number damaged in one place so costs that place alone and not what follows.
"""

from __future__ import annotations

import re
from pathlib import Path

from press_themes.articles.text_repair import looks_binary
from press_themes.errors import InputError

MARK = b"{\\rtf"
# Beyond this it is pictures, or no articles; the text itself is turned at a few megabytes a second.
_LARGEST = 100_000_000
_LARGEST_TEXT = 20_000_000
_DAMAGED, _MEND = "is a damaged RTF file", "open it in a word processor and save it again"
_PICTURE = re.compile(r"[0-9a-fA-F\s]{2000,}")
_BRACES = re.compile(r"\\[\\{}]|[{}]")
_CHARACTER = re.compile(r"\\u(-?\d{1,10})")
_BARE = re.compile(r"\\(?:uc|bin)(?![a-z\d]) ?")
_CHARSET = re.compile(r"\\fcharset(\d{4,})")
_FONT_TABLE = re.compile(r"\{(?:\\\*)?\s?\\fonttbl")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;{}]{0,200}?\\fcharset(\d{1,3})")
_BRACE = re.compile(r"[{}]")
_LONGEST_FONT_TABLE = 500_000
_LINK = re.compile(
    r'HYPERLINK\s+(?:\\+[a-z]\s+)*"[^"{}]{0,4000}"(?:\s*\\+[a-z]\s+"[^"{}]{0,400}")*'
)


def rtf_text(data: bytes, path: Path) -> str:
    """Convert an RTF file to text."""
    return convert_rtf(rtf_source(data, path), path)


def rtf_source(data: bytes, path: Path) -> str:
    """Return the source of an RTF file without its pictures."""
    if looks_binary(data):
        raise InputError(path, _DAMAGED, _MEND)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = data.decode("latin-1")
    source = _PICTURE.sub("", source[:_LARGEST].lstrip())
    if len(data) > _LARGEST or len(source) > _LARGEST_TEXT:
        raise InputError(path, "is too large for an RTF file of articles", "divide it")
    return source


def convert_rtf(source: str, path: Path) -> str:
    """Convert the source of an RTF file, or of a part of one, to text."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(_mend(source), errors="replace")
    except Exception as error:
        # striprtf has no errors of its own; a damaged file ends in whatever Python raises.
        raise InputError(path, _DAMAGED, _MEND) from error
    # Characters beyond the basic plane are written in two halves.
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _mend(source: str) -> str:
    source = source.replace("\0", "")
    # The address of a link would be set behind its words.
    source = _LINK.sub("", source).replace("HYPERLINK", "LINK")
    source = source.replace("\\fldinst{", "\\fldinst {")
    source = _CHARACTER.sub(_character, _BARE.sub("", source))
    return _with_plain_fonts(_without_stray_ends(_CHARSET.sub(r"\\fcharset0", source)))


def _character(match: re.Match[str]) -> str:
    return match.group() if -0x10000 <= int(match[1]) < 0x110000 else r"\u63"


def _with_plain_fonts(source: str) -> str:
    """Reduce the font table to the character set of each font, which is all that matters here."""
    start = _FONT_TABLE.search(source)
    if start is None:
        return source
    depth, end = 1, min(len(source), start.end() + _LONGEST_FONT_TABLE)
    for brace in _BRACE.finditer(source, start.end(), end):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            end = brace.end()
            break
    fonts = _FONT.findall(source, start.end(), end)
    table = "".join(f"{{\\f{number}\\fcharset{charset} F;}}" for number, charset in fonts)
    return f"{source[: start.start()]}{{\\fonttbl{table}}}{source[end:]}"


def _without_stray_ends(source: str) -> str:
    """Remove closing braces that would end the document before its end."""
    last = source.rstrip().rfind("}")
    depth, kept, start = 0, [], 0
    for match in _BRACES.finditer(source):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            if depth <= 1 and match.start() < last:
                kept.append(source[start : match.start()])
                start = match.end()
            else:
                depth -= 1
    return "".join([*kept, source[start:]])
