"""A chart as a picture in a notebook, with its text alternative, or the reason why there is none.

It draws with the same verbs as the figures of a run and writes no file.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from press_themes.tables import RunTables
from press_themes.telling.charts.draw import CHARTS
from press_themes.telling.charts.drawing import Basis, Drawing, NothingToDrawError
from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.wording import load_wording

DOTS_PER_INCH = 110


@dataclass(frozen=True)
class Picture:
    """What JupyterLab shows for a chart.

    Attributes
    ----------
    png : bytes
        The picture; empty where the chart was not drawn.
    text : str
        The text alternative, or the reason why there is no picture.
    """

    png: bytes
    text: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        if not self.png:
            return {"text/markdown": self.text, "text/plain": self.text}, {}
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.text}
        return data, {"image/png": {"alt": self.text}}


def picture_chart(name: str, tables: RunTables, summary: dict[str, Any]) -> Picture:
    """Draw one chart for a notebook."""
    basis = Basis(tables, summary, load_wording(summary["language"]))
    return take_picture(partial(CHARTS[name], basis))


def take_picture(draw: Callable[[], Drawing]) -> Picture:
    """Draw a chart in the house style, or say why there is none."""
    with use_house_style():
        try:
            drawing = draw()
        except NothingToDrawError as absence:
            return Picture(b"", str(absence))
        file = BytesIO()
        drawing.figure.savefig(file, format="png", dpi=DOTS_PER_INCH)
    return Picture(file.getvalue(), drawing.alt)
