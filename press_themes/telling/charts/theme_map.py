"""The passages in two dimensions: near means similar, colour means theme, shape means language.

Only the six largest themes are coloured and named; the axes have no unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.telling.charts.density import FEWEST_SHADED, shade_density
from press_themes.telling.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    QUIET,
    finish,
    new_figure,
    plain_axes,
    theme_colours,
)
from press_themes.telling.charts.map_labels import place_labels
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_REST = "…"
_SHAPES = ("o", "^", "s", "D", "v", "P")
# Above this many dots an SVG of single marks is slow to open, so the dots become an image.
_MOST_MARKS = 3_000
_NEIGHBOURS = 10
_FEWEST_OF_THEME = 10
_FEWEST_FOR_TITLE = 40
_CLEAR_LEAD = 0.1
_MOST_PANELS = 5


def chart_theme_map(basis: Basis) -> Drawing:
    """Draw the map of the passages."""
    require_passages(basis)
    words = basis.words
    frame = _prepare(basis)
    if len(frame) < 4:
        raise NothingToDrawError(words("absent.no_map"))
    # Shapes cannot be told apart on small dots, so each language has a map of its own below.
    languages = _order_languages(frame)[:_MOST_PANELS] if len(frame) > _MOST_MARKS else []
    n_panels = len(languages) if len(languages) > 1 else 0
    figure = new_figure(7.4 + (1.9 if n_panels else 0))
    if n_panels:
        grid = figure.add_gridspec(2, n_panels, height_ratios=[5, 1.4])
        axes = figure.add_subplot(grid[0, :])
        for number, language in enumerate(languages):
            below = figure.add_subplot(grid[1, number])
            _draw_language(frame, language, below, words)
    else:
        axes = figure.subplots()
    draw_theme_map(frame, axes)
    title = _title(basis, frame)
    subtitle = words("theme_map.subtitle", passages=words("noun.passage", n=len(frame)))
    if len(frame) >= FEWEST_SHADED:
        subtitle += " " + words("theme_map.shading")
    told = words("theme_map.panels") if n_panels else _name_shapes(frame, words)
    subtitle = f"{subtitle} {told}".strip()
    finish(figure, title, subtitle, source_line(basis, "method.map"), words("missing_glyphs"))
    place_theme_labels(frame, axes)
    alt = words("theme_map.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_theme_map(frame: pd.DataFrame, axes: Axes) -> None:
    """Draw one dot a passage, grey ones first."""
    n = len(frame)
    shade_density(frame[["x", "y"]].to_numpy(dtype=float), axes)
    size = float(np.clip(9_000 / n, 3, 46))
    # Shapes cannot be told apart on dots this small.
    shapes = _SHAPES if n <= _MOST_MARKS else "o" * len(_SHAPES)
    for shape, language in zip(shapes, _order_languages(frame), strict=False):
        spoken = frame[frame["language_shape"] == language]
        ordered = pd.concat([spoken[spoken["color"] == QUIET], spoken[spoken["color"] != QUIET]])
        axes.scatter(
            ordered["x"],
            ordered["y"],
            c=list(ordered["color"]),
            s=size,
            marker=shape,
            alpha=0.85 if n < 1_000 else 0.55,
            linewidths=0,
            rasterized=n > _MOST_MARKS,
        )
    axes.margins(0.06)
    axes.set_aspect("equal", adjustable="datalim")
    plain_axes(axes)


def place_theme_labels(frame: pd.DataFrame, axes: Axes) -> None:
    """Write the name of each coloured theme near its middle, off the dots where there is room."""
    named = frame[frame["color"] != QUIET]
    densest = [_densest(group) for _, group in named.groupby("theme", sort=True)]
    place_labels(named.loc[densest], frame[["x", "y"]].to_numpy(dtype=float), axes)


def _draw_language(frame: pd.DataFrame, language: str, axes: Axes, words: Wording) -> None:
    spoken = frame["language_shape"] == language
    for chosen, colour in ((~spoken, FAINT), (spoken, GREY)):
        axes.scatter(
            frame.loc[chosen, "x"], frame.loc[chosen, "y"], c=colour, s=2, linewidths=0,
            alpha=0.7, rasterized=True,
        )  # fmt: skip
    name = words("other_languages") if language == _REST else words.language_name(language)
    axes.set_title(f"{name}\n{words.number(int(spoken.sum()))}", size=9, color=GREY)
    axes.set_aspect("equal", adjustable="datalim")
    plain_axes(axes)


def _densest(group: pd.DataFrame) -> Any:
    from scipy.spatial import cKDTree

    points = group[["x", "y"]].to_numpy()
    nearest = min(len(points), 1 + len(points) // 4)
    distance = cKDTree(points).query(points, k=[nearest])[0][:, 0]
    return group.index[int(np.argmin(distance))]


def _prepare(basis: Basis) -> pd.DataFrame:
    tables, words = basis.tables, basis.words
    colours = theme_colours(tables.themes)
    assigned = tables.theme_scores.loc[tables.theme_scores["assigned"]]
    strongest = assigned.sort_values(["score", "theme"], ascending=[False, True], kind="stable")
    first = strongest.drop_duplicates("passage_id").set_index("passage_id")
    frame = tables.passages[["passage_id", "x", "y", "language"]].dropna(subset=["x", "y"])
    borne = first["theme"].to_dict()
    theme = [borne.get(passage, "") for passage in frame["passage_id"]]
    labels = {**theme_labels(basis), "": words("no_theme")}
    frame = frame.assign(
        theme=theme,
        label=[labels[name] for name in theme],
        color=[colours.get(name, QUIET) for name in theme],
    )
    sizes = frame["language"].value_counts()
    largest = sorted(sizes.index, key=lambda language: (-sizes[language], language))
    shaped = frame["language"].isin(largest[: len(_SHAPES) - 1])
    frame["language_shape"] = frame["language"].where(shaped, _REST)
    return frame.reset_index(drop=True)


def _order_languages(frame: pd.DataFrame) -> list[str]:
    sizes = frame["language_shape"].value_counts()
    return sorted(sizes.index, key=lambda language: (language == _REST, -sizes[language], language))


def _name_shapes(frame: pd.DataFrame, words: Wording) -> str:
    languages = _order_languages(frame)
    if len(languages) < 2 or len(frame) > _MOST_MARKS:
        return ""
    names = ("circle", "triangle", "square", "diamond", "triangle_down", "cross")
    shapes = [
        words(
            "theme_map.shape",
            shape=words(f"shape.{name}"),
            language=words("other_languages")
            if language == _REST
            else words.language_name(language),
        )
        for name, language in zip(names, languages, strict=False)
    ]
    return words("theme_map.shapes", shapes=", ".join(shapes))


def _title(basis: Basis, frame: pd.DataFrame) -> str:
    words = basis.words
    named = frame[frame["color"] != QUIET]
    passages = words("noun.passage", n=len(frame))
    if named.empty:
        return words("theme_map.title.none", passages=passages)
    if len(frame) < _FEWEST_FOR_TITLE:
        return words("theme_map.title", n=named["theme"].nunique(), passages=passages)
    near, share = _find_closest(frame)
    sizes = named["theme"].value_counts()
    leads = {
        theme: near[theme] - share[theme]
        for theme in sorted(sizes.index)
        if sizes[theme] >= _FEWEST_OF_THEME
    }
    if not leads or max(leads.values()) < _CLEAR_LEAD:
        return words("theme_map.title.mixed")
    closest = max(leads, key=lambda theme: leads[theme])
    return words(
        "theme_map.title.closest",
        theme=words.quote(theme_labels(basis)[closest]),
        near=words.percent(near[closest]),
        share=words.percent(share[closest]),
    )


def _find_closest(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return, by theme, the share of it among the neighbours of its dots and among all dots."""
    from scipy.spatial import cKDTree

    points = frame[["x", "y"]].to_numpy(dtype=float)
    theme = frame["theme"].to_numpy()
    # Each dot finds itself, or a twin in its place, first.
    _, nearest = cKDTree(points).query(points, k=_NEIGHBOURS + 1)
    own = np.arange(len(points))[:, None]
    same = (theme[nearest] == theme[:, None]) & (nearest != own)
    near = same.sum(axis=1) / (nearest != own).sum(axis=1)
    return pd.Series(near).groupby(theme).mean(), frame["theme"].value_counts(normalize=True)
