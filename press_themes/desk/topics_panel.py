"""Topics as a part of the explorer: giving them names, putting them together, dividing them."""

from __future__ import annotations

from typing import Any

from press_themes.desk.controls import list_choices
from press_themes.desk.decisions import merge_topics, rename_topic, split_topic
from press_themes.desk.desk import Desk
from press_themes.errors import InputError


def build_topics_panel(desk: Desk) -> Any:
    """Build the place where topics are decided."""
    import ipywidgets

    words = desk.words
    if not len(desk.collection.topics):
        return ipywidgets.HTML(f'<div class="pt-note">{words("topics.none")}</div>')
    name = ipywidgets.Text(description=words("topics.name"), layout={"width": "420px"})
    one = ipywidgets.Dropdown(description=words("topics.one"), layout={"width": "420px"})
    several = ipywidgets.SelectMultiple(
        description=words("topics.several"), rows=7, layout={"width": "420px"}
    )
    for widget in (name, one, several):
        widget.style.description_width = "130px"
    rename, split, merge = (
        ipywidgets.Button(description=words(f"topics.{act}"), layout={"width": "auto"})
        for act in ("rename", "split", "merge")
    )

    def fill() -> None:
        choices = [c for c in list_choices(desk.collection, words)["topics"] if c[1] >= 0]
        one.options = several.options = choices
        name.value = ""

    def put_together(_: Any) -> None:
        if len(several.value) < 2:
            raise InputError(words("topics.several"), "too few", words("topics.two"))
        desk.decide(merge_topics(desk.collection, tuple(several.value), name.value))

    def divide(_: Any) -> None:
        chosen = desk.view.selection
        desk.decide(split_topic(desk.collection, one.value, chosen, name.value))

    rename.on_click(
        desk.guard(lambda _: desk.decide(rename_topic(desk.collection, one.value, name.value)))
    )
    merge.on_click(desk.guard(put_together))
    split.on_click(desk.guard(divide))
    desk.told.append(lambda what, _: fill() if what == "collection" else None)
    fill()
    single = ipywidgets.HBox([rename, split])
    return ipywidgets.VBox([name, one, single, several, ipywidgets.HBox([merge])])
