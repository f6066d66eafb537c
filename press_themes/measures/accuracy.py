"""How good the themes are, measured on a random sample of judged passages: precision and recall.

Every judgement is compared with what the judgements on other stories lead to, never with itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

#: Judged stories below which a precision or a recall cannot be said.
FEWEST_OF_MEASURE = 10
_MEASURES = ("precision", "recall")
COLUMNS = [
    "theme",
    "n_judged",
    "n_yes",
    "n_given",
    "n_stories",
    "n_corrections",
    "basis",
    *(f"{measure}{end}" for measure in _MEASURES for end in ("", "_low", "_high", "_zero_shot")),
]
#: The row that takes all themes together.
ALL = ""


def measure_accuracy(checked: pd.DataFrame, themes: Iterable[str]) -> pd.DataFrame:
    """Measure precision and recall of each theme and of all together.

    Parameters
    ----------
    checked : DataFrame
        From `check_answers`: ``theme, label, stands_for, story, predicted, predicted_zero_shot``;
        rows without ``stands_for`` are corrections.
    themes : iterable of str
        Identifiers of the codebook.

    Returns
    -------
    DataFrame
        One row for all themes together (``theme`` is "") and one a theme: ``n_judged`` (judgements
        of the sample), ``n_yes`` (of these, with the theme), ``n_given`` (of these, given the
        theme), ``n_stories``, ``n_corrections`` (judgements outside the sample), ``basis``
        ("sheet"; "judged" where there are only corrections, and nothing can be said), then
        ``precision`` (share of the passages given the theme that bear it) and ``recall`` (share of
        those that bear it that were given it), each with ``_low`` and ``_high`` (95 %) and
        ``_zero_shot``, its value without any judgement. NaN where fewer than ten stories were
        judged that were given (or bear) the theme: it cannot be said. Empty without judgements.

    Notes
    -----
    Each judgement counts for the passages it stands for (Hájek 1971); corrections are never counted,
    since an analyst corrects what is wrong. The interval is Wilson's (1927), as recommended for
    surveys by Franco, Little, Louis and Slud (2019, doi:10.1093/jssam/smy019), with the number of
    stories in place of passages, lessened by the inequality of what they stand for (Kish 1965), and
    Student's t in place of the normal.
    """
    if checked.empty:
        return pd.DataFrame(columns=COLUMNS)
    story, _ = pd.factorize(checked["story"].to_numpy())
    weight = checked["stands_for"].to_numpy(dtype=np.float64)
    names = ("label", "predicted", "predicted_zero_shot")
    judged = _Judged(story, weight, *(checked[name].to_numpy(dtype=bool) for name in names))
    theme = checked["theme"].to_numpy()
    rows = [_measure(ALL, judged)]
    rows += [_measure(name, judged.take(theme == name)) for name in themes]
    return pd.DataFrame(rows, columns=COLUMNS)


class _Judged(NamedTuple):
    story: np.ndarray
    weight: np.ndarray
    bears: np.ndarray
    given: np.ndarray
    given_zero_shot: np.ndarray

    def take(self, chosen: np.ndarray) -> _Judged:
        return _Judged(*(values[chosen] for values in self))


def _measure(theme: str, judged: _Judged) -> dict[str, object]:
    sample = judged.take(~np.isnan(judged.weight))
    row: dict[str, object] = {
        "theme": theme,
        "n_judged": len(sample.story),
        "n_yes": int(sample.bears.sum()),
        "n_given": int(sample.given.sum()),
        "n_stories": len(np.unique(sample.story)),
        "n_corrections": len(judged.story) - len(sample.story),
        "basis": "sheet" if len(sample.story) else "judged",
    }
    for end, given in (("", sample.given), ("_zero_shot", sample.given_zero_shot)):
        for measure, among in (("precision", given), ("recall", sample.bears)):
            share, low, high = _share(sample.take(among), (given & sample.bears)[among])
            row[f"{measure}{end}"] = share
            if not end:
                row |= {f"{measure}_low": low, f"{measure}_high": high}
    return row


def _share(among: _Judged, inside: np.ndarray) -> tuple[float, float, float]:
    """Return a weighted share with its interval."""
    from scipy.special import stdtrit

    totals = np.bincount(among.story, among.weight)
    totals = totals[totals > 0]
    if len(totals) < FEWEST_OF_MEASURE:
        return np.nan, np.nan, np.nan
    share = float(among.weight @ inside / totals.sum())
    size = float(totals.sum() ** 2 / (totals**2).sum())
    square = float(stdtrit(max(size - 1, 1.0), 0.975)) ** 2
    middle = (share + square / (2 * size)) / (1 + square / size)
    reach = np.sqrt(square * (share * (1 - share) / size + square / (4 * size**2)))
    reach /= 1 + square / size
    return share, max(0.0, middle - reach), min(1.0, middle + reach)
