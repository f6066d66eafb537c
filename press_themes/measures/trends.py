"""The share of each theme over time, in periods that suit the span of the dates.

Cut periods, empty periods and true zeros are told apart, because a chart must not mix them up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.measures.counts import list_members, list_stories
from press_themes.measures.estimated_shares import READ, estimate_groups, put_estimates
from press_themes.measures.intervals import resample_shares
from press_themes.measures.judged_evidence import Evidence
from press_themes.measures.period_layout import date_passages, divide_dates, tell_status

COLUMNS = [
    "theme",
    "period",
    "period_end",
    "n_passages",
    "n_period",
    "n_articles",
    "share",
    "share_low",
    "share_high",
    "status",
    "basis",
    "share_read",
    "n_judged",
]
#: What coverage over time is also counted by, and how many of the largest of each.
GROUPINGS = ("outlet", "language")
MOST_GROUPS = 12
PERIOD_COLUMNS = ["period", "period_end", "status", "n_articles", "n_stories", "n_passages"]


@dataclass(frozen=True)
class TrendSettings:
    """How coverage over time is counted.

    Attributes
    ----------
    period : {"auto", "day", "week", "month", "year"}
        ``auto`` takes days up to 21 days, weeks up to 26 weeks, months up to five years, then
        years. Weeks run from Monday to Sunday.
    resamples : int
        Draws of stories per period for the intervals.
    seed : int
        Seed of the draws.
    """

    period: str = "auto"
    resamples: int = 1_000
    seed: int = 0


def count_trends(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    settings: TrendSettings = TrendSettings(),
    evidence: Evidence | None = None,
) -> pd.DataFrame:
    """Count the coverage of each theme in every period between the first and the last date.

    Parameters
    ----------
    passages : DataFrame
        Needs ``article_id`` and ``themes``.
    articles : DataFrame
        Needs ``article_id``, ``family_id`` and ``date``; undated articles are left out.
    settings : TrendSettings
        Period, draws and seed.
    evidence : Evidence, optional
        From `gather_evidence`; without it shares are as the codebook reads them.

    Returns
    -------
    DataFrame
        One row a theme and period. ``period`` is its first and ``period_end`` its
        last day; ``share`` is of the ``n_period`` passages of the period. ``status`` is ``full``,
        ``partial`` (the dates begin or end inside the period) or ``empty`` (no passage of any
        kind: the share is NaN, not 0). ``basis`` is "judged" for a theme of which a random sample
        was judged in every period that has passages: ``share`` and its interval are then estimated
        from the sample and the reading; else "read". ``share_read`` is the share as read,
        ``n_judged`` how many passages of the sample fall into the period.

    Raises
    ------
    ConfigurationError
        If the period is not a known one.
    """
    parts = _lay_out(passages, articles, settings)
    if parts is None:
        return _as_trends([])
    return _count(parts, np.ones(len(parts.period), dtype=bool), settings, evidence)


def count_trends_by(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    settings: TrendSettings = TrendSettings(),
    evidence: Evidence | None = None,
) -> pd.DataFrame:
    """Count the coverage of each theme over time for every outlet and every language.

    Parameters
    ----------
    passages : DataFrame
        Needs ``article_id``, ``language`` and ``themes``.
    articles : DataFrame
        As for `count_trends`, and ``outlet``.
    settings : TrendSettings
        Period, draws and seed.
    evidence : Evidence, optional
        As for `count_trends`.

    Returns
    -------
    DataFrame
        ``grouping`` ("outlet" or "language"), ``group`` (its name), then the columns of
        `count_trends` over the same periods, so that a period in which an outlet printed nothing
        is ``empty`` for it. The twelve groups of most passages of each grouping.
    """
    parts = _lay_out(passages, articles, settings)
    named = ["grouping", "group", *COLUMNS]
    if parts is None:
        return pd.DataFrame(columns=named)
    tables = []
    for grouping in GROUPINGS:
        source = passages["language"] if grouping == "language" else None
        if source is None:
            outlets = articles.set_index("article_id")["outlet"]
            source = passages["article_id"].map(outlets)
        groups = source.to_numpy(dtype=object)[parts.dated]
        sizes = pd.Series(groups).dropna().value_counts()
        largest = sorted(sizes.index, key=lambda name: (-sizes[name], str(name)))[:MOST_GROUPS]
        for group in largest:
            counted = _count(parts, groups == group, settings, evidence)
            tables.append(counted.assign(grouping=grouping, group=str(group))[named])
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=named)


def list_periods(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    trends: pd.DataFrame,
    settings: TrendSettings = TrendSettings(),
) -> pd.DataFrame:
    """List the periods with all that was published in them, and what has no date.

    Parameters
    ----------
    passages, articles : DataFrame
        As for `count_trends`.
    trends : DataFrame
        From `count_trends`; where it is empty, because no dated article bears a theme, the periods
        are laid out over the dated articles as it would have done.
    settings : TrendSettings
        Period.

    Returns
    -------
    DataFrame
        ``period, period_end, status`` (``full``, ``partial`` or ``empty``), ``n_articles,
        n_stories, n_passages``. Articles without a date are in a last row, whose status is
        ``undated`` and whose period is missing.
    """
    laid_out = _lay_periods(passages, articles, settings) if trends.empty else trends
    periods = laid_out.drop_duplicates("period").sort_values("period")
    read = pd.DataFrame({"article_id": passages["article_id"]})
    read["story"] = list_stories(passages, articles)
    date = read["article_id"].map(articles.set_index("article_id")["date"])
    starts = periods["period"].to_numpy()
    if len(starts):
        place = np.searchsorted(starts, date.to_numpy(dtype="datetime64[s]"), side="right") - 1
        read["place"] = np.where(date.notna(), place, len(starts))
    else:
        read["place"] = np.where(date.notna(), -1, 0)
    counted = read.groupby("place").agg(
        n_articles=("article_id", "nunique"),
        n_stories=("story", "nunique"),
        n_passages=("article_id", "size"),
    )
    frame = periods[["period", "period_end", "status"]].reset_index(drop=True)
    if len(starts) in counted.index:
        undated = pd.DataFrame({"period": [pd.NaT], "period_end": [pd.NaT], "status": ["undated"]})
        frame = pd.concat([frame, undated.astype(frame.dtypes)], ignore_index=True)
    counts = counted.reindex(range(len(frame)), fill_value=0)
    frame = frame.assign(**{name: counts[name].to_numpy() for name in counts.columns})
    return frame[PERIOD_COLUMNS]


@dataclass(frozen=True)
class _Parts:
    every: pd.PeriodIndex
    cut: tuple[pd.Timestamp, pd.Timestamp]
    dated: np.ndarray
    period: np.ndarray
    story: np.ndarray
    member_row: np.ndarray
    member_theme: np.ndarray
    member_article: np.ndarray


def _lay_periods(
    passages: pd.DataFrame, articles: pd.DataFrame, settings: TrendSettings
) -> pd.DataFrame:
    """Lay periods out over the dated passages, whatever they bear."""
    dated = date_passages(passages, articles)
    dated = dated[dated.notna()]
    if dated.empty:
        return _as_trends([])
    every, position = divide_dates(dated, settings.period)
    cut, filled = (dated.min(), dated.max()), set(position)
    told = [tell_status(x, cut) if i in filled else "empty" for i, x in enumerate(every)]
    nothing = (0, 0, 0, np.nan, np.nan, np.nan)
    return _as_trends([("", i, *nothing, status) for i, status in enumerate(told)], every)


def _lay_out(
    passages: pd.DataFrame, articles: pd.DataFrame, settings: TrendSettings
) -> _Parts | None:
    """Lay the dated passages out over periods; None where nothing dated bears a theme."""
    passage_dates = date_passages(passages, articles)
    is_dated = passage_dates.notna().to_numpy()
    dated = passages[is_dated].reset_index(drop=True)
    members = list_members(dated, articles, "themes")
    if members.empty:
        return None
    passage_dates = passage_dates.dropna()
    every, position = divide_dates(passage_dates, settings.period)
    return _Parts(
        every=every,
        cut=(passage_dates.min(), passage_dates.max()),
        dated=is_dated,
        period=position,
        story=pd.factorize(list_stories(dated, articles), sort=True)[0],
        member_row=members["row"].to_numpy(),
        member_theme=members["theme"].to_numpy(dtype=object),
        member_article=members["article_id"].to_numpy(dtype=object),
    )


def _count(
    parts: _Parts, chosen: np.ndarray, settings: TrendSettings, evidence: Evidence | None
) -> pd.DataFrame:
    """Count the chosen passages in every period."""
    rows = [
        row
        for position, period in enumerate(parts.every)
        for row in _count_period(
            parts,
            chosen & (parts.period == position),
            position,
            tell_status(period, parts.cut),
            settings,
        )
    ]
    counted = _as_trends(rows, parts.every)
    if evidence is None or not len(evidence.places) or counted.empty:
        return counted
    groups = {}
    for position in range(len(parts.every)):
        inside = np.zeros(len(parts.dated), dtype=bool)
        inside[np.flatnonzero(parts.dated)] = chosen & (parts.period == position)
        groups[position] = inside
    estimates = estimate_groups(evidence, groups)
    starts = parts.every.start_time.to_numpy().astype("datetime64[s]")
    estimates["period"] = starts[estimates["group"].to_numpy(dtype=int)]
    return put_estimates(counted, estimates, ["theme", "period"])[COLUMNS]


def _count_period(
    parts: _Parts, inside: np.ndarray, position: int, status: str, settings: TrendSettings
) -> list[tuple]:
    themes = np.unique(parts.member_theme)
    if not inside.any():
        return [(name, position, 0, 0, 0, np.nan, np.nan, np.nan, "empty") for name in themes]
    belongs = inside[parts.member_row]
    codes = np.searchsorted(themes, parts.member_theme[belongs])
    stories, story_codes = np.unique(parts.story[inside], return_inverse=True)
    member_stories = np.searchsorted(stories, parts.story[parts.member_row[belongs]])
    counts = np.zeros((len(stories), len(themes)))
    np.add.at(counts, (member_stories, codes), 1)
    totals = np.bincount(story_codes).astype(float)
    low, high = resample_shares(counts, totals, settings.seed + position, settings.resamples)
    articles = pd.Series(parts.member_article[belongs]).groupby(codes).nunique()
    n_period = int(inside.sum())
    return [
        (
            name,
            position,
            int(counts[:, code].sum()),
            n_period,
            int(articles.get(code, 0)),
            counts[:, code].sum() / n_period,
            low[code],
            high[code],
            status,
        )
        for code, name in enumerate(themes)
    ]


def _as_trends(rows: list[tuple], every: pd.PeriodIndex | None = None) -> pd.DataFrame:
    names = ["theme", "position", *COLUMNS[3:10]]
    frame = pd.DataFrame(rows, columns=names)
    frame["share"] = frame["share"].astype("float64")
    position = frame.pop("position").to_numpy(dtype=int)
    if every is None:
        starts = ends = np.empty(0, dtype="datetime64[s]")
    else:
        starts = every.start_time.to_numpy().astype("datetime64[s]")[position]
        ends = every.end_time.normalize().to_numpy().astype("datetime64[s]")[position]
    read = frame["share"].astype("float64")
    frame = frame.assign(basis=READ, share_read=read, n_judged=np.int64(0))
    frame = frame.assign(period=starts, period_end=ends)[COLUMNS]
    whole = ["n_passages", "n_period", "n_articles"]
    frame[whole] = frame[whole].astype("int64")
    return frame.sort_values(["theme", "period"], kind="stable").reset_index(drop=True)
