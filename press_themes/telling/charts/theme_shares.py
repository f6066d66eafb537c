"""How frequent each theme is: one dot a theme with its 95 % interval.

The numbers of passages, articles and stories stand beside it, and passages with no theme below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.measures.counts import count_groups
from press_themes.measures.ranking import rank_themes
from press_themes.telling.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import (
    GREY,
    INK,
    QUIET,
    finish,
    label_percent,
    new_figure,
    theme_colours,
)
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 20
_NONE = ""


def chart_theme_shares(basis: Basis) -> Drawing:
    """Draw the shares of the themes."""
    require_passages(basis)
    words = basis.words
    if basis.tables.themes.empty:
        raise NothingToDrawError(words("absent.no_themes"))
    frame = _prepare(basis)
    figure = new_figure(1.9 + 0.34 * len(frame))
    draw_theme_shares(frame, figure.subplots(), words)
    title = _title(basis, frame)
    known = frame["share_high"].notna().any()
    subtitle = words(
        "theme_shares.subtitle" if known else "theme_shares.subtitle.bare",
        passages=words("noun.passage", n=len(basis.tables.passages)),
        stories=words("noun.story", n=basis.summary["counts"]["stories"]),
    )
    hidden = len(basis.tables.themes) - len(frame) + 1
    if hidden:
        subtitle += " " + words("hidden.themes", n=hidden)
    source = source_line(basis, "method.intervals" if known else "method.themes")
    finish(figure, title, subtitle, source, words("missing_glyphs"))
    alt = words("theme_shares.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_theme_shares(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw dots with intervals and the counts beside them."""
    rows = range(len(frame))
    axes.hlines(
        rows, frame["share_low"], frame["share_high"], colors=list(frame["color"]), linewidth=2.2
    )
    axes.scatter(frame["share"], rows, color=frame["color"], s=52, zorder=3)
    axes.set_yticks(list(rows), labels=list(frame["label"]))
    axes.set_ylim(len(frame) - 0.4, -1.1)
    axes.set_xlim(left=0)
    label_percent(axes.xaxis, words, 6)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    _write_counts(frame, axes, words)
    axes.axhline(len(frame) - 1.5, color=QUIET, linewidth=0.7)


def _write_counts(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    # In points, so that the columns keep their distance however wide the labels make the axes.
    for column, offset in (
        ("share", 42),
        ("n_passages", 100),
        ("n_articles", 150),
        ("n_stories", 196),
    ):
        texts = [
            words.percent(value) if column == "share" else words.number(value)
            for value in frame[column]
        ]
        style: dict[str, Any] = {"color": GREY}
        if column == "share":
            style = {"color": INK, "weight": "bold"}
        heading: dict[str, Any] = {"color": GREY, "size": 9}
        cells = [(text, row, style) for row, text in enumerate(texts)]
        for text, row, look in [(words(f"column.{column}"), -0.85, heading), *cells]:
            axes.annotate(
                text,
                (1, row),
                xycoords=axes.get_yaxis_transform(),
                xytext=(offset, 0),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                **look,
            )


def _prepare(basis: Basis) -> pd.DataFrame:
    tables = basis.tables
    counts = ["n_passages", "n_articles", "n_stories", "share", "share_low", "share_high"]
    themes = tables.themes.sort_values(
        ["n_passages", "theme"], ascending=[False, True], kind="stable"
    ).head(MOST_THEMES)
    frame = themes[["theme", *counts]].assign(
        label=themes["theme"].map(theme_labels(basis)),
        color=themes["theme"].map(theme_colours(tables.themes)),
    )
    bare = tables.passages["themes"].map(len) == 0
    marked = tables.passages.assign(themes=pd.Series([[_NONE] if x else [] for x in bare]).array)
    none = count_groups(marked, tables.articles, "themes", basis.summary["seed"]).assign(
        label=basis.words("no_theme"), color=QUIET
    )
    frame = pd.concat([frame, none], ignore_index=True)
    # A theme that was never found has no interval to draw.
    frame.loc[frame["n_passages"] == 0, ["share_low", "share_high"]] = float("nan")
    whole = ["n_passages", "n_articles", "n_stories"]
    frame[[*whole, "share"]] = frame[[*whole, "share"]].fillna(0)
    frame[whole] = frame[whole].astype(int)
    return frame[["theme", "label", "color", *counts]]


def _title(basis: Basis, frame: pd.DataFrame) -> str:
    words = basis.words
    tables = basis.tables
    lead = rank_themes(tables.themes, tables.passages, tables.articles, basis.summary["seed"])
    if lead.first is None:
        return words("theme_shares.title.none")
    if not lead.can_say:
        return words("theme_shares.title.few")
    first = frame[frame["theme"] == lead.first].iloc[0]
    key = "theme_shares.title.close" if lead.rivals else "theme_shares.title.clear"
    return words(key, first=words.quote(first["label"]), share=words.percent(first["share"]))
