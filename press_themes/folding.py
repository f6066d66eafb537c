"""Texts folded so that what a reader takes for the same is the same, and parted into words.

Every room that compares texts uses these, so that none finds what another does not.
"""

from __future__ import annotations

import re
import unicodedata

CHINESE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Thai, Lao, Burmese and Khmer part no words by blanks either; four of their characters make one.
UNPARTED = "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3"
# Vowel signs and other marks, which stand inside words and yet are no letters for the module re.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff\u0f00-\u0fbc"
_LETTER = rf"(?:[^\W_{CHINESE}]|[{_MARKS}{UNPARTED}])"
WORD = re.compile(rf"[{CHINESE}]|{_LETTER}+(?:['’-]{_LETTER}+)*")


def fold(text: str) -> str:
    """Reduce a text to what counts when it is compared with a pattern."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join(decomposed.translate(_FOLDED).casefold().split())


class _Folded(dict[int, str | None]):
    """What each character becomes when it is folded, worked out once a character."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        folded: str | None = char
        if char.isdecimal():
            folded = str(unicodedata.decimal(char))
        elif unicodedata.combining(char):
            folded = None
        self[code] = folded
        return folded


# Writers use these for one another: apostrophes, and the two forms of final yeh in Arabic. Tatweel
# only stretches a word.
_FOLDED = _Folded({0x2019: "'", 0x02BC: "'", 0x0649: "\u064a", 0x0640: None})


def word_list(text: str) -> list[str]:
    """Return the words of a text, folded; each Chinese or Japanese character is one.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        In order.
    """
    return WORD.findall(fold(text))
