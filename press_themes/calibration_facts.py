"""What labels brought and what benches measured, as run.json and the report state it."""

from __future__ import annotations

import json
from importlib.resources import files
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


def state_measured(least_probability: float) -> dict[str, Any]:
    """State what was measured of the tool on texts coded by hand or with known events.

    Parameters
    ----------
    least_probability : float
        Above which two articles are linked into one story.

    Returns
    -------
    dict
        ``quotations``: ``n_passages, precision, recall, speaker_precision, speaker_recall``;
        ``links``: over the sets at the nearest line, ``n_sets`` and the lowest and highest
        ``precision_low, precision_high, recall_low, recall_high``; ``shares``: how far the shares
        of themes that are only defined lie from the truth, ``n_sets`` and the lowest and highest
        ``mean_error`` of a set (``_low``, ``_high``) and its ``worst_error``.
    """
    package = files("press_themes")
    quality = package.joinpath("voices", "quotation_quality.json").read_text(encoding="utf-8")
    with package.joinpath("stories", "link_quality.csv").open(encoding="utf-8") as file:
        links = pd.read_csv(file)
    nearest = (links["line"] - least_probability).abs()
    own = links[(nearest == nearest.min()) & links["precision"].notna()]
    bounds = {
        f"{measure}_{end}": float(getattr(own[measure], side)())
        for measure in ("precision", "recall")
        for end, side in (("low", "min"), ("high", "max"))
    }
    return {
        "quotations": json.loads(quality),
        "links": {"n_sets": len(own), **bounds},
        "shares": _state_share_errors(),
    }


def _state_share_errors() -> dict[str, float]:
    with (
        files("press_themes").joinpath("themes", "share_quality.csv").open(encoding="utf-8") as file
    ):
        sets = pd.read_csv(file)
    return {
        "n_sets": len(sets),
        "mean_error_low": float(sets["mean_error"].min()),
        "mean_error_high": float(sets["mean_error"].max()),
        "worst_error": float(sets["worst_error"].max()),
    }


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
