"""The language of each paragraph of an article, which is the article's unless much says otherwise.

A quotation, a title or a list of names in another language changes nothing; a stretch that is long
enough for a passage of its own does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from press_themes.articles.languages import PLAUSIBLE, detect_language, known_languages
from press_themes.articles.lines import count_words

# With fewer words a sentence is often nothing but what languages share.
_FEWEST_WORDS = 8
# A quotation of one sentence among three leaves a paragraph in its own language.
_MOST_OF_IT = 0.75
_UNEXPECTED = 1.5
_SURE = 0.9
_SENTENCE = re.compile(r"(?<=[.!?…؟])[\s»”\")]+|(?<=[。！？])")


@dataclass(frozen=True)
class MixtureSettings:
    """When a stretch of an article is taken to be in another language than the article.

    Attributes
    ----------
    least_tokens : int
        Its length at least; half as much again for a language that no article of the corpus has.
    corpus : frozenset of str
        ISO 639-1 codes of the articles' languages.
    plausible : tuple of str
        Codes to choose from beside them.
    """

    least_tokens: int = 60
    corpus: frozenset[str] = frozenset()
    plausible: tuple[str, ...] = PLAUSIBLE


def tell_languages(
    texts: Sequence[str], n_tokens: Sequence[int], article: str, settings: MixtureSettings
) -> list[str]:
    """Tell the language of each paragraph of one article."""
    named = {article, *settings.corpus, *settings.plausible}
    plausible = tuple(sorted(named & known_languages()))
    told = [_language_of(text, article, plausible) for text in texts]
    filled = _filled(told, texts, article)
    languages: list[str] = []
    for language, run in groupby(range(len(texts)), key=filled.__getitem__):
        stretch = list(run)
        sure = sum(n_tokens[index] for index in stretch if told[index])
        wanted = settings.least_tokens * (1 if language in settings.corpus else _UNEXPECTED)
        languages += [language if sure >= wanted else article] * len(stretch)
    return languages


def _language_of(text: str, article: str, plausible: tuple[str, ...]) -> str | None:
    """Return the language of most sentences of a paragraph; None where nothing tells."""
    whole = _told(text, plausible)
    if whole is None or whole == article:
        return whole
    words: dict[str | None, int] = {}
    for sentence in filter(None, _SENTENCE.split(text)):
        language = _told(sentence, plausible)
        words[language] = words.get(language, 0) + count_words(sentence)
    words.pop(None, None)
    # Sentences too short to be told one by one were told together.
    share = words.get(whole, 0) / sum(words.values()) if words else 1.0
    return whole if share >= _MOST_OF_IT else article


def _told(text: str, plausible: tuple[str, ...]) -> str | None:
    """Tell a language by the words without capitals, because names are the same in many."""
    small = " ".join(w for w in text.split() if not any(char.isupper() for char in w[:2]))
    if count_words(small) < _FEWEST_WORDS:
        return None
    found = detect_language(small, plausible)
    return found.language if found.probability >= _SURE else None


def _filled(told: Sequence[str | None], texts: Sequence[str], article: str) -> list[str]:
    """Give what could not be told the language of its neighbour."""
    filled: list[str] = []
    following: list[str | None] = [None] * len(told)
    for index in range(len(told) - 2, -1, -1):
        following[index] = told[index + 1] or following[index + 1]
    for text, language, below in zip(texts, told, following, strict=True):
        heads = text.strip()[-1:].isalnum()
        above = filled[-1] if filled else below
        filled.append(language or (below if heads else above) or above or article)
    return filled
