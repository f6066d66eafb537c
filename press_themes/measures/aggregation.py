"""From passages to articles and stories: which themes each bears, and which is strongest.

An article is what readers see and a story what was told; both are counted beside the passages.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Logits per unit of cosine, as where themes are calibrated. On the articles tried, any value from
# 8 to 20 names the same strongest themes.
_SLOPE = 10.0
COLUMNS = [
    "level",
    "id",
    "theme",
    "n_passages",
    "n_bearing",
    "score",
    "weight",
    "rank",
    "bears",
]


def aggregate_themes(
    passages: pd.DataFrame, articles: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """Bring the themes of passages together for every article and story.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id, article_id, text``.
    articles : DataFrame
        With ``article_id`` and ``family_id``, which names the story.
    scores : DataFrame
        From `assign_themes`.

    Returns
    -------
    DataFrame
        One row an article or story and theme: ``level`` ("article" or "story"), ``id``, ``theme``,
        ``n_passages`` (distinct texts), ``n_bearing`` (of these, with the theme), ``score`` (their
        mean), ``weight`` (how much of the text speaks of this theme first, 0 to 1), ``rank`` (1 is
        the strongest theme: borne before not borne, then by weight), ``bears`` (whether any
        passage does). An article without a passage has no row.

    Notes
    -----
    For the weight each passage has one vote, shared among the themes and none by a softmax of
    their scores, so that a theme which comes second throughout does not end up first.
    """
    families = articles.set_index("article_id")["family_id"]
    owned = scores[["passage_id", "theme", "score", "assigned"]].merge(
        passages[["passage_id", "article_id", "text"]], on="passage_id"
    )
    odds = np.exp(_SLOPE * owned["score"].clip(-2, 2))
    owned["weight"] = odds / (1 + odds.groupby(owned["passage_id"]).transform("sum"))
    owned["family_id"] = owned["article_id"].map(families).fillna(owned["article_id"])
    parts = [
        _aggregate(owned, level, key)
        for level, key in (("article", "article_id"), ("story", "family_id"))
    ]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def name_strongest(aggregates: pd.DataFrame, level: str = "article") -> dict[str, str]:
    """Return the strongest theme of each article or story that bears any."""
    first = aggregates[
        (aggregates["level"] == level) & (aggregates["rank"] == 1) & aggregates["bears"]
    ]
    return dict(zip(first["id"], first["theme"], strict=True))


def _aggregate(owned: pd.DataFrame, level: str, key: str) -> pd.DataFrame:
    # Of two copies judged apart the one that bears the theme speaks for the text.
    ordered = owned.sort_values(["assigned", "passage_id"], ascending=[False, True], kind="stable")
    distinct = ordered.drop_duplicates([key, "text", "theme"])
    grouped = distinct.groupby([key, "theme"], sort=True)
    frame = grouped.agg(
        n_passages=("text", "size"),
        n_bearing=("assigned", "sum"),
        score=("score", "mean"),
        weight=("weight", "mean"),
    ).reset_index()
    frame = frame.rename(columns={key: "id"}).assign(level=level)
    frame["n_bearing"] = frame["n_bearing"].astype("int64")
    frame["bears"] = frame["n_bearing"] > 0
    frame = frame.sort_values(
        ["id", "bears", "weight", "theme"], ascending=[True, False, False, True], kind="stable"
    )
    return frame.assign(rank=frame.groupby("id").cumcount() + 1)
