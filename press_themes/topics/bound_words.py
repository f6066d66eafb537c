"""Bound words: which words of a corpus are hardly ever said without the one beside them.

A part of such a phrase is no name: not "social" but "social media", not "Encrypt" but "Let’s Encrypt".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from press_themes.topics.words import UNSPACED, is_term, split_phrases, split_words

# Share of a word's places that one neighbour takes, and places to tell it: of a name fewer are enough.
_BOUND, _PLACES, _PLACES_OF_NAME = 0.6, 3, 2
_ALWAYS = 0.8
_MOST_TEXTS = 3000
_MOST_WORDS = 4


class Bound(NamedTuple):
    """The neighbour, as written, that a word (case-folded) is bound to on its left and on its right."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def find_bound(texts: Sequence[str], language: str) -> Bound:
    """Find the words that are bound to a neighbour."""
    if language in UNSPACED:
        return Bound({}, {})
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    named: dict[str, Counter[str]] = defaultdict(Counter)
    inner: set[tuple[str, str]] = set()
    sides: tuple[dict[str, Counter[str]], ...] = (defaultdict(Counter), defaultdict(Counter))
    for text in texts[:: max(1, len(texts) // _MOST_TEXTS)]:
        for phrase in split_phrases(text):
            tokens = list(split_words(phrase, language))
            kept = [is_term(token.word, language) for token in tokens]
            for place, token in enumerate(tokens):
                if not kept[place]:
                    continue
                folded = token.word.casefold()
                seen[folded] += 1
                capital[folded] += token.word[:1].isupper()
                if place and not token.elision and kept[place - 1]:
                    sides[0][folded][tokens[place - 1].word] += 1
                left = tokens[place - 1].written if place else ""
                # "Let’s Encrypt": a stop word that always has a capital before a name is part of it,
                # if it has it inside a sentence too.
                if left[:1].isupper() and token.word[:1].isupper():
                    named[folded][left] += 1
                    inner.update({(folded, left)} if place > 1 else ())
                if place + 1 < len(tokens) and kept[place + 1] and not tokens[place + 1].elision:
                    sides[1][folded][tokens[place + 1].word] += 1
    found: list[dict[str, str]] = [{}, {}]
    for chosen, side in zip(found, sides, strict=True):
        for word, beside in side.items():
            is_name = capital[word] > seen[word] / 2
            form = min(beside, key=lambda form: (-beside[form], form))
            least = _PLACES_OF_NAME if is_name else _PLACES
            if seen[word] >= least and beside[form] >= max(2, _BOUND * seen[word]):
                chosen[word] = form
    for word, beside in named.items():
        form = min(beside, key=lambda form: (-beside[form], form))
        if (word, form) in inner and beside[form] >= max(_PLACES_OF_NAME, _ALWAYS * seen[word]):
            found[0][word] = form
    return Bound(*found)


def complete(term: str, bound: Bound) -> str:
    """Return a term as written with the words that its ends are bound to, four words at most."""
    words = term.split(" ")
    for beside, end in ((bound.before, 0), (bound.after, -1)):
        while len(words) < _MOST_WORDS:
            other = beside.get(words[end].casefold())
            if other is None or other.casefold() in {word.casefold() for word in words}:
                break
            words = [other, *words] if end == 0 else [*words, other]
    return " ".join(words)
