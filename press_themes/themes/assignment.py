"""Which themes a passage bears: its nearness to the codebook against an ordinary newspaper page.

A score depends on the passage, the codebook and the encoder alone, so a growing corpus does not move it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

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
    """

    margin: float = 0.0
    runner_up: float = 0.04


def assign_themes(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
) -> pd.DataFrame:
    """Score every passage for every theme and assign the themes it bears.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id`` and ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors of unit length, rows as in `passages`.
    codebook : CodebookVectors
        The themes, from `embed_codebook`.
    settings : ThemeSettings
        Margin and distance of further themes.

    Returns
    -------
    DataFrame
        ``passage_id, theme, score, assigned``; the score is the cosine to the theme minus the
        cosine to the nearest section of an ordinary newspaper. A passage may bear no theme.
    """
    names = list_themes(codebook)
    scores = np.zeros((len(passages), len(names)))
    if names and len(passages):
        prototypes = build_prototypes(codebook)
        scores = score_passages(embeddings, passages["language"].to_numpy(), prototypes)
    assigned = decide(scores, settings)
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), len(names)),
            "theme": np.tile(np.array(names, dtype=object), len(passages)),
            "score": scores.reshape(-1),
            "assigned": assigned.reshape(-1),
        }
    )


def decide(scores: np.ndarray, settings: ThemeSettings) -> np.ndarray:
    """Decide from scores which themes a passage bears.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_passages, n_themes)
        From `score_passages`.
    settings : ThemeSettings
        Margin and distance of further themes.

    Returns
    -------
    ndarray of bool, shape (n_passages, n_themes)
        The strongest theme and those close behind it, where they exceed the margin.
    """
    if scores.size == 0:
        return np.zeros(scores.shape, dtype=bool)
    best = scores.max(axis=1, keepdims=True)
    return (scores > settings.margin) & (scores >= best - settings.runner_up)


def score_passages(
    embeddings: np.ndarray, languages: np.ndarray, prototypes: Prototypes
) -> np.ndarray:
    """Score passages for themes.

    Parameters
    ----------
    embeddings : ndarray, shape (n_passages, n_dimensions)
        Unaligned unit vectors.
    languages : ndarray of str, shape (n_passages,)
        Language of each passage.
    prototypes : Prototypes
        From `build_prototypes`.

    Returns
    -------
    ndarray of float64, shape (n_passages, n_themes)
        Cosine to the theme minus cosine to the nearest ordinary section, or to the nearest
        counter-example of the theme where that is nearer still than the theme.
    """
    centred = centre_vectors(embeddings, languages, prototypes.centres).astype(np.float64)
    nearness = centred @ prototypes.themes.T
    ordinary = (centred @ prototypes.sections.T).max(axis=1, keepdims=True)
    scores = nearness - ordinary
    for theme, counters in enumerate(prototypes.counters):
        if len(counters):
            # A counter-example speaks only where it is nearer than the theme it borders.
            excess = (centred @ counters.T).max(axis=1) - nearness[:, theme]
            scores[:, theme] -= np.clip(excess, 0, None)
    return scores
