"""How the same stories are told: which themes an outlet or a language puts forward in them.

What is compared lies within a story, so that a choice of stories is not taken for a way of telling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.measures.held_errors import hold_errors

COLUMNS = [
    "theme",
    "group",
    "n_stories",
    "n_passages",
    "share",
    "share_others",
    "difference",
    "difference_low",
    "difference_high",
    "error",
    "beyond_chance",
]
STORY_COLUMNS = [
    "story_id",
    "theme",
    "group",
    "n_passages",
    "n_bearing",
    "share",
    "share_others",
    "difference",
    "passage_ids",
]
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class StoryThemeSettings:
    """What is compared.

    Attributes
    ----------
    column : str
        What tellings are grouped by: ``outlet``, ``language`` or any column of the articles.
    fewest_stories : int
        Stories that a group must tell beside others; fewer are not compared.
    most_passages : int
        Passages quoted for a story, theme and group.
    error : float
        Chance that any of all differences passes by accident (Holm).
    """

    column: str = "language"
    fewest_stories: int = 8
    most_passages: int = 3
    error: float = 0.05


def compare_tellings(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    settings: StoryThemeSettings = StoryThemeSettings(),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the themes of one group's tellings with those of others' tellings of the same stories.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, position, themes`` (lists of names).
    articles : DataFrame
        With ``article_id, story_id`` and the column in `settings`.
    settings : StoryThemeSettings
        What is compared.

    Returns
    -------
    over_stories : DataFrame
        ``theme, group, n_stories`` (that the group and others tell), ``n_passages`` (of the
        group), ``share, share_others`` (means over these stories, 0 to 1), ``difference`` with
        ``_low, _high`` (95 %, Student's t over stories), ``error`` (held over all rows, Holm),
        ``beyond_chance``.
    by_story : DataFrame
        ``story_id, theme, group, n_passages, n_bearing, share, share_others, difference,
        passage_ids``: the same story by story where either side bears the theme, the largest
        differences first, with the passages that bear it.

    Notes
    -----
    Every story counts once whatever its length: a paired comparison, so that the error is that of
    stories, not of passages.
    """
    cells = _count_cells(passages, articles, settings)
    if cells.empty:
        return pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=STORY_COLUMNS)
    rows = [
        {"theme": theme, "group": group, **_compare(found)}
        for (theme, group), found in cells.groupby(["theme", "group"], sort=True)
        if len(found) >= settings.fewest_stories
    ]
    over = pd.DataFrame(rows, columns=COLUMNS)
    over["error"] = hold_errors(over["error"].to_numpy(dtype=float))
    over["beyond_chance"] = over["error"] < settings.error
    told = cells[(cells["n_bearing"] > 0) | (cells["share_others"] > 0)]
    told = told.assign(size=told["difference"].abs())
    told = told.sort_values(
        ["size", "n_passages", "story_id", "theme", "group"],
        ascending=[False, False, True, True, True],
    )
    return over, told[STORY_COLUMNS].reset_index(drop=True)


def _count_cells(
    passages: pd.DataFrame, articles: pd.DataFrame, settings: StoryThemeSettings
) -> pd.DataFrame:
    """Count passages by story, theme and group, where a story is told by two groups or more."""
    known = articles.dropna(subset=[settings.column]).set_index("article_id")
    table = pd.DataFrame(
        {
            "passage_id": passages["passage_id"].to_numpy(),
            "position": passages["position"].to_numpy(),
            "story_id": passages["article_id"].map(known["story_id"]).to_numpy(),
            "group": passages["article_id"].map(known[settings.column]).to_numpy(),
            "theme": [list(themes) for themes in passages["themes"]],
        }
    ).dropna(subset=["story_id", "group"])
    table = table.assign(group=table["group"].astype(str))
    told_by = table.groupby("story_id")["group"].transform("nunique")
    table = table[told_by > 1]
    borne = table.explode("theme").dropna(subset=["theme"])
    if borne.empty:
        return pd.DataFrame()
    sizes = table.groupby(["story_id", "group"]).size().rename("n_passages").reset_index()
    cells = sizes.merge(pd.DataFrame({"theme": sorted(borne["theme"].unique())}), how="cross")
    keys = ["story_id", "theme", "group"]
    ordered = borne.sort_values(["position", "passage_id"])
    found = ordered.groupby(keys)["passage_id"].agg(
        n_bearing="nunique", passage_ids=lambda ids: list(ids)[: settings.most_passages]
    )
    cells = cells.merge(found.reset_index(), on=keys, how="left")
    cells["n_bearing"] = cells["n_bearing"].fillna(0).astype(int)
    cells["passage_ids"] = cells["passage_ids"].map(
        lambda ids: ids if isinstance(ids, list) else []
    )
    whole = cells.groupby(["story_id", "theme"])[["n_passages", "n_bearing"]].transform("sum")
    others = whole["n_passages"] - cells["n_passages"]
    cells["share"] = cells["n_bearing"] / cells["n_passages"]
    cells["share_others"] = (whole["n_bearing"] - cells["n_bearing"]) / others
    return cells.assign(difference=cells["share"] - cells["share_others"])


def _compare(found: pd.DataFrame) -> dict[str, float]:
    """Return the mean difference over stories with its interval."""
    from scipy.stats import t

    difference = found["difference"].to_numpy()
    mean, n_stories = float(difference.mean()), len(difference)
    spread = float(difference.std(ddof=1) / np.sqrt(n_stories))
    # Where no story differs nothing is learnt, which is not the same as certainty.
    known = spread > 0
    reach = t.ppf((1 + _CONFIDENCE) / 2, n_stories - 1) * spread if known else np.nan
    return {
        "n_stories": n_stories,
        "n_passages": int(found["n_passages"].sum()),
        "share": float(found["share"].mean()),
        "share_others": float(found["share_others"].mean()),
        "difference": mean,
        "difference_low": mean - reach,
        "difference_high": mean + reach,
        "error": float(2 * t.sf(abs(mean) / spread, n_stories - 1)) if known else np.nan,
    }
