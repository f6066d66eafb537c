"""Which outlet takes up which theme more, or less, than its size leads to expect.

Articles are compared, not passages, because the passages of one article are not independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from press_themes.findings.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.findings.charts.house_style import INK, OPPOSED, finish, new_figure
from press_themes.findings.charts.lettering import clean_label, wrap
from press_themes.findings.ranking import FEWEST_EXPECTED, compare_outlets, find_departure
from press_themes.findings.rows import each_row
from press_themes.findings.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_THEMES = 15
_STRONGEST = 5.0
_MOST_WIDE_CELLS = 4


def chart_theme_by_outlet(basis: Basis) -> Drawing:
    """Draw how the outlets depart from what is expected of them.

    Parameters
    ----------
    basis : Basis
        Tables, summary and words.

    Returns
    -------
    Drawing
        Its frame has ``theme, label, outlet, n_articles, n_outlet, expected, residual``.

    Raises
    ------
    NothingToDrawError
        With fewer than four passages, fewer than two outlets or no assigned theme.
    """
    require_passages(basis)
    tables, words = basis.tables, basis.words
    compared = compare_outlets(tables.passages, tables.articles)
    if compared.empty:
        raise NothingToDrawError(words("absent.one_outlet"))
    frame = _prepare(basis, compared)
    height = 0.36 if frame["outlet"].nunique() <= _MOST_WIDE_CELLS else 0.44
    figure = new_figure(2.7 + height * frame["theme"].nunique())
    draw_theme_by_outlet(frame, figure.subplots(), words)
    title = _title(basis, compared)
    articles = frame.drop_duplicates("outlet")["n_outlet"].sum()
    subtitle = words("theme_by_outlet.subtitle", articles=words("noun.article", n=int(articles)))
    hidden = tables.articles["outlet"].nunique() - frame["outlet"].nunique()
    if hidden:
        subtitle += " " + words("hidden.outlets", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "method.outlets"), words("missing_glyphs"))
    alt = words("theme_by_outlet.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_theme_by_outlet(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw the residuals as colours, with observed and expected articles written in.

    Parameters
    ----------
    frame : DataFrame
        As `chart_theme_by_outlet` returns it.
    axes : Axes
        Where to draw.
    words : Wording
        Phrases and formats.
    """
    from matplotlib.colors import LinearSegmentedColormap

    themes, outlets = list(dict.fromkeys(frame["theme"])), list(dict.fromkeys(frame["outlet"]))
    residuals = frame["residual"].to_numpy().reshape(len(themes), len(outlets))
    expected = frame["expected"].to_numpy().reshape(residuals.shape)
    # Within two standard errors of expectation, or where it is tiny, a cell stays white.
    coloured = (np.abs(residuals) >= 2) & (expected >= FEWEST_EXPECTED)
    shown = np.where(coloured, residuals, 0)
    colours = LinearSegmentedColormap.from_list("opposed", list(OPPOSED))
    axes.pcolormesh(
        shown, cmap=colours, vmin=-_STRONGEST, vmax=_STRONGEST, edgecolors="#D5D8DB", linewidth=0.8
    )
    for cell in each_row(frame):
        row, column = themes.index(cell.theme), outlets.index(cell.outlet)
        colour = "white" if abs(shown[row, column]) > 3 else INK
        text = words(
            "theme_by_outlet.cell"
            if len(outlets) <= _MOST_WIDE_CELLS
            else "theme_by_outlet.cell.narrow",
            observed=words.number(cell.n_articles),
            expected=words.number(cell.expected, 1),
        ).replace("|", "\n")
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", size=9, color=colour)
    sizes = frame.drop_duplicates("outlet").set_index("outlet")["n_outlet"]
    width = 5.2 / len(outlets)
    names = [
        "\n".join(
            [
                *wrap(axes.figure, clean_label(x, 40), 9, "normal", width, 3),
                f"n = {words.number(sizes[x])}",
            ]
        )
        for x in outlets
    ]
    axes.set_xticks(np.arange(len(outlets)) + 0.5, labels=names)
    axes.tick_params(axis="x", labeltop=True, labelbottom=False, labelcolor=INK, labelsize=9)
    labels = list(frame.drop_duplicates("theme")["label"])
    axes.set_yticks(np.arange(len(themes)) + 0.5, labels=labels)
    axes.invert_yaxis()
    for spine in axes.spines.values():
        spine.set_visible(False)


def _prepare(basis: Basis, compared: pd.DataFrame) -> pd.DataFrame:
    themes = basis.tables.themes
    largest = themes.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    names = [name for name in largest["theme"] if name in set(compared["theme"])][:MOST_THEMES]
    frame = pd.concat([compared[compared["theme"] == name] for name in names], ignore_index=True)
    frame.insert(1, "label", frame["theme"].map(theme_labels(basis)))
    return frame


def _title(basis: Basis, compared: pd.DataFrame) -> str:
    words = basis.words
    departure = find_departure(compared)
    if departure is None:
        return words("theme_by_outlet.title.flat")
    direction = "more" if departure["residual"] > 0 else "less"
    return words(
        f"theme_by_outlet.title.{direction}",
        outlet=clean_label(departure["outlet"], 40),
        theme=words.quote(theme_labels(basis)[departure["theme"]]),
        observed=words("noun.article", n=int(departure["n_articles"])),
        expected=words.number(departure["expected"], 1),
    )
