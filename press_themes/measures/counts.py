"""How many passages, articles and stories each theme or topic has, and what share that is.

A share is always of all passages, and its interval comes from resampling stories.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.intervals import resample_shares

COLUMNS = ["n_passages", "n_articles", "n_stories", "share", "share_low", "share_high"]
_OUTLIER = -1


def count_groups(
    passages: pd.DataFrame, articles: pd.DataFrame, column: str, seed: int = 0
) -> pd.DataFrame:
    """Count the passages, articles and stories of each theme or topic."""
    name = "theme" if column == "themes" else column
    members = list_members(passages, articles, column)
    if members.empty:
        return pd.DataFrame(columns=[name, *COLUMNS])
    _, counts, totals = tabulate_stories(passages, articles, column)
    low, high = resample_shares(counts, totals, seed)
    counted = members.groupby(name, sort=True).agg(
        n_passages=("row", "size"),
        n_articles=("article_id", "nunique"),
        n_stories=("story", "nunique"),
    )
    counted["share"] = counted["n_passages"] / len(passages)
    return counted.assign(share_low=low, share_high=high).reset_index()[[name, *COLUMNS]]


def tabulate_stories(
    passages: pd.DataFrame, articles: pd.DataFrame, column: str
) -> tuple[list[Any], np.ndarray, np.ndarray]:
    """Count the passages of each theme or topic in every story."""
    name = "theme" if column == "themes" else column
    members = list_members(passages, articles, column)
    stories, story_codes = np.unique(list_stories(passages, articles), return_inverse=True)
    groups, codes = np.unique(members[name].to_numpy(), return_inverse=True)
    counts = np.zeros((len(stories), len(groups)))
    np.add.at(counts, (story_codes[members["row"].to_numpy()], codes), 1)
    return list(groups), counts, np.bincount(story_codes, minlength=len(stories)).astype(float)


def list_members(passages: pd.DataFrame, articles: pd.DataFrame, column: str) -> pd.DataFrame:
    """List which passage belongs to which theme or topic, one row a pair."""
    name = "theme" if column == "themes" else column
    frame = pd.DataFrame(
        {
            "row": np.arange(len(passages)),
            name: passages[column].to_numpy(),
            "article_id": passages["article_id"].to_numpy(),
            "story": list_stories(passages, articles),
        }
    )
    if column == "themes":
        frame = frame.explode(name).dropna(subset=[name]).drop_duplicates(["row", name])
        return frame.astype({name: str}).reset_index(drop=True)
    return frame[frame[name] != _OUTLIER].reset_index(drop=True)


def list_stories(passages: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Return the story of each passage, else the family of its article, else the article itself."""
    told = articles.set_index("article_id")
    story = passages["article_id"].map(told["family_id"])
    if "story_id" in told:
        # A story told in several languages is one, whatever its families.
        story = passages["article_id"].map(told["story_id"]).fillna(story)
    return story.fillna(passages["article_id"]).astype(str).to_numpy(dtype=object)
