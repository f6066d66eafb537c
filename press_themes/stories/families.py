"""Families of articles that reprint or excerpt one another, so that stories can be counted.

Every member is compared with the original of its family itself: no chain of small changes makes
two texts one story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import numpy as np
import pandas as pd

from press_themes.folding import word_list
from press_themes.identifiers import content_id
from press_themes.progress import show_progress
from press_themes.stories.family_candidates import CandidateIndex, sample_of, word_sequences

# Two texts of which about one word in nine was changed still share half of their three-word
# sequences; independent reports of one event share less than a tenth.
NEAR_REPRINT = 0.5
# An excerpt is contained in its original but for a new first or last sentence.
EXCERPT = 0.8
# Below this many words a text is too short for an overlap to mean anything: only equal texts are
# linked, as are the few longer ones of which no sequence is in the sample.
FEWEST_WORDS = 30
# Comparing a text with several others asks for the same ones again.
_KEPT = 64


class Bodies(Protocol):
    """The texts of the articles by their place, in memory or not."""

    def __getitem__(self, place: int, /) -> str:
        """Return one text."""
        ...


def link_families(articles: pd.DataFrame, bodies: Bodies) -> pd.DataFrame:
    """Find the articles that derive from one another.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``, ``truncated`` and ``n_chars``.
    bodies : Bodies
        Their texts, by the place of the row; each is read once, those of likely reprints and their
        originals once more.

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
    order = articles.assign(place=np.arange(len(articles))).sort_values(
        ["truncated", "n_chars", "article_id"], ascending=[True, False, True]
    )["place"]
    originals = _assign_originals(bodies, order.tolist())
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


def _assign_originals(bodies: Bodies, order: list[int]) -> list[int]:
    """Return the place of each text's original, going from the longest text to the shortest."""

    @lru_cache(maxsize=_KEPT)
    def sequences(place: int) -> np.ndarray:
        return word_sequences(bodies[place], FEWEST_WORDS)

    originals = list(range(len(order)))
    short: dict[int, str] = {}
    equal: dict[str, int] = {}
    with show_progress("looking for reprints", 2 * len(order)) as progress:
        samples = []
        for place in originals:
            found = sequences(place)
            samples.append(sample_of(found))
            # Nothing tells which others such a text might resemble.
            if not len(samples[-1]):
                short[place] = content_id(*word_list(bodies[place]))
            progress.update(1)
        index = CandidateIndex(samples)
        for place in order:
            progress.update(1)
            original = (
                equal.setdefault(short[place], place)
                if place in short
                else _nearest(place, index.find(place), sequences)
            )
            if original is None:
                index.add(place)
            else:
                originals[place] = original
    return originals


def _nearest(
    place: int, candidates: list[int], sequences: Callable[[int], np.ndarray]
) -> int | None:
    """Return the candidate that holds most of a text, among those of its family."""
    best, best_overlap = None, 0.0
    for candidate in candidates:
        overlap = _overlap(sequences(place), sequences(candidate))
        if overlap > best_overlap:
            best, best_overlap = candidate, overlap
    return best


def _overlap(text: np.ndarray, original: np.ndarray) -> float:
    """Return the containment of a text in an original if the two are of one family, else 0."""
    common = len(np.intersect1d(text, original, assume_unique=True))
    resemblance = common / (len(text) + len(original) - common)
    containment = common / len(text)
    return containment if resemblance >= NEAR_REPRINT or containment >= EXCERPT else 0.0


def join_families(articles: pd.DataFrame) -> pd.DataFrame:
    """Put the family of each article beside it.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id, body, truncated`` and ``n_chars``.

    Returns
    -------
    DataFrame
        `articles` with ``family_id`` (the original's article_id: reprints and excerpts share it) and
        ``family_role`` ("single", "original" or "reprint").
    """
    families = link_families(articles, articles["body"].tolist())
    return articles.assign(**{name: families[name] for name in families.columns})
