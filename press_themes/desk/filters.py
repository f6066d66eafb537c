"""Filters: which passages are shown, by theme, topic, outlet, language, date, strength and words.

Choices of one kind widen the view, choices of different kinds narrow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection, fold_texts

#: Chosen in place of a theme: passages that bear none.
NO_THEME = ""
_WORDS = re.compile(r"[\"“”«»„]\s*([^\"“”«»„]+?)\s*[\"“”«»„]|([^\s\"“”«»„]+)")


@dataclass(frozen=True)
class Filter:
    """What is to be shown; what is empty or None does not narrow.

    Attributes
    ----------
    themes : tuple of str
        Passages that bear one of these; `NO_THEME` for those that bear none.
    topics : tuple of int
        Passages in one of these topics.
    outlets, languages : tuple of str
        Passages of articles from these outlets ("" where none is stated), in these languages.
    since, until : date or None
        First and last day; an undated passage lies outside every bound.
    strength : float or None
        Least score, of the themes chosen or else of any.
    words : str
        Words that must all stand in the text, in any case and with or without accents; between
        quotation marks a phrase.
    near_misses : bool
        Whether passages that just miss a chosen theme are shown with those that bear it.
    """

    themes: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    strength: float | None = None
    words: str = ""
    near_misses: bool = False


def filter_passages(collection: Collection, wanted: Filter) -> np.ndarray:
    """Choose the passages that pass a filter."""
    passages = collection.passages
    kept = np.ones(len(passages), dtype=bool)
    if wanted.themes:
        kept &= _by_theme(collection, wanted)
    for column, chosen in (
        ("topic", wanted.topics),
        ("outlet", wanted.outlets),
        ("language", wanted.languages),
    ):
        if chosen:
            kept &= passages[column].isin(chosen).to_numpy()
    if wanted.since is not None:
        kept &= (passages["date"] >= pd.Timestamp(wanted.since)).to_numpy()
    if wanted.until is not None:
        kept &= (passages["date"] < pd.Timestamp(wanted.until) + pd.Timedelta(days=1)).to_numpy()
    if wanted.strength is not None:
        kept &= measure_strength(collection, wanted.themes) >= wanted.strength
    for words in split_words(wanted.words):
        rows = np.flatnonzero(kept)
        kept[rows] = [words in text for text in collection.folded[rows]]
    return kept


def measure_strength(collection: Collection, themes: tuple[str, ...] = ()) -> np.ndarray:
    """Measure how strongly each passage speaks of the themes."""
    names = [name for name in themes if name in collection.scores.columns]
    scores = collection.scores[names] if names else collection.scores
    if scores.shape[1] == 0:
        return collection.passages["topic_strength"].fillna(0).to_numpy(dtype="float32")
    return scores.to_numpy().max(axis=1)


def split_words(asked: str) -> list[str]:
    """Split a search into folded words and phrases."""
    found = [phrase or word for phrase, word in _WORDS.findall(asked)]
    return [word for word in fold_texts(found).tolist() if word]


def _by_theme(collection: Collection, wanted: Filter) -> np.ndarray:
    columns = [i for i, name in enumerate(collection.scores.columns) if name in wanted.themes]
    kept = np.asarray(collection.bears[:, columns].any(axis=1))
    if wanted.near_misses:
        kept |= collection.near[:, columns].any(axis=1)
    if NO_THEME in wanted.themes:
        kept |= ~collection.bears.any(axis=1)
    return kept
