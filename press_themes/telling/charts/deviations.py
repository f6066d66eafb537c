"""Tables of deviations: what was counted, what was expected, and colour where the two differ.

Themes by outlet, themes by language and pairs of themes are all drawn as such a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

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
from press_themes.telling.charts.house_style import INK, OPPOSED, finish, text_on
from press_themes.telling.charts.lettering import clean_label, wrap
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 15
_STRONGEST = 5.0
_FRAME = "#D5D8DB"
_MOST_WIDE_CELLS = 4
_HEADINGS_WIDTH = 5.2


class Cells(NamedTuple):
    """The cells of a table of deviations, as arrays of shape (n_rows, n_columns).

    Attributes
    ----------
    observed, expected, shown : ndarray
        NaN where there is no cell; `shown` is the residual, or 0 where chance explains it.
    """

    observed: np.ndarray
    expected: np.ndarray
    shown: np.ndarray


@chart
def draw_theme_by_outlet(basis: Basis) -> Told:
    """Draw which outlet takes up which theme more, or less, than its size leads to expect."""
    return _draw_groups(basis, "outlet", str)


@chart
def draw_theme_by_language(basis: Basis) -> Told:
    """Draw in which language which theme is taken up more, or less, than its size leads to expect."""
    return _draw_groups(basis, "language", basis.words.language_name)


def _draw_groups(basis: Basis, column: str, name_group: Callable[[str], str]) -> Told:
    require_passages(basis)
    tables, words = basis.tables, basis.words
    compared = tables.departures[tables.departures["grouping"] == column]
    if compared.empty:
        raise NothingToDrawError(words(f"absent.one_{column}"))
    frame = _order_by_size(basis, compared)
    sizes = frame.drop_duplicates("group")["n_group"]
    groups = len(sizes)
    height = 0.36 if groups <= _MOST_WIDE_CELLS else 0.44
    figure = new_figure(2.7 + height * frame["theme"].nunique())
    axes = figure.subplots()
    shape = (-1, groups)
    shown = frame["residual"].where(frame["beyond_chance"].astype(bool), 0.0)
    fields = (x.to_numpy().reshape(shape) for x in (frame["n_stories"], frame["expected"], shown))
    draw_cells(Cells(*fields), axes, words)
    names = [name_group(x) for x in frame["group"].head(groups)]
    _write_headings(axes, names, [words.number(n) for n in sizes])
    labels = [theme_labels(basis)[x] for x in dict.fromkeys(frame["theme"])]
    axes.set_yticks(np.arange(len(labels)) + 0.5, labels=labels)
    title = _state_departure(basis, compared, column, name_group)
    subtitle = words(f"theme_by_{column}.subtitle")
    hidden = len(list_groups(tables, column)) - groups
    if hidden:
        subtitle += " " + words(f"hidden.{column}s", n=hidden)
    source = source_line(basis, f"{column}s", True)
    finish(figure, title, subtitle, source, words("missing_glyphs"))
    frame = frame[["theme", "label", "group", "n_stories", "n_group", "expected", "residual"]]
    frame = frame.rename(columns={"group": column, "n_group": f"n_{column}"})
    return Told(figure, frame, title, subtitle)


def list_groups(tables: Any, grouping: str) -> pd.DataFrame:
    """List the outlets or languages that are stated, with their numbers over all themes."""
    groups = tables.article_groups
    return groups[
        (groups["grouping"] == grouping) & (groups["theme"] == "") & (groups["group"] != "")
    ]


def draw_cells(cells: Cells, axes: Axes, words: Wording) -> None:
    """Draw deviations as colours, with observed and expected numbers written in."""
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    wide = cells.observed.shape[1] <= _MOST_WIDE_CELLS
    scale = Normalize(-_STRONGEST, _STRONGEST, clip=True)
    colours = LinearSegmentedColormap.from_list("opposed", list(OPPOSED))
    shown = np.ma.masked_invalid(cells.shown)
    frames = np.where(np.ma.getmaskarray(shown), "none", _FRAME).ravel()
    axes.pcolormesh(shown, cmap=colours, norm=scale, edgecolors=list(frames), linewidth=0.8)
    for row, column in np.argwhere(~np.isnan(cells.expected)):
        text = words(
            "deviation.cell" if wide else "deviation.cell.narrow",
            observed=words.number(cells.observed[row, column]),
            expected=words.number(cells.expected[row, column], 1),
        ).replace("|", "\n")
        colour = text_on(colours(scale(shown[row, column])))
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", size=9, color=colour)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _write_headings(axes: Axes, names: list[str], sizes: list[str]) -> None:
    width = _HEADINGS_WIDTH / len(names)
    labels = [
        "\n".join([*wrap(axes.figure, clean_label(name, 40), 9, "normal", width, 3), f"n = {size}"])
        for name, size in zip(names, sizes, strict=True)
    ]
    axes.set_xticks(np.arange(len(names)) + 0.5, labels=labels)
    axes.tick_params(axis="x", labeltop=True, labelbottom=False, labelcolor=INK, labelsize=9)


def _order_by_size(basis: Basis, compared: pd.DataFrame) -> pd.DataFrame:
    largest = order_by_size(basis.tables.themes, "theme")
    names = [name for name in largest["theme"] if name in set(compared["theme"])][:MOST_THEMES]
    frame = pd.concat([compared[compared["theme"] == name] for name in names], ignore_index=True)
    frame.insert(1, "label", frame["theme"].map(theme_labels(basis)))
    return frame


def _state_departure(
    basis: Basis, compared: pd.DataFrame, column: str, name_group: Callable[[str], str]
) -> str:
    words = basis.words
    standing_out = compared[compared["stands_out"].astype(bool)]
    if standing_out.empty:
        return words(f"theme_by_{column}.title.flat")
    departure = standing_out.iloc[0]
    direction = "more" if departure["residual"] > 0 else "less"
    named: dict[str, Any] = {column: clean_label(name_group(departure["group"]), 40)}
    return words(
        f"theme_by_{column}.title.{direction}",
        **named,
        theme=words.quote(theme_labels(basis)[departure["theme"]]),
        observed=words("noun.story", n=int(departure["n_stories"])),
        expected=words.number(departure["expected"], 1),
    )
