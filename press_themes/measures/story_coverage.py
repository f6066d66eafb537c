"""Who tells a story first, who follows, and what an outlet leaves out that others tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pandas as pd

from press_themes.measures.held_errors import hold_errors

LEAD_COLUMNS = [
    "leader",
    "follower",
    "n_stories",
    "n_leading",
    "n_following",
    "n_same_day",
    "median_days",
    "error",
    "beyond_chance",
]
LEFT_OUT_COLUMNS = [
    "outlet",
    "story_id",
    "n_outlets",
    "n_articles",
    "first_date",
    "last_date",
    "chance_missed",
    "nearest_article",
]


@dataclass(frozen=True)
class StoryCoverageSettings:
    """What is compared.

    Attributes
    ----------
    fewest_shared : int
        Stories that two outlets must both have told, on different days, to be compared.
    fewest_outlets : int
        Outlets that must tell a story for another to leave it out.
    miss_rate : float
        Share of true links that linking misses, as measured: the least chance that an outlet did
        tell a story that it seems to leave out.
    error : float
        Chance that any pair of outlets passes by accident (Holm).
    """

    fewest_shared: int = 6
    fewest_outlets: int = 2
    miss_rate: float = 0.0
    error: float = 0.05


def compare_leads(
    articles: pd.DataFrame, settings: StoryCoverageSettings = StoryCoverageSettings()
) -> pd.DataFrame:
    """Compare which of two outlets tells the stories that both tell first.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id, story_id, outlet`` and ``date``; articles without an outlet or a date
        are left out.
    settings : StoryCoverageSettings
        What is compared.

    Returns
    -------
    DataFrame
        One row a pair of outlets, the one that leads more often first: ``leader, follower,
        n_stories`` (that both tell), ``n_leading, n_following`` (told first by either), ``n_same_day``,
        ``median_days`` (by which the leader is ahead where days differ), ``error`` (of a sign test
        against no lead, held over all pairs after Holm), ``beyond_chance``.

    Notes
    -----
    A day is the finest that dates tell: what appears on one day has no leader.
    """
    dated = articles.dropna(subset=["outlet", "date"])
    first = dated.groupby(["story_id", "outlet"])["date"].min().dt.normalize().unstack("outlet")
    rows = []
    for one, other in permutations(sorted(first.columns), 2):
        days = (first[other] - first[one]).dt.days.dropna()
        ahead, behind = int((days > 0).sum()), int((days < 0).sum())
        is_leader = ahead > behind or (ahead == behind and one < other)
        if not is_leader or ahead + behind < settings.fewest_shared:
            continue
        rows.append(
            {
                "leader": one,
                "follower": other,
                "n_stories": len(days),
                "n_leading": ahead,
                "n_following": behind,
                "n_same_day": int((days == 0).sum()),
                "median_days": float(days[days != 0].median()),
                "error": _sign_error(ahead, behind),
            }
        )
    frame = pd.DataFrame(rows, columns=LEAD_COLUMNS)
    frame["error"] = hold_errors(frame["error"].to_numpy(dtype=float))
    frame["beyond_chance"] = frame["error"] < settings.error
    return frame


def list_left_out(
    articles: pd.DataFrame,
    links: pd.DataFrame,
    settings: StoryCoverageSettings = StoryCoverageSettings(),
) -> pd.DataFrame:
    """List the stories that an outlet leaves out and several others tell.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id, story_id, outlet, date``.
    links : DataFrame
        ``article_id, other_id, probability, linked`` from `link_stories`.
    settings : StoryCoverageSettings
        What is compared.

    Returns
    -------
    DataFrame
        ``outlet, story_id, n_outlets, n_articles, first_date, last_date, chance_missed,
        nearest_article``, most told stories first. ``chance_missed`` is the chance that the outlet
        did tell the story: the probability of its likeliest article that was not linked
        (``nearest_article``), never under the measured miss rate. Only stories that lie within the
        dates of an outlet's own articles are listed for it; undated stories are not.
    """
    told = articles.dropna(subset=["outlet"])
    spans = told.dropna(subset=["date"]).groupby("outlet")["date"].agg(["min", "max"])
    stories = told.groupby("story_id").agg(
        n_outlets=("outlet", "nunique"),
        n_articles=("article_id", "size"),
        first_date=("date", "min"),
        last_date=("date", "max"),
        tellers=("outlet", lambda found: frozenset(found)),
    )
    stories = stories[stories["n_outlets"] >= settings.fewest_outlets].dropna(subset=["first_date"])
    near = _nearest(articles, links)
    rows: list[dict[str, Any]] = []
    for story_id, story in stories.iterrows():
        for outlet in sorted(set(spans.index) - story["tellers"]):
            first, last = spans.loc[outlet]
            if not first <= story["first_date"] <= last:
                continue
            chance, article = near.get((str(story_id), outlet), (0.0, ""))
            rows.append(
                {
                    "outlet": outlet,
                    "story_id": story_id,
                    "n_outlets": story["n_outlets"],
                    "n_articles": story["n_articles"],
                    "first_date": story["first_date"],
                    "last_date": story["last_date"],
                    "chance_missed": max(chance, settings.miss_rate),
                    "nearest_article": article or None,
                }
            )
    frame = pd.DataFrame(rows, columns=LEFT_OUT_COLUMNS).infer_objects()
    return frame.sort_values(
        ["n_outlets", "n_articles", "story_id", "outlet"], ascending=[False, False, True, True]
    ).reset_index(drop=True)


def _sign_error(ahead: int, behind: int) -> float:
    from scipy.stats import binomtest

    return float(binomtest(ahead, ahead + behind).pvalue)


def _nearest(
    articles: pd.DataFrame, links: pd.DataFrame
) -> dict[tuple[str, str], tuple[float, str]]:
    """Return the likeliest unlinked article of each outlet for each story."""
    story = articles.set_index("article_id")["story_id"]
    outlet = articles.set_index("article_id")["outlet"]
    loose = links[~links["linked"].astype(bool)]
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for own, other in (("article_id", "other_id"), ("other_id", "article_id")):
        for teller, told, chance in zip(
            loose[own], loose[other], loose["probability"], strict=True
        ):
            key = (story[told], outlet[teller])
            best = found.get(key, (0.0, ""))
            found[key] = max(best, (float(chance), str(teller)))
    return found
