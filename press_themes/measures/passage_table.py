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
        `passages` with ``topic`` (-1 for an outlier), ``topic_raw`` (before outliers near a topic
        joined it), ``topic_strength`` (cosine to the centre of its topic), ``topic_broad,
        topic_middle, topic_fine`` (the topic on each level), ``themes`` (a list, the strongest
        first, empty where it bears none), ``x, y`` (place on the map).
    """
    assigned = scores[scores["assigned"]].sort_values(
        ["passage_id", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    themes = assigned.groupby("passage_id")["theme"].agg(list)
    joined = passages.merge(assignments, on="passage_id", how="left", validate="one_to_one")
    lists = [list(themes[i]) if i in themes.index else [] for i in joined["passage_id"].to_numpy()]
    joined["themes"] = pd.Series(lists, dtype=object)
    return joined[[*joined.columns.drop(["themes", "x", "y"]), "themes", "x", "y"]]
