"""Alignment that goes on: a corpus keeps the shifts of the run that it continues, or has its own.

With the shifts of a former run the same text has the same vector in both, so that topics go on.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Protocol

import numpy as np
import pandas as pd

from press_themes.vectors.alignment import (
    Alignment,
    AlignmentSettings,
    apply_shifts,
    estimate_alignment,
)

_FORMER = "former run"


class Former(Protocol):
    """What alignment takes over from a former run."""

    @property
    def passages(self) -> pd.DataFrame:
        """Its passages, with ``passage_id`` and ``text``."""
        ...

    @property
    def vectors(self) -> np.ndarray:
        """Its aligned vectors, rows as its passages."""
        ...

    @property
    def shifts(self) -> pd.DataFrame:
        """Its shifts, as in `Alignment`."""
        ...


def align_languages(
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    settings: AlignmentSettings = AlignmentSettings(),
    parallel: pd.DataFrame | None = None,
    former: Former | None = None,
) -> Alignment:
    """Align the languages of a corpus.

    Parameters
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.
    passages : DataFrame
        With ``passage_id, text`` and ``language``, rows as in `embeddings`.
    settings : AlignmentSettings
        Neighbours, iterations, weights, sample and seed.
    parallel : DataFrame, optional
        ``language, vector`` from `embed_parallel_sentences`.
    former : Former, optional
        The run that this one continues.

    Returns
    -------
    Alignment
        See `estimate_alignment`. A language that a former run knew keeps its shift, and its row
        even where it has no passage here. A new one is
        aligned with all the former passages as if they were one language.
    """
    if former is None:
        return estimate_alignment(embeddings, passages, settings, parallel)
    languages = passages["language"].astype(str).to_numpy()
    # A language that is not here today keeps its shift for the runs after this one.
    rows = [
        {**row, "n_passages": int((languages == row["language"]).sum()), "note": "as before"}
        for row in former.shifts.to_dict("records")
    ]
    rows += [
        _align_new(language, embeddings, passages, former, settings)
        for language in sorted(set(languages) - set(former.shifts["language"]))
    ]
    table = pd.DataFrame(rows, columns=former.shifts.columns)
    table = table.sort_values("language", kind="stable").reset_index(drop=True)
    return Alignment(apply_shifts(embeddings, passages, table), table)


def _align_new(
    language: str,
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    former: Former,
    settings: AlignmentSettings,
) -> dict[Hashable, Any]:
    """Estimate the shift of a language that the former run did not hold."""
    at = np.flatnonzero(passages["language"].astype(str) == language)
    anchor = pd.DataFrame(
        {
            "passage_id": former.passages["passage_id"],
            "text": former.passages["text"],
            "language": _FORMER,
        }
    )
    own = passages.iloc[at][["passage_id", "text", "language"]]
    joint = pd.concat([anchor, own], ignore_index=True)
    stacked = np.vstack([former.vectors, embeddings[at]])
    found = estimate_alignment(stacked, joint, settings).shifts.to_dict("records")
    of_language = {str(row["language"]): row for row in found}
    # Shifts are known up to one that all languages share; the former passages stay where they are.
    shift = np.subtract(of_language[language]["shift"], of_language[_FORMER]["shift"])
    length = float(np.linalg.norm(shift))
    return {**of_language[language], "shift": shift.astype(np.float32), "shift_length": length}
