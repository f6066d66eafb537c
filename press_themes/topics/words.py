"""Words: the terms of a text that can name a topic, in any language.

Stop words, numbers, fragments of markup and elided articles are not terms; two neighbouring words may be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import regex as re

# A letter, then letters, the marks written on them (Hindi, Bengali, Tamil, Thai …), digits and joiners.
_WORD = re.compile(r"\p{L}(?:[\p{L}\p{M}\p{N}_·•&+\u200c\u200d]|[-’'.](?=[\p{L}\p{N}]))*")
_ELISION = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|nell|sull|dall|all|un|quest)[’']", re.I
)
_POSSESSIVE = re.compile(r"[’']s$", re.I)
_MARKUP = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<[^>]*>|&[a-z#0-9]+;", re.I)
# Signs that hold a word together and say nothing at its end.
_TRAILING = "-’'.&"
_MARKUP_WORDS = frozenset(
    "amp body br class div font gt href html http https img lt nbsp px quot script span src style "  # noqa: SIM905
    "table td tr www com".split()
)
# Terminal punctuation of every script (、。！؟ ।, Ethiopic ። …); a full stop inside a word parts nothing.
_BREAK = re.compile(
    r"\.(?![\p{L}\p{N}])|[\p{Terminal_Punctuation}--.]|[…()\[\]{}«»‹›“”„「」『』（）《》\"/|・]|\s[-–—]\s|\n",
    re.V1,
)
#: Languages written without spaces.
UNSPACED = ("zh", "ja", "th")
# Alphabets, in which a word of two letters says little; in other scripts a sign is a syllable or more.
_ALPHABET = re.compile(
    r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Armenian}\p{Georgian}]"
)
# Longer than any word: a clause of a script without spaces for which nothing tells words apart (Khmer, Lao).
_LONGEST = 40
# Words that may stand inside a term.
_LINKS = {
    "en": frozenset({"of", "the"}),
    "es": frozenset({"de", "del", "la", "los", "las"}),
    "fr": frozenset({"de", "du", "des", "la"}),
    "it": frozenset({"di", "del", "della", "dei", "delle", "dello", "degli"}),
    "pt": frozenset({"de", "do", "da", "dos", "das"}),
}
_ALL_LINKS = frozenset(link for links in _LINKS.values() for link in links)
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0640]")


class Token(NamedTuple):
    """A word, the elided article before it ("l’", "d’") if any, and it with its possessive ending."""

    elision: str
    word: str
    written: str = ""


def extract_terms(text: str, language: str) -> list[str]:
    """List the terms of a text that can name a topic.

    Parameters
    ----------
    text : str
        Any text.
    language : str
        ISO 639-1 code; decides stop words, elisions and how words are told apart.

    Returns
    -------
    list of str
        Words, two-word terms and two words with a linking word between them ("droit d’auteur",
        "Bank of England") as written, in order, repeats kept. No stop word stands alone, and no
        number, single letter or fragment of markup is among them.
    """
    terms: list[str] = []
    for phrase in split_phrases(text):
        tokens = list(split_words(phrase, language))
        kept = [bool(is_term(token.word, language)) for token in tokens]
        terms.extend(token.word for token, is_term in zip(tokens, kept, strict=True) if is_term)
        terms.extend(_linked_terms(tokens, kept, _LINKS.get(language, frozenset())))
    return terms


def split_term(term: str) -> list[str]:
    """Return the words of a term that carry meaning, case-folded, without what links them."""
    words = [_ELISION.sub("", word) for word in term.casefold().split()]
    return [word for word in words if word not in _ALL_LINKS] or words


def differ_in_ending(left: str, right: str) -> bool:
    """Whether two single words differ in an ending only, such as a plural; False for several words."""
    if " " in left or " " in right:
        return False
    shorter, longer = sorted((left, right), key=len)
    stem = max(4, len(shorter) - 2)
    return len(longer) - len(shorter) <= 2 and shorter[:stem] == longer[:stem] and len(shorter) >= 5


def split_phrases(text: str) -> list[str]:
    """Return the stretches of a text between marks of punctuation, markup and addresses left out."""
    return _BREAK.split(_MARKUP.sub(" . ", text))


def split_words(phrase: str, language: str) -> Iterator[Token]:
    """Yield the words of a phrase."""
    if language in UNSPACED:
        pieces = [w for piece in _segmenter(language)(phrase) for w in _WORD.findall(piece)]
        yield from (Token("", word.rstrip(_TRAILING)) for word in pieces)
        return
    for word in _WORD.findall(phrase):
        elision = _ELISION.match(word)
        bare = word[elision.end() :] if elision else word
        if language == "en":
            bare = _POSSESSIVE.sub("", bare)
        bare = _ARABIC_MARKS.sub("", bare.rstrip(_TRAILING))
        before = elision.group().casefold().replace("'", "’") if elision else ""
        yield Token(before, bare, word.rstrip(_TRAILING))


def _linked_terms(tokens: list[Token], kept: list[bool], links: frozenset[str]) -> Iterator[str]:
    """Yield terms of two words, side by side or with up to two linking words between them."""
    for start, first in enumerate(tokens):
        if not kept[start]:
            continue
        end, between = start + 1, []
        while end < len(tokens) and end - start < 3 and not kept[end]:
            if tokens[end].elision or tokens[end].word.casefold() not in links:
                break
            between.append(tokens[end].word)
            end += 1
        if (
            end >= len(tokens)
            or not kept[end]
            or first.word.casefold() == tokens[end].word.casefold()
        ):
            continue
        if between and between[0].casefold() == "the":
            # "the Bank of the West", but not "Portugal the centre-right".
            continue
        elision = tokens[end].elision
        # "protège l’enfance" is no term, "protection de l’enfance" and "droit d’auteur" are.
        if elision and not (elision == "d’" or (between and elision == "l’")):
            continue
        yield " ".join([first.word, *between, elision + tokens[end].word])


@lru_cache(maxsize=64)
def read_stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, case-folded: function words, calendar words, reporting verbs."""
    import stopwordsiso

    words = {
        word.casefold()
        for word in (stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else ())
    }
    words |= _calendar_words(language)
    words |= {word.casefold() for word in _press_words().get(language, "").split()}
    words |= {word.replace("'", "’") for word in words}
    return frozenset(words | {_bare(word) for word in words})


