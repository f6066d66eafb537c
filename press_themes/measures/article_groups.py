"""How much each outlet and each language brought, in all and of every theme."""

from __future__ import annotations

import pandas as pd

from press_themes.measures.counts import list_stories

COLUMNS = ["grouping", "group", "theme", "n_passages", "n_articles", "n_stories"]
#: The group of those of which it is not stated, and the row of a group as a whole.
NOT_STATED = ALL_THEMES = ""


def count_article_groups(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count passages, articles and stories of every outlet and language.

    Parameters
    ----------
    passages, articles : DataFrame
        As in the run tables; articles without a passage are not counted.

    Returns
    -------
    DataFrame
        ``grouping`` ("outlet" or "language" of the article, or "passage language"), ``group`` (""
        where it is not stated), ``theme`` ("" for the group as a whole), ``n_passages, n_articles,
        n_stories``; the largest group first, then by name.
    """
    described = articles.set_index("article_id")
    owners = passages["article_id"]
    groups = {
        "outlet": owners.map(described["outlet"]),
        "language": owners.map(described["language"]),
        "passage language": passages["language"],
    }
    story = list_stories(passages, articles)
    parts = []
    for grouping, group in groups.items():
        named = group.astype(object).where(group.notna(), NOT_STATED).to_numpy()
        own = pd.DataFrame({"group": named, "article_id": owners.to_numpy(), "story": story})
        borne = own.assign(theme=passages["themes"].to_numpy()).explode("theme")
        every = pd.concat([own.assign(theme=ALL_THEMES), borne.dropna(subset=["theme"])])
        counted = every.groupby(["group", "theme"], sort=True).agg(
            n_passages=("article_id", "size"),
            n_articles=("article_id", "nunique"),
            n_stories=("story", "nunique"),
        )
        frame = counted.reset_index().assign(grouping=grouping)
        parts.append(
            frame.sort_values(
                ["n_passages", "group", "theme"], ascending=[False, True, True], kind="stable"
            )
        )
    return pd.concat(parts, ignore_index=True)[COLUMNS]
