"""Labels: what a topic is called, two to four words that most of it speaks of and its neighbours do not.

Candidates are the terms of its texts and headlines; one proper name at most stands among them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from press_themes.topics.kept_out import is_kept_out
from press_themes.topics.nouns import Nouns, find_nouns, stands_as_noun
from press_themes.topics.words import differ_in_ending, extract_terms, split_term

_CANDIDATES = 40
_MOST_TERMS, _MOST_WORDS = 3, 4
# A topic speaks a language in which this many of its passages are, and this share of them.
_LEAST_PASSAGES, _LEAST_SHARE = 2, 0.05
# A term is told by the topic where this part of its articles, or of its passages, has it.
_TOLD = 0.5
# Of a very large topic these many passages in the language are read, evenly drawn.
_MOST_PASSAGES = 300
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}
COLUMNS = ["topic", "language", "label"]


class Encodes(Protocol):
    """What gives the terms of a topic their vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return a vector of unit length for each text."""
        ...


class _Topic(NamedTuple):
    """A topic in one language: who says which term, in texts and in headlines."""

    number: int
    language: str
    passages: Mapping[str, float]
    articles: Mapping[str, float]
    titles: Mapping[str, float]
    written: Mapping[str, str]


def label_topics(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    vectors: np.ndarray,
    encoder: Encodes,
    language: str,
) -> pd.DataFrame:
    """Give each topic a name computed from all of it.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, text, language, topic``; for another level its column as
        ``topic``.
    articles : DataFrame
        ``article_id, title``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `passages`.
    encoder : Encodes
        What embedded the passages.
    language : str
        The language wished for.

    Returns
    -------
    DataFrame
        ``topic, language, label``. A topic that hardly speaks the language wished for is named by
        terms that all its languages write alike and, where there are none, in its own main
        language, which stands behind in brackets. A term counts by how much of the topic has it, in
        texts and in headlines, by how much of its use in all topics is here, and by how near its
        meaning lies to the topic.
    """
    ordered = passages.assign(row=np.arange(len(passages))).sort_values("passage_id", kind="stable")
    ordered = ordered[ordered["topic"] >= 0]
    titles = articles.set_index("article_id")["title"]
    topics, marks = [], {}
    for number, own in ordered.groupby("topic", sort=True):
        read, mark = _choose_language(own, language)
        topics.append(_count_terms(int(str(number)), read, titles))
        marks[int(str(number))] = mark
    nouns = {
        code: find_nouns(ordered.loc[ordered["language"] == code, "text"].tolist(), code)
        for code in sorted({topic.language for topic in topics})
    }
    candidates = _list_candidates(topics, nouns)
    nearness = _measure_nearness(candidates, ordered, vectors, encoder)
    taken: set[str] = set()
    rows = []
    for topic in topics:
        scores = _score(topic, candidates[topic.number], nearness[topic.number])
        known = nouns[topic.language]
        label, language_of = _compose(topic, scores, known, taken), topic.language
        if marks[topic.number]:
            shared = _shared_terms(ordered[ordered["topic"] == topic.number], scores)
            label = ", ".join(shared) if shared else f"{label} ({topic.language})"
        label = _make_unique(label, taken)
        taken.add(label)
        rows.append((topic.number, language_of, label))
    return pd.DataFrame(rows, columns=COLUMNS)


def _choose_language(own: pd.DataFrame, wished: str) -> tuple[pd.DataFrame, bool]:
    """Return the passages to read, and whether they are not in the language wished for."""
    counts = own["language"].value_counts()
    enough = max(min(_LEAST_PASSAGES, len(own)), _LEAST_SHARE * len(own))
    spoken = (
        wished
        if counts.get(wished, 0) >= enough
        else str(min(counts[counts == counts.max()].index))
    )
    read = own[own["language"] == spoken]
    return read.iloc[:: max(1, -(-len(read) // _MOST_PASSAGES))], spoken != wished


def _count_terms(number: int, read: pd.DataFrame, titles: pd.Series) -> _Topic:
    language = str(read["language"].iloc[0])
    forms: dict[str, Counter[str]] = defaultdict(Counter)

    def list_terms(text: str) -> set[str]:
        terms = extract_terms(text, language)
        for term in terms:
            forms[term.casefold()][term] += 1
        return {term.casefold() for term in terms}

    said = [list_terms(text) for text in read["text"]]
    by_article: dict[str, set[str]] = defaultdict(set)
    for article, terms in zip(read["article_id"], said, strict=True):
        by_article[article] |= terms
    # A headline says of an article as much as the part of it that lies in the topic.
    headed = [list_terms(str(titles.get(article, "") or "")) for article in by_article]
    weight = read["article_id"].value_counts(normalize=True)
    heads: dict[str, float] = defaultdict(float)
    for article, terms in zip(by_article, headed, strict=True):
        for term in terms:
            heads[term] += weight[article]
    written = {key: min(c, key=lambda form: (-c[form], form)) for key, c in forms.items()}
    return _Topic(
        number,
        language,
        _shares(said),
        _shares([*by_article.values()]),
        dict(heads),
        written,
    )


def _shares(sets: Sequence[Iterable[str]]) -> dict[str, float]:
    counts = Counter(term for own in sets for term in own)
    return {term: count / len(sets) for term, count in counts.items()}


def _list_candidates(
    topics: Sequence[_Topic], nouns: Mapping[str, Nouns]
) -> dict[int, dict[str, float]]:
    """Return for each topic the terms that may name it, by how much they are told and its own."""
    use: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for topic in topics:
        for term, share in topic.passages.items():
            use[topic.language][term] += share
    found = {}
    for topic in topics:
        known, scores = nouns[topic.language], {}
        for term in {*topic.passages, *topic.titles}:
            written = topic.written[term]
            if is_kept_out(written, topic.language) or not stands_as_noun(
                split_term(written), topic.language, known
            ):
                continue
            passages, heads = topic.passages.get(term, 0.0), topic.titles.get(term, 0.0)
            told = (passages + topic.articles.get(term, 0.0)) / 2 + heads
            own = (passages + 0.02) / (use[topic.language].get(term, 0.0) + 0.02)
            scores[term] = told * own**0.5
        best = sorted(scores, key=lambda term: (-scores[term], term))[:_CANDIDATES]
        found[topic.number] = {term: scores[term] for term in best}
    return found


def _measure_nearness(
    candidates: Mapping[int, Mapping[str, float]],
    passages: pd.DataFrame,
    vectors: np.ndarray,
    encoder: Encodes,
) -> dict[int, dict[str, float]]:
    """Return how much nearer each candidate lies to its topic than to the topics on average."""
    distinct = sorted({term for own in candidates.values() for term in own})
    if not distinct:
        return {number: {} for number in candidates}
    meant = np.asarray(encoder.encode(distinct), dtype=np.float32)
    meant = _unit(meant - meant.mean(axis=0))
    rows = {number: own["row"].to_numpy() for number, own in passages.groupby("topic")}
    centres = np.stack([vectors[rows[number]].mean(axis=0) for number in candidates])
    cosines = meant @ _unit(centres - vectors.mean(axis=0)).T
    common = cosines.mean(axis=1) if len(candidates) > 1 else np.zeros(len(distinct))
    place = {term: at for at, term in enumerate(distinct)}
    return {
        number: {term: float(cosines[place[term], at] - common[place[term]]) for term in own}
        for at, (number, own) in enumerate(candidates.items())
    }


def _score(
    topic: _Topic, candidates: Mapping[str, float], nearness: Mapping[str, float]
) -> dict[str, float]:
    best = max([1e-6, *nearness.values()])
    return {
        # A word frequent here by chance lies no nearer to the topic than to the others.
        term: told
        * (0.5 + max(nearness[term], 0.0) / best)
        # Two words say more than one, where both are told.
        * (1.25 if len(split_term(term)) > 1 else 1.0)
        for term, told in candidates.items()
    }


def _compose(topic: _Topic, scores: Mapping[str, float], nouns: Nouns, taken: set[str]) -> str:
    """Return a name of the best terms that do not repeat each other, one proper name among them."""
    order = sorted(scores, key=lambda term: (-scores[term], term))
    told = [term for term in order if _is_told(topic, term)] or order
    chosen: list[str] = []
    for term in told:
        words = [word for other in chosen for word in split_term(other)]
        own = split_term(term)
        if len(chosen) == _MOST_TERMS or len(words) + len(own) > _MOST_WORDS:
            continue
        if any(word == said or differ_in_ending(word, said) for word in own for said in words):
            continue
        if any(_is_proper(other, topic, nouns) for other in chosen) and _is_proper(
            term, topic, nouns
        ):
            continue
        if chosen and scores[term] < 0.25 * scores[chosen[0]]:
            break
        chosen.append(term)
    if not chosen:
        return "—"
    # The thing before the name of who did it, unless the name is what the topic is about.
    name = _COMMAS.get(topic.language, ", ").join(topic.written[term] for term in chosen)
    return name[:1].upper() + name[1:]


def _is_told(topic: _Topic, term: str) -> bool:
    told = max(
        topic.passages.get(term, 0.0), topic.articles.get(term, 0.0) if len(topic.articles) else 0
    )
    return told >= _TOLD or topic.titles.get(term, 0.0) >= _TOLD


def _is_proper(term: str, topic: _Topic, nouns: Nouns) -> bool:
    words = split_term(topic.written[term])
    folded = [word.casefold() for word in words]
    return any(word in nouns.names for word in folded) or any(
        word.isupper() and len(word) > 2 for word in topic.written[term].split()
    )


def _shared_terms(own: pd.DataFrame, scores: Mapping[str, float]) -> list[str]:
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
    order = sorted(total, key=lambda term: (-total[term], -len(split_term(term)), term))
    chosen: list[str] = []
    for term in order:
        said = {word for other in chosen for word in split_term(other)}
        if total[term] >= _TOLD and not said & set(split_term(term)) and len(chosen) < 2:
            chosen.append(term)
    return chosen


def _make_unique(label: str, taken: set[str]) -> str:
    number, candidate = 2, label
    while candidate in taken:
        candidate, number = f"{label} ({number})", number + 1
    return candidate


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
