"""Labels: what a topic is called, two to four words that most of it speaks of and its neighbours do not.

Candidates are the terms of its texts and headlines; one proper name at most stands among them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from unicodedata import name

import numpy as np
import pandas as pd

from press_themes.topics.bound_words import Bound, complete, find_bound
from press_themes.topics.headings import (
    FEW_ARTICLES,
    TopicTerms,
    compose_heading,
    find_shared_terms,
)
from press_themes.topics.kept_out import is_kept_out
from press_themes.topics.nouns import Nouns, find_nouns, stands_as_noun
from press_themes.topics.words import extract_terms, split_term

_CANDIDATES = 40
# A topic speaks a language in which this many of its passages are, and this share of them.
_LEAST_PASSAGES, _LEAST_SHARE = 2, 0.05
# Of a very large topic these many passages in the language are read, evenly drawn.
_MOST_PASSAGES = 300
COLUMNS = ["topic", "language", "label"]


class Encodes(Protocol):
    """What gives the terms of a topic their vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return a vector of unit length for each text."""
        ...


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
    texts, bound = {}, {}
    for code, own in ordered.groupby("language"):
        texts[str(code)] = own["text"].tolist()
        heads = titles.reindex(own["article_id"].unique()).dropna().astype(str)
        bound[str(code)] = find_bound([*heads, *texts[str(code)]], str(code))
    script = _find_script(texts.get(language, []))
    topics, marks = [], {}
    for number, own in ordered.groupby("topic", sort=True):
        read, mark = _choose_language(own, language, script)
        code = str(read["language"].iloc[0])
        topics.append(_count_terms(int(str(number)), read, titles, bound[code]))
        marks[int(str(number))] = mark
    nouns = {
        code: find_nouns(texts[code], code) for code in sorted({topic.language for topic in topics})
    }
    candidates = _list_candidates(topics, nouns)
    meant = _encode(candidates, encoder)
    nearness = _measure_nearness(candidates, meant, ordered, vectors)
    taken: set[str] = set()
    rows = []
    for topic in topics:
        scores = _score(topic, candidates[topic.number], nearness[topic.number])
        known = nouns[topic.language]
        shared: list[str] = []
        if marks[topic.number]:
            shared = find_shared_terms(ordered[ordered["topic"] == topic.number])
        label, language_of = compose_heading(topic, scores, known, meant, shared), topic.language
        if marks[topic.number] and label.split(", ") != shared:
            label = f"{label} ({topic.language})"
        label = _make_unique(label, taken)
        taken.add(label)
        rows.append((topic.number, language_of, label))
    return pd.DataFrame(rows, columns=COLUMNS)


def _choose_language(own: pd.DataFrame, wished: str, script: str) -> tuple[pd.DataFrame, bool]:
    """Return the passages to read, and whether they are not in the language wished for."""
    counts = own["language"].value_counts()
    # One passage is enough where a topic has about one in each of its languages.
    least = min(_LEAST_PASSAGES, max(1, len(own) // len(counts)))
    spoken = counts[counts >= max(least, _LEAST_SHARE * len(own))]
    if wished in spoken:
        chosen = wished
    else:
        # A foreign name in letters that one can read comes before one in letters that one cannot.
        legible = [
            code
            for code in spoken.index
            if _find_script(own.loc[own["language"] == code, "text"]) == script
        ]
        near = counts[legible] if legible else counts
        chosen = str(min(near[near == near.max()].index))
    read = own[own["language"] == chosen]
    return read.iloc[:: max(1, -(-len(read) // _MOST_PASSAGES))], chosen != wished


def _find_script(texts: Iterable[str]) -> str:
    """Return the script of most letters of some texts, as Unicode names it; Latin without texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(name(sign, "").split(" ")[0] for sign in text[:100] if sign.isalpha())
    return counts.most_common(1)[0][0] if counts else "LATIN"


def _count_terms(number: int, read: pd.DataFrame, titles: pd.Series, bound: Bound) -> TopicTerms:
    language = str(read["language"].iloc[0])
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    whole: set[str] = set()

    def list_terms(text: str) -> set[str]:
        short = extract_terms(text, language)
        terms = [complete(term, bound) for term in short]
        whole.update(t.casefold() for t, part in zip(terms, short, strict=True) if t != part)
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
    return TopicTerms(
        number,
        language,
        _shares(said),
        _shares([*by_article.values()]),
        dict(heads),
        written,
        len(by_article),
        frozenset(whole),
        Counter(term for own in (*said, *headed) for term in own),
    )


