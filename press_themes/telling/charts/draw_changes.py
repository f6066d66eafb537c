"""The figures of a comparison, written like those of a run or shown in a notebook.

The same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from press_themes.measures.changes.compared import ComparedRun, Comparison
from press_themes.telling.charts.draw import draw_each
from press_themes.telling.charts.drawing import Drawing
from press_themes.telling.charts.picture import Picture, take_picture
from press_themes.telling.charts.run_timeline import chart_run_timeline
from press_themes.telling.charts.share_slopes import ChangeBasis, chart_share_slopes
from press_themes.telling.charts.topic_shifts import chart_topic_shifts
from press_themes.telling.wording import load_wording

CHARTS: dict[str, Callable[[ChangeBasis], Drawing]] = {
    "share_slopes": chart_share_slopes,
    "topic_shifts": chart_topic_shifts,
    "run_timeline": chart_run_timeline,
}


def draw_changes(runs: Sequence[ComparedRun], changed: Comparison, folder: Path) -> pd.DataFrame:
    """Draw every chart of a comparison, in the language of the last run, and write its files.

    Parameters
    ----------
    runs : sequence of ComparedRun
        The runs, in order.
    changed : Comparison
        What changed.
    folder : Path
        Where the files go; made if it does not exist.

    Returns
    -------
    DataFrame
        As `press_themes.telling.charts.draw.draw_charts` returns it.
    """
    basis = ChangeBasis(runs, changed, load_wording(runs[-1].summary["language"]))
    return draw_each({name: partial(chart, basis) for name, chart in CHARTS.items()}, folder)


def picture_changes(name: str, runs: Sequence[ComparedRun], changed: Comparison) -> Picture:
    """Draw one chart of a comparison for a notebook."""
    basis = ChangeBasis(runs, changed, load_wording(runs[-1].summary["language"]))
    return take_picture(partial(CHARTS[name], basis))
