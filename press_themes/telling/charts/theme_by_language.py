"""Which theme is taken up in which language more, or less, than its size leads to expect.

Stories are compared, neither passages nor copies, because those of one story are not independent.
"""

from __future__ import annotations

from press_themes.telling.charts.deviations import chart_stories_by
from press_themes.telling.charts.drawing import Basis, Drawing


def chart_theme_by_language(basis: Basis) -> Drawing:
    """Draw how the languages depart from what is expected of them."""
    return chart_stories_by(basis, "language", basis.words.language_name)
