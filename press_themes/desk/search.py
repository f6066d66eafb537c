"""Search by words, in every script: the answers of the desk, for notebooks and for tests.

The rules are data in ``component/rules.json``; ``component/search.js`` follows the same ones.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

COMPONENT = Path(__file__).with_name("component")


class Term(NamedTuple):
    """What must stand in a text, and whether its first or last word may go on."""

    text: str
    opens: bool
    closes: bool


def search_words(texts: Sequence[str], query: str) -> np.ndarray:
    """Find the texts that hold every term of a query.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    query : str
        Words, and phrases between quotation marks; ``*`` at an end lets a word go on there.

    Returns
    -------
    ndarray of bool, shape (n_texts,)
        A term is found without regard to case, accents, vowel signs and ligatures, as a whole word
        or phrase; scripts that put no space between words have no such bounds. An elision before a
        word of the query (l'IA) is left out. A query without terms finds all.
    """
    found = np.ones(len(texts), dtype=bool)
    terms = split_query(query)
    if terms:
        # As one string, because a call for each of a million texts takes minutes.
        folded = fold("\0".join(text.replace("\0", " ") for text in texts))
        starts = np.cumsum([0, *(len(own) + 1 for own in folded.split("\0"))])
        for term in terms:
            found &= _hold(folded, starts, term)[: len(texts)]
    return found


def split_query(query: str) -> list[Term]:
    """Split a query into its terms."""
    rules = _load_rules()
    terms = []
    for phrase, word in rules["pieces"].findall(unicodedata.normalize("NFC", query)):
        text = fold(phrase or word).strip(" ")
        opens, closes = text.startswith("*"), len(text) > 1 and text.endswith("*")
        text = rules["elided"].sub("", text.strip("*"))
        if text:
            terms.append(Term(text, opens, closes))
    return terms


def fold(text: str) -> str:
    """Take case, accents, vowel signs, ligatures and kinds of spaces out of a text."""
    rules = _load_rules()
    text = rules["dropped"].sub("", unicodedata.normalize("NFKD", text).lower())
    text = unicodedata.normalize("NFC", text.translate(rules["letters"]))
    return rules["spaces"].sub(" ", text)


def _hold(folded: str, starts: np.ndarray, term: Term) -> np.ndarray:
    """Say which of the texts, of which `starts` tells the places, hold a term."""
    held = np.zeros(len(starts) - 1, dtype=bool)
    at = _find(folded, term, 0)
    while at >= 0:
        row = int(np.searchsorted(starts, at, side="right")) - 1
        held[row] = True
        at = _find(folded, term, int(starts[row + 1]))
    return held


def _find(folded: str, term: Term, begin: int) -> int:
    at = folded.find(term.text, begin)
    while at >= 0:
        end = at + len(term.text)
        if (term.opens or _is_border(folded, at)) and (term.closes or _is_border(folded, end)):
            break
        at = folded.find(term.text, at + 1)
    return at


def _is_border(text: str, at: int) -> bool:
    left, right = text[at - 1 : at] if at else "", text[at : at + 1]
    if not left or not right or not (_is_word(left) and _is_word(right)):
        return True
    spaceless = _load_rules()["spaceless"]
    return bool(spaceless.match(left) or spaceless.match(right))


@functools.lru_cache(maxsize=4096)
def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def read_rules() -> dict[str, Any]:
    """Read the rules as they are written."""
    content: dict[str, Any] = json.loads((COMPONENT / "rules.json").read_text(encoding="utf-8"))
    return content


@functools.cache
def _load_rules() -> dict[str, Any]:
    told = read_rules()
    quotes, spaces = told["quotes"], _write_class(told["spaces"])
    return {
        "dropped": re.compile(f"[{_write_class(told['marks'] + told['invisible'])}]+"),
        "spaces": re.compile(f"[{spaces}]+"),
        "spaceless": re.compile(f"[{_write_class(told['spaceless'])}]"),
        "letters": str.maketrans(told["letters"]),
        "pieces": re.compile(f"[{quotes}]([^{quotes}]+)[{quotes}]|([^{quotes}{spaces}]+)"),
        "elided": re.compile(f"^(?:{'|'.join(told['elisions'])})'(?=.)"),
    }


def _write_class(ranges: Iterable[Sequence[str]]) -> str:
    return "".join(f"\\U{int(a, 16):08x}-\\U{int(b, 16):08x}" for a, b in ranges)
