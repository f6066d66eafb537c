"""Which theme lies together on the map: how many of the neighbours of its passages it leads too."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ["theme", "n", "near", "share", "lies_close"]
#: Neighbours looked at, and what it takes to say that a theme has a place of its own.
_NEIGHBOURS = 10
_FEWEST_OF_THEME = 10
_FEWEST_PASSAGES = 40
_CLEAR_LEAD = 0.1


def measure_nearness(passages: pd.DataFrame, theme_scores: pd.DataFrame) -> pd.DataFrame:
    """Measure how much nearer the passages of a theme lie to one another than to all others.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id, x, y``; those without a place are left out.
    theme_scores : DataFrame
        With ``passage_id, theme, score, assigned``: a passage counts for its strongest theme.

    Returns
    -------
    DataFrame
        ``theme`` ("" for passages that bear none), ``n`` (passages it leads), ``near`` (share of
        it among the ten nearest passages of its own, 0 to 1), ``share`` (of all passages),
        ``lies_close`` (``near`` exceeds ``share`` by .1 or more, with ten passages of at least
        40). Empty under four passages.
    """
    placed = passages.dropna(subset=["x", "y"])
    if len(placed) < 4:
        return pd.DataFrame(columns=COLUMNS)
    from scipy.spatial import cKDTree

    assigned = theme_scores[theme_scores["assigned"]]
    strongest = assigned.sort_values(["score", "theme"], ascending=[False, True], kind="stable")
    first = strongest.drop_duplicates("passage_id").set_index("passage_id")["theme"]
    theme = placed["passage_id"].map(first).fillna("").astype(str).to_numpy()
    points = placed[["x", "y"]].to_numpy(dtype=float)
    # Each passage finds itself, or a twin in its place, first.
    n_near = min(_NEIGHBOURS + 1, len(points))
    _, nearest = cKDTree(points).query(points, k=n_near)
    own = np.arange(len(points))[:, None]
    same = (theme[nearest] == theme[:, None]) & (nearest != own)
    near = same.sum(axis=1) / (nearest != own).sum(axis=1)
    grouped = pd.Series(near).groupby(theme)
    frame = pd.DataFrame({"n": grouped.size(), "near": grouped.mean()}).rename_axis("theme")
    frame = frame.reset_index().assign(share=lambda x: x["n"] / len(points))
    clear = frame["near"] - frame["share"] >= _CLEAR_LEAD
    enough = (frame["n"] >= _FEWEST_OF_THEME) & (len(points) >= _FEWEST_PASSAGES)
    return frame.assign(lies_close=clear & enough)[COLUMNS]
