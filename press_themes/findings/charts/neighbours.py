"""Whether the passages of a theme lie together on the map, measured on the dots themselves.

A picture of clusters persuades too easily; the nearest neighbour of each dot can be counted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.findings.charts.house_style import QUIET

_FEWEST_OF_THEME = 10


def keep_together(frame: pd.DataFrame) -> pd.DataFrame:
    """Measure how often the nearest neighbour of a theme's passage bears the same theme.

    Parameters
    ----------
    frame : DataFrame
        As `chart_theme_map` returns it.

    Returns
    -------
    DataFrame
        ``theme, label, n_passages, same, by_chance``: shares, best first, for the coloured themes
        with at least ten passages.
    """
    from scipy.spatial import cKDTree

    points = frame[["x", "y"]].to_numpy()
    neighbour = cKDTree(points).query(points, k=2)[1]
    nearest = np.where(neighbour[:, 0] == np.arange(len(points)), neighbour[:, 1], neighbour[:, 0])
    theme = frame["theme"].to_numpy()
    named = frame.assign(same=theme[nearest] == theme)[frame["color"] != QUIET]
    grouped = named.groupby(["theme", "label"]).agg(
        n_passages=("same", "size"), same=("same", "mean")
    )
    grouped = grouped[grouped["n_passages"] >= _FEWEST_OF_THEME].reset_index()
    grouped["by_chance"] = (grouped["n_passages"] - 1) / max(1, len(frame) - 1)
    return grouped.sort_values(["same", "theme"], ascending=[False, True]).reset_index(drop=True)
