"""The passages with what is known of each: its topic, its themes, its place on the map."""

from __future__ import annotations

import pandas as pd


def join_passages(
    passages: pd.DataFrame, assignments: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """Put topics and themes beside the passages.

    Parameters
    ----------
    passages : DataFrame
        From `split_passages`.
    assignments : DataFrame
        From `find_topics`.
    scores : DataFrame
        From `assign_themes`.

    Returns
    -------
    DataFrame
        `passages` with ``topic, topic_raw, topic_strength, themes, x, y``; the themes of a
        passage are a list, the strongest first, empty where it bears none.
    """
    assigned = scores[scores["assigned"]].sort_values(
        ["passage_id", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    themes = assigned.groupby("passage_id")["theme"].agg(list)
    joined = passages.merge(assignments, on="passage_id", how="left", validate="one_to_one")
    lists = [list(themes[i]) if i in themes.index else [] for i in joined["passage_id"].to_numpy()]
    joined["themes"] = pd.Series(lists, dtype=object)
    return joined[[*joined.columns.drop(["themes", "x", "y"]), "themes", "x", "y"]]
