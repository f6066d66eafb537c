"""Every chart by its name: ``charts.theme_shares(run)`` is a Matplotlib figure, drawn from a run's tables.

A figure carries what it says: ``takeaway``, ``caption``, ``alt`` and ``numbers``, the rows behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any


def list_charts() -> list[str]:
    """Return the names of the charts of a run and of a comparison, in the order of reading."""
    return list(_drawables())


def house_style() -> AbstractContextManager[None]:
    """Return the house style as a context, for charts of one's own."""
    from press_themes.telling.charts.house_style import use_house_style

    return use_house_style()


def _drawables() -> dict[str, Any]:
    from press_themes.telling.charts.chart_list import CHARTS, CHARTS_OF_CHANGES

    return {chart.name: chart for chart in (*CHARTS, *CHARTS_OF_CHANGES)}


def __getattr__(name: str) -> Callable[[Any], Any]:
    chart = None if name.startswith("_") else _drawables().get(name)
    if chart is None:
        raise AttributeError(f"there is no chart '{name}'; charts.list_charts() names them")

    def draw(run: Any) -> Any:
        from press_themes.telling.charts.basis import ChartSettings

        summary = run.summary
        settings = ChartSettings(summary["title"], int(summary["quote_characters"]))
        return chart.draw(run, summary["language"], settings)

    draw.__name__ = name
    draw.__doc__ = chart.draw.__doc__
    return draw


def __dir__() -> list[str]:
    return ["house_style", "list_charts", *_drawables()]
