"""Mixing: how well languages were brought together, measured in every run.

By neighbours, against what chance would give, and by parallel sentences that the alignment did not see.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

_MOST = 3000
#: A language of whose neighbours fewer than this part of what chance gives are foreign stays apart.
LEAST_MIXED = 0.25
COLUMNS = ["language", "n_passages", "expected", "foreign_before", "foreign_after"]
RETRIEVAL = ["n_sentences", "found_before", "found_after"]


def measure_mixing(
    embeddings: np.ndarray,
    vectors: np.ndarray,
    passages: pd.DataFrame,
    shifts: pd.DataFrame,
    parallel: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Measure how well languages lie together before and after alignment.

    Parameters
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length before alignment.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        The same after.
    passages : DataFrame
        With ``passage_id, language``, rows as in both.
    shifts : DataFrame
        ``language, shift`` from `align_languages`.
    parallel : DataFrame, optional
        ``language, held_out`` from `embed_parallel_sentences`.

    Returns
    -------
    DataFrame
        One row a language: ``language, n_passages, expected, foreign_before, foreign_after``, the
        share of a passage's ten nearest that are in another language and what it would be by
        chance; ``n_sentences, found_before, found_after``, the share of the held-out sentences
        whose nearest among those of each other language is their translation (missing for a
        language that has none); ``apart``, whether topics keep to this language: fewer of its
        neighbours are foreign than a quarter of what chance gives.
    """
    languages = passages["language"].astype(str).to_numpy()
    order = np.argsort(passages["passage_id"].astype(str).to_numpy(), kind="stable")
    if len(order) > _MOST:
        order = order[np.sort(np.random.default_rng(0).choice(len(order), _MOST, replace=False))]
    drawn = pd.Series(languages[order])
    table = drawn.value_counts().sort_index().rename_axis("language").reset_index(name="n_passages")
    table["expected"] = (len(order) - table["n_passages"]) / max(len(order) - 1, 1)
    for name, own in (("before", embeddings), ("after", vectors)):
        foreign = pd.Series(_foreign(own[order], drawn.to_numpy())).groupby(drawn).mean()
        table[f"foreign_{name}"] = table["language"].map(foreign).astype(float)
    found = _retrieve(shifts, parallel)
    table = table.merge(found, on="language", how="left")
    several = len(table) > 1
    table["apart"] = several & (table["foreign_after"] < LEAST_MIXED * table["expected"])
    return table[[*COLUMNS, *RETRIEVAL, "apart"]]


def _foreign(vectors: np.ndarray, languages: np.ndarray, neighbours: int = 10) -> np.ndarray:
    count = min(neighbours, len(vectors) - 1)
    if count < 1:
        return np.full(len(vectors), np.nan)
    # What all passages have in common says nothing of their nearness.
    centred = _unit(vectors - vectors.mean(axis=0))
    nearness = centred @ centred.T
    np.fill_diagonal(nearness, -np.inf)
    nearest = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
    return (languages[nearest] != languages[:, None]).mean(axis=1)


def _retrieve(shifts: pd.DataFrame, parallel: pd.DataFrame | None) -> pd.DataFrame:
    """Look for the translation of each held-out sentence in every other language."""
    shift_of = dict(zip(shifts["language"], shifts["shift"], strict=True))
    known = (
        []
        if parallel is None
        else list(zip(parallel["language"], parallel["held_out"], strict=True))
    )
    known = [(name, np.stack(list(own))) for name, own in known if name in shift_of]
    rows = []
    moved = [own - np.asarray(shift_of[name]) for name, own in known]
    for at, (name, own) in enumerate(known):
        found = [
            [_share_found(stack[at], stack[other]) for other in range(len(known)) if other != at]
            for stack in ([sentences for _, sentences in known], moved)
        ]
        if found[0]:
            rows.append((name, len(own), float(np.mean(found[0])), float(np.mean(found[1]))))
    return pd.DataFrame(rows, columns=["language", *RETRIEVAL]).astype({"language": object})


def _share_found(left: np.ndarray, right: np.ndarray) -> float:
    nearness = _unit(left) @ _unit(right).T
    return float((nearness.argmax(axis=1) == np.arange(len(left))).mean())


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
