"""Words: the terms of a text that can name a topic, in any language.

Stop words, numbers, fragments of markup and elided articles are not terms; two neighbouring words may be one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

_WORD = re.compile(r"[^\W\d_](?:[\w·•&+]|[-’'.](?=\w))*")
_ELISION = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|nell|sull|dall|all|un|quest)[’']", re.I
)
_POSSESSIVE = re.compile(r"[’']s$", re.I)
_MARKUP = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<[^>]*>|&[a-z#0-9]+;", re.I)
_MARKUP_WORDS = frozenset(
    "amp body br class div font gt href html http https img lt nbsp px quot script span src style "  # noqa: SIM905
    "table td tr www com".split()
)
_BREAK = re.compile(r"[.,;:!?…()\[\]{}«»“”\"/|]|\s[-–—]\s|\n")
# Scripts written without spaces: Chinese, Japanese, Thai.
_UNSPACED = ("zh", "ja", "th")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0640]")


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
        Words and two-word terms as written, in order, repeats kept. No stop word, number, single
        letter or fragment of markup is among them.
    """
    terms: list[str] = []
    for phrase in _BREAK.split(_MARKUP.sub(" . ", text)):
        words = _split_words(phrase, language)
        kept = [word if _is_term(word, language) else None for word in words]
        terms.extend(word for word in kept if word)
        terms.extend(
            f"{first} {second}"
            for first, second in pairwise(kept)
            if first and second and first.casefold() != second.casefold()
        )
    return terms


@lru_cache(maxsize=64)
def read_stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, case-folded: function words, calendar words, reporting verbs.

    Parameters
    ----------
    language : str
        ISO 639-1 code.

    Returns
    -------
    frozenset of str
        Empty for a language without a list.
    """
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


def _split_words(phrase: str, language: str) -> list[str]:
    if language in _UNSPACED:
        return [w for piece in _segmenter(language)(phrase) for w in _WORD.findall(piece)]
    words = []
    for word in _WORD.findall(phrase):
        word = _ELISION.sub("", word)
        if language == "en":
            word = _POSSESSIVE.sub("", word)
        word = word.rstrip("-’'.")
        words.append(_ARABIC_MARKS.sub("", word))
    return words


def _is_term(word: str, language: str) -> bool:
    folded = word.casefold()
    shortest = 2 if language in _UNSPACED or word.isupper() else 3
    return (
        len(word) >= shortest
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
