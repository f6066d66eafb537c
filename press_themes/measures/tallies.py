"""Parts of the corpus against their whole: what fell off on the way, what is repeated, undated, unnamed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.measures.ranking import find_concentration

COLUMNS = ["stage", "name", "n", "n_whole", "share"]


def tally(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    skipped: pd.DataFrame,
    discarded: pd.DataFrame,
    trends: pd.DataFrame,
) -> pd.DataFrame:
    """Count parts of the corpus against their whole.

    Parameters
    ----------
    articles, passages, skipped, discarded, trends : DataFrame
        As in the run tables.

    Returns
    -------
    DataFrame
        ``stage, name, n, n_whole, share`` (0 where the whole is). Of ``files``: "unread" (no
        article); of ``articles``: "no_passage", "truncated", "undated", "no_outlet", "reprints"
        (beyond the first of each story), "exact_copies", "most_reprinted" (articles of the story
        told most often); of ``passages``: "no_theme", "several_themes", "outliers_raw",
        "outliers"; of ``dated passages``: "one_period", only where more than 80 % of them lie in
        one period, so that no trend can be read. Then of ``lines``, by kind, those peeled off
        pages, the most frequent kind first: they have no whole, and their share is of that kind.
    """
    sizes = articles["family_id"].value_counts()
    n_themes = passages["themes"].map(len)
    paths, read = set(skipped["path"]) | set(articles["path"]), set(articles["path"])
    parts: dict[str, tuple[int, dict[str, Any]]] = {
        "files": (len(paths), {"unread": len(paths - read)}),
        "articles": (
            len(articles),
            {
                "no_passage": (~articles["article_id"].isin(passages["article_id"])).sum(),
                "truncated": articles["truncated"].sum(),
                "undated": articles["date"].isna().sum(),
                "no_outlet": articles["outlet"].isna().sum(),
                "reprints": len(articles) - len(sizes),
                "exact_copies": articles["article_id"].str.contains("-", regex=False).sum(),
                "most_reprinted": sizes.max() if len(sizes) else 0,
            },
        ),
        "passages": (
            len(passages),
            {
                "no_theme": (n_themes == 0).sum(),
                "several_themes": (n_themes > 1).sum(),
                "outliers_raw": (passages["topic_raw"] < 0).sum(),
                "outliers": (passages["topic"] < 0).sum(),
            },
        ),
        **_tally_period(trends),
    }
    rows: list[tuple[Any, ...]] = [
        (stage, name, int(n), whole, n / whole if whole else 0.0)
        for stage, (whole, own) in parts.items()
        for name, n in own.items()
    ]
    kinds = discarded["kind"].value_counts()
    ordered = sorted(kinds.index, key=lambda kind: (-kinds[kind], kind))
    rows += [("lines", kind, int(kinds[kind]), None, kinds[kind] / kinds.max()) for kind in ordered]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"n": "int64", "n_whole": "Int64", "share": "float64"})


def _tally_period(trends: pd.DataFrame) -> dict[str, tuple[int, dict[str, Any]]]:
    if find_concentration(trends) is None:
        return {}
    sizes = trends.drop_duplicates("period")["n_period"]
    return {"dated passages": (int(sizes.sum()), {"one_period": int(sizes.max())})}
