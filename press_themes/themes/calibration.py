"""Calibration: what an analyst's judgements change in the decision on themes, and how well that does.

Judgements of two kinds are kept apart. Those of a drawn sample may move lines and turn directions, if
that foresees the sample itself better; corrections made while reading teach only what lies close by.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.reading_in_context import SLOPE

# Standard deviations, in logits, of what a sample may add: to the slope of the score, to the line of
# all themes, to the line of one theme, and to a direction among the vectors of one theme.
# The last is where 25 to 100 answers foresaw the others best on two sets of other sources.
_SLOPE_OF_SCORE, _LINE, _LINE_OF_THEME, _DIRECTION = 0.3, 0.5, 1.5, 6.0
# A theme with fewer yes or fewer no in the sample keeps its line.
_FEWEST = 4
# Cosine from which a passage lies close to a corrected one, and logits by which a correction passes
# the line there.
_CLOSE, _PAST = 0.35, 0.5
_FOLDS = 5


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
    sampled : ndarray of bool
        Whether the pair was drawn with a known chance; the others are corrections.
    """

    row: np.ndarray
    column: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    answer: np.ndarray
    sampled: np.ndarray

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
    drawn = answers["stands_for"].notna().to_numpy()
    of_answer = np.array([answer for _, _, answer in values], dtype=int)
    return Judged(
        places[:, 0],
        places[:, 1],
        np.array([label for label, _, _ in values], dtype=bool),
        np.array([weight for _, weight, _ in values], dtype=np.float64),
        of_answer,
        drawn[of_answer] if len(of_answer) else np.zeros(0, dtype=bool),
    )


def calibrate_room(evidence: Evidence, judged: Judged) -> tuple[np.ndarray, float]:
    """Move the distance of every passage from the line of every theme to where judgements put it.

    Returns that distance, which is 0 where a theme is as likely borne as not, and the distance from
    which it is given.
    """
    room, line = evidence.room, 0.0
    sample, corrections = judged.take(judged.sampled), judged.take(~judged.sampled)
    if len(sample.row) and _foresees(evidence, sample):
        room = _fit_sample(evidence, sample)
        line = _draw_line(room)
    if len(corrections.row):
        # A correction passes the line of the sample and never moves it.
        added = _spread_corrections(evidence._replace(room=room - line), corrections)
        room = room + added
    return room, line


def _draw_line(room: np.ndarray) -> float:
    """Return where a line gives as many themes as their probabilities add up to.

    A line at one half gives too few where most of what is borne is unlikely by itself.
    """
    falling = np.sort(room.ravel())[::-1]
    n_given = min(round(float(_probability(SLOPE * falling).sum())), len(falling) - 1)
    return float(falling[n_given]) if n_given else 0.0


def _foresees(evidence: Evidence, sample: Judged) -> bool:
    """Say whether the fit foresees judgements it has not seen better than the reading alone."""
    # The pairs of one passage stay together; the rows are in the order of their texts' hashes.
    fold = np.unique(sample.row, return_inverse=True)[1] % _FOLDS
    if len(np.unique(fold)) < _FOLDS:
        return False
    before = after = 0.0
    for out in range(_FOLDS):
        held = sample.take(fold == out)
        room = _fit_sample(evidence, sample.take(fold != out))
        before += _loss(SLOPE * evidence.room[held.row, held.column], held)
        after += _loss(SLOPE * room[held.row, held.column], held)
    return after < before


def _loss(logits: np.ndarray, judged: Judged) -> float:
    return float(judged.weight @ (np.logaddexp(0, logits) - judged.label * logits))


def _fit_sample(evidence: Evidence, judged: Judged) -> np.ndarray:
    """Fit slope, lines and directions to a sample, held near nothing where it says little."""
    from scipy.optimize import minimize

    n_themes = evidence.scores.shape[1]
    places = judged.row, judged.column
    offset = SLOPE * evidence.room[places].astype(np.float64)
    vectors = _DIRECTION * evidence.centred[judged.row].astype(np.float64)
    common = np.column_stack([_SLOPE_OF_SCORE * offset, np.full(len(offset), _LINE)])
    lines = _LINE_OF_THEME * _speaks(judged, n_themes).astype(float)
    of_theme = np.eye(n_themes)[judged.column] * lines
    n_common, n_lines = 2, 2 + n_themes
    chooses = np.eye(n_themes)[:, judged.column]

    def weigh(terms: np.ndarray) -> tuple[float, np.ndarray]:
        directions = terms[n_lines:].reshape(n_themes, -1)
        logits = offset + common @ terms[:n_common] + of_theme @ terms[n_common:n_lines]
        logits += (directions[judged.column] * vectors).sum(axis=1)
        excess = judged.weight * (_probability(logits) - judged.label)
        turn = (chooses * excess) @ vectors
        gradient = np.concatenate([excess @ common, excess @ of_theme, turn.ravel()])
        return _loss(logits, judged) + float(terms @ terms / 2), gradient + terms

    start = np.zeros(n_lines + n_themes * vectors.shape[1])
    # A slip of the analyst's may move a line but never turn the order of the scores round.
    bounds = [(-0.5 / _SLOPE_OF_SCORE, None)] + [(None, None)] * (len(start) - 1)
    terms = minimize(weigh, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    slope = (1 + _SLOPE_OF_SCORE * terms[0]) * evidence.room
    line = _LINE * terms[1] + lines * terms[n_common:n_lines]
    turned = (_DIRECTION * terms[n_lines:].reshape(n_themes, -1)).astype(evidence.centred.dtype)
    return (slope + (line + evidence.centred @ turned.T) / SLOPE).astype(evidence.room.dtype)


def _speaks(judged: Judged, n_themes: int) -> np.ndarray:
    """Say of which themes the sample has enough yes and enough no to move their line."""
    yes = np.bincount(judged.column[judged.label], minlength=n_themes)
    no = np.bincount(judged.column[~judged.label], minlength=n_themes)
    return (yes >= _FEWEST) & (no >= _FEWEST)


def _spread_corrections(evidence: Evidence, corrections: Judged) -> np.ndarray:
    """Return what corrections add: in full on the passage, fading to nothing at a distance."""
    added = np.zeros(evidence.room.shape, evidence.room.dtype)
    for column in np.unique(corrections.column):
        own = corrections.take(corrections.column == column)
        room = evidence.room[own.row, column]
        aim = np.where(own.label, 1.0, -1.0) * _PAST / SLOPE
        missing = np.where((room > 0) == own.label, 0.0, aim - room)
        told = evidence.centred[own.row]
        # Corrections of like passages share what they say instead of adding it up.
        among = _closeness(told @ told.T) + np.eye(len(told))
        weights = np.linalg.solve(among, missing)
        added[:, column] = _closeness(evidence.centred @ told.T) @ weights
    return added


def _closeness(cosines: np.ndarray) -> np.ndarray:
    return np.clip((cosines - _CLOSE) / (1 - _CLOSE), 0, None) ** 2


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
    held_out, zero_shot, lines = (np.zeros(len(told)) for _ in range(3))
    fold_of = codes % max(n_folds, 1)
    fold_of_pair = fold_of[np.searchsorted(kept, judged.answer)]
    for fold in range(n_folds if n_folds > 1 else 0):
        room, line = calibrate_room(evidence, judged.take(fold_of_pair != fold))
        for place in np.flatnonzero(fold_of == fold):
            held_out[place] = room[reach[place], column[place]].max()
            lines[place] = line
            zero_shot[place] = evidence.room[reach[place], column[place]].max()
    return told.assign(
        predicted=held_out > lines,
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


def _probability(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logits, -500, 500)))
