"""Which themes a passage bears: its nearness to the codebook against an ordinary newspaper page.

A score depends on the passage, the codebook, the encoder and the analyst's judgements alone, so a
growing corpus does not move it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.themes.calibration import (
    SLOPE,
    Evidence,
    Judged,
    calibrate_room,
    cross_validate,
    pair_answers,
)
from press_themes.themes.prototypes import (
    CodebookVectors,
    Prototypes,
    build_prototypes,
    centre_vectors,
    list_themes,
)


@dataclass(frozen=True)
class ThemeSettings:
    """How themes are assigned.

    Attributes
    ----------
    margin : float
        How much nearer (in cosine) than the background a passage must lie to bear a theme.
    runner_up : float
        How far (in cosine) behind its strongest theme a further theme may lie.
    near : float
        How far (in cosine) below the line a passage still counts as a near miss.
    """

    margin: float = 0.0
    runner_up: float = 0.04
    near: float = 0.03


#: No judgements, for a corpus without labels.csv.
NO_ANSWERS = pd.DataFrame(columns=["id", "kind", "theme", "label", "stands_for"])


def assign_themes(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
    answers: pd.DataFrame = NO_ANSWERS,
) -> pd.DataFrame:
    """Score every passage for every theme and assign the themes it bears.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``article_id``, ``text`` and ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors of unit length, rows as in `passages`.
    codebook : CodebookVectors
        The themes, from `embed_codebook`.
    settings : ThemeSettings
        Margin, distance of further themes, width of the near misses.
    answers : DataFrame
        What the analyst judged, from `read_labels`.

    Returns
    -------
    DataFrame
        One row a passage and theme: ``passage_id, theme, score, assigned, room, near_miss,
        probability, judged, read, borne``. Without judgements the score is the cosine to the theme minus the
        cosine to the nearest section of an ordinary newspaper; with them it is moved to where they
        put it (`calibrate_room`). ``room`` is the distance in cosine from the line at which the
        theme is borne, ``probability`` what judgements make of it (NaN without any), ``judged``
        "yes" or "no" where the analyst said so, which then decides, else "". ``read`` (certainty, 0
        to 1) and ``borne`` are what the codebook reads before any judgement. A passage may bear no
        theme.
    """
    names = list_themes(codebook)
    evidence, judged = _gather(passages, embeddings, codebook, settings, answers)
    scores, room = evidence.scores, evidence.room
    probability = np.full(room.shape, np.nan)
    if len(judged.row):
        scores = room = calibrate_room(evidence, judged)
        probability = 1 / (1 + np.exp(-np.clip(SLOPE * room, -500, 500)))
    assigned, said = room > 0, np.full(room.shape, "", dtype=object)
    assigned[judged.row, judged.column] = judged.label
    said[judged.row, judged.column] = np.where(judged.label, "yes", "no")
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), len(names)),
            "theme": np.tile(np.array(names, dtype=object), len(passages)),
            "score": scores.reshape(-1),
            "assigned": assigned.reshape(-1),
            "room": room.reshape(-1),
            "near_miss": (~assigned & (said == "") & (room > -settings.near)).reshape(-1),
            "probability": probability.reshape(-1),
            "judged": said.reshape(-1),
            "read": (1 / (1 + np.exp(-np.clip(SLOPE * evidence.room, -500, 500)))).reshape(-1),
            "borne": (evidence.room > 0).reshape(-1),
        }
    )


def check_answers(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
    answers: pd.DataFrame = NO_ANSWERS,
) -> pd.DataFrame:
    """Compare each judgement with what the judgements on other stories make of the passage.

    Parameters
    ----------
    passages, embeddings, codebook, settings, answers
        As for `assign_themes`.
    articles : DataFrame
        With ``article_id`` and ``family_id``, which names the story.

    Returns
    -------
    DataFrame
        ``id, kind, theme, label, stands_for, story, predicted, predicted_zero_shot, probability``,
        from `cross_validate`; empty without judgements on two stories.
    """
    families = articles.set_index("article_id")["family_id"]
    owners = passages.set_index("passage_id")["article_id"]
    told = answers.assign(
        story=answers["id"].map(owners).fillna(answers["id"]).map(families).astype(str)
    )
    evidence, judged = _gather(passages, embeddings, codebook, settings, answers)
    return cross_validate(evidence, judged, told, passages)


def measure_room(scores: np.ndarray, settings: ThemeSettings) -> np.ndarray:
    """Measure how far each passage lies from the line at which it bears each theme."""
    if scores.size == 0:
        return scores.copy()
    room = scores - settings.margin
    behind = scores.max(axis=1, keepdims=True) - scores
    return np.where(behind > 0, np.minimum(room, settings.runner_up - behind), room)


def decide(scores: np.ndarray, settings: ThemeSettings) -> np.ndarray:
    """Decide from scores alone which themes a passage bears."""
    return measure_room(scores, settings) > 0


def _gather(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings,
    answers: pd.DataFrame,
) -> tuple[Evidence, Judged]:
    names = list_themes(codebook)
    scores = np.zeros((len(passages), len(names)))
    centred = np.zeros((len(passages), 1), np.float32)
    if names and len(passages):
        prototypes = build_prototypes(codebook)
        languages = passages["language"].to_numpy()
        scores = score_passages(embeddings, languages, prototypes)
        if len(answers):
            centred = centre_vectors(embeddings, languages, prototypes.centres)
    evidence = Evidence(scores, measure_room(scores, settings), centred)
    return evidence, pair_answers(answers, passages, names, evidence.room)


def score_passages(
    embeddings: np.ndarray, languages: np.ndarray, prototypes: Prototypes
) -> np.ndarray:
    """Score passages for themes."""
    centred = centre_vectors(embeddings, languages, prototypes.centres).astype(np.float64)
    nearness = centred @ prototypes.themes.T
    sections = centred @ prototypes.sections.T
    scores = np.empty_like(nearness)
    for theme, counters in enumerate(prototypes.counters):
        ordinary = sections[:, prototypes.is_ordinary[theme]].max(axis=1)
        scores[:, theme] = nearness[:, theme] - ordinary
        if len(counters):
            # A counter-example speaks only where it is nearer than the theme it borders.
            excess = (centred @ counters.T).max(axis=1) - nearness[:, theme]
            scores[:, theme] -= np.clip(excess, 0, None)
    return scores
