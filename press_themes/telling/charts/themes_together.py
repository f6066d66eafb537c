"""Which themes meet in the same stories more, or less, often than chance would have it.

The names stand on the stairs of the table: each reads the row to its left and the column below.
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
    order_by_size,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.deviations import Cells, draw_cells
from press_themes.telling.charts.house_style import WIDTH, finish
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.rows import each_row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 12
_LABELS_WIDTH = 1.9


@chart
def draw_themes_together(basis: Basis) -> Told:
    """Draw how often each pair of themes meets in a story."""
    require_passages(basis)
    tables, words = basis.tables, basis.words
    compared = tables.theme_pairs
    if compared.empty:
        raise NothingToDrawError(words("absent.no_pairs"))
    themes = order_by_size(tables.themes, "theme", "n_stories")["theme"]
    found = set(compared["first"]) | set(compared["second"])
    names = [theme for theme in themes if theme in found][:MOST_THEMES]
    labels = theme_labels(basis, 34)
    figure = new_figure(2.0 + 0.44 * len(names))
    axes = figure.subplots()
    draw_cells(_arrange(compared, names), axes, words)
    _write_stairs(axes, [labels[name] for name in names])
    title = _state_takeaway(basis, compared)
    stories = words("noun.story", n=int(compared["n_all"].iloc[0]))
    subtitle = words("themes_together.subtitle", stories=stories)
    hidden = len(found) - len(names)
    if hidden:
        subtitle += " " + words("hidden.themes", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "pairs", True), words("missing_glyphs"))
    frame = compared[compared["first"].isin(names) & compared["second"].isin(names)]
    frame = frame.assign(
        first_label=frame["first"].map(labels), second_label=frame["second"].map(labels)
    ).reset_index(drop=True)
    columns = ["first", "first_label", "second", "second_label", "n_stories"]
    frame = frame[[*columns, "n_first", "n_second", "expected", "residual"]]
    return Told(figure, frame, title, subtitle)


def _arrange(compared: pd.DataFrame, names: list[str]) -> Cells:
    """Put each pair into the row of the smaller theme and the column of the larger one."""
    place = {name: i for i, name in enumerate(names)}
    cells = Cells(*(np.full((len(names), len(names) - 1), np.nan) for _ in Cells._fields))
    for pair in each_row(compared):
        if pair.first in place and pair.second in place:
            column, row = sorted((place[pair.first], place[pair.second]))
            shown = pair.residual if pair.beyond_chance else 0.0
            values = (pair.n_stories, pair.expected, shown)
            for field, value in zip(cells, values, strict=True):
                field[row, column] = value
    return cells


def _write_stairs(axes: Axes, labels: list[str]) -> None:
    for row, label in enumerate(labels):
        axes.text(row + 0.08, row + 0.5, label, size=9.5, weight="bold", va="center")
    # The last name stands to the right of the table, which makes room for it.
    inside = WIDTH - 0.6 - _LABELS_WIDTH
    columns = len(labels) - 1
    axes.set_xlim(0, columns * (1 + _LABELS_WIDTH / inside))


def _state_takeaway(basis: Basis, compared: pd.DataFrame) -> str:
    words, labels = basis.words, theme_labels(basis)
    standing_out = compared[compared["stands_out"].astype(bool)]
    if standing_out.empty:
        return words("themes_together.title.flat")
    departure = standing_out.iloc[0]
    together = departure["residual"] > 0
    return words(
        "themes_together.title.more" if together else "themes_together.title.less",
        first=words.quote(labels[departure["first"]]),
        second=words.quote(labels[departure["second"]]),
        observed=words("noun.story", n=int(departure["n_stories"])),
        expected=words.number(departure["expected"], 1),
    )
