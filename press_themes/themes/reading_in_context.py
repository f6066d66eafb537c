"""Reading: how much each passage speaks of each theme, by itself and in its article.

The codebook is read twice: first as the analyst wrote it, then with what the corpus shows of its
themes. What the corpus may say depends on how well the codebook says where a theme ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import (
    ORDINARY,
    CodebookVectors,
    centre_vectors,
    find_centres,
    list_themes,
)
from press_themes.themes.heads import Heads, Taught, fit_heads

#: Logits per unit of score, so that scores have the size of a difference of cosines.
SLOPE = 10.0
# Without this many examples nothing says how near a text of the theme lies to the codebook.
_FEWEST_EXAMPLES = 3
# Standard deviations above the mean of its language at which a passage surely bears a theme that is
# only defined: with seven themes one passage in seven lies there on average.
_STANDS_OUT = 1.2
# Logits below the line down to which a corpus that is all about the codebook is sure of nothing.
_UNSURE = 0.5
# Power of the cosine with which passages of an article speak for one another: of two subjects in one
# article each then has its own context.
_SUBJECT = 2
# Passages at which the mean and spread of a language weigh half as much as those of all.
_HALF_TRUSTED = 20


@dataclass(frozen=True)
class ThemeSettings:
    """How themes are assigned.

    Attributes
    ----------
    margin : float
        What a score must exceed for the theme to be borne; 0 is where a text is as much like the
        theme as like everything else.
    near : float
        How far below the line a passage still counts as a near miss.
    context : float
        What the other passages of the article weigh in the score of one, 0 to 1.
    title : float
        What the title weighs in it, where there is one, 0 to 1.
    """

    margin: float = 0.0
    near: float = 0.03
    context: float = 0.4
    title: float = 0.2


class Titles(NamedTuple):
    """The titles of articles.

    Attributes
    ----------
    article_ids : ndarray of str
        Articles that have one.
    vectors : ndarray of float32, shape (n_titles, n_dimensions)
        Unaligned vectors of unit length.
    """

    article_ids: np.ndarray
    vectors: np.ndarray


class Reading(NamedTuple):
    """What is known of passages and themes before any judgement; rows as the passages.

    Attributes
    ----------
    own : ndarray of float32, shape (n_passages, n_themes)
        The score of each passage by itself.
    scores : ndarray of float32, shape (n_passages, n_themes)
        The same with its title and article in view.
    centred : ndarray of float32, shape (n_passages, n_dimensions)
        Unit vectors in the space of the themes.
    """

    own: np.ndarray
    scores: np.ndarray
    centred: np.ndarray


def read_passages(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
    titles: Titles | None = None,
) -> Reading:
    """Score every passage for every theme."""
    names = list_themes(codebook)
    empty = np.zeros((len(passages), len(names)), np.float32)
    if not names or not len(passages):
        return Reading(empty, empty, np.zeros((len(passages), 1), np.float32))
    # Sums of floating-point numbers depend on their order, and what is learned on the sums.
    order = np.argsort(passages["passage_id"].to_numpy(dtype=str), kind="stable")
    back = np.argsort(order)
    ordered, centres = passages.iloc[order], find_centres(codebook)
    languages = ordered["language"].to_numpy(dtype=str)
    centred = centre_vectors(embeddings[order], languages, centres)
    texts = centre_vectors(codebook.vectors, codebook.texts["language"].to_numpy(), centres)
    neighbours = _Neighbours(ordered, languages, centred, centres, titles)
    heads = fit_heads(codebook, texts)
    first = neighbours.mix(heads, heads.score(centred), settings)
    heads = fit_heads(
        codebook, texts, _teach(codebook, ordered, centred, first, heads.score(texts))
    )
    own = heads.score(centred)
    mixed = neighbours.mix(heads, own, settings)
    return Reading(
        (own[back] / SLOPE).astype(np.float32),
        (mixed[back] / SLOPE).astype(np.float32),
        centred[back],
    )


class _Neighbours:
    """The title and the other passages of each passage's article."""

    def __init__(
        self,
        passages: pd.DataFrame,
        languages: np.ndarray,
        centred: np.ndarray,
        centres: dict[str, np.ndarray],
        titles: Titles | None,
    ) -> None:
        self._articles, names = pd.factorize(passages["article_id"], sort=True)
        sizes = np.bincount(self._articles)
        order = np.argsort(self._articles, kind="stable")
        starts = np.cumsum(sizes)[:-1]
        groups = [rows for rows in np.split(order, starts) if len(rows) > 1]
        self._groups = [(rows, _likeness(centred[rows])) for rows in groups]
        self._title_of = np.full(len(passages), -1)
        self._titles = np.zeros((0, 1), np.float32)
        if titles is not None and len(titles.article_ids):
            place = {name: row for row, name in enumerate(titles.article_ids)}
            spoken = dict(zip(passages["article_id"], languages, strict=True))
            own = np.array([spoken.get(name, "") for name in titles.article_ids])
            self._titles = centre_vectors(titles.vectors, own, centres)
            self._title_of = np.array([place.get(name, -1) for name in names])[self._articles]

    def mix(self, heads: Heads, own: np.ndarray, settings: ThemeSettings) -> np.ndarray:
        """Weigh the score of each passage with those of its title and of the article's others."""
        mixed = own.copy()
        has_title = self._title_of >= 0
        if settings.title and has_title.any():
            titled = heads.score(self._titles)[self._title_of[has_title]]
            mixed[has_title] += settings.title * (titled - own[has_title])
        others = mixed.copy()
        for rows, likeness in self._groups:
            others[rows] = likeness @ own[rows]
        return mixed + settings.context * (others - mixed)