def _shares(sets: Sequence[Iterable[str]]) -> dict[str, float]:
    counts = Counter(term for own in sets for term in own)
    return {term: count / len(sets) for term, count in counts.items()}


def _list_candidates(
    topics: Sequence[TopicTerms], nouns: Mapping[str, Nouns]
) -> dict[int, dict[str, float]]:
    """Return for each topic the terms that may name it, by how much they are told and its own."""
    use: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for topic in topics:
        for term, share in topic.passages.items():
            use[topic.language][term] += share
    repeated: Counter[tuple[str, str]] = Counter()
    for topic in topics:
        for term, count in topic.places.items():
            repeated[topic.language, term] += count
    found = {}
    for topic in topics:
        known, scores = nouns[topic.language], {}
        for term in {*topic.passages, *topic.titles}:
            written = topic.written[term]
            if is_kept_out(written, topic.language) or not _is_name(term, topic, known, repeated):
                continue
            passages, heads = topic.passages.get(term, 0.0), topic.titles.get(term, 0.0)
            # What one article says again and again is its own; what many say once is the topic's.
            spread = topic.n_articles / (topic.n_articles + FEW_ARTICLES)
            told = (1 - spread) * passages + spread * topic.articles.get(term, 0.0) + heads
            own = (passages + 0.02) / (use[topic.language].get(term, 0.0) + 0.02)
            # Two words say more than one, where they are said more than once.
            bonus = 1.5 if " " in term and repeated[topic.language, term] > 1 else 1.0
            scores[term] = told * own**0.5 * bonus
        best = sorted(scores, key=lambda term: (-scores[term], term))[:_CANDIDATES]
        found[topic.number] = {term: scores[term] for term in best}
    return found


def _is_name(
    term: str, topic: TopicTerms, known: Nouns, repeated: Mapping[tuple[str, str], int]
) -> bool:
    """Whether a term stands as a noun; two words side by side may be a clause, unless said twice."""
    if term in topic.whole:
        return True
    words = split_term(topic.written[term])
    is_linked = " ".join(words) != term
    if len(words) > 1 and not is_linked and repeated.get((topic.language, term), 0) < 2:
        return False
    return stands_as_noun(words, topic.language, known, is_linked)


def _encode(
    candidates: Mapping[int, Mapping[str, float]], encoder: Encodes
) -> dict[str, np.ndarray]:
    """Return the meaning of each candidate, without what all of them share."""
    distinct = sorted({term for own in candidates.values() for term in own})
    if not distinct:
        return {}
    meant = np.asarray(encoder.encode(distinct), dtype=np.float32)
    return dict(zip(distinct, _unit(meant - meant.mean(axis=0)), strict=True))


def _measure_nearness(
    candidates: Mapping[int, Mapping[str, float]],
    meant: Mapping[str, np.ndarray],
    passages: pd.DataFrame,
    vectors: np.ndarray,
) -> dict[int, dict[str, float]]:
    """Return how much nearer each candidate lies to its topic than to the topics on average."""
    if not candidates:
        return {}
    rows = {number: own["row"].to_numpy() for number, own in passages.groupby("topic")}
    centres = np.stack([vectors[rows[number]].mean(axis=0) for number in candidates])
    centres = _unit(centres - vectors.mean(axis=0))
    found = {}
    for at, (number, own) in enumerate(candidates.items()):
        cosines = {term: centres @ meant[term] for term in own}
        several = len(candidates) > 1
        found[number] = {
            term: float(each[at] - (each.mean() if several else 0))
            for term, each in cosines.items()
        }
    return found


def _score(
    topic: TopicTerms, candidates: Mapping[str, float], nearness: Mapping[str, float]
) -> dict[str, float]:
    best = max([1e-6, *nearness.values()])
    return {
        # A word frequent here by chance lies no nearer to the topic than to the others.
        term: told * (0.5 + max(nearness[term], 0.0) / best)
        for term, told in candidates.items()
    }


def _make_unique(label: str, taken: set[str]) -> str:
    number, candidate = 2, label
    while candidate in taken:
        candidate, number = f"{label} ({number})", number + 1
    return candidate


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
