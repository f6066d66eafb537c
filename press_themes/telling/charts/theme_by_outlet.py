"""Which outlet takes up which theme more, or less, than its size leads to expect.

Stories are compared, neither passages nor copies, because those of one story are not independent.
"""

from __future__ import annotations

from press_themes.telling.charts.deviations import chart_stories_by
from press_themes.telling.charts.drawing import Basis, Drawing


def chart_theme_by_outlet(basis: Basis) -> Drawing:
    """Draw how the outlets depart from what is expected of them."""
    return chart_stories_by(basis, "outlet", str)