def _likeness(centred: np.ndarray) -> np.ndarray:
    """Say what each passage of an article weighs for each other: most where they speak of one subject."""
    weights = np.clip(centred @ centred.T, 0, None) ** _SUBJECT + 1e-6
    np.fill_diagonal(weights, 0.0)
    return weights / weights.sum(axis=1, keepdims=True)


def _teach(
    codebook: CodebookVectors,
    passages: pd.DataFrame,
    centred: np.ndarray,
    first: np.ndarray,
    of_texts: np.ndarray,
) -> Taught:
    """Choose the passages that surely bear a theme, and the ordinary pages that a theme claims."""
    names = list_themes(codebook)
    examples = codebook.texts.loc[codebook.texts["kind"] == "example", "theme"].value_counts()
    defined_only = np.array([examples.get(name, 0) < _FEWEST_EXAMPLES for name in names])
    distinct = ~passages.duplicated("text").to_numpy()
    spread = (first - first.mean(axis=0)).std() or 1.0
    stands_out = _standardise(first, passages["language"].to_numpy(dtype=str)) - _STANDS_OUT
    # The more of the corpus bears a theme by the codebook's own line, the more the corpus may say
    # where that line is: a corpus gathered for the codebook speaks of it even where it is unsure.
    covered = float((_strongest(first[distinct]) >= 0).mean())
    blend = covered * spread * stands_out + (1 - covered) * first
    sure = np.where(defined_only, spread * stands_out, blend)[distinct]
    bears = _strongest(sure)
    pages = (of_texts - first.mean(axis=0)) / spread - _STANDS_OUT
    ordinary = np.isin(codebook.texts["kind"].to_numpy(), ORDINARY)
    # A page that a theme's examples do not reach stays ordinary, whatever its definition covers.
    claims = _strongest(np.where(defined_only, pages, -np.inf))
    return Taught(
        centred[distinct],
        bears,
        sure < -_UNSURE * covered,
        np.where(ordinary, claims, -1),
        np.where(defined_only, 0.0, (bears < 0).mean()),
    )


def _standardise(scores: np.ndarray, languages: np.ndarray) -> np.ndarray:
    """Give the scores of each language mean 0 for each theme, and spread 1 over all of them."""
    whole, spread = scores.mean(axis=0), (scores - scores.mean(axis=0)).std()
    standard = np.empty_like(scores)
    for language in np.unique(languages):
        rows = languages == language
        n_rows, own = int(rows.sum()), scores[rows]
        mean = (n_rows * own.mean(axis=0) + _HALF_TRUSTED * whole) / (n_rows + _HALF_TRUSTED)
        within = (own - own.mean(axis=0)).std()
        deviation = (n_rows * within + _HALF_TRUSTED * spread) / (n_rows + _HALF_TRUSTED)
        standard[rows] = (own - mean) / (deviation or 1.0)
    return standard


def _strongest(above: np.ndarray) -> np.ndarray:
    """Return which column of each row is largest where one is above 0, else -1."""
    return np.where(above.max(axis=1) > 0, above.argmax(axis=1), -1)
