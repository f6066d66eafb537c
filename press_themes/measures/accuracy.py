"""How good the themes are, measured on the analyst's judgements: precision and recall of each.

Every judgement is compared with what the judgements on other stories lead to, never with itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from press_themes.measures.intervals import FEWEST_STORIES, resample_shares

_MEASURES = ("precision", "recall")
COLUMNS = [
    "theme",
    "n_judged",
    "n_yes",
    "n_stories",
    "basis",
    *(f"{measure}{end}" for measure in _MEASURES for end in ("", "_low", "_high", "_zero_shot")),
]
#: The row that takes all themes together.
ALL = ""


def measure_accuracy(checked: pd.DataFrame, themes: Iterable[str], seed: int = 0) -> pd.DataFrame:
    """Measure precision and recall of each theme and of all together.

    Parameters
    ----------
    checked : DataFrame
        From `check_answers`: ``theme, label, stands_for, story, predicted, predicted_zero_shot``.
    themes : iterable of str
        Identifiers of the codebook.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row for all themes together (``theme`` is "") and one a theme: ``n_judged, n_yes,
        n_stories`` (of the judgements used), ``basis``, then ``precision`` (share of the passages that
        were given the theme that bear it) and ``recall`` (share of those that bear it that were
        given it), each with ``_low`` and ``_high`` (95 %, by resampling stories, NaN under five)
        and ``_zero_shot``, its value without any judgement. NaN where there is nothing to measure.
        Empty without judgements.

    Notes
    -----
    The basis of each row is "sheet" where judgements on at least five stories, or all there are,
    come from a label sheet: these alone are used, each for the pairs it was drawn for, which makes
    the figures speak of the corpus (Hájek 1971). Else it is "judged", all judgements are used, and
    the figures speak of the judged passages only.
    """
    if checked.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = [_measure(ALL, checked, seed)]
    rows += [_measure(theme, checked[checked["theme"] == theme], seed) for theme in themes]
    return pd.DataFrame(rows, columns=COLUMNS)


def _choose_basis(judged: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    drawn = judged["stands_for"].notna()
    sheet = judged[drawn]
    if len(sheet) and (drawn.all() or sheet["story"].nunique() >= FEWEST_STORIES):
        return "sheet", sheet.assign(weight=sheet["stands_for"])
    return "judged", judged.assign(weight=1.0)


def _measure(theme: str, judged: pd.DataFrame, seed: int) -> dict[str, object]:
    basis, judged = _choose_basis(judged)
    row: dict[str, object] = {
        "theme": theme,
        "n_judged": len(judged),
        "n_yes": int(judged["label"].sum()),
        "n_stories": int(judged["story"].nunique()),
        "basis": basis,
    }
    for measure, given in (("precision", "predicted"), ("recall", "label")):
        among = judged[judged[given]]
        both = among["predicted"] & among["label"]
        row[measure], row[f"{measure}_low"], row[f"{measure}_high"] = _share(among, both, seed)
        given = "predicted_zero_shot" if measure == "precision" else "label"
        among = judged[judged[given]]
        row[f"{measure}_zero_shot"] = _share(
            among, among["predicted_zero_shot"] & among["label"], seed
        )[0]
    return row


def _share(among: pd.DataFrame, inside: pd.Series, seed: int) -> tuple[float, float, float]:
    if among.empty:
        return np.nan, np.nan, np.nan
    totals = among["weight"].groupby(among["story"]).sum()
    counts = (among["weight"] * inside).groupby(among["story"]).sum()
    low, high = resample_shares(counts.to_numpy()[:, None], totals.to_numpy(), seed)
    return float(counts.sum() / totals.sum()), float(low[0]), float(high[0])
