"""The text of an RTF file, converted by striprtf after the faults that stop it are mended.

A brace or a number damaged in one place so costs that place alone and not what follows.
"""

from __future__ import annotations

import re
from pathlib import Path

from press_themes.articles.text_repair import decode
from press_themes.errors import InputError

MARK = b"{\\rtf"
_BRACES = re.compile(r"\\[\\{}]|[{}]")
_CHARACTER = re.compile(r"\\u(-?\d{1,10})")
_BARE = re.compile(r"\\(?:uc|bin)(?![a-z\d]) ?")
_CHARSET = re.compile(r"\\fcharset(\d{4,})")


def rtf_text(data: bytes, path: Path) -> str:
    """Convert an RTF file to text.

    Parameters
    ----------
    data : bytes
        The file.
    path : Path
        The file, for messages.

    Returns
    -------
    str
        Lines end where paragraphs do; cells of a table end with ``|``.

    Raises
    ------
    InputError
        If it cannot be converted.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(_mend(decode(data)), errors="replace")
    except Exception as error:
        # striprtf has no errors of its own; a damaged file ends in whatever Python raises.
        cause, mend = "is a damaged RTF file", "open it in a word processor and save it again"
        raise InputError(path, cause, mend) from error
    # Characters beyond the basic plane are written in two halves.
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _mend(source: str) -> str:
    source = source.replace("\0", "")
    # With an address that striprtf recognises it writes the address into the text.
    source = source.replace("HYPERLINK", "LINK")
    source = _CHARACTER.sub(_character, _BARE.sub("", source))
    return _without_stray_ends(_CHARSET.sub(r"\\fcharset0", source))


def _character(match: re.Match[str]) -> str:
    return match.group() if -0x10000 <= int(match[1]) < 0x110000 else r"\u63"


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
