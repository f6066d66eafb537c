"""Tables of deviations: what was counted, what was expected, and colour where the two differ.

Themes by outlet, themes by language and pairs of themes are all drawn as such a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.departures import FEWEST_EXPECTED, compare_stories, find_departure
from press_themes.telling.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import INK, OPPOSED, finish, new_figure, text_on
from press_themes.telling.charts.lettering import clean_label, wrap
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
    observed, expected, residual : ndarray
        NaN where there is no cell.
    """

    observed: np.ndarray
    expected: np.ndarray
    residual: np.ndarray


def chart_stories_by(basis: Basis, column: str, name_group: Callable[[str], str]) -> Drawing:
    """Draw how outlets or languages depart from what their size leads to expect."""
    require_passages(basis)
    tables, words, chart = basis.tables, basis.words, f"theme_by_{column}"
    compared = compare_stories(tables.passages, tables.articles, column)
    if compared.empty:
        raise NothingToDrawError(words(f"absent.one_{column}"))
    frame = _order_by_size(basis, compared)
    groups, sizes = frame[column].nunique(), frame.drop_duplicates(column)[f"n_{column}"]
    height = 0.36 if groups <= _MOST_WIDE_CELLS else 0.44
    figure = new_figure(2.7 + height * frame["theme"].nunique())
    axes = figure.subplots()
    shape = (-1, groups)
    fields = (frame[x].to_numpy().reshape(shape) for x in ("n_stories", "expected", "residual"))
    draw_cells(Cells(*fields), axes, words)
    names = [name_group(x) for x in frame[column].head(groups)]
    _write_headings(axes, names, [words.number(n) for n in sizes])
    labels = [theme_labels(basis)[x] for x in dict.fromkeys(frame["theme"])]
    axes.set_yticks(np.arange(len(labels)) + 0.5, labels=labels)
    title = _state_departure(basis, compared, column, name_group)
    subtitle = words(f"{chart}.subtitle")
    hidden = tables.articles[column].nunique() - groups
    if hidden:
        subtitle += " " + words(f"hidden.{column}s", n=hidden)
    source = source_line(basis, f"method.{column}s")
    finish(figure, title, subtitle, source, words("missing_glyphs"))
    return Drawing(figure, frame, title, subtitle, words(f"{chart}.alt", takeaway=title))


def draw_cells(cells: Cells, axes: Axes, words: Wording) -> None:
    """Draw the residuals as colours, with observed and expected numbers written in."""
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    wide = cells.observed.shape[1] <= _MOST_WIDE_CELLS
    scale = Normalize(-_STRONGEST, _STRONGEST, clip=True)
    colours = LinearSegmentedColormap.from_list("opposed", list(OPPOSED))
    shown = np.ma.masked_invalid(mute_chance(cells.residual, cells.expected))
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


def mute_chance(residual: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the residuals with 0 within two standard errors and where next to none are expected."""
    told = (np.abs(residual) >= 2) & (expected >= FEWEST_EXPECTED)
    return np.where(told | np.isnan(residual), residual, 0.0)


def _write_headings(axes: Axes, names: list[str], sizes: list[str]) -> None:
    width = _HEADINGS_WIDTH / len(names)
    labels = [
        "\n".join([*wrap(axes.figure, clean_label(name, 40), 9, "normal", width, 3), f"n = {size}"])
        for name, size in zip(names, sizes, strict=True)
    ]
    axes.set_xticks(np.arange(len(names)) + 0.5, labels=labels)
    axes.tick_params(axis="x", labeltop=True, labelbottom=False, labelcolor=INK, labelsize=9)


def _order_by_size(basis: Basis, compared: pd.DataFrame) -> pd.DataFrame:
    themes = basis.tables.themes
    largest = themes.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    names = [name for name in largest["theme"] if name in set(compared["theme"])][:MOST_THEMES]
    frame = pd.concat([compared[compared["theme"] == name] for name in names], ignore_index=True)
    frame.insert(1, "label", frame["theme"].map(theme_labels(basis)))
    return frame


def _state_departure(
    basis: Basis, compared: pd.DataFrame, column: str, name_group: Callable[[str], str]
) -> str:
    words = basis.words
    departure = find_departure(compared)
    if departure is None:
        return words(f"theme_by_{column}.title.flat")
    direction = "more" if departure["residual"] > 0 else "less"
    named: dict[str, Any] = {column: clean_label(name_group(departure[column]), 40)}
    return words(
        f"theme_by_{column}.title.{direction}",
        **named,
        theme=words.quote(theme_labels(basis)[departure["theme"]]),
        observed=words("noun.story", n=int(departure["n_stories"])),
        expected=words.number(departure["expected"], 1),
    )
