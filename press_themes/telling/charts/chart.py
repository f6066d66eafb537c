"""A figure that carries what it says: Matplotlib's own, with its takeaway, caption, text and numbers."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from press_themes.telling.charts.house_style import use_house_style

DOTS_PER_INCH = 110


class Chart(Figure):
    """A figure of Press Themes, which JupyterLab shows with its text alternative.

    Attributes
    ----------
    takeaway : str
        What it shows, in one sentence.
    caption : str
        Unit, denominator and number of cases.
    alt : str
        "Chart of data where takeaway".
    numbers : DataFrame
        The rows drawn, with the names of themes and topics in full.
    reason : str
        Why nothing is drawn; empty where something is.
    """

    takeaway: str = ""
    caption: str = ""
    alt: str = ""
    reason: str = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.numbers = pd.DataFrame()
        # A canvas of its own, so that no global state is touched.
        FigureCanvasAgg(self)

    def savefig(self, *place: Any, **settings: Any) -> None:
        """Write the figure in the house style, wherever it is asked for."""
        with use_house_style():
            super().savefig(*place, **settings)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        if self.reason:
            return {"text/markdown": self.reason, "text/plain": self.reason}, {}
        file = BytesIO()
        self.savefig(file, format="png", dpi=DOTS_PER_INCH)
        data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt}}
