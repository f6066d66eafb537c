"""How alike the words of two runs' topics are.

The evidence stands beside a match of topics; where no passage can be traced it makes the match.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from press_themes.measures.changes.compared import ComparedRun, CompareSettings, name_stories
from press_themes.measures.changes.word_changes import ReadTerms, sample_stories

Term = tuple[str, str]


def compare_topic_words(
    before: ComparedRun, after: ComparedRun, read_terms: ReadTerms, settings: CompareSettings
) -> np.ndarray:
    """Compare the words of topics."""
    counted = [_count(run, read_terms, settings) for run in (before, after)]
    known = sorted({term for topics in counted for own in topics for term in own})
    place = {term: column for column, term in enumerate(known)}
    profiles = [_profile(topics, place) for topics in counted]
    total = np.asarray(profiles[0].sum(axis=0) + profiles[1].sum(axis=0)).ravel()
    mean = total.sum() / max(1, len(counted[0]) + len(counted[1]))
    weighed = [own.multiply(np.log1p(mean / np.maximum(total, 1))).tocsr() for own in profiles]
    lengths = [np.sqrt(np.asarray(own.multiply(own).sum(axis=1)).ravel()) for own in weighed]
    product = (weighed[0] @ weighed[1].T).toarray()
    scale = lengths[0][:, None] * lengths[1][None, :]
    cosine = np.divide(product, scale, out=np.zeros_like(product), where=scale > 0)
    return np.where(_share_language(*counted), cosine, np.nan)


def _count(
    run: ComparedRun, read_terms: ReadTerms, settings: CompareSettings
) -> list[Counter[Term]]:
    """Count the terms of each topic, in the order of the table of topics."""
    counted: dict[int, Counter[Term]] = {int(t): Counter() for t in run.tables.topics["topic"]}
    passages = sample_stories(run.tables.passages.assign(story=name_stories(run)), settings)
    columns = (passages["topic"], passages["language"].astype(str), passages["text"])
    for topic, language, text in zip(*columns, strict=True):
        if topic in counted:
            terms = read_terms(text, language)
            counted[topic].update((language, term.casefold()) for term in terms)
    return list(counted.values())


def _profile(counted: list[Counter[Term]], place: dict[Term, int]) -> Any:
    from scipy.sparse import csr_array

    rows = [row for row, own in enumerate(counted) for _ in own]
    columns = [place[term] for own in counted for term in own]
    values = [float(n) for own in counted for n in own.values()]
    return csr_array((values, (rows, columns)), shape=(len(counted), max(1, len(place))))


def _share_language(before: list[Counter[Term]], after: list[Counter[Term]]) -> np.ndarray:
    spoken = [[{language for language, _ in own} for own in run] for run in (before, after)]
    shared = [[bool(old & new) for new in spoken[1]] for old in spoken[0]]
    return np.array(shared, dtype=bool).reshape(len(before), len(after))
