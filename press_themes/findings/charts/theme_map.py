"""The passages in two dimensions: near means similar, colour means theme, shape means language.

Only the six largest themes are coloured and named; the axes have no unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from press_themes.findings.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.findings.charts.house_style import (
    GREY,
    QUIET,
    finish,
    new_figure,
    plain_axes,
    text_colour,
    theme_colours,
    white_edge,
)
from press_themes.findings.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_REST = "…"
_SHAPES = ("o", "^", "s", "D", "v", "P")
# Above this many dots an SVG of single marks is slow to open, so the dots become an image.
_MOST_MARKS = 3_000
# Labels keep off the cells that hold dots, so a dense map costs no more than a thin one.
_CELLS_ACROSS = 70


def chart_theme_map(basis: Basis) -> Drawing:
    """Draw the map of the passages.

    Parameters
    ----------
    basis : Basis
        Tables, summary and words.

    Returns
    -------
    Drawing
        Its frame has ``passage_id, x, y, language, theme, label, color``; the theme is the
        strongest one assigned, empty for none.

    Raises
    ------
    NothingToDrawError
        With fewer than four passages or without coordinates.
    """
    require_passages(basis)
    words = basis.words
    frame = _prepare(basis)
    if len(frame) < 4:
        raise NothingToDrawError(words("absent.no_map"))
    figure = new_figure(7.4)
    axes = figure.subplots()
    draw_theme_map(frame, axes)
    title = _title(basis, frame)
    subtitle = words("theme_map.subtitle", passages=words("noun.passage", n=len(frame)))
    subtitle = f"{subtitle} {_name_shapes(frame, words)}".strip()
    finish(figure, title, subtitle, source_line(basis, "method.map"), words("missing_glyphs"))
    place_theme_labels(frame, axes)
    alt = words("theme_map.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_theme_map(frame: pd.DataFrame, axes: Axes) -> None:
    """Draw one dot a passage, grey ones first.

    Parameters
    ----------
    frame : DataFrame
        As `chart_theme_map` returns it.
    axes : Axes
        Where to draw.
    """
    n = len(frame)
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
    """Write the name of each coloured theme near its middle, off the dots where there is room.

    Parameters
    ----------
    frame : DataFrame
        As `chart_theme_map` returns it.
    axes : Axes
        Drawn and laid out.
    """
    import textalloc

    named = frame[frame["color"] != QUIET]
    if named.empty:
        return
    anchors = named.loc[[_densest(group) for _, group in named.groupby("theme", sort=True)]]
    obstacles = _fill_cells(frame)
    # The placer keeps labels off one another but not apart; the spaces do that.
    padded = [f"\u00a0{label}\u00a0" for label in anchors["label"]]
    _, _, texts, _ = textalloc.allocate(
        axes,
        list(anchors["x"]),
        list(anchors["y"]),
        padded,
        x_scatter=list(obstacles[:, 0]),
        y_scatter=list(obstacles[:, 1]),
        textsize=11.5,
        fontweight="bold",
        textcolor=[text_colour(colour) for colour in anchors["color"]],
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


def _fill_cells(frame: pd.DataFrame) -> np.ndarray:
    points = frame[["x", "y"]].to_numpy(dtype=float)
    start = points.min(axis=0)
    size = max(float((points.max(axis=0) - start).max()), 1e-9) / _CELLS_ACROSS
    cells = np.floor((points - start) / size).astype(int)
    return points[np.sort(np.unique(cells, axis=0, return_index=True)[1])]


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
    n_coloured = frame.loc[frame["color"] != QUIET, "theme"].nunique()
    passages = words("noun.passage", n=len(frame))
    if not n_coloured:
        return words("theme_map.title.none", passages=passages)
    return words("theme_map.title", n=n_coloured, passages=passages)
