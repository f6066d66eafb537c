"""Mixing: whether passages in different languages are neighbours, before and after alignment."""

from __future__ import annotations

import numpy as np
import pandas as pd

_MOST = 4000


def measure_mixing(
    vectors: np.ndarray, passages: pd.DataFrame, neighbours: int = 10, seed: int = 0
) -> pd.DataFrame:
    """Measure how often a passage's neighbours are in another language.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.
    passages : DataFrame
        With ``language``, rows as in `vectors`.
    neighbours : int
        Nearest passages looked at.
    seed : int
        Seed of the sample that is looked at in a corpus of more than 4,000 passages.

    Returns
    -------
    DataFrame
        ``language, n_passages, foreign, expected``: the share of neighbours in another language
        and the share there would be if language did not matter.
    """
    languages = passages["language"].astype(str).to_numpy()
    rows = np.arange(len(languages))
    if len(rows) > _MOST:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _MOST, replace=False))
    languages, vectors = languages[rows], vectors[rows]
    nearness = vectors @ vectors.T
    np.fill_diagonal(nearness, -np.inf)
    count = min(neighbours, max(len(rows) - 1, 0))
    nearest = np.argsort(-nearness, axis=1, kind="stable")[:, :count]
    foreign = (languages[nearest] != languages[:, None]).mean(axis=1) if count else np.nan
    table = pd.DataFrame({"language": languages, "foreign": foreign})
    summary = table.groupby("language").agg(
        n_passages=("foreign", "size"), foreign=("foreign", "mean")
    )
    others = len(rows) - summary["n_passages"]
    summary["expected"] = others / max(len(rows) - 1, 1)
    return summary.reset_index()
