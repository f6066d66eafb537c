"""Mixing: whether passages in different languages are neighbours, before and after alignment."""

from __future__ import annotations

import numpy as np
import pandas as pd

_MOST = 4000


def measure_mixing(
    vectors: np.ndarray, passages: pd.DataFrame, neighbours: int = 10, seed: int = 0
) -> pd.DataFrame:
    """Measure how often a passage's neighbours are in another language."""
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
