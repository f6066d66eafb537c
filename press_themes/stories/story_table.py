"""The table of stories: span, outlets, languages, who told it first, and its most central headline."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = [
    "story_id",
    "title",
    "first_date",
    "last_date",
    "outlets",
    "languages",
    "first_outlet",
    "n_articles",
    "n_passages",
    "n_families",
    "themes",
    "confidence",
    "chain_id",
]


def join_stories(articles: pd.DataFrame, linked: pd.DataFrame) -> pd.DataFrame:
    """Add to the articles the story that each tells.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id``.
    linked : DataFrame
        ``article_id, story_id`` from `link_stories`.

    Returns
    -------
    DataFrame
        `articles` with ``story_id``, in place of one that it had.
    """
    story = linked.set_index("article_id")["story_id"]
    return articles.assign(story_id=articles["article_id"].map(story))


def describe_stories(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    linked: pd.DataFrame,
    links: pd.DataFrame,
    language: str = "",
) -> pd.DataFrame:
    """Describe each story.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id, title, date, outlet, language, family_id``.
    passages : DataFrame
        With ``article_id`` and, where themes are assigned, ``themes`` (lists of names).
    linked : DataFrame
        ``article_id, story_id, confidence, chain_id`` from `link_stories`.
    links : DataFrame
        From `link_stories`.
    language : str
        The report's: a headline in it is preferred.

    Returns
    -------
    DataFrame
        One row a story, those of most articles first: ``story_id, title, first_date, last_date,
        outlets`` and ``languages`` (sorted lists), ``first_outlet`` (missing where several are
        first on one day, or no article is dated), ``n_articles, n_passages, n_families, themes``
        (names, by passages), ``confidence`` (the least of its articles'), ``chain_id``. The title
        is that of the article with the strongest links in the story.
    """
    table = articles.merge(linked, on="article_id", suffixes=("_before", ""))
    weight = _centrality(links)
    table["weight"] = table["article_id"].map(weight).fillna(0.0)
    table["n_passages"] = (
        table["article_id"].map(passages.groupby("article_id").size()).fillna(0).astype(int)
    )
    table = table.sort_values("article_id", kind="stable")
    grouped = table.groupby("story_id", sort=True)
    frame = pd.DataFrame(
        {
            "title": _titles(table, language),
            "first_date": grouped["date"].min(),
            "last_date": grouped["date"].max(),
            "outlets": grouped["outlet"].agg(_names),
            "languages": grouped["language"].agg(_names),
            "first_outlet": _first_outlets(table),
            "n_articles": grouped.size(),
            "n_passages": grouped["n_passages"].sum(),
            "n_families": grouped["family_id"].nunique(),
            "themes": _themes(table, passages),
            "confidence": grouped["confidence"].min(),
            "chain_id": grouped["chain_id"].first(),
        }
    )
    frame["themes"] = [found if isinstance(found, list) else [] for found in frame["themes"]]
    frame = frame.rename_axis("story_id").reset_index()
    order = ["n_articles", "n_passages", "story_id"]
    return frame.sort_values(order, ascending=[False, False, True])[COLUMNS].reset_index(drop=True)


def _centrality(links: pd.DataFrame) -> pd.Series:
    """Add up the probabilities of each article's links within its story."""
    inside = links[links["linked"].astype(bool)]
    ends = pd.concat([inside["article_id"], inside["other_id"]])
    chances = np.tile(inside["probability"].to_numpy(dtype=float), 2)
    return pd.Series(chances, index=ends.to_numpy()).groupby(level=0).sum()


def _titles(table: pd.DataFrame, language: str) -> pd.Series:
    has_title = table["title"].map(lambda title: isinstance(title, str) and bool(title.strip()))
    derived = table["title_derived"].astype(bool) if "title_derived" in table else False
    ranked = table.assign(
        has_title=has_title, derived=derived, foreign=table["language"] != language
    ).sort_values(
        ["story_id", "has_title", "derived", "foreign", "weight", "date", "article_id"],
        ascending=[True, False, True, True, False, True, True],
    )
    return ranked.drop_duplicates("story_id").set_index("story_id")["title"]


def _first_outlets(table: pd.DataFrame) -> pd.Series:
    """Return the outlet of each story's first day, where there is one alone."""
    dated = table.dropna(subset=["date"])
    days = dated["date"].dt.normalize()
    first = dated[days == days.groupby(dated["story_id"]).transform("min")]
    # An article that names no outlet may be of any.
    told = first.assign(outlet=first["outlet"].astype("object").fillna(""))
    found = told.groupby("story_id")["outlet"].agg(
        lambda outlets: outlets.iloc[0] if outlets.nunique() == 1 and outlets.iloc[0] else None
    )
    return found.astype("object")


def _names(values: pd.Series) -> list[str]:
    return sorted(set(values.dropna().astype(str)))


def _themes(table: pd.DataFrame, passages: pd.DataFrame) -> pd.Series:
    if "themes" not in passages:
        return pd.Series(dtype="object")
    story = table.set_index("article_id")["story_id"]
    borne = pd.DataFrame(
        {
            "story_id": passages["article_id"].map(story).to_numpy(),
            "theme": [list(themes) for themes in passages["themes"]],
        }
    )
    borne = borne.explode("theme").dropna()
    counts = borne.groupby(["story_id", "theme"]).size().reset_index(name="n")
    counts = counts.sort_values(["story_id", "n", "theme"], ascending=[True, False, True])
    return counts.groupby("story_id")["theme"].agg(list)