@lru_cache(maxsize=1)
def _press_words() -> dict[str, str]:
    import yaml

    path = Path(__file__).with_name("press_words.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _calendar_words(language: str) -> set[str]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names, get_month_names

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return set()
    names: list[str] = []
    for width in ("wide", "abbreviated"):
        names.extend(get_month_names(width, locale=locale).values())
        names.extend(get_day_names(width, locale=locale).values())
    return {name.rstrip(".").casefold() for name in names}


@lru_cache(maxsize=8)
def _segmenter(language: str) -> Callable[[str], list[str]]:
    import budoux

    parsers = {
        "zh": budoux.load_default_simplified_chinese_parser,
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
    }
    return parsers[language]().parse


def is_term(word: str, language: str) -> bool:
    """Whether a word can stand in a term: no stop word, number or fragment of markup."""
    folded = word.casefold()
    shortest = 3 if _ALPHABET.match(word) and not word.isupper() else 2
    return (
        shortest <= len(word) <= _LONGEST
        and folded not in _MARKUP_WORDS
        and not _is_stop_word(folded, language)
        and not any(char.isdigit() for char in word[:1])
    )


def _is_stop_word(folded: str, language: str) -> bool:
    stop_words = read_stop_words(language)
    if folded in stop_words or _bare(folded) in stop_words:
        return True
    # An Arabic conjunction or article is written onto its word: "and in", "the which".
    if language == "ar":
        return any(
            folded.startswith(prefix) and folded[len(prefix) :] in stop_words
            for prefix in ("و", "ف", "ال", "وال")
        )
    # "a-t-il", "est-ce": every part is a stop word or a single letter.
    parts = re.split(r"[-’'.]", folded)
    return len(parts) > 1 and all(len(part) < 2 or part in stop_words for part in parts)


def _bare(word: str) -> str:
    """Undo what spelling varies: hamza forms and final letters in Arabic."""
    return word.translate(str.maketrans("أإآىة", "اااي" + "ه"))
