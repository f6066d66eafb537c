"""A figure as wide as a page, to begin a chart with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press_themes.telling.charts.house_style import WIDTH

if TYPE_CHECKING:
    from press_themes.telling.charts.chart import Chart


def new_figure(height: float) -> Chart:
    """Make a figure as wide as a page.

    Parameters
    ----------
    height : float
        In inches.

    Returns
    -------
    Chart
        Empty.
    """
    from press_themes.telling.charts.chart import Chart

    return Chart(figsize=(WIDTH, height))
