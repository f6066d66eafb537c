"""Which themes a passage bears, and how sure that is: the reading, then what judgements change in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.calibration import (
    Evidence,
    Judged,
    calibrate_room,
    cross_validate,
    pair_answers,
)
from press_themes.themes.codebook_vectors import CodebookVectors, list_themes
from press_themes.themes.reading_in_context import SLOPE, ThemeSettings, Titles, read_passages

#: No judgements, for a corpus without labels.csv.
NO_ANSWERS = pd.DataFrame(columns=["id", "kind", "theme", "label", "stands_for"])


def assign_themes(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
    answers: pd.DataFrame = NO_ANSWERS,
    titles: Titles | None = None,
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
        The line, the weights of title and article, the width of the near misses.
    answers : DataFrame
        What the analyst judged, from `read_labels`.
    titles : Titles, optional
        Vectors of the titles, from `embed_titles`.

    Returns
    -------
    DataFrame
        One row a passage and theme: ``passage_id, theme, score, score_own, assigned, room,
        near_miss, probability, judged, read, borne``. ``score_own`` is how much more the passage is like the
        theme than like the rest (a logit divided by ten), ``score`` the same in view of its article and
        of the judgements, ``room`` its distance from the line at which the theme is borne,
        ``probability`` what judgements make of it (NaN without any), ``judged`` "yes" or "no"
        where the analyst said so, which then decides, else "". ``read`` (certainty, 0 to 1)
        and ``borne`` are what the codebook reads before any judgement. A passage may bear no theme.
    """
    names = list_themes(codebook)
    own, evidence, judged = _gather(passages, embeddings, codebook, settings, answers, titles)
    room = evidence.room
    probability: np.ndarray = np.full(room.shape, np.nan, np.float32)
    if len(judged.row):
        room = calibrate_room(evidence, judged)
        probability = 1 / (1 + np.exp(-np.clip(SLOPE * room, -500, 500)))
    assigned, said = room > 0, np.full(room.shape, "", dtype=object)
    assigned[judged.row, judged.column] = judged.label
    said[judged.row, judged.column] = np.where(judged.label, "yes", "no")
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), len(names)),
            "theme": np.tile(np.array(names, dtype=object), len(passages)),
            "score": (room + settings.margin).reshape(-1),
            "score_own": own.reshape(-1),
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
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
    answers: pd.DataFrame = NO_ANSWERS,
    titles: Titles | None = None,
) -> pd.DataFrame:
    """Compare each judgement with what the judgements on other stories make of the passage.

    Parameters
    ----------
    passages, embeddings, codebook, settings, titles
        As for `assign_themes`.
    answers : DataFrame
        With their stories, from `name_stories`.

    Returns
    -------
    DataFrame
        ``id, kind, theme, label, stands_for, story, predicted, predicted_zero_shot, probability``,
        from `cross_validate`; empty without judgements on two stories.
    """
    _, evidence, judged = _gather(passages, embeddings, codebook, settings, answers, titles)
    return cross_validate(evidence, judged, answers, passages)


def _gather(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings,
    answers: pd.DataFrame,
    titles: Titles | None,
) -> tuple[np.ndarray, Evidence, Judged]:
    reading = read_passages(passages, embeddings, codebook, settings, titles)
    evidence = Evidence(reading.scores, reading.scores - settings.margin, reading.centred)
    judged = pair_answers(answers, passages, list_themes(codebook), evidence.room)
    return reading.own, evidence, judged
