"""Texts of others made safe for each place they are shown in, so that none becomes code there.

HTML and what is drawn on a page are escaped by Jinja and `html.escape`; charts set their text without
mathematics. What remains is here: spreadsheets, terminals and Markdown.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from html import escape
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import pandas as pd

# A spreadsheet in East Asia takes the wide forms as well.
_FORMULA = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_STARTS = re.compile(rf"(?:[\t\r\n]|[\s\"']*{_FORMULA})")
# One that parts columns at another mark than the comma finds a cell behind each of these.
_AFTER_A_MARK = re.compile(rf"([;\t|\r\n])(?=[ \"]*{_FORMULA})")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$~^:@/])")


def defuse_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before every text that could be a formula.

    Parameters
    ----------
    frame : DataFrame
        Any table; numbers and dates are left alone.

    Returns
    -------
    DataFrame
        A copy. Within a cell an apostrophe stands where a spreadsheet that parts columns at a
        semicolon or a tab would begin another one.
    """
    import pandas as pd

    safe = frame.copy()
    for column in safe.columns:
        if safe[column].dtype == object or pd.api.types.is_string_dtype(safe[column].dtype):
            safe[column] = safe[column].astype(object).map(_defuse)
    return safe.rename(columns=_defuse)


def defuse_text(text: str) -> str:
    """Return the text of a cell with an apostrophe wherever a spreadsheet could begin a formula."""
    text = _AFTER_A_MARK.sub(r"\1'", text)
    return f"'{text}" if _STARTS.match(text) else text


def plain_text(text: str) -> str:
    """Return a text without what commands a terminal or turns the direction of a line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("?" if _is_command(letter) else letter for letter in text)


def say(text: object, stream: TextIO | None = None) -> None:
    """Print a line that may hold the words of others.

    Parameters
    ----------
    text : object
        What is printed.
    stream : file, optional
        Where; by default standard output.
    """
    stream = stream or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    # A terminal of few characters gets what it can show.
    shown = plain_text(str(text)).encode(encoding, "backslashreplace").decode(encoding)
    print(shown, file=stream, flush=stream is sys.stderr)


def in_markdown(text: object) -> str:
    """Return a text that means itself in a cell of Markdown."""
    line = " ".join(plain_text(str(text)).split())
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[1])};", escape(line, quote=True))


def _is_command(letter: str) -> bool:
    if letter in "\n\t":
        return False
    return letter in _BIDI or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")


def _defuse(value: object) -> object:
    return defuse_text(value) if isinstance(value, str) else value
