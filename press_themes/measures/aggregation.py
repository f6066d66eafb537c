"""From passages to articles and stories: which themes each bears, and which is strongest.

An article is what readers see and a story what was told; both are counted beside the passages.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.counts import list_stories

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
        With ``article_id``, and ``story_id`` or else ``family_id``, which names the story.
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
    scored = scores["passage_id"].isin(passages["passage_id"]).to_numpy()
    owned = scores.loc[scored, ["theme", "score", "assigned"]].reset_index(drop=True)
    place = pd.Series(np.arange(len(passages)), index=passages["passage_id"].to_numpy())
    row = place.loc[scores.loc[scored, "passage_id"]].to_numpy()
    # Numbers in place of names and texts, which would be kept once for every theme.
    owned["passage"] = np.argsort(np.argsort(passages["passage_id"].to_numpy(), kind="stable"))[row]
    owned["text"] = pd.factorize(passages["text"])[0][row]
    odds = np.exp(_SLOPE * owned["score"].clip(-2, 2).to_numpy())
    owned["weight"] = odds / (1 + np.bincount(row, odds, len(passages))[row])
    keys = {
        "article": passages["article_id"].to_numpy(dtype=object),
        "story": list_stories(passages, articles),
    }
    parts = [_aggregate(owned, level, key, row) for level, key in keys.items()]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def name_strongest(aggregates: pd.DataFrame, level: str = "article") -> dict[str, str]:
    """Return the strongest theme of each article or story that bears any."""
    first = aggregates[
        (aggregates["level"] == level) & (aggregates["rank"] == 1) & aggregates["bears"]
    ]
    return dict(zip(first["id"], first["theme"], strict=True))


def _aggregate(owned: pd.DataFrame, level: str, key: np.ndarray, row: np.ndarray) -> pd.DataFrame:
    codes, names = pd.factorize(key, sort=True)
    owned = owned.assign(id=codes[row])
    # Of two copies judged apart the one that bears the theme speaks for the text.
    ordered = owned.sort_values(["assigned", "passage"], ascending=[False, True], kind="stable")
    distinct = ordered.drop_duplicates(["id", "text", "theme"])
    frame = (
        distinct.groupby(["id", "theme"], sort=True)
        .agg(
            n_passages=("text", "size"),
            n_bearing=("assigned", "sum"),
            score=("score", "mean"),
            weight=("weight", "mean"),
        )
        .reset_index()
    )
    frame = frame.assign(id=names[frame["id"].to_numpy()], level=level)
    frame["n_bearing"] = frame["n_bearing"].astype("int64")
    frame["bears"] = frame["n_bearing"] > 0
    frame = frame.sort_values(
        ["id", "bears", "weight", "theme"], ascending=[True, False, False, True], kind="stable"
    )
    return frame.assign(rank=frame.groupby("id").cumcount() + 1)
