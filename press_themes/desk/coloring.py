"""Colours of the points of the map, by theme, topic, outlet or language.

Few colours can be told apart: the largest groups have one, the rest share a grey.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.telling.charts.house_style import darken
from press_themes.telling.wording import Wording

#: What the points can be coloured by.
COLORINGS = ("theme", "topic", "outlet", "language")
_PALETTE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F3C8D", "#5C7A1F",
    "#A52A2A", "#00868B",
)  # fmt: skip
_REST, _NONE = "#8C8C8C", "#BDBDBD"
_LONGEST = 34


def color_passages(collection: Collection, coloring: str, words: Wording) -> pd.DataFrame:
    """Choose the colour of each passage and the label that explains it."""
    if coloring == "theme":
        return _by_theme(collection, words)
    values = collection.passages[coloring].to_numpy(dtype=object)
    names = _names(collection, coloring, words)
    sizes = pd.Series(values).value_counts()
    # By size and then by name, so that the same run has the same colours each time.
    order = sorted(sizes.index, key=lambda value: (-sizes[value], str(value)))
    stated = [value for value in order if value not in ("", -1)]
    color_of = dict(zip(stated, _PALETTE, strict=False))
    label_of = {value: shorten(names.get(value, str(value))) for value in color_of}
    rest, none = words("rest"), words("none_stated")
    labels = [label_of.get(v, none if v in ("", -1) else rest) for v in values]
    colors = [color_of.get(v, _NONE if v in ("", -1) else _REST) for v in values]
    return _categorize(labels, colors, [*label_of.values(), rest, none])


def shorten(label: str) -> str:
    """Shorten a label for a legend or a list."""
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _by_theme(collection: Collection, words: Wording) -> pd.DataFrame:
    themes = collection.themes
    colors = {
        name: darken(color) for name, color in zip(themes["theme"], themes["color"], strict=True)
    }
    names = list(collection.scores.columns)
    labels = dict(zip(themes["theme"], themes["label"], strict=True))
    none = words("no_theme")
    strongest = np.full(len(collection.passages), -1)
    if names and len(strongest):
        borne = np.where(collection.bears, collection.scores.to_numpy(), -np.inf)
        strongest = np.where(collection.bears.any(axis=1), borne.argmax(axis=1), -1)
    shown = [none if i < 0 else shorten(labels[names[i]]) for i in strongest]
    painted = [_NONE if i < 0 else colors[names[i]] for i in strongest]
    return _categorize(shown, painted, [*(shorten(labels[name]) for name in names), none])


def _names(collection: Collection, coloring: str, words: Wording) -> dict[object, str]:
    if coloring == "topic":
        return dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    if coloring == "language":
        codes = collection.passages["language"].unique()
        return {code: words.language_name(code) for code in codes}
    return {}


def _categorize(labels: list[str], colors: list[str], order: list[str]) -> pd.DataFrame:
    present = set(labels)
    categories = [label for label in dict.fromkeys(order) if label in present]
    return pd.DataFrame({"label": pd.Categorical(labels, categories), "color": colors})
