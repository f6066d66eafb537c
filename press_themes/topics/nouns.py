"""Nouns: which words of a corpus stand as nouns and which as proper names, seen from where they stand.

No dictionary: a noun follows an article or a preposition, a proper name has its capital inside a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from press_themes.topics.words import (
    Token,
    is_term,
    read_stop_words,
    split_phrases,
    split_words,
)

_MOST_TEXTS = 3000
# Shares of a word's places from which it counts as a noun, as a proper name.
_NOUN, _NAME = 0.2, 0.6
_BEFORE_NOUNS = {
    "en": "the a an this that these those its his her their our your my no some any every each of in "
    "on for with from by at about into over between against among two three four five several many",
    "es": "el la los las un una unos unas del al este esta estos estas su sus en con por sobre entre de "
    "cada dos tres varios varias",
    "fr": "le la les l’ un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos "
    "de d’ en par sur dans avec sous entre chez vers contre chaque plusieurs quelques deux trois",
    "it": "il lo la i gli le l’ un uno una del dello della dell’ dei degli delle al allo alla ai agli alle "
    "nel nella sul sulla questo questa suo sua di in con su per tra ogni due tre",
    "pt": "o a os as um uma do da dos das no na nos nas ao aos este esta seu sua seus suas em com por de "
    "cada dois duas três",
}
# After these a verb may stand in the form that ends so.
_VERB_ENDINGS = {
    "en": ("ed", "ing"),
    "es": ("ar", "er", "ir"),
    "fr": ("er", "ir", "re"),
    "it": ("are", "ere", "ire"),
    "pt": ("ar", "er", "ir"),
}
_BEFORE_VERBS = frozenset("de d’ en por por di in by for of from with".split())  # noqa: SIM905
# A capital tells a proper name only where common nouns have none.
_CAPITALS_OF_NOUNS = ("de",)


# Adjectives that may stand between an article and its noun.
_MOST_BEFORE = 2
# In these languages a term of several words ends with its noun.
_ADJECTIVES_FIRST = ("en", "de", "nl")


class Nouns(NamedTuple):
    """What words of a language stand as, case-folded.

    Attributes
    ----------
    things : frozenset of str or None
        Words that stand as nouns; None where the language gives no sign of it.
    names : frozenset of str
        Words that stand as proper names; acronyms are not among them.
    """

    things: frozenset[str] | None
    names: frozenset[str]


def find_nouns(texts: Sequence[str], language: str) -> Nouns:
    """Find the words that stand as nouns and as proper names."""
    texts = texts[:: max(1, len(texts) // _MOST_TEXTS)]
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    noun: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for text in texts:
        for phrase in split_phrases(text):
            tokens = list(split_words(phrase, language))
            for place, token in enumerate(tokens):
                folded = token.word.casefold()
                seen[folded] += 1
                noun[folded] += _stands_as_noun(tokens, place, language)
                opening[folded] += _follows_article(tokens, place, language)
                if place:
                    inside[folded] += 1
                    capital[folded] += _has_capital(token.word)
    capitals = frozenset(w for w, n in inside.items() if capital[w] >= _NAME * n)
    if language in _CAPITALS_OF_NOUNS:
        return Nouns(capitals, frozenset())
    # "The developers earn less": no article ever stands right before "earn".
    things = frozenset(w for w, n in seen.items() if noun[w] >= _NOUN * n and opening[w])
    return Nouns(things if language in _BEFORE_NOUNS else None, capitals)


def _stands_as_noun(tokens: list[Token], place: int, language: str) -> bool:
    """Whether a word is the last after an article, or where adjectives follow nouns, the first."""
    if language not in _ADJECTIVES_FIRST:
        return _follows_article(tokens, place, language)
    if place + 1 < len(tokens) and is_term(tokens[place + 1].word, language):
        # "on social media" says of "media" that it is a noun, and nothing of "social".
        return False
    first = place
    while first and place - first < _MOST_BEFORE and is_term(tokens[first - 1].word, language):
        first -= 1
    last = tokens[place].word.casefold()
    if first < place and last.endswith(_VERB_ENDINGS.get(language, ())):
        return False
    return _follows_article(tokens, first, language)


def _follows_article(tokens: list[Token], place: int, language: str) -> bool:
    """Whether an article or preposition stands before a word, at most one stop word between them."""
    before = _BEFORE_NOUNS.get(language, "").split()
    word = tokens[place].word.casefold()
    if tokens[place].elision:
        previous = tokens[place].elision
    elif place:
        previous = tokens[place - 1].word.casefold()
        if previous not in before and place > 1 and previous in read_stop_words(language):
            previous = tokens[place - 2].word.casefold()
    else:
        return False
    is_verb_form = word.endswith(_VERB_ENDINGS.get(language, ())) and previous in _BEFORE_VERBS
    return previous in before and not is_verb_form


def _has_capital(word: str) -> bool:
    """Whether a word is written like a name ("Paris", "xAI") and not like an acronym ("ESA")."""
    return any(letter.isupper() for letter in word) and not word.isupper()


def stands_as_noun(
    words: Sequence[str], language: str, nouns: Nouns, is_linked: bool = False
) -> bool:
    """Whether a term begins as a noun and, where adjectives come first or a word links, ends as one."""
    if nouns.things is None or not words:
        return bool(words)
    words = [word.casefold() for word in words]
    known = nouns.things | nouns.names
    if language not in _ADJECTIVES_FIRST:
        # "l’IA d’effacer" ends with a verb.
        return words[0] in known and (not is_linked or words[-1] in known)
    # "actors" is seen as a noun where "actor" is.
    last = {words[-1], f"{words[-1]}s", words[-1].removesuffix("s")}
    return bool(last & known)
