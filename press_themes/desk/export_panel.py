"""Export as a part of the explorer: what is shown, as a table or as a picture."""

from __future__ import annotations

from html import escape
from typing import Any

from press_themes.desk.coloring import color_passages
from press_themes.desk.desk import Desk
from press_themes.desk.export import draw_view, export_passages


def build_export_panel(desk: Desk) -> Any:
    """Build the place from which files are written."""
    import ipywidgets

    words = desk.words
    table, picture = (
        ipywidgets.Button(description=words(f"export.{what}"), layout={"width": "auto"})
        for what in ("passages", "map")
    )
    folder = escape(str(desk.exports))
    hint = ipywidgets.HTML(f'<div class="pt-note">{words("export.hint", folder=folder)}</div>')

    def write(_: Any) -> None:
        path = export_passages(desk.collection, desk.listed, desk.exports)
        desk.tell("message", words("saved.file", file=path))

    def draw(_: Any) -> None:
        colors = color_passages(desk.collection, desk.coloring, words)
        rows = desk.listed["row"].to_numpy()
        path = draw_view(desk.collection, rows, colors, desk.summary(), desk.exports)
        desk.tell("message", words("saved.file", file=path))

    table.on_click(desk.guard(write))
    picture.on_click(desk.guard(draw))
    return ipywidgets.VBox([ipywidgets.HBox([table, picture]), hint])
