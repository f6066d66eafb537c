"""Names beside the marks they belong to, off one another and off the marks where there is room.

The placement takes no time limit and no chance, so the same marks get the same names every time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.telling.charts.house_style import GREY, text_colour, white_edge

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Above this, names keep off the cells that hold marks, so a dense chart costs no more than others.
_MOST_OBSTACLES = 3_000
_CELLS_ACROSS = 70


def place_labels(
    named: pd.DataFrame, marks: np.ndarray, axes: Axes, size: float = 11.5, radius: float = 2.0
) -> None:
    """Write names beside their marks."""
    import textalloc

    if named.empty:
        return
    obstacles = _outline(marks, axes, radius)
    if len(obstacles) > _MOST_OBSTACLES:
        obstacles = _fill_cells(obstacles, axes)
    # The placer keeps labels off one another but not apart; the spaces do that.
    padded = [f"\u00a0{label}\u00a0" for label in named["label"]]
    _, _, texts, _ = textalloc.allocate(
        axes,
        list(named["x"]),
        list(named["y"]),
        padded,
        x_scatter=list(obstacles[:, 0]),
        y_scatter=list(obstacles[:, 1]),
        textsize=size,
        fontweight="bold",
        textcolor=[text_colour(colour) for colour in named["color"]],
        linecolor=GREY,
        linewidth=0.8,
        max_distance=0.4,
        margin=0.008,
        nbr_candidates=1_000,
        avoid_label_lines_overlap=True,
        avoid_crossing_label_lines=True,
    )
    text: Any
    for text in texts:
        text.set_path_effects(white_edge())


def _outline(marks: np.ndarray, axes: Axes, radius: float) -> np.ndarray:
    """Return each mark with the corners of the square around it: a name must not touch its rim."""
    pixels = radius * axes.figure.dpi / 72
    places = axes.transData.transform(marks)
    corners = [(0, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]
    around = np.vstack([places + pixels * np.array(corner) for corner in corners])
    return axes.transData.inverted().transform(around)


def _fill_cells(marks: np.ndarray, axes: Axes) -> np.ndarray:
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    height = axes.get_ylim()[1] - axes.get_ylim()[0]
    box = axes.get_window_extent()
    step = np.array([width / _CELLS_ACROSS, height / (_CELLS_ACROSS * box.height / box.width)])
    start = np.array([axes.get_xlim()[0], axes.get_ylim()[0]])
    cells = np.floor((marks - start) / step).astype(int)
    return marks[np.sort(np.unique(cells, axis=0, return_index=True)[1])]
