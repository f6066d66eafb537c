"""Keywords: the terms that set a group of passages apart, language by language.

Groups are themes or topics; a passage may belong to several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from press_themes.topics.topics import weigh_terms
from press_themes.topics.words import differ_in_ending, extract_terms, split_term

KEYWORDS = 10
# A group with fewer terms than this takes those of single passages too.
_FEWEST = 3


def describe_groups(
    passages: pd.DataFrame, members: Mapping[Hashable, Sequence[int]], most: int = KEYWORDS
) -> dict[Hashable, dict[str, list[str]]]:
    """Find the keywords of groups of passages."""
    terms = [
        extract_terms(text, language)
        for text, language in zip(passages["text"], passages["language"], strict=True)
    ]
    languages = passages["language"].to_numpy(dtype=object)
    found: dict[Hashable, dict[str, list[str]]] = {group: {} for group in members}
    for language in sorted(set(languages.tolist())):
        rows = {g: [r for r in m if languages[r] == language] for g, m in members.items()}
        rows = {group: own for group, own in rows.items() if own}
        outside = set(np.flatnonzero(languages == language).tolist()) - {
            row for own in rows.values() for row in own
        }
        for group, words in _keywords_in_language(terms, rows, sorted(outside), most).items():
            found[group][language] = words
    return found


def _keywords_in_language(
    terms: list[list[str]],
    rows: Mapping[Hashable, Sequence[int]],
    outside: Sequence[int],
    most: int,
) -> dict[Hashable, list[str]]:
    """Weigh the terms of groups against each other and against what lies outside them all."""
    from scipy.sparse import csr_matrix

    groups = list(rows)
    classes = [*rows.values(), outside] if outside else list(rows.values())
    counts = [Counter(t.casefold() for r in own for t in terms[r]) for own in classes]
    vocabulary = sorted({term for count in counts for term in count})
    if not vocabulary:
        return {group: [] for group in groups}
    column = {term: i for i, term in enumerate(vocabulary)}
    entries = [(i, column[t], n) for i, count in enumerate(counts) for t, n in count.items()]
    at_row, at_column, values = zip(*entries, strict=True)
    shape = (len(classes), len(vocabulary))
    weights = weigh_terms(csr_matrix((values, (at_row, at_column)), shape=shape))
    written = _written_forms(terms, [r for own in classes for r in own])
    chosen = {}
    for i, group in enumerate(groups):
        spread = Counter(t for r in rows[group] for t in {w.casefold() for w in terms[r]})
        found = _choose(vocabulary, weights[i], spread, len(rows[group]), most)
        chosen[group] = [written[term] for term in found]
    return chosen


def _written_forms(terms: list[list[str]], rows: Sequence[int]) -> dict[str, str]:
    """Return for each case-folded term the way it is written most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row in set(rows):
        for term in terms[row]:
            forms[term.casefold()][term] += 1
    return {key: min(c, key=lambda form: (-c[form], form)) for key, c in forms.items()}


def _choose(
    vocabulary: list[str],
    weights: np.ndarray,
    spread: Mapping[str, int],
    n_passages: int,
    most: int,
) -> list[str]:
    # A term of one passage names that passage, not the group, wherever there is a choice.
    least = 2 if n_passages >= 3 else 1
    scores = {
        term: weight * np.sqrt(spread[term] / n_passages)
        for term, weight in zip(vocabulary, weights, strict=True)
        if weight > 0 and spread.get(term, 0) >= least
    }
    if len(scores) < _FEWEST:
        scores |= {
            term: weight * np.sqrt(spread[term] / n_passages) * 1e-3
            for term, weight in zip(vocabulary, weights, strict=True)
            if weight > 0 and term not in scores and spread.get(term)
        }
    chosen: list[str] = []
    for term in sorted(scores, key=lambda t: (-scores[t], t)):
        if len(chosen) == most:
            break
        chosen = _add(chosen, term, scores)
    return chosen


def _add(chosen: list[str], term: str, scores: Mapping[str, float]) -> list[str]:
    """Add a term unless it says again what is there; a two-word term takes the place of its parts."""
    parts = set(split_term(term))
    for other in chosen:
        if differ_in_ending(term, other) or parts <= set(split_term(other)):
            return chosen
    inside = [other for other in chosen if set(split_term(other)) < parts]
    if not inside:
        # "press themes" beside "themes report": a chain of neighbours says nothing new.
        overlapping = any(parts & set(split_term(other)) for other in chosen if " " in other)
        return chosen if overlapping and " " in term else [*chosen, term]
    if scores[term] < 0.5 * max(scores[other] for other in inside):
        return chosen
    first = chosen.index(inside[0])
    kept = [other for other in chosen if other not in inside]
    return [*kept[:first], term, *kept[first:]]


def group_members(passages: pd.DataFrame, column: str) -> dict[Hashable, list[int]]:
    """Return the row numbers of the passages of each theme or topic."""
    members: dict[Any, list[int]] = defaultdict(list)
    for row, value in enumerate(passages[column]):
        for group in value if column == "themes" else ([value] if value >= 0 else []):
            members[group].append(row)
    return {group: members[group] for group in sorted(members)}
