"""The reader as a part of the explorer: a passage in its article, and whether a theme is right.

Next and previous go through the passages shown, so that many can be read and judged in a row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from press_themes.desk.desk import Desk
from press_themes.desk.reading import render_passage

_HEIGHT = "400px"


def build_reader_panel(desk: Desk) -> Any:
    """Build the reader of a desk."""
    import ipywidgets

    words = desk.words
    page = ipywidgets.HTML(f'<div class="pt-note">{words("reader.empty")}</div>')
    frame = ipywidgets.Box([page], layout={"max_height": _HEIGHT, "overflow": "auto"})
    frame.add_class("pt-reader")
    whole = ipywidgets.Checkbox(
        description=words("reader.whole"), indent=False, layout={"width": "auto"}
    )
    back, on = (_button(words(f"reader.{name}")) for name in ("previous", "next"))
    themes = desk.collection.themes
    theme = ipywidgets.Dropdown(
        options=list(zip(themes["label"], themes["theme"], strict=True)),
        layout={"width": "auto", "max_width": "260px"},
    )
    yes, no = (_button(words(f"judge.{name}")) for name in ("right", "wrong"))
    judged = ipywidgets.HBox(
        [ipywidgets.Label(words("judge.question")), theme, yes, no],
        layout={"flex_flow": "row wrap", "display": "flex" if len(themes) else "none"},
    )

    def show(_: Any = None) -> None:
        if desk.row is not None:
            page.value = render_passage(desk.collection, desk.row, words, whole.value, desk.marks())

    read: list[int] = []

    def follow(what: str, _: str) -> None:
        if what != "row" or desk.row is None:
            return
        # A judgement tells of the same row again: the theme in question stays.
        if len(themes) and read != [desk.row]:
            read[:] = [desk.row]
            theme.value = _theme_to_judge(desk, desk.row)
        show()

    back.on_click(desk.guard(lambda _: desk.step(-1)))
    on.on_click(desk.guard(lambda _: desk.step(1)))
    yes.on_click(desk.guard(lambda _: desk.judge(theme.value, True)))
    no.on_click(desk.guard(lambda _: desk.judge(theme.value, False)))
    whole.observe(desk.guard(show), names="value")
    desk.told.append(follow)
    return ipywidgets.VBox([ipywidgets.HBox([back, on, whole]), frame, judged])


def _button(text: str) -> Any:
    import ipywidgets

    return ipywidgets.Button(description=text, layout={"width": "auto"})


def _theme_to_judge(desk: Desk, row: int) -> str:
    """Return the theme in question: the one filtered by, else the passage's strongest."""
    asked = [theme for theme in desk.view.filter.themes if theme]
    if len(asked) == 1:
        return asked[0]
    scores = desk.collection.scores.iloc[row].to_numpy()
    bears = desk.collection.bears[row]
    best = np.where(bears, scores, -np.inf) if bears.any() else scores
    return str(desk.collection.scores.columns[int(best.argmax())])
