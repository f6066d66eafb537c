"""Which theme meets which topic: the crosswalk between the codebook and what clustering found.

It shows what the codebook covers and, in the row without a theme, what it misses.
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
    count_part,
    order_by_size,
    require_passages,
    source_line,
    theme_labels,
    topic_labels,
)
from press_themes.telling.charts.house_style import GREY, INK, SEQUENCE, finish, text_on
from press_themes.telling.charts.lettering import mark_direction
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TOPICS = 12
MOST_THEMES = 15
_NO_THEME = ""
_OTHER = -2
_OUTLIER = -1


@chart
def draw_themes_by_topic(basis: Basis) -> Told:
    """Draw the crosswalk of themes and topics."""
    require_passages(basis)
    words = basis.words
    if basis.tables.topics.empty:
        raise NothingToDrawError(words("absent.no_topics"))
    if basis.tables.themes.empty:
        raise NothingToDrawError(words("absent.no_themes"))
    frame = _cross(basis)
    n_rows = frame["theme"].nunique()
    figure = new_figure(3.3 + 0.36 * n_rows)
    _draw(frame, figure.subplots(), words)
    title = _title(basis)
    subtitle = words(
        "themes_by_topic.subtitle", passages=words("noun.passage", n=len(basis.tables.passages))
    )
    hidden = len(basis.tables.topics) - MOST_TOPICS
    if hidden > 0:
        subtitle += " " + words("hidden.topics_summed", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "topics", True), words("missing_glyphs"))
    return Told(figure, _name_codes(frame, words), title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw the crosswalk as a heat map with the counts written in."""
    from matplotlib.colors import LinearSegmentedColormap

    counts = _as_grid(frame, "n_passages").to_numpy()
    grid = _as_grid(frame, "share")
    shares = grid.to_numpy()
    colours = LinearSegmentedColormap.from_list("share", list(SEQUENCE))
    axes.pcolormesh(
        grid.to_numpy(), cmap=colours, vmin=0, vmax=1, edgecolors="white", linewidth=1.5
    )
    for row, column in np.argwhere(counts > 0):
        axes.text(
            column + 0.5,
            row + 0.5,
            words.number(counts[row, column]),
            ha="center",
            va="center",
            size=9,
            color=text_on(colours(shares[row, column])),
        )
    labels = frame.drop_duplicates("theme").set_index("theme")["theme_label"]
    axes.set_yticks(np.arange(len(grid)) + 0.5, labels=list(labels.loc[grid.index]))
    names = [
        mark_direction(f"{row.topic_label} ({words.number(row.n_topic)})")
        for row in each_row(frame.drop_duplicates("topic"))
    ]
    axes.set_xticks(np.arange(grid.shape[1]) + 0.5, labels=names)
    axes.tick_params(
        axis="x",
        top=True,
        labeltop=True,
        bottom=False,
        labelbottom=False,
        labelcolor=INK,
        labelsize=9,
        pad=2,
    )
    for label in axes.get_xticklabels():
        label.set(rotation=50, ha="left", va="bottom", rotation_mode="anchor")
    axes.invert_yaxis()
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.axhline(len(grid) - 1, color=GREY, lw=0.8)


def _cross(basis: Basis) -> pd.DataFrame:
    """Lay out the crosswalk, with the smaller topics in one column."""
    tables, words = basis.tables, basis.words
    largest = order_by_size(tables.topics, "topic")["topic"].head(MOST_TOPICS)
    shown = [int(topic) for topic in largest]
    themes = order_by_size(tables.themes, "theme")["theme"].head(MOST_THEMES)
    crossed = tables.crosswalk
    topic = crossed["topic"].astype(int)
    crossed = crossed.assign(topic=topic.where(topic.isin([*shown, _OUTLIER]), _OTHER))
    sizes = {
        **dict(zip(tables.topics["topic"].astype(int), tables.topics["n_passages"], strict=True)),
        _OUTLIER: count_part(tables, "outliers"),
    }
    sizes[_OTHER] = len(tables.passages) - sum(sizes[x] for x in [*shown, _OUTLIER])
    columns = [*shown, *(x for x in (_OTHER, _OUTLIER) if sizes[x])]
    grid = pd.MultiIndex.from_product([[*themes, _NO_THEME], columns], names=["theme", "topic"])
    summed = crossed.groupby(["theme", "topic"])["n_passages"].sum()
    frame = summed.reindex(grid, fill_value=0).reset_index()
    frame["n_topic"] = frame["topic"].map(sizes).astype(int)
    frame["share"] = (frame["n_passages"] / frame["n_topic"].where(frame["n_topic"] > 0)).fillna(
        0.0
    )
    names = {**topic_labels(basis, 34), _OUTLIER: words("outliers"), _OTHER: words("other_topics")}
    frame["topic_label"] = frame["topic"].map(names)
    frame["theme_label"] = frame["theme"].map(
        {**theme_labels(basis, 34), _NO_THEME: words("no_theme")}
    )
    return frame[["theme", "theme_label", "topic", "topic_label", "n_passages", "n_topic", "share"]]


def _name_codes(frame: pd.DataFrame, words: Wording) -> pd.DataFrame:
    codes = {_OUTLIER: words("outliers"), _OTHER: words("other_topics")}
    return frame.assign(topic=[codes.get(topic, topic) for topic in frame["topic"]])


def _as_grid(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    values = frame[column].to_numpy().reshape(frame["theme"].nunique(), -1)
    return pd.DataFrame(values, index=frame["theme"].unique(), columns=frame["topic"].unique())


def _title(basis: Basis) -> str:
    words, covered = basis.words, basis.tables.topic_coverage
    least = next(each_row(covered[covered["verdict"] != "too small"]), None)
    if least is None:
        return words("themes_by_topic.title.few")
    if least.share_with_theme == 1:
        return words("themes_by_topic.title.whole")
    is_missed = least.verdict == "missed"
    return words(
        "themes_by_topic.title" if is_missed else "themes_by_topic.title.covered",
        topic=words.quote(topic_labels(basis)[int(least.topic)]),
        share=words.percent(least.share_with_theme),
        passages=words("noun.passage", n=int(least.n_passages)),
    )
