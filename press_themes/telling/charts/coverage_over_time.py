"""How the coverage of the six largest themes moved: one panel a theme, above the period sizes.

Gaps are periods without passages, hollow dots periods the dates cut, numbers sourced events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    mark_basis,
    order_by_size,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.coverage_captions import (
    MOST_EVENTS,
    Coverage,
    describe_basis,
    list_events,
    mark_turns,
    state_takeaway,
)
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    INK,
    MOST_COLOURS,
    QUIET,
    finish,
    label_percent,
    text_colour,
    theme_colours,
    white_edge,
)
from press_themes.telling.charts.lettering import wrap
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.charts.time_axis import (
    Timeline,
    gather_numbers,
    name_step,
    place_events,
    place_periods,
)
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABEL_WIDTH = 1.6
_LABEL_OFFSET = -2.12


@chart
def draw_coverage_over_time(basis: Basis) -> Told:
    """Draw the coverage of the largest themes over time."""
    require_passages(basis)
    words, trends = basis.words, basis.tables.trends
    if trends.empty:
        raise NothingToDrawError(words("absent.no_dates"))
    parts = _prepare(basis)
    names = list(dict.fromkeys(parts.frame["theme"]))
    listed = list_events(basis, parts)
    figure = new_figure(2.6 + 0.86 * len(names) + 0.19 * len(listed))
    ratios = [1.0] * len(names) + [0.62]
    panels = figure.subplots(len(ratios), 1, sharex=True, height_ratios=ratios, squeeze=False)[:, 0]
    top = float(np.nanmax(parts.frame[["share", "share_high"]].to_numpy())) or 0.01
    for name, axes in zip(names, panels, strict=False):
        _draw_theme(parts.frame[parts.frame["theme"] == name], axes, basis)
        axes.set_ylim(0, 1.4 * top)
        _mark_events(axes, parts.events[parts.events["theme"] == name], parts.timeline.width)
    _draw_sizes(parts, panels[-1], basis)
    others = parts.events[~parts.events["theme"].isin(names)]
    _mark_events(panels[-1], others, parts.timeline.width)
    for axes in panels:
        _shade_gaps(axes, parts.timeline)
    title, subtitle = state_takeaway(basis, parts), describe_basis(basis, parts)
    source = source_line(basis, "trends")
    finish(figure, title, subtitle, source, words("missing_glyphs"), listed)
    frame = parts.frame.drop(columns=["place", "step"]).astype({"appears": int, "peak": int})
    return Told(figure, frame, title, subtitle)


def _draw_theme(frame: pd.DataFrame, axes: Axes, basis: Basis) -> None:
    """Draw one theme: dots, intervals and, from three periods on, a line through neighbours."""
    words = basis.words
    colour, label = frame["color"].iloc[0], frame["label"].iloc[0]
    told = frame[frame["status"] != "empty"].sort_values("place")
    axes.vlines(
        told["place"], told["share_low"], told["share_high"], color=colour, lw=1.6, alpha=0.35
    )
    stretch = (told["place"].diff() != 1).cumsum()
    for _, neighbours in told.groupby(stretch):
        # Two points make no course.
        if len(neighbours) >= 3:
            axes.plot(neighbours["place"], neighbours["share"], color=colour, lw=1.8)
    # Without an interval a share is of a handful of stories, so its dot is small.
    large = 34 if len(told) <= 14 else 16
    size = np.where(told["share_high"].notna(), large, large * 0.45)
    for row, mark, area in zip(each_row(told), mark_basis(told["basis"]), size, strict=True):
        axes.scatter(
            [row.place],
            [row.share],
            facecolor="white" if row.status == "partial" else colour,
            edgecolor=colour,
            marker=mark,
            s=area,
            lw=1.6,
            zorder=3,
            clip_on=False,
        )
    for row in each_row(told if len(told) <= 6 else told.loc[[told["share"].idxmax()]]):
        top = row.share if pd.isna(row.share_high) else row.share_high
        axes.annotate(
            words.percent(row.share),
            (row.place, top),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
            size=9,
            color=text_colour(colour),
            path_effects=white_edge(),
        )
    marked = told[told["appears"] | told["peak"]]
    for row in each_row(marked[marked["peak"]]):
        axes.scatter(
            [row.place], [row.share], s=4.2 * large, facecolor="none", edgecolor=colour, lw=1.1,
            clip_on=False,
        )  # fmt: skip
    for row in each_row(marked[marked["appears"]]):
        axes.scatter([row.place], [0], marker="^", s=30, color=colour, zorder=4, clip_on=False)
    notes = [
        words(f"coverage_over_time.{kind}", date=words.date(row.period, frame["step"].iloc[0]))
        for kind in ("appears", "peak")
        for row in each_row(told[told[kind]].head(1))
    ]
    style = {"size": 10.5, "weight": "bold", "color": text_colour(colour)}
    _name_panel(axes, label, style, notes)
    _plain(axes, words)


def _prepare(basis: Basis) -> Coverage:
    tables = basis.tables
    found = tables.themes[tables.themes["theme"].isin(tables.trends["theme"])]
    names = list(order_by_size(found, "theme")["theme"])[:MOST_COLOURS]
    timeline = place_periods(tables.trends)
    places = timeline.periods.set_index("period")["place"]
    kept = tables.trends[tables.trends["theme"].isin(names)]
    frame = pd.concat([kept[kept["theme"] == name] for name in names], ignore_index=True)
    step = name_step(tables.trends)
    frame = frame.assign(
        label=frame["theme"].map(theme_labels(basis)),
        color=frame["theme"].map(theme_colours(tables.themes)),
        place=frame["period"].map(places),
        step=step,
    )
    frame = mark_turns(frame, tables)
    events = place_events(tables.events, timeline).head(MOST_EVENTS)
    return Coverage(frame, timeline, events, step)


def _plain(axes: Axes, words: Wording) -> None:
    label_percent(axes.yaxis, words, 3)
    axes.tick_params(axis="y", labelsize=8.5, labelcolor=GREY)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _name_panel(axes: Axes, label: str, style: dict[str, Any], notes: Sequence[str] = ()) -> None:
    """Write the name of a panel on its left, and below it what the data say of its course."""
    figure, most = axes.figure, 2 if notes else 3
    names = wrap(figure, label, style["size"], style["weight"], _LABEL_WIDTH, most)
    small = {"size": 8.5, "color": GREY}
    told = [line for note in notes for line in wrap(figure, note, 8.5, "normal", _LABEL_WIDTH, 2)]
    lines = [*((line, style) for line in names), *((line, small) for line in told)]
    above = sum(1.25 * look["size"] for _, look in lines) / 2
    for line, look in lines:
        above -= 1.25 * look["size"]
        axes.annotate(
            line,
            (0, 0.5),
            xycoords="axes fraction",
            xytext=(_LABEL_OFFSET * 72, above + 0.25 * look["size"]),
            textcoords="offset points",
            va="baseline",
            **look,
        )


def _mark_events(axes: Axes, events: pd.DataFrame, width: int) -> None:
    across = axes.get_xaxis_transform()
    for place in sorted(set(events["place"])):
        axes.axvline(place, color=QUIET, lw=0.9, zorder=0)
    for place, numbers in gather_numbers(events, width):
        axes.text(
            place,
            1.06,
            numbers,
            transform=across,
            ha="center",
            va="bottom",
            size=8.5,
            weight="bold",
            color=INK,
            bbox={
                "boxstyle": "round,pad=0.22",
                "facecolor": "white",
                "edgecolor": GREY,
                "linewidth": 0.8,
            },
        )


def _shade_gaps(axes: Axes, timeline: Timeline) -> None:
    periods = timeline.periods
    # One empty period is a gap like a folded stretch of them, not a zero.
    for place in sorted(set(periods.loc[periods["status"] == "empty", "place"])):
        axes.axvspan(place - 0.28, place + 0.28, facecolor=FAINT, edgecolor="none", zorder=-1)


def _draw_sizes(parts: Coverage, axes: Axes, basis: Basis) -> None:
    words, timeline = basis.words, parts.timeline
    told = timeline.periods[timeline.periods["status"] != "empty"]
    axes.bar(told["place"], told["n_period"], width=0.6, color=QUIET)
    few = len(told) <= 12
    for row in each_row(told) if few else ():
        axes.annotate(
            words.number(row.n_period),
            (row.place, row.n_period),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            size=8.5,
            color=GREY,
            path_effects=white_edge(),
        )
    # Room for the number over the highest bar, clear of an event's number above the panel.
    axes.set_ylim(0, 1.9 * told["n_period"].max())
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    heading = words("coverage_over_time.sizes", period=words(f"period.{parts.step}", n=1))
    _name_panel(axes, heading, {"size": 9.5, "weight": "normal", "color": GREY})
    places, labels = _ticks(parts, basis)
    axes.set_xticks(places, labels=labels)
    axes.set_xlim(-0.6, timeline.width - 0.4)


def _ticks(parts: Coverage, basis: Basis) -> tuple[list[int], list[str]]:
    words, timeline = basis.words, parts.timeline
    ticks = {
        int(fold.place): words(
            "coverage_over_time.fold",
            n=fold.n_periods,
            period=words(f"period.{parts.step}", n=fold.n_periods),
        )
        for fold in each_row(timeline.folds)
    }
    # About eight dates fit side by side on the width of a page.
    gap = timeline.width / 8.5
    for row in each_row(timeline.periods):
        if all(abs(row.place - place) >= gap for place in ticks):
            date = words.date(row.period, parts.step)
            ticks[int(row.place)] = date.replace(" ", "|") if parts.step == "month" else date
    return list(ticks), [label.replace("|", "\n") for label in ticks.values()]
