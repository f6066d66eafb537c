"""Calibration: what an analyst's judgements change in the decision on themes, and how well that does.

Without judgements nothing changes; the more there are, the further the decision may move.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.reading import SLOPE

# Standard deviations, in logits, of what judgements may add: per unit of cosine to the slopes of
# the score and of the lead, to the line of all themes, to the line of one theme, and to a direction
# among the vectors of one theme. Chosen on SIB-200 with 10 to 200 answers; halving or doubling any
# of them changes F1 there by less than 0.03.
_SLOPES, _LINE, _LINE_OF_THEME, _DIRECTION = 8.0, 0.5, 0.25, 3.0


class Evidence(NamedTuple):
    """What is known of passages and themes before any judgement.

    Attributes
    ----------
    scores : ndarray, shape (n_passages, n_themes)
        Cosine margins, from `score_passages`.
    room : ndarray, shape (n_passages, n_themes)
        Distance from the line in cosine, from `measure_room`; above 0 the theme is borne.
    centred : ndarray, shape (n_passages, n_dimensions)
        Unit vectors in the space of the themes.
    """

    scores: np.ndarray
    room: np.ndarray
    centred: np.ndarray


class Judged(NamedTuple):
    """Judgements as pairs of passage and theme, one row each.

    Attributes
    ----------
    row, column : ndarray of int
        Position of the passage and of the theme.
    label : ndarray of bool
        Whether the passage bears the theme.
    weight : ndarray of float
        What the pair counts in the fit: the pairs of one answer sum to 1.
    answer : ndarray of int
        Which row of the answers the pair comes from.
    """

    row: np.ndarray
    column: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    answer: np.ndarray

    def take(self, chosen: np.ndarray) -> Judged:
        """Return the chosen pairs."""
        return Judged(*(part[chosen] for part in self))


def pair_answers(
    answers: pd.DataFrame, passages: pd.DataFrame, themes: list[str], room: np.ndarray
) -> Judged:
    """Turn answers about passages and articles into pairs of passage and theme."""
    texts = passages.groupby("text", sort=False).indices
    text_of = dict(zip(passages["passage_id"], passages["text"], strict=True))
    of_article = passages.groupby("article_id", sort=False).indices
    pairs: dict[tuple[int, int], tuple[bool, float, int]] = {}
    # Articles first, so that what was said of a passage itself comes last and stands.
    for answer in np.argsort(answers["kind"].to_numpy() == "passage", kind="stable"):
        name, kind, theme, label = answers.iloc[answer][["id", "kind", "theme", "label"]]
        column = themes.index(theme)
        found = texts[text_of[name]] if kind == "passage" else of_article.get(name, [])
        rows = np.asarray(found, dtype=int)
        if kind == "article" and label and len(rows):
            rows = rows[[int(np.argmax(room[rows, column]))]]
        for row in rows:
            pairs[int(row), column] = (bool(label), 1 / len(rows), int(answer))
    places = np.array(list(pairs), dtype=int).reshape(-1, 2)
    values = list(pairs.values())
    return Judged(
        places[:, 0],
        places[:, 1],
        np.array([label for label, _, _ in values], dtype=bool),
        np.array([weight for _, weight, _ in values], dtype=np.float64),
        np.array([answer for _, _, answer in values], dtype=int),
    )


def calibrate_room(evidence: Evidence, judged: Judged) -> np.ndarray:
    """Move the distance of every passage from the line of every theme to where judgements put it."""
    from scipy.optimize import minimize

    if not len(judged.row):
        return evidence.room
    n_themes = evidence.scores.shape[1]
    lead = measure_lead(evidence.scores)
    vectors = _DIRECTION * evidence.centred[judged.row].astype(np.float64)
    places = judged.row, judged.column
    offset = SLOPE * evidence.room[places]
    common = np.column_stack(
        [_SLOPES * evidence.scores[places], _SLOPES * lead[places], np.full(len(offset), _LINE)]
    )
    of_theme = _LINE_OF_THEME * np.eye(n_themes)[judged.column]
    n_common, n_lines = 3, 3 + n_themes

    def weigh(terms: np.ndarray) -> tuple[float, np.ndarray]:
        directions = terms[n_lines:].reshape(n_themes, -1)
        logits = offset + common @ terms[:n_common] + of_theme @ terms[n_common:n_lines]
        logits += (directions[judged.column] * vectors).sum(axis=1)
        loss = judged.weight @ (np.logaddexp(0, logits) - judged.label * logits)
        excess = judged.weight * (_probability(logits) - judged.label)
        turn = np.zeros_like(directions)
        np.add.at(turn, judged.column, excess[:, None] * vectors)
        gradient = np.concatenate([excess @ common, excess @ of_theme, turn.ravel()])
        return float(loss + terms @ terms / 2), gradient + terms

    start = np.zeros(n_lines + n_themes * vectors.shape[1])
    # A slip of the analyst's may move a line but never turn the order of the scores round.
    bounds = [(-SLOPE / 2 / _SLOPES, None), (0.0, None)] + [(None, None)] * (len(start) - 2)
    terms = minimize(weigh, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    added = _SLOPES * (terms[0] * evidence.scores + terms[1] * lead) + _LINE * terms[2]
    added += _LINE_OF_THEME * terms[n_common:n_lines]
    turned = (_DIRECTION * terms[n_lines:].reshape(n_themes, -1)).astype(evidence.centred.dtype)
    return evidence.room + (added + evidence.centred @ turned.T) / SLOPE


def cross_validate(
    evidence: Evidence,
    judged: Judged,
    answers: pd.DataFrame,
    passages: pd.DataFrame,
    folds: int = 10,
) -> pd.DataFrame:
    """Decide on every judged pair without its own story's judgements."""
    kept, first = np.unique(judged.answer, return_index=True)
    told, column = answers.iloc[kept].reset_index(drop=True), judged.column[first]
    reach = [_reach(judged, answers, passages, answer) for answer in kept]
    names, codes = np.unique(told["story"].astype(str), return_inverse=True)
    n_folds = min(folds, len(names))
    if n_folds < 2:
        told, reach = told.head(0), []
    held_out, zero_shot = np.zeros(len(told)), np.zeros(len(told))
    fold_of = codes % max(n_folds, 1)
    fold_of_pair = fold_of[np.searchsorted(kept, judged.answer)]
    for fold in range(n_folds if n_folds > 1 else 0):
        room = calibrate_room(evidence, judged.take(fold_of_pair != fold))
        for place in np.flatnonzero(fold_of == fold):
            held_out[place] = room[reach[place], column[place]].max()
            zero_shot[place] = evidence.room[reach[place], column[place]].max()
    return told.assign(
        predicted=held_out > 0,
        predicted_zero_shot=zero_shot > 0,
        probability=_probability(SLOPE * held_out),
    )


def _reach(
    judged: Judged, answers: pd.DataFrame, passages: pd.DataFrame, answer: int
) -> np.ndarray:
    """Return the passages any of which would make the answer a yes."""
    row = answers.iloc[answer]
    if row["kind"] == "article" and row["label"]:
        return np.flatnonzero((passages["article_id"] == row["id"]).to_numpy())
    return judged.row[judged.answer == answer]


def measure_lead(scores: np.ndarray) -> np.ndarray:
    """Return how far each theme lies before the strongest other one of the passage, in cosine."""
    if scores.shape[1] < 2:
        return np.zeros_like(scores)
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return scores - np.where(scores == best, second, best)


def _probability(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logits, -500, 500)))
