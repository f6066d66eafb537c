"""Passages: one to three consecutive paragraphs, the unit that is embedded and clustered.

No word is lost: long paragraphs are divided at sentences, long sentences at words, short ones joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from press_themes.articles.languages import PLAUSIBLE, check_plausible
from press_themes.articles.passage_languages import MixtureSettings, tell_languages
from press_themes.identifiers import content_id, number_copies

COLUMNS = ["passage_id", "article_id", "position", "text", "language", "n_tokens"]
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟»”\"')\]]\s*$")


class CountsTokens(Protocol):
    """Anything that counts tokens as the encoder will see them."""

    @property
    def max_tokens(self) -> int:
        """The longest text the encoder takes in whole."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text."""
        ...


@dataclass(frozen=True)
class PassageSettings:
    """How articles are divided.

    Attributes
    ----------
    least_tokens : int
        A passage shorter than this takes in the next paragraph.
    most_tokens : int
        No passage is longer: a longer paragraph is divided. An encoder with a shorter reach
        lowers it.
    most_paragraphs : int
        Paragraphs joined at most.
    plausible_languages : tuple of str
        ISO 639-1 codes of the languages that a stretch of an article can be in, beside those of
        the articles.
    """

    least_tokens: int = 60
    most_tokens: int = 180
    most_paragraphs: int = 3
    plausible_languages: tuple[str, ...] = PLAUSIBLE


@dataclass(frozen=True)
class _Unit:
    text: str
    n_tokens: int
    is_subhead: bool
    language: str = ""


