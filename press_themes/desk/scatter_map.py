"""The map of passages as a jupyter-scatter, which draws a million points with WebGL.

This is the only module that imports jscatter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.telling.wording import Wording

_HEIGHT = 440
_PREVIEW, _PREVIEW_LINES = 400, 4
# Room at each edge, so that no point is cut, as a part of the whole.
_ROOM = 0.06


def build_map(collection: Collection, colors: pd.DataFrame, title: str, words: Wording) -> Any:
    """Build the map of all passages."""
    from jscatter import Scatter

    passages = collection.passages
    source, text = words("column.source"), words("column.text")
    dates = passages["date"].dt.strftime("%Y-%m-%d").fillna("–")
    data = passages[["x", "y"]].astype("float32")
    data[source] = passages["outlet"].str.cat(dates, sep=", ").str.lstrip(", ")
    data[text] = passages["text"].str.slice(0, _PREVIEW)
    data[title] = colors["label"]
    scatter = Scatter(
        data=data,
        x="x",
        y="y",
        x_scale=_widen(data["x"]),
        y_scale=_widen(data["y"]),
        color_by=title,
        color_map=color_map(colors),
        height=_HEIGHT,
        axes=False,
        legend=True,
        tooltip=True,
        tooltip_properties=["color", source],
        tooltip_preview=text,
        tooltip_preview_text_lines=_PREVIEW_LINES,
        tooltip_histograms=False,
        size=float(np.clip(60 / max(1, len(data)) ** 0.33, 2, 7)),
        opacity_unselected=0.25,
    )
    scatter.show()
    return scatter


def recolor_map(scatter: Any, colors: pd.DataFrame, title: str) -> None:
    """Give the points of a map other colours."""
    # The map prepares a column once: a column that changed must be forgotten first.
    scatter.color(by=None)
    scatter.widget.data[title] = colors["label"]
    scatter.color(by=title, map=color_map(colors))


def color_map(colors: pd.DataFrame) -> dict[str, str]:
    """Return the colour of each label, in the order of the legend."""
    first = colors.drop_duplicates("label").set_index("label")["color"]
    return {label: str(first[label]) for label in colors["label"].cat.categories}


def _widen(places: pd.Series) -> tuple[float, float]:
    low, high = float(places.min()), float(places.max())
    room = _ROOM * (high - low) or 1.0
    return low - room, high + room
