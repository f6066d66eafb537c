"""The themes in order of their share, passages with no theme last, and how sure the order is."""

from __future__ import annotations

import pandas as pd

from press_themes.measures.counts import COLUMNS as COUNTS
from press_themes.measures.counts import count_groups
from press_themes.measures.ranking import rank_themes

COLUMNS = ["theme", "rank", *COUNTS, "lead"]
NO_THEME = ""


def rank_by_share(
    themes: pd.DataFrame, passages: pd.DataFrame, articles: pd.DataFrame, seed: int = 0
) -> pd.DataFrame:
    """Order the themes by how many passages bear them.

    Parameters
    ----------
    themes, passages, articles : DataFrame
        As in the run tables.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row a theme of the codebook and a last one (theme "") for passages that bear none:
        ``theme, rank`` (from 1), ``n_passages, n_articles, n_stories, share`` (of all passages, 0
        to 1), ``share_low, share_high`` (95 %, NaN where it is not known or nothing was found),
        ``lead``: "first" for the largest theme, "rival" where the distance to the first has an
        interval that includes 0, "behind" where it has not; "" for what was not found, for the
        last row and, in all rows, under 30 passages or five stories.
    """
    ordered = themes.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    bare = passages["themes"].map(len) == 0
    marked = passages.assign(
        themes=pd.Series([[NO_THEME] if x else [] for x in bare], dtype=object).array
    )
    none = count_groups(marked, articles, "themes", seed)
    if none.empty:
        none = pd.DataFrame({"theme": [NO_THEME]}, columns=["theme", *COUNTS])
    frame = pd.concat(
        [ordered.reindex(columns=["theme", *COUNTS]), none.astype(object)], ignore_index=True
    )
    frame[COUNTS] = frame[COUNTS].astype("float64")
    frame.loc[frame["n_passages"].fillna(0) == 0, ["share_low", "share_high"]] = float("nan")
    whole = [name for name in COUNTS if name.startswith("n_")]
    frame[[*whole, "share"]] = frame[[*whole, "share"]].fillna(0)
    lead = rank_themes(themes, passages, articles, seed)
    places = ["behind" if n > 0 else "" for n in frame["n_passages"]]
    if lead.can_say:
        named = {str(lead.first): "first", **dict.fromkeys(lead.rivals, "rival")}
        places = [named.get(x, y) for x, y in zip(frame["theme"], places, strict=True)]
    else:
        places = [""] * len(frame)
    places[-1] = ""
    frame = frame.astype(dict.fromkeys(whole, "int64"))
    return frame.assign(rank=range(1, len(frame) + 1), lead=places)[COLUMNS]
