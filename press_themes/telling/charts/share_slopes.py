"""How the share of each theme moved from one run to the next: a slope with an interval at either end.

Only a change that beats chance has colour; the rest stays grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
)
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    INK,
    MOST_COLOURS,
    QUIET,
    darken,
    finish,
    text_colour,
)
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 14
_LABEL_LENGTH = 34
_NAME_LENGTH = 24


@chart
def draw_share_slopes(basis: Basis) -> Told:
    """Draw the shares of the themes in the last two runs."""
    words = basis.words
    frame = _prepare(basis)
    if frame.empty:
        raise NothingToDrawError(words("changes.absent.themes"))
    figure = new_figure(2.3 + 0.34 * max(6, len(frame)))
    _draw(frame, figure.subplots(), basis)
    title = _title(frame, words)
    before, after = describe_runs(basis.tables, words)
    subtitle = words("share_slopes.subtitle", before=before, after=after)
    finish(figure, title, subtitle, source_of_runs(basis), words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, basis: Basis) -> None:
    """Draw slopes with intervals and labels that keep apart."""
    highest = float(np.nanmax(frame[["share_before", "share_after", "high_before", "high_after"]]))
    top = 1.05 * max(highest, 0.01)
    # Intervals of neighbouring themes would cover one another at one place.
    aside = np.linspace(-0.05, 0.05, len(frame)) if len(frame) > 1 else np.zeros(1)
    for row, shift in zip(each_row(frame), aside, strict=True):
        places = (0 + shift, 1 + shift)
        sure = row.color != QUIET
        look: dict[str, Any] = {"color": row.color, "zorder": 3 if sure else 2}
        axes.plot(places, (row.share_before, row.share_after), lw=2.2 if sure else 1.2, **look)
        axes.scatter(places, (row.share_before, row.share_after), s=34 if sure else 18, **look)
        ends = ((row.low_before, row.high_before), (row.low_after, row.high_after))
        for place, (low, high) in zip(places, ends, strict=True):
            axes.vlines(place, low, high, lw=1.6, alpha=0.45, **look)
    lowest = _write_labels(frame, axes, basis.words, (top, aside))
    # The names of themes stand right of the slopes, where the axes leave room for them.
    axes.set_xlim(-0.45, 1.95)
    axes.set_ylim(min(0.0, lowest) - 0.05 * top, top)
    names = [clean_label(name, _NAME_LENGTH) for name in basis.tables.runs["run"].tail(2)]
    axes.set_xticks([0, 1], labels=names)
    axes.tick_params(axis="x", labelcolor=INK, labelsize=10)
    # Every share is written beside its dot, so a scale would only add ink.
    axes.set_yticks([])
    for spine in ("left", "bottom"):
        axes.spines[spine].set_visible(False)


def _write_labels(
    frame: pd.DataFrame, axes: Axes, words: Wording, frame_of: tuple[float, np.ndarray]
) -> float:
    """Write shares and names beside the slopes; return the height of the lowest label."""
    top, aside = frame_of
    gap = top / max(15.0, 1.15 * len(frame))
    lowest = 0.0
    for column, end, reach, side in (
        ("share_before", 0, -0.14, "right"),
        ("share_after", 1, 1.14, "left"),
    ):
        heights = spread_out(frame[column], gap)
        lowest = min(lowest, float(heights.min()))
        for row, shift, height in zip(each_row(frame), aside, heights, strict=True):
            share = getattr(row, column)
            # A thin line leads from a label that had to make room to what it labels.
            axes.plot((end + shift, reach), (share, height), color=FAINT, lw=0.9, zorder=1)
            text = words.percent(share)
            axes.annotate(
                text if side == "right" else f"{text}  {row.drawn}",
                (reach, height),
                xytext=(-3 if side == "right" else 3, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                size=9.5,
                color=text_colour(row.color),
                weight="bold" if row.color != QUIET else "normal",
                annotation_clip=False,
            )
    return lowest


def spread_out(values: Any, gap: float) -> np.ndarray:
    """Move values apart until neighbours lie at least `gap` from one another, as little as needed."""
    heights = np.nan_to_num(np.asarray(values, dtype=float))
    order = np.argsort(heights, kind="stable")
    # Clusters of labels that touch are laid out around the mean of what they label.
    clusters: list[tuple[float, int]] = []
    for height in heights[order]:
        clusters.append((float(height), 1))
        while len(clusters) > 1:
            (low, n_low), (high, n_high) = clusters[-2:]
            if high - low >= gap * (n_low + n_high) / 2:
                break
            size = n_low + n_high
            clusters[-2:] = [((low * n_low + high * n_high) / size, size)]
    places = [
        middle + gap * (step - (size - 1) / 2) for middle, size in clusters for step in range(size)
    ]
    spread = np.empty(len(heights))
    spread[order] = places
    return spread


def describe_runs(tables: Any, words: Wording) -> list[str]:
    """Say of the last two runs how they are called and how many passages and stories they have."""
    return [
        words(
            "changes.run",
            name=clean_label(row.run, _NAME_LENGTH),
            passages=words("noun.passage", n=row.n_passages),
            stories=words("noun.story", n=row.n_stories),
        )
        for row in each_row(tables.runs.tail(2))
    ]


def colour_themes(tables: Any) -> dict[str, str]:
    """Return the colour of each theme that the last run knows, dark enough for white paper."""
    known = tables.themes.dropna(subset=["color"])
    return {row.theme: darken(row.color) for row in each_row(known)}


def source_of_runs(basis: Basis) -> str:
    """Return the source line: the corpora of the runs, then the method."""
    titles = dict.fromkeys(clean_label(title, 50) for title in basis.tables.runs["title"])
    return basis.words("changes.source", corpora=", ".join(titles))


def _prepare(basis: Basis) -> pd.DataFrame:
    changes = basis.tables.changes
    themes = changes[(changes["kind"] == "theme") & (changes["verdict"] != "definition changed")]
    largest = themes[["share_before", "share_after"]].max(axis=1)
    themes = themes.assign(largest=largest)[largest > 0]
    themes = themes.assign(sure=themes["verdict"] == "changed").sort_values(
        ["sure", "largest", "name"], ascending=[False, False, True], kind="stable"
    )
    frame = themes.head(MOST_THEMES).sort_values(
        ["share_after", "name"], ascending=[False, True], kind="stable"
    )
    colours = colour_themes(basis.tables)
    sure = frame.loc[frame["sure"], ["name", "difference"]]
    coloured = set(sure.loc[sure["difference"].abs().nlargest(MOST_COLOURS).index, "name"])
    shown = [colours.get(name, GREY) if name in coloured else QUIET for name in frame["name"]]
    drawn = [clean_label(basis.words.pick(label), _LABEL_LENGTH) for label in frame["label"]]
    columns = [
        "name", "label", "color", "drawn", "share_before", "low_before", "high_before",
        "share_after", "low_after", "high_after", "difference", "p_adjusted", "verdict",
    ]  # fmt: skip
    return frame.assign(color=shown, drawn=drawn)[columns].reset_index(drop=True)


def _title(frame: pd.DataFrame, words: Wording) -> str:
    sure = frame[frame["verdict"] == "changed"]
    if sure.empty:
        method = (frame["verdict"] == "method changed").any()
        return words("share_slopes.title.method" if method else "share_slopes.title.none")
    row = sure.iloc[int(sure["difference"].abs().to_numpy().argmax())]
    key = "share_slopes.title.up" if row["difference"] > 0 else "share_slopes.title.down"
    return words(
        key,
        theme=words.quote(row["drawn"]),
        before=words.percent(row["share_before"]),
        after=words.percent(row["share_after"]),
    )
