"""Arabic and other lines from right to left, put in the order in which they are read.

PDF files often keep some words of such a line in the order of the page, from left to right; where
each letter stands tells which.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Any

# A letter and its box; blanks that are added to a line have none.
Character = tuple[str, Any]


def runs_right_to_left(text: str) -> bool:
    """Tell whether most letters of a text are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds)


def in_reading_order(characters: list[Character]) -> list[Character]:
    """Put the letters of a line in the order in which they are read."""
    if not runs_right_to_left("".join(letter for letter, _ in characters)):
        return characters
    words = [_word_in_order(word) for word in _words(characters)]
    if _goes_rightwards([word[0] for word in words if _is_arabic(word)]):
        words.reverse()
    blank: Character = (" ", None)
    return [character for word in words for character in (*word, blank)]


def _words(characters: list[Character]) -> list[list[Character]]:
    words: list[list[Character]] = [[]]
    for character in characters:
        if character[0].strip():
            words[-1].append(character)
        elif words[-1]:
            words.append([])
    return [word for word in words if word]


def _word_in_order(word: list[Character]) -> list[Character]:
    if not _is_arabic(word) or not _goes_rightwards(word):
        return word
    # A full stop may already stand at its place, and the letters of a ligature stand at one.
    turned = word[::-1]
    return sorted(turned, key=lambda character: -_middle(character))


def _middle(character: Character) -> float:
    box = character[1]
    return box.left + box.right if box is not None else 0.0


def _is_arabic(word: list[Character]) -> bool:
    return runs_right_to_left("".join(letter for letter, _ in word))


def _goes_rightwards(characters: list[Character]) -> bool:
    middles = [_middle(character) for character in characters if character[1] is not None]
    steps = [right - left for left, right in pairwise(middles) if right != left]
    return 2 * sum(step > 0 for step in steps) > len(steps)
