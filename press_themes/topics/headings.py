"""Headings: a name of two to four words, put together from the terms that may name a topic.

What most of the topic says comes first; no term repeats another, and one proper name at most is among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.topics.kept_out import is_kept_out
from press_themes.topics.nouns import Nouns
from press_themes.topics.words import differ_in_ending, extract_terms, split_term

#: Articles of a topic at which what each says once weighs as much as how often all say it.
FEW_ARTICLES = 2
_MOST_TERMS, _MOST_WORDS = 3, 4
# A term is told by the topic where this part of its articles, or of its passages, has it.
_TOLD = 0.5
# Two terms nearer than this (cosine, without what all candidates share) say the same.
_ALIKE = 0.5
# A further term is worth this part of the first at least.
_WORTH = 0.4
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}


class TopicTerms(NamedTuple):
    """A topic in one language: who says which term, in texts and in headlines."""

    number: int
    language: str
    passages: Mapping[str, float]
    articles: Mapping[str, float]
    titles: Mapping[str, float]
    written: Mapping[str, str]
    n_articles: int
    whole: frozenset[str]
    places: Mapping[str, int]


def compose_heading(
    topic: TopicTerms,
    scores: Mapping[str, float],
    nouns: Nouns,
    meant: Mapping[str, np.ndarray],
    shared: Sequence[str],
) -> str:
    """Return a name of the best terms that do not repeat each other, one proper name among them."""
    order = sorted(scores, key=lambda term: (-scores[term], term))
    told = [term for term in order if _is_told(topic, term)]
    chosen: list[str] = []
    # A single word or name is no heading: what fewer say stands beside it before it stands alone.
    for terms, least in ((told, _WORTH), (order, 0.0)):
        for term in terms:
            if len(chosen) == _MOST_TERMS or (least == 0 and _is_heading(chosen, topic, nouns)):
                break
            if chosen and scores[term] < least * scores[chosen[0]]:
                break
            if _adds(term, chosen, topic, nouns, meant):
                chosen.append(term)
    written = [topic.written[term] for term in chosen]
    if shared:
        said = {word for term in shared for word in split_term(term)}
        beside = [term for term in written if not said & set(split_term(term))]
        written = [*shared, *beside[: 1 if _count_words(shared) == 1 else 0]]
    if not written:
        return "—"
    comma = ", " if len(shared) == len(written) else _COMMAS.get(topic.language, ", ")
    label = comma.join(written)
    return label[:1].upper() + label[1:]


def _is_heading(chosen: Sequence[str], topic: TopicTerms, nouns: Nouns) -> bool:
    """Whether terms are more than a word or a name, or have no room for another."""
    count = _count_words(chosen)
    things = [term for term in chosen if not _is_proper(term, topic, nouns)]
    return count == _MOST_WORDS or (count > 1 and bool(things))


def _count_words(terms: Sequence[str]) -> int:
    return sum(len(split_term(term)) for term in terms)


def _adds(
    term: str,
    chosen: Sequence[str],
    topic: TopicTerms,
    nouns: Nouns,
    meant: Mapping[str, np.ndarray],
) -> bool:
    """Whether a term says something that those chosen do not."""
    own, said = split_term(term), [word for other in chosen for word in split_term(other)]
    if len(said) + len(own) > _MOST_WORDS:
        return False
    if any(word == before or differ_in_ending(word, before) for word in own for before in said):
        return False
    if any(float(meant[term] @ meant[other]) > _ALIKE for other in chosen):
        return False
    names = [other for other in chosen if _is_proper(other, topic, nouns)]
    return not (names and _is_proper(term, topic, nouns))


def _is_told(topic: TopicTerms, term: str) -> bool:
    """Whether half of the topic says a term; that one or two articles do says nothing of it."""
    shares = [topic.passages.get(term, 0.0), topic.titles.get(term, 0.0)]
    if topic.n_articles > FEW_ARTICLES:
        shares.append(topic.articles.get(term, 0.0))
    return max(shares) >= _TOLD


def _is_proper(term: str, topic: TopicTerms, nouns: Nouns) -> bool:
    words = split_term(topic.written[term])
    folded = [word.casefold() for word in words]
    return any(word in nouns.names for word in folded) or any(
        word.isupper() and len(word) > 2 for word in topic.written[term].split()
    )


def find_shared_terms(own: pd.DataFrame) -> list[str]:
    """Return up to two terms that every language of a topic writes alike, the most told first."""
    codes = own["language"].unique()
    if len(codes) < 2:
        return []
    by_language = [
        Counter(t for text in part["text"] for t in set(extract_terms(text, str(code))))
        for code, part in own.groupby("language")
    ]
    alike = set.intersection(*(set(counts) for counts in by_language))
    alike = {term for term in alike if not any(is_kept_out(term, str(code)) for code in codes)}
    total = {term: sum(counts[term] for counts in by_language) / len(own) for term in alike}
    weight = {term: share * (1.5 if " " in term else 1) for term, share in total.items()}
    order = sorted(total, key=lambda term: (-weight[term], term))
    chosen: list[str] = []
    for term in order:
        said = {word for other in chosen for word in split_term(other)}
        if total[term] >= _TOLD and not said & set(split_term(term)) and len(chosen) < 2:
            chosen.append(term)
    return chosen
