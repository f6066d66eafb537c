"""How many words a line of a head shares with the text below it.

A headline is told again in the text; a motto, a menu or the name of a section is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from press_themes.articles.lines import Line
from press_themes.folding import word_list

_TOLD_LINES = 12
# A text does not begin further below its head; a page of headlines alone would be read in squares.
_REACH = 120
_MOST_SHARED = 5
_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|لل|ال|و|ب|ل|ف)(?=\w{3})")

Labels = list[str | None]


def shared_words(line: Line, told: set[str]) -> int:
    """Count the words of a line that the text below uses too."""
    return min(len(stems(line.text) & told), _MOST_SHARED)


def told_below(
    index: int, lines: list[Line], labels: Labels, dates: Collection[int] = ()
) -> set[str]:
    """Return the stems of the words of the prose that follows a line."""
    prose: list[str] = []
    for below in range(index + 1, min(len(lines), index + 1 + _REACH)):
        if len(prose) == _TOLD_LINES or (prose and below in dates):
            break
        if labels[below] is None and lines[below].is_prose:
            prose.append(lines[below].text[:2_000])
    return stems(" ".join(prose))


def stems(text: str) -> set[str]:
    """Return the beginnings of the longer words of a text, which endings and articles do not touch."""
    words = word_list(text)
    distinct = set(words)
    chinese: set[str] = set()
    if any(len(word) == 1 and not word.isascii() for word in distinct):
        chinese = {
            left + right
            for left, right in pairwise(words)
            if len(left) == len(right) == 1 and not (left + right).isascii()
        }
    # Latin, Greek and Cyrillic letters stand before the Arabic ones.
    bare = (_ARABIC_PREFIX.sub("", word) if word > "ؠ" else word for word in distinct)
    return chinese | {
        word[:5] for word in bare if len(word) >= 4 or (len(word) == 3 and word > "ؠ")
    }
