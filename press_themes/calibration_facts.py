"""What labels brought, as run.json and the report state it."""

from __future__ import annotations

from typing import Any

import pandas as pd


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
    basis = {
        "sample": (
            "weighted as they were drawn for the label sheet",
            "pondérés selon leur tirage dans la feuille de codage",
        ),
        "none": ("", ""),
    }[every["basis"]]
    meaning = {
        "precision": (
            "Share of the themes given to passages that are right",
            "Part des thèmes attribués à des passages qui le sont à raison",
        ),
        "recall": (
            "Share of the themes that passages bear that were given",
            "Part des thèmes portés par les passages qui leur ont été attribués",
        ),
    }
    n = every["n_judged"]
    return {
        f"theme_{measure}": {
            "value": float(every[measure]),
            "sentence": {
                "en": f"{meaning[measure][0]}, by cross-validation on {n} judgements, {basis[0]}"
                f"{_interval(every, measure, ', 95 % interval {} to {}')}.",
                "fr": f"{meaning[measure][1]}, par validation croisée sur {n} jugements, {basis[1]}"
                f"{_interval(every, measure, ', intervalle à 95 % de {} à {}')}.",
            },
        }
        for measure in meaning
        if pd.notna(every[measure])
    }


def _interval(row: pd.Series, measure: str, text: str) -> str:
    low, high = row[f"{measure}_low"], row[f"{measure}_high"]
    return "" if pd.isna(low) else text.format(f"{low:.2f}", f"{high:.2f}")
