"""Stability of themes: how much a theme depends on single examples of the codebook."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.assignment import ThemeSettings, decide, score_passages
from press_themes.themes.codebook_vectors import CodebookVectors, build_prototypes, list_themes


def measure_theme_stability(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
) -> pd.Series:
    """Measure how much the passages of a theme depend on single examples of the codebook.

    Parameters
    ----------
    passages : DataFrame
        With ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors, rows as in `passages`.
    codebook : CodebookVectors
        The themes.
    settings : ThemeSettings
        As in the assignment.

    Returns
    -------
    Series of float64, indexed by theme
        Mean Jaccard overlap between the passages of the theme and those it has when one of its
        examples is left out, 0 to 1; missing where no passage bears the theme or it has no
        examples.
    """
    languages = passages["language"].to_numpy()
    stability: dict[str, float] = {}
    names = list_themes(codebook)
    if names and len(passages):
        whole = decide(score_passages(embeddings, languages, build_prototypes(codebook)), settings)
    for column, theme in enumerate(names if len(passages) else []):
        own = (codebook.texts["theme"] == theme) & (codebook.texts["kind"] == "example")
        overlaps = []
        for row in np.flatnonzero(own):
            shorter = CodebookVectors(
                codebook.texts.drop(index=row).reset_index(drop=True),
                np.delete(codebook.vectors, row, axis=0),
            )
            scores = score_passages(embeddings, languages, build_prototypes(shorter))
            again = decide(scores, settings)[:, column]
            overlaps.append(_overlap(whole[:, column], again))
        bears = bool(whole[:, column].any())
        stability[theme] = float(np.mean(overlaps)) if overlaps and bears else np.nan
    return pd.Series(stability, name="stability", dtype=float).rename_axis("theme")


def _overlap(left: np.ndarray, right: np.ndarray) -> float:
    """Return the Jaccard overlap of two sets of rows, 1 for two empty ones."""
    union = (left | right).sum()
    return float((left & right).sum() / union) if union else 1.0
