"""What the tables allow to be said: which theme leads, which period and outlet stand out.

Charts and sentences ask here, so that a title and a finding never disagree.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.findings.bursts import ERROR, find_bursts
from press_themes.findings.counts import list_members, tabulate_stories
from press_themes.findings.intervals import resample_leads

FEWEST_PASSAGES = 30
FEWEST_STORIES = 5
#: An outlet with fewer articles is not compared.
FEWEST_OF_OUTLET = 5
#: Below this many expected articles the residual is not nearly normal.
FEWEST_EXPECTED = 5
#: Where one period holds more than this share of the dated passages, there is no trend to read.
MOST_IN_ONE_PERIOD = 0.8


class Lead(NamedTuple):
    """The largest theme, the themes not clearly behind it, and whether that can be said at all."""

    first: str | None
    rivals: list[str]
    can_say: bool


class Concentration(NamedTuple):
    """The period that holds nearly all dated passages, and its share of them."""

    period: pd.Timestamp
    share: float


class Peak(NamedTuple):
    """The theme and period that stand out most, counted in stories."""

    theme: str
    period: pd.Timestamp
    n_inside: int
    n_outside: int
    share_inside: float
    share_outside: float
    error: float


def rank_themes(
    themes: pd.DataFrame, passages: pd.DataFrame, articles: pd.DataFrame, seed: int
) -> Lead:
    """Say which theme is most frequent and over which others its lead could be chance.

    Parameters
    ----------
    themes, passages, articles : DataFrame
        As in the run tables.
    seed : int
        Seed of the resampling.

    Returns
    -------
    Lead
        The rivals are the themes whose distance to the first has a 95 % interval that includes 0,
        both shares being taken from the same draws of stories. ``can_say`` is False under 30
        passages or five stories.
    """
    found = themes[themes["n_passages"].fillna(0) > 0]
    if found.empty:
        return Lead(None, [], False)
    ordered = found.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    names = [str(name) for name in ordered["theme"]]
    groups, counts, totals = tabulate_stories(passages, articles, "themes")
    enough = len(passages) >= FEWEST_PASSAGES and len(totals) >= FEWEST_STORIES
    if not enough or names[0] not in groups:
        return Lead(names[0], [], False)
    low, _ = resample_leads(counts, totals, groups.index(names[0]), seed)
    lowest = dict(zip(groups, low, strict=True))
    return Lead(names[0], [name for name in names[1:] if lowest.get(name, 1.0) <= 0], True)


def find_concentration(trends: pd.DataFrame) -> Concentration | None:
    """Find a period that holds so much of the dated text that others cannot be compared with it.

    Parameters
    ----------
    trends : DataFrame
        As in the run tables.

    Returns
    -------
    Concentration or None
        None where no period has more than 80 % of the dated passages.
    """
    sizes = trends.drop_duplicates("period").set_index("period")["n_period"]
    if sizes.sum() == 0:
        return None
    share = sizes.max() / sizes.sum()
    if share <= MOST_IN_ONE_PERIOD:
        return None
    return Concentration(pd.Timestamp(sizes.index[int(sizes.to_numpy().argmax())]), float(share))


def find_peak(passages: pd.DataFrame, articles: pd.DataFrame, trends: pd.DataFrame) -> Peak | None:
    """Find the period in which a theme is more frequent than chance allows.

    Parameters
    ----------
    passages, articles, trends : DataFrame
        As in the run tables.

    Returns
    -------
    Peak or None
        None if nothing beats chance, as `find_bursts` tells it.
    """
    bursts = find_bursts(passages, articles, trends)
    if bursts.empty or not bursts["beyond_chance"].iloc[0]:
        return None
    row = bursts.iloc[0]
    return Peak(
        theme=row["theme"],
        period=row["period"],
        n_inside=int(row["n_stories"]),
        n_outside=int(row["n_outside"]),
        share_inside=float(row["share"]),
        share_outside=float(row["share_outside"]),
        error=float(row["error"]),
    )


def compare_outlets(
    passages: pd.DataFrame, articles: pd.DataFrame, most_outlets: int = 8
) -> pd.DataFrame:
    """Compare how many articles of each outlet bear each theme with what its size leads to expect.

    Parameters
    ----------
    passages, articles : DataFrame
        As in the run tables; articles without an outlet or without passages are left out, and
        so are outlets with fewer than five articles.
    most_outlets : int
        The largest outlets to compare.

    Returns
    -------
    DataFrame
        ``theme, outlet, n_articles`` (bearing the theme), ``n_outlet`` (all), ``expected``,
        ``residual``: the adjusted standardised residual, about normal where `expected` is 5 or
        more (Haberman 1973). Empty with fewer than two outlets.
    """
    columns = ["theme", "outlet", "n_articles", "n_outlet", "expected", "residual"]
    read = articles[articles["article_id"].isin(passages["article_id"])].dropna(subset=["outlet"])
    sizes = read["outlet"].value_counts()
    sizes = sizes[sizes >= FEWEST_OF_OUTLET]
    ordered = sorted(sizes.index, key=lambda outlet: (-sizes[outlet], outlet))[:most_outlets]
    members = list_members(passages, articles, "themes")
    if len(ordered) < 2 or members.empty:
        return pd.DataFrame(columns=columns)
    outlets = read.set_index("article_id")["outlet"]
    pairs = members.assign(outlet=members["article_id"].map(outlets)).dropna(subset=["outlet"])
    observed: pd.Series = pairs.groupby(["theme", "outlet"])["article_id"].nunique()
    grid = pd.MultiIndex.from_product([sorted(members["theme"].unique()), ordered])
    filled = observed.reindex(grid.set_names(["theme", "outlet"]), fill_value=0)
    frame = filled.rename("n_articles").reset_index()
    total, n_outlet = len(read), frame["outlet"].map(sizes)
    rate = frame["theme"].map(observed.groupby("theme").sum()).fillna(0) / total
    expected = n_outlet * rate
    spread = np.sqrt(expected * (1 - rate) * (1 - n_outlet / total))
    residual = ((frame["n_articles"] - expected) / spread.where(spread > 0)).fillna(0.0)
    return frame.assign(n_outlet=n_outlet, expected=expected, residual=residual)[columns]


def find_departure(compared: pd.DataFrame) -> pd.Series | None:
    """Return the outlet and theme that depart most from expectation, if that beats chance.

    Parameters
    ----------
    compared : DataFrame
        From `compare_outlets`.

    Returns
    -------
    Series or None
        A row of `compared`; None if no residual passes the two-sided normal bound after
        Bonferroni, or where fewer than five articles are expected.
    """
    from scipy.stats import norm

    reliable = compared[compared["expected"] >= FEWEST_EXPECTED]
    if reliable.empty:
        return None
    bound = norm.isf(ERROR / 2 / len(compared))
    best = reliable.iloc[int(reliable["residual"].abs().to_numpy().argmax())]
    return best if abs(best["residual"]) >= bound else None


def cover_topics(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Count how many passages of each topic bear at least one theme.

    Parameters
    ----------
    passages, topics : DataFrame
        As in the run tables.

    Returns
    -------
    DataFrame
        ``topic, n_passages, n_with_theme, share_with_theme``, largest topics first.
    """
    bears = passages["themes"].map(len) > 0
    grouped = bears.groupby(passages["topic"].to_numpy())
    frame = pd.DataFrame({"n_passages": grouped.size(), "n_with_theme": grouped.sum()})
    frame = frame.rename_axis("topic").reset_index()
    frame = frame[frame["topic"].isin(topics["topic"])]
    frame["share_with_theme"] = frame["n_with_theme"] / frame["n_passages"]
    return frame.sort_values(["n_passages", "topic"], ascending=[False, True]).reset_index(
        drop=True
    )
