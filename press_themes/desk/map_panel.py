"""The map as a part of the explorer: points to click, a lasso, and colours to choose.

A browser without WebGL gets the same map as a picture.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from press_themes.desk.coloring import COLORINGS, color_passages
from press_themes.desk.desk import Desk
from press_themes.desk.export import picture_map
from press_themes.desk.scatter_map import build_map, recolor_map


def build_map_panel(desk: Desk) -> Any:
    """Build the map of a desk."""
    import ipywidgets

    from press_themes.desk.probe import Probe

    words = desk.words
    by = ipywidgets.Dropdown(
        options=[(words(f"coloring.{name}"), name) for name in COLORINGS],
        value=desk.coloring,
        description=words("coloring"),
        layout={"width": "auto", "max_width": "280px"},
    )
    place = ipywidgets.VBox([_note(words("map.waiting"))])
    release = ipywidgets.Button(description=words("release"), layout={"width": "auto"})
    release.on_click(lambda _: desk.choose(()))
    panel = ipywidgets.VBox([ipywidgets.HBox([by, release]), place])
    if not _has_layout(desk):
        place.children = [_note(words("map.no_layout"))]
        return panel
    probe = Probe()
    panel.children = [*panel.children, probe]

    def draw(change: dict[str, Any]) -> None:
        build = _place_map if change["new"] == "yes" else _place_picture
        build(desk, place, by)

    probe.observe(desk.guard(draw), names="webgl")
    return panel


def _has_layout(desk: Desk) -> bool:
    return bool(np.isfinite(desk.collection.passages[["x", "y"]].to_numpy(float)).any())


def _note(text: str) -> Any:
    import ipywidgets

    return ipywidgets.HTML(f'<div class="pt-note">{text}</div>')


def _colors(desk: Desk) -> Any:
    return color_passages(desk.collection, desk.coloring, desk.words)


def _place_map(desk: Desk, place: Any, by: Any) -> None:
    """Draw the map and keep it and the desk of one mind."""
    words = desk.words
    title = words(f"coloring.{desk.coloring}")
    scatter = build_map(desk.collection, _colors(desk), title, words)
    widget = scatter.widget
    place.children = [widget, _note(words("map.hint"))]

    def recolor(_: Any) -> None:
        desk.coloring = by.value
        recolor_map(scatter, _colors(desk), words(f"coloring.{by.value}"))

    def follow(what: str, _: str) -> None:
        if what == "view":
            everything = len(desk.listed) == len(desk.collection.passages)
            # A selection narrows the list, not the map it was drawn on.
            if not desk.view.selection:
                scatter.filter(None if everything else np.sort(desk.listed["row"].to_numpy()))
                if len(widget.selection):
                    scatter.selection([])
        elif what == "row" and desk.row is not None and not desk.view.selection:
            if list(widget.selection) != [desk.row]:
                scatter.selection([desk.row])
        elif what == "collection":
            recolor(None)

    def take(change: dict[str, Any]) -> None:
        rows = tuple(int(row) for row in change["new"])
        if rows != (desk.row,):
            desk.choose(rows)

    by.observe(desk.guard(recolor), names="value")
    widget.observe(desk.guard(take), names="selection")
    desk.told.append(follow)
    follow("view", "")


def _place_picture(desk: Desk, place: Any, by: Any) -> None:
    """Draw the map as a picture, again whenever what is shown changes."""
    import ipywidgets

    picture = ipywidgets.Image(format="png", layout={"max_width": "100%"})
    place.children = [_note(desk.words("map.no_webgl")), picture]

    def redraw(_: Any = None) -> None:
        desk.coloring = by.value
        rows = desk.listed["row"].to_numpy()
        picture.value = picture_map(desk.collection, rows, _colors(desk), desk.summary())

    def follow(what: str, _: str) -> None:
        if what in ("view", "collection"):
            redraw()

    by.observe(desk.guard(redraw), names="value")
    desk.told.append(follow)
    redraw()
