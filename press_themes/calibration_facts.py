"""What labels brought, as run.json and the report state it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.wording import LANGUAGES, Wording, load_wording


def state_calibration(accuracy: pd.DataFrame) -> dict[str, Any]:
    """State precision and recall of all themes together and of each.

    Parameters
    ----------
    accuracy : DataFrame
        From `measure_accuracy`.

    Returns
    -------
    dict
        The row of all themes, and ``themes``, a list of the others; None where nothing could be
        measured. ``n_judged`` is 0 without judgements.
    """
    if accuracy.empty:
        return {"n_judged": 0}
    measured = accuracy.astype(object).where(accuracy.notna(), None).to_dict("records")
    every, *themes = ({str(name): value for name, value in row.items()} for row in measured)
    return {**every, "themes": themes}


def state_quality(accuracy: pd.DataFrame) -> dict[str, Any]:
    """State precision and recall over all themes among the quality figures of a run.

    Parameters
    ----------
    accuracy : DataFrame
        From `measure_accuracy`.

    Returns
    -------
    dict
        ``theme_precision`` and ``theme_recall``, each a value and a sentence by language; without
        what could not be measured.
    """
    if accuracy.empty:
        return {}
    every = accuracy.iloc[0]
    return {
        f"theme_{measure}": {
            "value": float(every[measure]),
            "sentence": {code: _say(every, measure, load_wording(code)) for code in LANGUAGES},
        }
        for measure in ("precision", "recall")
        if pd.notna(every[measure])
    }


def _say(row: pd.Series, measure: str, words: Wording) -> str:
    low, high, basis = row[f"{measure}_low"], row[f"{measure}_high"], words(f"basis.{row['basis']}")
    if pd.notna(low):
        low, high = words.number(low, 2), words.number(high, 2)
        basis = words("basis.interval", basis=basis, low=low, high=high)
    return words(f"quality.theme_{measure}", n=row["n_judged"], basis=basis)
