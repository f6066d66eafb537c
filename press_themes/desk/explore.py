"""Explore a run in JupyterLab: click, filter, search, read and decide.

Nothing is asked from the network, and only the analyst's decisions and exports are written.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from press_themes.desk.collection import Collection, open_collection
from press_themes.desk.controls import (
    Controls,
    build_controls,
    clear_controls,
    list_choices,
    read_filter,
)
from press_themes.desk.desk import Desk
from press_themes.desk.export_panel import build_export_panel
from press_themes.desk.list_panel import build_counts_panel, build_passages_panel
from press_themes.desk.map_panel import build_map_panel
from press_themes.desk.reader_panel import build_reader_panel
from press_themes.desk.topics_panel import build_topics_panel
from press_themes.telling.wording import Wording, load_wording
from press_themes.vectors.encoders import load_encoder

_FOLDER = Path(__file__).parent


def explore(where: str | Path) -> Any:
    """Open a run, or a corpus, and show everything there is to explore in it."""
    return show_desk(prepare_desk(open_collection(where)))


def prepare_desk(collection: Collection) -> Desk:
    """Prepare the exploration of a collection."""
    facts = collection.facts
    beside = facts["folder"].parent if facts["folder"] else Path.cwd()
    return Desk(
        collection,
        load_words(facts["language"]),
        beside / f"{facts['name']}-exports",
        lambda: load_encoder(facts["encoder"]),
        coloring="theme" if len(collection.themes) else "topic",
    )


def load_words(language: str) -> Wording:
    """Load the words of the explorer."""
    return load_wording(language, "desk")


def show_desk(desk: Desk) -> Any:
    """Build the widgets of a desk."""
    import ipywidgets

    controls = build_controls(desk.collection, desk.words)
    style = ipywidgets.HTML(f"<style>{(_FOLDER / 'panel.css').read_text('utf-8')}</style>")
    tabs = ipywidgets.Tab(
        [
            build_passages_panel(desk),
            build_counts_panel(desk),
            build_topics_panel(desk),
            build_export_panel(desk),
        ],
        titles=[desk.words(f"tab.{name}") for name in ("passages", "counts", "topics", "export")],
    )
    middle = ipywidgets.HBox(
        [_grow(build_map_panel(desk), "430px"), _grow(build_reader_panel(desk), "320px")],
        layout={"flex_flow": "row wrap", "width": "100%"},
    )
    explorer = ipywidgets.VBox(
        [style, _lay_out(controls, desk.words), _build_status(desk), middle, tabs]
    )
    explorer.add_class("pt-explorer")
    _connect(desk, controls)
    return explorer


def _connect(desk: Desk, controls: Controls) -> None:
    """Let every control move the desk."""
    clearing: list[bool] = []

    def narrow(change: dict[str, Any]) -> None:
        if clearing:
            return
        if change["owner"] is controls.sentence:
            desk.search(change["new"])
        else:
            desk.filter(read_filter(controls))

    def clear(_: Any) -> None:
        # Each control tells of its own change; what is shown is made once, at the end.
        clearing.append(True)
        clear_controls(controls)
        clearing.clear()
        desk.show_everything()

    for control in controls:
        if control is not controls.clear:
            control.observe(desk.guard(narrow), names="value")
    controls.clear.on_click(desk.guard(clear))

    def follow(what: str, _: str) -> None:
        if what == "collection":
            controls.topics.options = list_choices(desk.collection, desk.words)["topics"]

    desk.told.append(follow)


def _build_status(desk: Desk) -> Any:
    import ipywidgets

    status = ipywidgets.HTML()

    def follow(what: str, message: str) -> None:
        shown = escape(desk.summary() if what == "view" else message)
        kind = "pt-status pt-failed" if what == "failure" else "pt-status"
        if shown:
            status.value = f'<div class="{kind}" role="status">{shown}</div>'

    desk.told.append(follow)
    follow("view", "")
    return status


def _lay_out(controls: Controls, words: Wording) -> Any:
    """Put the controls in two rows that break where the notebook is narrow."""
    import ipywidgets

    lists = [
        _titled(getattr(controls, name), words(f"heading.{name}"), "150px")
        for name in ("themes", "topics", "outlets", "languages")
    ]
    fields = [
        _titled(getattr(controls, name), words(f"heading.{name}"), width)
        for name, width in (
            ("sentence", "230px"), ("words", "130px"), ("since", "110px"), ("until", "110px"),
            ("strength", "150px"),
        )
    ]  # fmt: skip
    hint = ipywidgets.HTML(f'<div class="pt-note">{words("hint.lists")}</div>')
    row = {"flex_flow": "row wrap", "width": "100%"}
    last = ipywidgets.HBox([controls.clear, controls.near_misses, hint], layout=row)
    return ipywidgets.VBox(
        [ipywidgets.HBox(lists, layout=row), ipywidgets.HBox(fields, layout=row), last]
    )


def _titled(widget: Any, title: str, width: str) -> Any:
    import ipywidgets

    heading = ipywidgets.HTML(f'<div class="pt-head">{title}</div>')
    return _grow(ipywidgets.VBox([heading, widget]), width)


def _grow(widget: Any, width: str) -> Any:
    """Give a widget at least this width and its part of what is left."""
    widget.layout.flex = f"1 1 {width}"
    widget.layout.min_width = width
    widget.layout.padding = "0 8px 4px 0"
    return widget
