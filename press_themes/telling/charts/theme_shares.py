"""How frequent each theme is: one dot a theme with its 95 % interval.

The numbers of passages, articles and stories stand beside it, and passages with no theme below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    count_stories,
    mark_basis,
    require_passages,
    source_line,
    state_basis,
    theme_labels,
)
from press_themes.telling.charts.house_style import (
    GREY,
    INK,
    QUIET,
    finish,
    label_percent,
    theme_colours,
)
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 20


@chart
def draw_theme_shares(basis: Basis) -> Told:
    """Draw the shares of the themes."""
    require_passages(basis)
    words = basis.words
    if basis.tables.themes.empty:
        raise NothingToDrawError(words("absent.no_themes"))
    frame = _prepare(basis)
    figure = new_figure(1.9 + 0.34 * len(frame))
    _draw(frame, figure.subplots(), words)
    title = _title(basis, frame)
    known = frame["share_high"].notna().any()
    subtitle = words(
        "theme_shares.subtitle" if known else "theme_shares.subtitle.bare",
        passages=words("noun.passage", n=len(basis.tables.passages)),
        stories=words("noun.story", n=count_stories(basis.tables.articles)),
    )
    subtitle += " " + state_basis(frame["basis"].iloc[:-1], words)
    hidden = len(basis.tables.themes) - len(frame) + 1
    if hidden:
        subtitle += " " + words("hidden.themes", n=hidden)
    source = source_line(basis, "intervals" if known else "themes")
    finish(figure, title, subtitle, source, words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw dots with intervals and the counts beside them."""
    rows = range(len(frame))
    axes.hlines(
        rows, frame["share_low"], frame["share_high"], colors=list(frame["color"]), linewidth=2.2
    )
    marks = mark_basis(frame["basis"])
    for row, share, colour, mark in zip(rows, frame["share"], frame["color"], marks, strict=True):
        axes.scatter([share], [row], color=colour, marker=mark, s=46, zorder=3)
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
    ranked = basis.tables.theme_ranking
    frame = pd.concat([ranked.iloc[:-1].head(MOST_THEMES), ranked.tail(1)], ignore_index=True)
    labels = {**theme_labels(basis), "": basis.words("no_theme")}
    colours = {**theme_colours(basis.tables.themes), "": QUIET}
    frame = frame.assign(label=frame["theme"].map(labels), color=frame["theme"].map(colours))
    themes = basis.tables.themes
    judged = set(themes[themes["basis"] == "judged"]["theme"]) if "basis" in themes else set()
    # Passages with no theme are what the reading leaves, whatever was judged.
    frame["basis"] = ["judged" if x in judged else "read" for x in frame["theme"]]
    counts = ["n_passages", "n_articles", "n_stories", "share", "share_low", "share_high"]
    return frame[["theme", "label", "color", "basis", *counts]]


def _title(basis: Basis, frame: pd.DataFrame) -> str:
    words, ranked = basis.words, basis.tables.theme_ranking
    if not ranked["n_passages"].iloc[:-1].any():
        return words("theme_shares.title.none")
    if not (ranked["lead"] == "first").any():
        return words("theme_shares.title.few")
    first, is_close = frame.iloc[0], (ranked["lead"] == "rival").any()
    return words(
        "theme_shares.title.close" if is_close else "theme_shares.title.clear",
        first=words.quote(first["label"]),
        share=words.percent(first["share"]),
    )
