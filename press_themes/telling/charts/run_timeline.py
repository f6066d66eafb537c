"""The themes through a series of runs: one small panel a theme, a dot and an interval a run.

All panels share their axes, so that a small theme looks small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
)
from press_themes.telling.charts.house_style import GREY, QUIET, finish, label_percent, text_colour
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.charts.share_slopes import colour_themes, source_of_runs
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 9
_COLUMNS = 3
_FEWEST_RUNS = 3
_MOST_ERROR = 0.05
_LABEL_LENGTH = 30
_NAME_LENGTH = 14


@chart
def draw_run_timeline(basis: Basis) -> Told:
    """Draw the themes through the runs."""
    words = basis.words
    if len(basis.tables.runs) < _FEWEST_RUNS:
        raise NothingToDrawError(words("changes.absent.timeline"))
    frame = _prepare(basis)
    if frame.empty:
        raise NothingToDrawError(words("changes.absent.themes"))
    names = list(dict.fromkeys(frame["theme"]))
    n_rows = -(-len(names) // _COLUMNS)
    figure = new_figure(1.9 + 1.5 * n_rows)
    panels = figure.subplots(n_rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    top = float(np.nanmax(frame[["share", "share_high"]].to_numpy())) or 0.01
    for name, axes in zip(names, panels, strict=False):
        _draw_theme(frame[frame["theme"] == name], axes, words)
        axes.set_ylim(0, 1.12 * top)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    _label_runs(basis, panels, len(names))
    title = _title(frame, basis)
    subtitle = words("run_timeline.subtitle", n=len(basis.tables.runs))
    hidden = basis.tables.timeline["theme"].nunique() - len(names)
    if hidden > 0:
        subtitle += " " + words("hidden.themes", n=hidden)
    finish(figure, title, subtitle, source_of_runs(basis), words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _draw_theme(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw one theme."""
    colour = frame["color"].iloc[0]
    axes.vlines(
        frame["position"], frame["share_low"], frame["share_high"], color=colour, lw=1.6, alpha=0.4
    )
    axes.plot(frame["position"], frame["share"], color=colour, lw=1.6)
    axes.scatter(frame["position"], frame["share"], color=colour, s=16, zorder=3)
    label = clean_label(words.pick(frame["label"].iloc[-1]), _LABEL_LENGTH)
    axes.set_title(label, size=9.5, weight="bold", color=text_colour(colour), loc="left")
    label_percent(axes.yaxis, words, 3)
    axes.tick_params(axis="y", labelsize=8.5, labelcolor=GREY)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _prepare(basis: Basis) -> pd.DataFrame:
    timeline = basis.tables.timeline
    if timeline.empty:
        return timeline.assign(color=QUIET)
    means = timeline.groupby("theme")["share"].mean()
    varies = timeline.groupby("theme")["p_adjusted"].first() <= _MOST_ERROR
    order = sorted(means.index, key=lambda theme: (not varies[theme], -means[theme], theme))
    chosen = [theme for theme in order if means[theme] > 0][:MOST_THEMES]
    colours = colour_themes(basis.tables)
    parts = [
        timeline[timeline["theme"] == theme].assign(
            color=colours.get(theme, GREY) if varies[theme] else QUIET
        )
        for theme in chosen
    ]
    return pd.concat(parts, ignore_index=True) if parts else timeline.head(0).assign(color=QUIET)


def _label_runs(basis: Basis, panels: np.ndarray, n_panels: int) -> None:
    """Name the first and the last run; those between would not fit side by side."""
    runs = basis.tables.runs["run"]
    last = len(runs) - 1
    names = [clean_label(runs.iloc[place], _NAME_LENGTH) for place in (0, last)]
    for place, axes in enumerate(panels[:n_panels]):
        axes.set_xticks([])
        axes.set_xlim(-0.5, last + 0.5)
        # The panel below may be an unused one, so the last of each column bears the names.
        if place + _COLUMNS >= n_panels:
            for name, across, side in zip(names, (0, 1), ("left", "right"), strict=True):
                axes.text(
                    across, -0.04, name, transform=axes.transAxes, ha=side, va="top",
                    size=8.5, color=GREY,
                )  # fmt: skip


def _title(frame: pd.DataFrame, basis: Basis) -> str:
    words = basis.words
    varying = frame[frame["p_adjusted"] <= _MOST_ERROR]
    if varying.empty:
        return words("run_timeline.title.none")
    if basis.tables.runs["made_otherwise"].any():
        return words("run_timeline.title.method")
    theme = varying["theme"].iloc[0]
    own = varying[varying["theme"] == theme]
    high, low = own.loc[own["share"].idxmax()], own.loc[own["share"].idxmin()]
    return words(
        "run_timeline.title",
        theme=words.quote(clean_label(words.pick(own["label"].iloc[-1]), 40)),
        low=words.percent(low["share"]),
        high=words.percent(high["share"]),
        low_run=clean_label(low["run"], 20),
        high_run=clean_label(high["run"], 20),
    )
