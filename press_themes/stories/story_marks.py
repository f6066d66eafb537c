"""Marks: the words, names and numbers by which two reports of one event can be known.

Words are cut to their stems' beginnings, so that forms and cognates meet; names in other scripts
are compared by their consonants, which is what survives transliteration.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# What opens an article names the event; the rest of a long one would only add common words.
_MOST_CHARACTERS = 4_000
# Letters of a word that are compared: enough for a stem, few enough for most endings to fall away.
_STEM = 6
_SHORTEST_WORD = 4
_SHORTEST_NAME = 3
# Three consonants are shared by chance too often.
_FEWEST_CONSONANTS = 4
_NUMBER = r"\d{1,3}(?:[   .,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,:]\d+)*"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>(?:[^\W\d_][̀-ͯ]*)+)")
# Scripts without spaces between words: pairs of signs stand for words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
# Consonants that scripts and transliterations exchange for one another.
_SOUNDS = str.maketrans("cqxpvzjw", "kkkbfsg ", "aeiouyh'`*,.- ")


@dataclass(frozen=True)
class Marks:
    """The marks of articles, each weighted by how few articles have it.

    Attributes
    ----------
    names : csr_matrix of float32, shape (n_articles, n_names)
        Capitalised words, words of Latin letters in texts of another script, and numbers.
    words : csr_matrix of float32, shape (n_articles, n_words)
        All words; rows of unit length.
    sounds : csr_matrix of float32, shape (n_articles, n_sounds)
        Consonants of names, over scripts.
    voiced : ndarray of bool, shape (n_articles,)
        Whether the text is in a script that writes consonants: Chinese signs do not, and that two
        articles share none then says nothing.
    labels : list of str
        The marks of `names`, in the order of its columns.
    """

    names: csr_matrix
    words: csr_matrix
    sounds: csr_matrix
    voiced: np.ndarray
    labels: list[str]


def weigh_marks(articles: pd.DataFrame) -> Marks:
    """Find the marks of articles and weigh them.

    Inverse document frequency: Spärck Jones 1972, doi:10.1108/eb026526.
    """
    names, words, sounds = _Counter(), _Counter(), _Counter()
    voiced = []
    for title, body in zip(articles["title"], articles["body"], strict=True):
        text = f"{title if isinstance(title, str) else ''}\n{str(body)[:_MOST_CHARACTERS]}"
        of_name, of_word, of_sound = _list_marks(text)
        names.add(of_name)
        words.add(of_word)
        sounds.add(of_sound)
        signs = sum(len(found) for found in _UNSPACED.findall(text))
        voiced.append(not signs or 2 * signs < sum(c.isalpha() for c in text))
    matrix, labels = names.weigh()
    lengthless, _ = words.weigh()
    return Marks(
        matrix, _to_unit_length(lengthless), sounds.weigh()[0], np.array(voiced, dtype=bool), labels
    )


def list_shared(marks: Marks, left: int, right: int, most: int = 6) -> list[str]:
    """Return the rarest names and numbers that two articles share."""
    names = marks.names
    one, other = (slice(names.indptr[row], names.indptr[row + 1]) for row in (left, right))
    both, at, at_other = np.intersect1d(
        names.indices[one], names.indices[other], assume_unique=True, return_indices=True
    )
    weight = names.data[one][at] * names.data[other][at_other]
    order = np.lexsort((both, -weight))[:most]
    return [marks.labels[both[place]] for place in order if weight[place] > 0]


class _Counter:
    """Collects the marks of one article after the other."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._columns: list[np.ndarray] = []

    def add(self, found: set[str]) -> None:
        places = self._places
        columns = [places.setdefault(mark, len(places)) for mark in sorted(found)]
        self._columns.append(np.array(columns, dtype=np.int32))

    def weigh(self) -> tuple[Any, list[str]]:
        from scipy.sparse import csr_matrix

        n_articles = len(self._columns)
        columns = np.concatenate(self._columns) if n_articles else np.empty(0, np.int32)
        starts = np.cumsum([0, *(len(row) for row in self._columns)])
        n_with = np.bincount(columns, minlength=len(self._places))
        weights = np.log(n_articles / np.maximum(n_with, 1)) / np.log(max(n_articles, 2))
        # What one article alone has can be shared with none.
        kept = n_with > 1
        data = np.where(kept, weights, 0.0)[columns].astype(np.float32)
        shape = (n_articles, max(len(self._places), 1))
        return csr_matrix((data, columns, starts), shape=shape), list(self._places)


def _list_marks(text: str) -> tuple[set[str], set[str], set[str]]:
    """Return the names, words and consonants of a text."""
    names, words, sounds = set(), set(), set()
    is_latin = _is_latin(text)
    # Most words of a text stand there more than once.
    for number, word in set(_TOKEN.findall(text)):
        if number:
            names |= _digits(number)
        elif _UNSPACED.fullmatch(word):
            pairs = (word[at : at + 2] for at in range(max(len(word) - 1, 1)))
            words |= {_fold(pair)[0][:_STEM] for pair in pairs}
        else:
            folded, latin, consonants = _fold(word)
            if len(folded) >= _SHORTEST_WORD:
                words.add(folded[:_STEM])
            is_name = word[0].isupper() or (latin and not is_latin)
            if is_name and latin and len(folded) >= _SHORTEST_NAME:
                names.add(folded[: _STEM + 1])
            if consonants and (is_name or not latin):
                sounds.add(consonants)
    return names, words, sounds


def _digits(number: str) -> set[str]:
    """Return a number of two digits or more, in the digits of one script."""
    digits = "".join(str(unicodedata.digit(c)) for c in number if c.isdigit())
    return {digits} if len(digits) > 1 else set()


@lru_cache(maxsize=200_000)
def _fold(word: str) -> tuple[str, bool, str]:
    """Return a word without case and accents, whether it is Latin, and its consonants."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    latin = _is_latin(folded)
    return folded, latin, _sound(folded, latin)


def _sound(folded: str, latin: bool) -> str:
    if _UNSPACED.match(folded):
        return ""
    from anyascii import anyascii

    ascii_form = anyascii(folded).casefold()
    if not latin and ascii_form[:1] == "l":
        # The Arabic article, written as one with its noun.
        ascii_form = ascii_form[1:]
    ascii_form = ascii_form.replace("ph", "f").replace("sch", "sh").replace("ck", "k")
    consonants = ascii_form.translate(_SOUNDS).replace(" ", "")
    once = "".join(c for at, c in enumerate(consonants) if at == 0 or c != consonants[at - 1])
    return once if len(once) >= _FEWEST_CONSONANTS else ""


def _is_latin(text: str) -> bool:
    letters = [c for c in text[:400] if c.isalpha()]
    return sum(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in letters) * 2 > len(letters)


def _to_unit_length(matrix: Any) -> Any:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    repeated = np.repeat(np.maximum(lengths, 1e-9), np.diff(matrix.indptr))
    matrix.data = (matrix.data / repeated).astype(np.float32)
    return matrix
