"""Families of articles that reprint or excerpt one another, so that stories can be counted.

Every member is compared with the original of its family itself: no chain of small changes makes
two texts one story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

import numpy as np
import pandas as pd

from press_themes.articles.lines import word_list

# Two texts of which about one word in nine was changed still share half of their three-word
# sequences; independent reports of one event share less than a tenth.
NEAR_REPRINT = 0.5
# An excerpt is contained in its original but for a new first or last sentence.
EXCERPT = 0.8
# Below this many words a text is too short for an overlap to mean anything: only equal texts are
# linked.
FEWEST_WORDS = 30
# One three-word sequence in eight, the same ones in every text, is looked up; at 60 words and half
# of the sequences shared, one pair in a hundred and fifty has none of them in common.
_SAMPLED = 8
_CANDIDATES = 20
# A text that shares half of its sequences with another shares about half of the sampled ones: a
# fifth leaves room for chance, and spares the exact comparison with thousands of texts that share
# a turn of phrase.
_SHARED_SAMPLES = 0.2
# Turns of phrase that more originals than this use say nothing about descent.
_COMMON = 100


def link_families(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the articles that derive from one another.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``body``, ``truncated`` and ``n_chars``.

    Returns
    -------
    DataFrame
        ``family_id`` (the original's article_id) and ``family_role`` ("single", "original" or
        "reprint"), with the index of `articles`. The original is the longest member that is not
        truncated.

    Notes
    -----
    Texts are compared by their sets of three-word sequences (Broder, 1997, "On the resemblance and
    containment of documents"): resemblance of at least 0.5 makes a near reprint, containment of at
    least 0.8 an excerpt. Candidates come from an index of every eighth sequence and are then
    compared exactly.
    """
    sequences = _word_sequences(articles["body"])
    order = articles.assign(place=np.arange(len(articles))).sort_values(
        ["truncated", "n_chars", "article_id"], ascending=[True, False, True]
    )["place"]
    originals = _assign_originals(sequences, articles["body"].tolist(), order.tolist())
    identifiers = articles["article_id"].to_numpy(dtype=object)
    members = Counter(originals)
    roles = [
        "reprint" if original != place else "original" if members[place] > 1 else "single"
        for place, original in enumerate(originals)
    ]
    return pd.DataFrame(
        {
            "family_id": identifiers[np.asarray(originals, dtype=int)],
            "family_role": pd.Series(roles, index=articles.index, dtype="str"),
        },
        index=articles.index,
    )


def _word_sequences(bodies: pd.Series) -> list[np.ndarray]:
    """Return the hashes of the distinct three-word sequences of each text, sorted."""
    numbers: dict[str, int] = {}
    sequences = []
    for body in bodies:
        words = np.fromiter(
            (numbers.setdefault(word, len(numbers)) for word in word_list(body)), dtype=np.uint64
        )
        sequences.append(np.unique(_mix(words)) if len(words) >= FEWEST_WORDS else words[:0])
    return sequences


def _mix(words: np.ndarray) -> np.ndarray:
    # Words are numbered as they appear, so one corpus has the same hashes in every run.
    with np.errstate(over="ignore"):
        mixed = words[:-2] * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(29))) + words[1:-1]
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(32))) + words[2:]
        mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _assign_originals(
    sequences: list[np.ndarray], bodies: list[str], order: list[int]
) -> list[int]:
    """Return the place of each text's original, going from the longest text to the shortest."""
    sampled = [found[found % np.uint64(_SAMPLED) == 0] for found in sequences]
    keys_of = _shared_keys(sampled)
    index: dict[int, list[int]] = defaultdict(list)
    equal: dict[str, int] = {}
    originals = list(range(len(sequences)))
    for place in order:
        text = " ".join(word_list(bodies[place])) if not len(sequences[place]) else ""
        keys = keys_of[place]
        fewest = max(1, int(_SHARED_SAMPLES * len(sampled[place])))
        hits = Counter(chain.from_iterable(index.get(key, ()) for key in keys))
        candidates = [other for other, count in hits.most_common(_CANDIDATES) if count >= fewest]
        original = equal.get(text) if text else _nearest(place, candidates, sequences)
        if original is not None:
            originals[place] = original
            continue
        if text:
            equal[text] = place
        for key in keys:
            if len(index[key]) < _COMMON:
                index[key].append(place)
    return originals


def _shared_keys(sampled: list[np.ndarray]) -> list[list[int]]:
    """Return the sampled hashes of each text that occur in another text too."""
    if not sampled:
        return []
    hashes, counts = np.unique(np.concatenate(sampled), return_counts=True)
    return [found[counts[np.searchsorted(hashes, found)] > 1].tolist() for found in sampled]


def _nearest(place: int, candidates: list[int], sequences: list[np.ndarray]) -> int | None:
    """Return the candidate that holds most of a text, among those of its family."""
    best, best_overlap = None, 0.0
    for candidate in candidates:
        overlap = _overlap(sequences[place], sequences[candidate])
        if overlap > best_overlap:
            best, best_overlap = candidate, overlap
    return best


def _overlap(text: np.ndarray, original: np.ndarray) -> float:
    """Return the containment of a text in an original if the two are of one family, else 0."""
    common = len(np.intersect1d(text, original, assume_unique=True))
    resemblance = common / (len(text) + len(original) - common)
    containment = common / len(text)
    return containment if resemblance >= NEAR_REPRINT or containment >= EXCERPT else 0.0
