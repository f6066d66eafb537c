"""The words around the timeline: its takeaway, what it is a share of, and the list of events.

They are computed from the same rows that are drawn.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    count_part,
    state_basis,
    theme_labels,
)
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.time_axis import Timeline, find_fullest, find_peak
from press_themes.telling.rows import each_row

MOST_EVENTS = 10


class Coverage(NamedTuple):
    """What the chart of coverage over time shows.

    Attributes
    ----------
    frame : DataFrame
        Trends of the themes drawn, with ``label, color, place, step, appears, peak``.
    timeline : Timeline
        Places of the periods.
    events : DataFrame
        Events inside the dates, with ``place`` and ``number``.
    step : str
        ``day``, ``week``, ``month`` or ``year``.
    """

    frame: pd.DataFrame
    timeline: Timeline
    events: pd.DataFrame
    step: str


def list_events(basis: Basis, parts: Coverage) -> list[str]:
    """List the numbered events with their sources, one line each."""
    words = basis.words
    listed = [
        words(
            "event",
            number=event.number,
            date=words.date(event.date),
            label=clean_label(event.label, 70),
            source=clean_label(event.source_title, 40),
        )
        for event in each_row(parts.events)
    ]
    hidden = len(basis.tables.events) - len(listed)
    return [*listed, words("hidden.events", n=hidden)] if hidden else listed


def mark_turns(frame: pd.DataFrame, tables: Any) -> pd.DataFrame:
    """Mark where a theme first appears and where it is more frequent than chance allows."""
    told = frame[frame["status"] != "empty"]
    plain = frame.assign(appears=False, peak=False)
    if told["period"].nunique() < 2 or find_fullest(tables) is not None:
        return plain
    bearing = told[told["n_passages"] > 0]
    opens = bearing.groupby("theme")["period"].min()
    late = opens[opens > told["period"].min()]
    bursts = tables.bursts
    beating = set(_pair(bursts[bursts["beyond_chance"].astype(bool)]))
    return plain.assign(
        appears=[late.get(x) == period for x, period in _pair(frame)],
        peak=[pair in beating for pair in _pair(frame)],
    )


def _pair(frame: pd.DataFrame) -> list[tuple[str, pd.Timestamp]]:
    return list(zip(frame["theme"], frame["period"], strict=True))


def state_takeaway(basis: Basis, parts: Coverage) -> str:
    """State the peak that beats chance, or why there is none."""
    words, tables = basis.words, basis.tables
    told = parts.timeline.periods["status"].ne("empty").sum()
    if told < 2:
        only = parts.timeline.periods.loc[parts.timeline.periods["status"] != "empty", "period"]
        if only.empty:
            return words("coverage_over_time.title.flat")
        return words("coverage_over_time.title.single", when=words.when(only.iloc[0], parts.step))
    fullest = find_fullest(tables)
    if fullest is not None:
        return words(
            "coverage_over_time.title.concentrated",
            share=words.percent(fullest.share),
            when=words.when(fullest.period, parts.step),
        )
    peak = find_peak(tables)
    if peak is None:
        return words("coverage_over_time.title.flat")
    return words(
        "coverage_over_time.title.peak",
        theme=words.quote(theme_labels(basis)[peak.theme]),
        when=words.when(peak.period, parts.step),
        inside=words.percent(peak.share),
        outside=words.percent(peak.share_outside),
    )


def describe_basis(basis: Basis, parts: Coverage) -> str:
    """Describe what the shares are of, and what is marked or not shown."""
    words, undated = basis.words, count_part(basis.tables, "undated")
    dated = int(parts.timeline.periods["n_period"].sum())
    period = words(f"period.{parts.step}", n=1)
    passages = words("noun.passage", n=dated)
    sentences = [words("coverage_over_time.subtitle", period=period, passages=passages)]
    told = parts.frame[parts.frame["status"] != "empty"]
    sentences.append(state_basis(told["basis"], words))
    if parts.step == "week":
        sentences.append(words("coverage_over_time.weeks"))
    if (parts.timeline.periods["status"] == "partial").any():
        sentences.append(words("coverage_over_time.partial"))
    if (parts.frame["share"].notna() & parts.frame["share_high"].isna()).any():
        sentences.append(words("coverage_over_time.few"))
    marks = [kind for kind in ("appears", "peak") if parts.frame[kind].any()]
    sentences += [words(f"coverage_over_time.mark.{kind}") for kind in marks]
    if undated:
        sentences.append(words("coverage_over_time.undated", n=undated))
    hidden = len(basis.tables.themes) - parts.frame["theme"].nunique()
    if hidden:
        sentences.append(words("hidden.themes", n=hidden))
    return " ".join(sentences)
