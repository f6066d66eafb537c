"""The themes through a series of runs, with intervals, and whether they vary more than chance lets them.

Every run counts in the order given; two runs make the shortest series.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import (
    ComparedRun,
    CompareSettings,
    mark_themes,
    name_stories,
)
from press_themes.measures.changes.permutation import (
    gather_contents,
    hold_error,
    permute_shares,
    share_by_run,
)
from press_themes.measures.intervals import resample_shares

COLUMNS = [
    "theme", "label", "run", "position", "n_passages", "n_stories", "share", "share_low",
    "share_high", "p_adjusted",
]  # fmt: skip


def trace_timeline(
    runs: Sequence[ComparedRun], settings: CompareSettings = CompareSettings()
) -> pd.DataFrame:
    """Trace the share of each theme through a series of runs."""
    themes = list(dict.fromkeys(theme for run in runs for theme in run.tables.themes["theme"]))
    everywhere = [t for t in themes if all((run.tables.themes["theme"] == t).any() for run in runs)]
    adjusted = dict(zip(everywhere, _vary(runs, everywhere, settings), strict=True))
    rows = []
    for position, run in enumerate(runs):
        labels = dict(zip(run.tables.themes["theme"], run.tables.themes["label"], strict=True))
        own = [theme for theme in themes if theme in labels]
        _, contents = gather_contents([name_stories(run)], [mark_themes(run, own)])
        counts, totals = contents.counts[0], contents.totals[0]
        ends = resample_shares(counts, totals, settings.seed)
        n_passages, n_stories = counts.sum(axis=0), (counts > 0).sum(axis=0)
        numbers = zip(own, n_passages, n_stories, n_passages / totals.sum(), *ends, strict=True)
        for theme, *of_theme in numbers:
            p = adjusted.get(theme, np.nan)
            rows.append((theme, labels[theme], run.name, position, *of_theme, p))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"n_passages": "int64", "n_stories": "int64", "share": "float64"})


def _vary(runs: Sequence[ComparedRun], themes: list[str], settings: CompareSettings) -> np.ndarray:
    if not themes:
        return np.zeros(0)
    members = [mark_themes(run, themes) for run in runs]
    _, contents = gather_contents([name_stories(run) for run in runs], members)
    observed = _spread(share_by_run(contents)[:, None, :])[0]
    permuted = _spread(np.nan_to_num(permute_shares(contents, settings)))
    scale = permuted.mean(axis=0)
    still = scale < 1e-15
    scale = np.where(still, 1, scale)
    return hold_error(np.where(still, 0, observed / scale), np.where(still, 0, permuted / scale))[1]


def _spread(shares: np.ndarray) -> np.ndarray:
    """Return the variance between runs, shape (n_resamples, n_themes)."""
    return np.nan_to_num(shares).var(axis=0)
