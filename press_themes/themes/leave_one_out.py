"""Stability of themes: how much a theme depends on single examples of the codebook."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import (
    CodebookVectors,
    centre_vectors,
    find_centres,
    list_themes,
)
from press_themes.themes.heads import Heads, fit_head

# Examples left out for one theme at most, spread over all of them.
_MOST_LEFT_OUT = 12


def measure_theme_stability(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    scores: pd.DataFrame,
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
    scores : DataFrame
        From `assign_themes`: how many passages bear each theme.

    Returns
    -------
    Series of float64, indexed by theme
        Of as many passages as bear the theme, taken where the codebook alone places them nearest:
        the mean Jaccard overlap with those so taken when one of its examples is left out, 0 to 1;
        missing where no passage bears the theme or it has no examples.
    """
    names = list_themes(codebook)
    bearing = scores.groupby("theme")["assigned"].sum()
    stability: dict[str, float] = {}
    if names and len(passages):
        centres = find_centres(codebook)
        texts = centre_vectors(codebook.vectors, codebook.texts["language"].to_numpy(), centres)
        centred = centre_vectors(embeddings, passages["language"].to_numpy(dtype=str), centres)
    for column, theme in enumerate(names if len(passages) else []):
        n_bearing = int(bearing.get(theme, 0))
        own = (codebook.texts["theme"] == theme) & (codebook.texts["kind"] == "example")
        rows = np.flatnonzero(own)
        overlaps = []
        if n_bearing and len(rows):
            whole = _nearest(codebook, texts, column, centred, n_bearing)
        for row in rows[:: max(1, -(-len(rows) // _MOST_LEFT_OUT))] if n_bearing else []:
            kept = codebook.texts.drop(index=row).reset_index(drop=True)
            shorter = CodebookVectors(kept, np.delete(codebook.vectors, row, axis=0))
            again = _nearest(shorter, np.delete(texts, row, axis=0), column, centred, n_bearing)
            overlaps.append(len(whole & again) / len(whole | again))
        stability[theme] = float(np.mean(overlaps)) if overlaps else np.nan
    return pd.Series(stability, name="stability", dtype=float).rename_axis("theme")


def _nearest(
    codebook: CodebookVectors, texts: np.ndarray, column: int, centred: np.ndarray, n_nearest: int
) -> set[int]:
    """Return the passages that the codebook alone places nearest the theme."""
    direction, line = fit_head(codebook, texts, column)
    score = Heads(direction[None], np.array([line])).score(centred)[:, 0]
    return set(np.argsort(-score, kind="stable")[:n_nearest].tolist())
