"""The passages in two dimensions: near means similar, colour means theme, shape means language.

Only the six largest themes are coloured and named; the axes have no unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import (
    FAINT,
    GREY,
    QUIET,
    finish,
    plain_axes,
    theme_colours,
)
from press_themes.telling.charts.map_labels import place_labels
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_REST = "…"
_SHAPES = ("o", "^", "s", "D", "v", "P")
# Above this many dots an SVG of single marks is slow to open, so the dots become an image.
_MOST_MARKS = 3_000
_FEWEST_FOR_TITLE = 40
_MOST_PANELS = 5
# Fewer dots than this can be seen one by one, and shading would only repeat them. Each shade holds
# a given share of the dots in the smallest room.
_FEWEST_SHADED = 200
_SHADES = ("#F4F5F6", "#E9EBED", "#DDE0E3")
_SHADED = (0.9, 0.6, 0.3)
_GRID = 160


@chart
def draw_theme_map(basis: Basis) -> Told:
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
    _draw(frame, axes)
    title = _title(basis, frame)
    subtitle = words("theme_map.subtitle", passages=words("noun.passage", n=len(frame)))
    if len(frame) >= _FEWEST_SHADED:
        subtitle += " " + words("theme_map.shading")
    told = words("theme_map.panels") if n_panels else _name_shapes(frame, words)
    subtitle = f"{subtitle} {told}".strip()
    finish(figure, title, subtitle, source_line(basis, "map", True), words("missing_glyphs"))
    _name_themes(frame, axes)
    return Told(figure, frame, title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes) -> None:
    """Draw one dot a passage, grey ones first."""
    n = len(frame)
    _shade_density(frame[["x", "y"]].to_numpy(dtype=float), axes)
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


def _name_themes(frame: pd.DataFrame, axes: Axes) -> None:
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
    near = basis.tables.map_nearness
    close = near[near["lies_close"].astype(bool) & near["theme"].isin(named["theme"])]
    if close.empty:
        return words("theme_map.title.mixed")
    closest = close.iloc[int((close["near"] - close["share"]).to_numpy().argmax())]
    return words(
        "theme_map.title.closest",
        theme=words.quote(theme_labels(basis)[closest["theme"]]),
        near=words.percent(closest["near"]),
        share=words.percent(closest["share"]),
    )


def _shade_density(points: np.ndarray, axes: Axes) -> None:
    """Shade the densest places, with a fine rim."""
    from scipy.ndimage import gaussian_filter

    if len(points) < _FEWEST_SHADED:
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
