"""What was left out: the way from files to articles to passages, and what fell off on it.

Below the flow stand the gaps in what was kept and the lines peeled off scraped pages, by kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    Told,
    chart,
    count_part,
    source_line,
)
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    INK,
    OPPOSED,
    QUIET,
    WIDTH,
    finish,
    plain_axes,
)
from press_themes.telling.charts.lettering import clean_label, wrap
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAR = "#4F5D75"
_KEPT = "#C9D8DE"
_LOST = OPPOSED[0]
MOST_KINDS = 8
#: What falls off on the way from each step of the flow to the next.
FLOW = ("unread", "no_passage", "no_theme")
_STEPS = {
    "unread": "noun.file", "no_passage": "noun.article", "no_theme": "noun.passage",
    "end": "flow.end",
}  # fmt: skip
_ROWS = (
    "unread", "no_passage", "truncated", "undated", "reprints", "exact_copies", "no_theme",
    "outliers_raw", "outliers",
)  # fmt: skip
_FLOW_HEIGHT = 1.75
_STEP_WIDTH = 0.1
_THINNEST = 0.015


@chart
def draw_left_out(basis: Basis) -> Told:
    """Draw what was left out."""
    words, frame = basis.words, _prepare(basis)
    gaps = frame[~frame["name"].isin(FLOW)].reset_index(drop=True)
    figure = new_figure(2.0 + _FLOW_HEIGHT + 0.33 * len(gaps))
    ratios = [_FLOW_HEIGHT, 0.33 * len(gaps)]
    above, below = figure.subplots(2, 1, height_ratios=ratios)
    _draw_gaps(gaps, below, words)
    plain_axes(above)
    title = words(
        "left_out.title",
        n=count_part(basis.tables, "no_theme"),
        passages=words.number(len(basis.tables.passages)),
        truncated=words.number(count_part(basis.tables, "truncated")),
        articles=words.number(len(basis.tables.articles)),
    )
    subtitle = words("left_out.subtitle")
    finish(figure, title, subtitle, source_line(basis, "left_out"), words("missing_glyphs"))
    # The flow takes the whole width, the bars below it only what their labels leave.
    box = above.get_position()
    above.set_position((0.3 / WIDTH, box.y0, 1 - 0.6 / WIDTH, box.height))
    _draw_flow(frame, above, basis)
    return Told(figure, frame, title, subtitle)


def _draw_flow(frame: pd.DataFrame, axes: Axes, basis: Basis) -> None:
    """Draw the steps as columns of one height; what is kept of each flows into the next."""
    words, steps = basis.words, frame.set_index("name").loc[list(FLOW)]
    fallen_off = [int(n) for n in steps["n"]]
    axes.set_xlim(0, len(FLOW) + _STEP_WIDTH)
    axes.set_ylim(-0.34, 1.3)
    reached = [int(n) for n in steps["n_whole"]]
    reached.append(reached[-1] - fallen_off[-1])
    for place, (step, n) in enumerate(zip((*FLOW, "end"), reached, strict=True)):
        last = place == len(FLOW)
        lost = 0 if last else fallen_off[place]
        share = lost / n if n else 0.0
        fallen = max(share, _THINNEST) if lost else 0.0
        axes.bar(place, 1 - fallen, _STEP_WIDTH, bottom=fallen, align="edge", color=_BAR)
        axes.bar(place, fallen, _STEP_WIDTH, align="edge", color=_LOST)
        side: dict[str, Any] = {"ha": "right" if last else "left", "va": "bottom"}
        x = place + (_STEP_WIDTH if last else 0)
        axes.text(x, 1.04, words(_STEPS[step], n=n), size=10, weight="bold", **side)
        if last:
            continue
        left, right = place + _STEP_WIDTH, place + 1
        axes.fill_between([left, right], [fallen, 0], [1, 1], color=_KEPT, linewidth=0)
        told = words(f"flow.{step}.lost", n=lost)
        if lost:
            told = words("flow.share", lost=told, share=words.percent(share))
        colour = _LOST if lost else GREY
        lines = wrap(axes.figure, told, 9, "normal", (WIDTH - 0.6) / len(FLOW) - 0.25, 2)
        axes.text(place, -0.06, "\n".join(lines), size=9, color=colour, va="top")


def _draw_gaps(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw one bar a row on a pale track that stands for the whole."""
    rows = range(len(frame))
    axes.barh(rows, frame["n_whole"].notna().astype(float), height=0.56, color=FAINT)
    colours = [_BAR if known else QUIET for known in frame["n_whole"].notna()]
    axes.barh(rows, frame["share"], height=0.56, color=colours)
    axes.set_yticks(list(rows), labels=list(frame["label"]))
    axes.set_xlim(0, 1)
    axes.set_ylim(len(frame) - 0.5, -0.6)
    axes.set_xticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    for row in each_row(frame):
        text = words.number(row.n)
        if pd.notna(row.n_whole):
            text = words(
                "left_out.of",
                part=text,
                whole=words.number(row.n_whole),
                share=words.percent(row.share),
            )
        axes.annotate(
            text,
            (1, row.Index),
            xycoords=axes.get_yaxis_transform(),
            xytext=(8, 0),
            textcoords="offset points",
            va="center_baseline",
            size=9.5,
            color=INK if row.n else GREY,
        )
    changes = frame.index[frame["stage"] != frame["stage"].shift()][1:]
    for row in changes:
        axes.axhline(row - 0.5, color=QUIET, lw=0.7)


def _prepare(basis: Basis) -> pd.DataFrame:
    tallies, words = basis.tables.tallies, basis.words
    lines = tallies[tallies["stage"] == "lines"].head(MOST_KINDS)
    lines = lines.assign(
        label=[words("left_out.line", kind=name_kind(kind, words)) for kind in lines["name"]]
    )
    parts = tallies[tallies["stage"] != "lines"].set_index("name").loc[list(_ROWS)].reset_index()
    parts = parts.assign(label=[words(f"left_out.{name}") for name in parts["name"]])
    columns = ["stage", "name", "label", "n", "n_whole", "share"]
    return pd.concat([parts[columns], lines[columns]], ignore_index=True)


def name_kind(kind: str, words: Wording) -> str:
    """Name a kind of lines peeled off; one without a phrase keeps its name."""
    known = words.knows(f"kind.{kind}")
    return words(f"kind.{kind}") if known else clean_label(kind, 30)
