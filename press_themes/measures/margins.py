"""How far the passages that bear a theme stand above its line, summed up by thirds and halves."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ["theme", "n", "lower_third", "middle", "upper_third"]
ALL_THEMES = ""


def measure_margins(theme_scores: pd.DataFrame) -> pd.DataFrame:
    """Sum up the scores of all assignments of a theme.

    Parameters
    ----------
    theme_scores : DataFrame
        With ``theme, score, assigned``.

    Returns
    -------
    DataFrame
        ``theme`` ("" in the first row: all themes together), ``n`` (assignments), ``lower_third,
        middle, upper_third``: the scores under which a third, half and two thirds of them lie.
        Empty where no theme was assigned.
    """
    assigned = theme_scores[theme_scores["assigned"]]
    if assigned.empty:
        return pd.DataFrame(columns=COLUMNS)
    every = pd.concat([assigned.assign(theme=ALL_THEMES), assigned])
    scores = every.groupby("theme", sort=True)["score"]
    frame = scores.quantile(np.array([1 / 3, 1 / 2, 2 / 3])).unstack().set_axis(COLUMNS[2:], axis=1)
    return frame.assign(n=scores.size()).reset_index()[COLUMNS]
