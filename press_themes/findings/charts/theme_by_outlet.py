"""Which outlet takes up which theme more, or less, than its size leads to expect.

Articles are compared, not passages, because the passages of one article are not independent.
"""

from __future__ import annotations

from press_themes.findings.charts.deviations import chart_articles_by
from press_themes.findings.charts.drawing import Basis, Drawing


def chart_theme_by_outlet(basis: Basis) -> Drawing:
    """Draw how the outlets depart from what is expected of them.

    Parameters
    ----------
    basis : Basis
        Tables, summary and words.

    Returns
    -------
    Drawing
        Its frame has ``theme, label, outlet, n_articles, n_outlet, expected, residual``.

    Raises
    ------
    NothingToDrawError
        With fewer than four passages, fewer than two outlets or no assigned theme.
    """
    return chart_articles_by(basis, "outlet", str)
