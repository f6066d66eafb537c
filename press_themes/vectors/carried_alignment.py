"""The alignment of a former run, applied to new passages; only languages new to it are estimated.

With the same shifts the same text has the same vector in both runs, so their topics can be compared.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.vectors.alignment import (
    Alignment,
    AlignmentSettings,
    align_languages,
    apply_shifts,
)

_FORMER = "former run"


def carry_alignment(
    embeddings: np.ndarray,
    passages: pd.DataFrame,
    former: tuple[np.ndarray, pd.DataFrame, pd.DataFrame],
    settings: AlignmentSettings = AlignmentSettings(),
) -> Alignment:
    """Align new passages as a former run aligned its own.

    Parameters
    ----------
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.
    passages : DataFrame
        With ``passage_id``, ``text`` and ``language``, rows as in `embeddings`.
    former : tuple of ndarray, DataFrame, DataFrame
        The former run's aligned vectors, its passages (``passage_id``) and its shifts.
    settings : AlignmentSettings
        Those of the former run.

    Returns
    -------
    Alignment
        A language that the former run knew keeps its shift. A new one is aligned with all the
        former passages as if they were one language, and left as it is where it shares no pair.
    """
    vectors, former_passages, shifts = former
    languages = passages["language"].astype(str)
    known = shifts[shifts["language"].isin(languages)]
    rows = [
        {**row, "n_passages": int((languages == row["language"]).sum()), "note": "as before"}
        for row in known.to_dict("records")
    ]
    anchor = pd.DataFrame(
        {"passage_id": former_passages["passage_id"], "text": "", "language": _FORMER}
    )
    for language in sorted(set(languages) - set(shifts["language"])):
        at = np.flatnonzero(languages == language)
        joint = pd.concat(
            [anchor, passages.iloc[at][["passage_id", "text", "language"]]], ignore_index=True
        )
        found = align_languages(np.vstack([vectors, embeddings[at]]), joint, settings).shifts
        by_name = found.set_index("language")
        difference = np.asarray(by_name.loc[language, "shift"]) - np.asarray(
            by_name.loc[_FORMER, "shift"]
        )
        rows.append(
            {
                **found[found["language"] == language].iloc[0].to_dict(),
                "shift": difference.astype(np.float32),
                "shift_length": float(np.linalg.norm(difference)),
            }
        )
    table = pd.DataFrame(rows, columns=shifts.columns)
    table = table.sort_values("language", kind="stable").reset_index(drop=True)
    return Alignment(apply_shifts(embeddings, passages, table), table)
