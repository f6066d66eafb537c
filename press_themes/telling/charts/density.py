"""Shading where the dots of a map lie dense, so that a crowd is told from a few dots on one spot.

Each shade holds a given share of the dots in the smallest room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from press_themes.telling.charts.house_style import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Fewer dots than this can be seen one by one, and shading would only repeat them.
FEWEST_SHADED = 200
_SHADES = ("#F4F5F6", "#E9EBED", "#DDE0E3")
_SHADED = (0.9, 0.6, 0.3)
_GRID = 160


def shade_density(points: np.ndarray, axes: Axes) -> None:
    """Shade the densest places, with a fine rim."""
    from scipy.ndimage import gaussian_filter

    if len(points) < FEWEST_SHADED:
        return
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.12 * max(float((high - low).max()), 1e-9)
    edges = [np.linspace(low[i] - margin, high[i] + margin, _GRID + 1) for i in (0, 1)]
    counts, _, _ = np.histogram2d(points[:, 0], points[:, 1], bins=edges)
    # The rule of Scott (1992) for the width of a two-dimensional kernel, in cells of the grid.
    widths = points.std(axis=0) * len(points) ** (-1 / 6) / [edge[1] - edge[0] for edge in edges]
    density = gaussian_filter(counts, 0.5 * widths, mode="constant")
    ordered = np.sort(density, axis=None)[::-1]
    held = np.cumsum(ordered) / ordered.sum()
    levels = [float(ordered[np.searchsorted(held, share)]) for share in _SHADED]
    if len(set(levels)) < len(levels) or levels[0] <= 0:
        return
    middles = [(edge[:-1] + edge[1:]) / 2 for edge in edges]
    axes.contourf(
        *middles, density.T, levels=[*levels, ordered[0] * 1.01], colors=list(_SHADES), zorder=0
    )
    # Many dots hide what is behind them, so the rims of the shades lie on top.
    axes.contour(*middles, density.T, levels=levels, colors=GREY, linewidths=0.5, zorder=2)
