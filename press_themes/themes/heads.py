"""Heads: what tells the texts of a theme from those of the others and of ordinary pages.

One regularised logistic regression a theme, taught by the codebook and, a second time, by what the
corpus itself adds: passages that surely bear a theme, and those that surely bear none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from press_themes.themes.codebook_vectors import ORDINARY, OWN, CodebookVectors, list_themes

# Weight of the data against the penalty, a text of the theme: a theme of many texts may turn further.
_FREEDOM = 12.0
# A clause is half a text: it repeats its definition.
_CLAUSE = 0.5
_COUNTER = 0.2
# Themes beyond which the others weigh no more against one: they are then what a page can be about.
_MOST_OTHERS = 3
# Passages at which what the corpus says weighs half as much as what the codebook says.
_HALF_TRUSTED, _HALF_TRUSTED_BARE = 5, 25
# Passages taken into a fit at most, spread over all of them.
_MOST_PASSAGES = 2000


class Heads(NamedTuple):
    """A direction and a line for each theme.

    Attributes
    ----------
    directions : ndarray, shape (n_themes, n_dimensions)
        Logits per unit of the centred vectors.
    lines : ndarray, shape (n_themes,)
        What is added to them; above 0 a text is more like the theme than like the rest.
    """

    directions: np.ndarray
    lines: np.ndarray

    def score(self, centred: np.ndarray) -> np.ndarray:
        """Return the logit of every text for every theme."""
        return centred @ self.directions.T.astype(centred.dtype) + self.lines.astype(centred.dtype)


class Taught(NamedTuple):
    """What the corpus adds to the codebook.

    Attributes
    ----------
    centred : ndarray, shape (n_passages, n_dimensions)
        Passages in the space of the themes.
    bears : ndarray of int, shape (n_passages,)
        The theme each surely bears, -1 for none.
    lacks : ndarray of bool, shape (n_passages, n_themes)
        Which themes each surely does not bear.
    pages : ndarray of int, shape (n_texts,)
        The theme that claims each text of the codebook, -1 for none; only ordinary pages have one.
    bare : ndarray of float, shape (n_themes,)
        What the passages without a sure theme weigh against each theme.
    """

    centred: np.ndarray
    bears: np.ndarray
    lacks: np.ndarray
    pages: np.ndarray
    bare: np.ndarray


def fit_heads(
    codebook: CodebookVectors, centred: np.ndarray, taught: Taught | None = None
) -> Heads:
    """Learn what tells each theme from everything else."""
    fits = [
        fit_head(codebook, centred, column, taught) for column in range(len(list_themes(codebook)))
    ]
    return Heads(np.array([fit[0] for fit in fits]), np.array([fit[1] for fit in fits]))


def fit_head(
    codebook: CodebookVectors, centred: np.ndarray, column: int, taught: Taught | None = None
) -> tuple[np.ndarray, float]:
    """Learn what tells one theme from everything else: its direction and its line."""
    from sklearn.linear_model import LogisticRegression

    vectors, labels, weights = _gather_codebook(codebook, centred, column, taught)
    n_claimed = 0
    if taught is not None:
        n_claimed = min(int((taught.bears == column).sum()), _MOST_PASSAGES)
        lacks = taught.lacks[:, column]
        n_others = min(len(list_themes(codebook)) - 1, _MOST_OTHERS) / _MOST_OTHERS
        for chosen, label, most, half in (
            (taught.bears == column, True, 1.0, _HALF_TRUSTED),
            ((taught.bears >= 0) & lacks, False, n_others, _HALF_TRUSTED),
            ((taught.bears < 0) & lacks, False, float(taught.bare[column]), _HALF_TRUSTED_BARE),
        ):
            rows = np.flatnonzero(chosen)
            share = most * len(rows) / (len(rows) + half)
            rows = rows[:: max(1, -(-len(rows) // _MOST_PASSAGES))]
            if share and len(rows):
                vectors.append(taught.centred[rows])
                labels.append(np.full(len(rows), label))
                weights.append(np.full(len(rows), share / len(rows)))
    bears, weight = np.concatenate(labels), np.concatenate(weights)
    # How far a head may turn follows from how many texts speak for its theme.
    trust = _FREEDOM * _count_texts(codebook, column) + n_claimed
    for label in (True, False):
        weight[bears == label] *= trust / weight[bears == label].sum()
    model = LogisticRegression(max_iter=500)
    model.fit(np.vstack(vectors), bears, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def _count_texts(codebook: CodebookVectors, column: int) -> float:
    """Return how many texts speak for a theme, a clause as half a text."""
    theme = list_themes(codebook)[column]
    kinds = codebook.texts.loc[codebook.texts["theme"] == theme, "kind"]
    return float(kinds.map(dict.fromkeys(OWN, 1.0) | {"clause": _CLAUSE}).sum())


def _gather_codebook(
    codebook: CodebookVectors, centred: np.ndarray, column: int, taught: Taught | None
) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
    """Return vectors, labels and weights of the codebook's texts; the weights of a group sum up."""
    theme = list_themes(codebook)[column]
    kinds, owners = codebook.texts["kind"].to_numpy(), codebook.texts["theme"].to_numpy()
    own = np.isin(kinds, OWN)
    claimed = np.zeros(len(kinds), bool) if taught is None else taught.pages == column
    others = own & (owners != theme)
    n_others = min(len(list_themes(codebook)) - 1, _MOST_OTHERS) / _MOST_OTHERS
    # Before the corpus is asked every text counts the same, so that many themes outweigh the pages.
    parts = [
        (own & (owners == theme), True, 1.0),
        (claimed, True, min(1.0, claimed.sum() / _HALF_TRUSTED)),
        (others, False, n_others),
        ((kinds == "counter-example") & (owners == theme), False, _COUNTER),
        (np.isin(kinds, ORDINARY) & ~claimed, False, 1.0),
    ]
    vectors, labels, weights = [], [], []
    for chosen, label, total in parts:
        rows = np.flatnonzero(chosen)
        if len(rows) and total:
            each = np.where(kinds[rows] == "clause", _CLAUSE, 1.0)
            vectors.append(centred[rows])
            labels.append(np.full(len(rows), label))
            weights.append(each if taught is None else total * each / each.sum())
    return vectors, labels, weights