def split_passages(
    articles: pd.DataFrame, encoder: CountsTokens, settings: PassageSettings = PassageSettings()
) -> pd.DataFrame:
    """Divide articles into passages.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``body`` (paragraphs parted by blank lines) and ``language``.
    encoder : Encoder
        What counts tokens.
    settings : PassageSettings
        Lengths in tokens, prompt and special tokens of the encoder included.

    Returns
    -------
    DataFrame
        ``passage_id, article_id, position, text, language, n_tokens``, in the order of the
        articles and then of the text; ``passage_id`` is a hash of the text and ``position`` counts
        from 0 within an article; ``n_tokens`` is counted as the encoder does. A stretch in
        another language than its article, long enough for a passage of its own, has its own.

    Raises
    ------
    ConfigurationError
        If a plausible language is not known.
    """
    check_plausible(settings.plausible_languages)
    # An encoder with a shorter reach would cut what is longer, without a word.
    reach = min(settings.most_tokens, encoder.max_tokens)
    settings = replace(
        settings, most_tokens=reach, least_tokens=min(settings.least_tokens, reach // 2)
    )
    pieces = _pieces(articles, encoder, settings)
    languages = frozenset(articles["language"].unique())
    mixture = MixtureSettings(settings.least_tokens, languages, settings.plausible_languages)
    rows = []
    for article in articles.itertuples():
        units = _with_languages(pieces[article.Index], str(article.language), mixture)
        for position, group in enumerate(_join(units, settings)):
            text = "\n\n".join(unit.text for unit in group)
            rows.append((content_id(text), article.article_id, position, text, group[0].language))
    passages = pd.DataFrame(rows, columns=COLUMNS[:-1])
    passages["passage_id"] = number_copies(passages["passage_id"])
    passages["n_tokens"] = pd.array(encoder.count_tokens(passages["text"].tolist()), dtype="int64")
    return passages.astype({"position": "int64"})


def _pieces(
    articles: pd.DataFrame, encoder: CountsTokens, settings: PassageSettings
) -> dict[object, list[_Unit]]:
    """Return the paragraphs of each article, the long ones divided, with their token counts."""
    owners, texts = [], []
    for article in articles.itertuples():
        for paragraph in str(article.body).split("\n\n"):
            if paragraph.strip():
                owners.append(article.Index)
                texts.append(paragraph.strip())
    languages = articles["language"].to_dict()
    units: dict[object, list[_Unit]] = {index: [] for index in articles.index}
    for owner, text, count in zip(owners, texts, encoder.count_tokens(texts), strict=True):
        if count <= settings.most_tokens:
            units[owner].append(_Unit(text, count, _is_subhead(text, count)))
        else:
            for part in _divide(text, count, str(languages[owner]), settings):
                units[owner].extend(_fit(part, encoder, settings.most_tokens))
    return units


def _with_languages(units: list[_Unit], article: str, mixture: MixtureSettings) -> list[_Unit]:
    texts, counts = [unit.text for unit in units], [unit.n_tokens for unit in units]
    languages = tell_languages(texts, counts, article, mixture)
    return [replace(unit, language=found) for unit, found in zip(units, languages, strict=True)]


def _is_subhead(text: str, n_tokens: int) -> bool:
    return n_tokens < 30 and "\n" not in text and not _SENTENCE_END.search(text)


def _divide(text: str, n_tokens: int, language: str, settings: PassageSettings) -> list[str]:
    """Divide a long paragraph into parts of about equal length, at sentences where there are any."""
    from sentencex import segment

    n_parts = -(-n_tokens // ((settings.least_tokens + settings.most_tokens) // 2))
    target = -(-len(text) // n_parts)
    sentences = [s for s in segment(language, text) if s.strip()]
    chunks = [chunk for sentence in sentences for chunk in _cut_words(sentence, 2 * target)]
    parts, current = [], ""
    for chunk in chunks:
        if current and len(current) + len(chunk) / 2 > target:
            parts.append(current.strip())
            current = ""
        # Segments that bring no space of their own get one, except in scripts without spaces.
        glue = " " if current and not current[-1].isspace() and current[-1].isascii() else ""
        current += glue + chunk
    return [*parts, current.strip()] if current.strip() else parts


def _fit(text: str, encoder: CountsTokens, most_tokens: int) -> list[_Unit]:
    """Halve a text, at white space where there is any, until its parts are short enough."""
    (count,) = encoder.count_tokens([text])
    if count <= most_tokens or len(text) < 2:
        return [_Unit(text, count, False)]
    halves = [half.strip() for half in _cut_words(text, -(-len(text) // 2))]
    return [unit for half in halves if half for unit in _fit(half, encoder, most_tokens)]


def _cut_words(sentence: str, length: int) -> list[str]:
    """Cut a sentence longer than `length` characters at white space, or anywhere if there is none."""
    if len(sentence) <= length:
        return [sentence]
    parts = []
    while len(sentence) > length:
        cut = sentence.rfind(" ", length // 2, length)
        cut = length if cut < 0 else cut + 1
        parts.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*parts, sentence] if sentence else parts


def _join(units: list[_Unit], settings: PassageSettings) -> list[list[_Unit]]:
    """Join short paragraphs to passages; a subhead opens a passage and never closes one."""
    groups: list[list[_Unit]] = []
    for unit in units:
        if groups and _takes_in(groups[-1], unit, settings):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    # A last short sentence alone says too little to be placed; it goes with what precedes it.
    is_short = len(groups) > 1 and _length(groups[-1]) < settings.least_tokens // 2
    if is_short and _fits(groups[-2], groups[-1], settings):
        groups[-2].extend(groups.pop())
    return groups


def _fits(group: list[_Unit], more: list[_Unit], settings: PassageSettings) -> bool:
    is_one_language = group[-1].language == more[0].language
    return is_one_language and _length(group) + _length(more) <= settings.most_tokens


def _takes_in(group: list[_Unit], unit: _Unit, settings: PassageSettings) -> bool:
    if not _fits(group, [unit], settings):
        return False
    if group[-1].is_subhead:
        return True
    paragraphs = sum(not member.is_subhead for member in group)
    return (
        not unit.is_subhead
        and _length(group) < settings.least_tokens
        and paragraphs < settings.most_paragraphs
    )


def _length(group: list[_Unit]) -> int:
    return sum(unit.n_tokens for unit in group)
