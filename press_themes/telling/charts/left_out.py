"""What was left out: the way from files to articles to passages, and what fell off on it.

Below the flow stand the gaps in what was kept and the lines peeled off scraped pages, by kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.telling.charts.drawing import Basis, Drawing, source_line
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    INK,
    OPPOSED,
    QUIET,
    WIDTH,
    finish,
    new_figure,
    plain_axes,
)
from press_themes.telling.charts.lettering import clean_label, wrap
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
_FLOW_HEIGHT = 1.75
_STEP_WIDTH = 0.1
_THINNEST = 0.015


def chart_left_out(basis: Basis) -> Drawing:
    """Draw what was left out."""
    words, frame = basis.words, count_left_out(basis)
    gaps = frame[~frame["name"].isin(FLOW)].reset_index(drop=True)
    figure = new_figure(2.0 + _FLOW_HEIGHT + 0.33 * len(gaps))
    ratios = [_FLOW_HEIGHT, 0.33 * len(gaps)]
    above, below = figure.subplots(2, 1, height_ratios=ratios)
    draw_left_out(gaps, below, words)
    plain_axes(above)
    counts = basis.summary["counts"]
    bare = counts["passages"] - counts["passages_with_theme"]
    title = words(
        "left_out.title",
        n=bare,
        passages=words.number(counts["passages"]),
        truncated=words.number(counts["truncated_articles"]),
        articles=words.number(counts["articles"]),
    )
    subtitle = words("left_out.subtitle")
    finish(figure, title, subtitle, source_line(basis, "method.left_out"), words("missing_glyphs"))
    # The flow takes the whole width, the bars below it only what their labels leave.
    box = above.get_position()
    above.set_position((0.3 / WIDTH, box.y0, 1 - 0.6 / WIDTH, box.height))
    draw_flow(frame, above, basis)
    alt = words("left_out.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_flow(frame: pd.DataFrame, axes: Axes, basis: Basis) -> None:
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
        axes.text(x, 1.04, words(f"flow.{step}", n=n), size=10, weight="bold", **side)
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


def draw_left_out(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
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


def count_left_out(basis: Basis) -> pd.DataFrame:
    """Count what was left out at each stage."""
    tables, words, counts = basis.tables, basis.words, basis.summary["counts"]
    paths = set(tables.skipped["path"]) | set(tables.articles["path"])
    unread = paths - set(tables.articles["path"])
    n_split = int(tables.articles["article_id"].isin(tables.passages["article_id"]).sum())
    rows = [
        ("files", "unread", len(unread), len(paths)),
        ("articles", "no_passage", len(tables.articles) - n_split, len(tables.articles)),
        ("articles", "truncated", counts["truncated_articles"], counts["articles"]),
        ("articles", "undated", counts["undated_articles"], counts["articles"]),
        ("articles", "reprints", counts["articles"] - counts["stories"], counts["articles"]),
        ("articles", "exact_copies", counts["exact_copies"], counts["articles"]),
        (
            "passages",
            "no_theme",
            counts["passages"] - counts["passages_with_theme"],
            counts["passages"],
        ),
        ("passages", "outliers_raw", counts["outliers_raw"], counts["passages"]),
        ("passages", "outliers", counts["outliers"], counts["passages"]),
    ]
    frame = pd.DataFrame(rows, columns=["stage", "name", "n", "n_whole"])
    frame["share"] = (frame["n"] / frame["n_whole"].where(frame["n_whole"] > 0)).fillna(0.0)
    frame["label"] = [words(f"left_out.{name}") for name in frame["name"]]
    kinds = tables.discarded["kind"].value_counts()
    ordered = sorted(kinds.index, key=lambda kind: (-kinds[kind], kind))[:MOST_KINDS]
    lines = pd.DataFrame(
        {
            "stage": "lines",
            "name": ordered,
            "label": [words("left_out.line", kind=_name_kind(kind, words)) for kind in ordered],
            "n": [int(kinds[kind]) for kind in ordered],
            "n_whole": None,
            "share": [kinds[kind] / kinds.max() for kind in ordered],
        }
    )
    columns = ["stage", "name", "label", "n", "n_whole", "share"]
    joined = pd.concat(
        [frame[columns], lines.astype({"n_whole": "Int64"})[columns]], ignore_index=True
    )
    return joined.astype({"n_whole": "Int64"})


def _name_kind(kind: str, words: Wording) -> str:
    key = f"kind.{kind}"
    return words(key) if key in words.phrases else clean_label(kind, 30)
