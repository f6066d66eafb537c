"""Which theme is taken up in which language more, or less, than its size leads to expect.

Articles are compared, not passages, because the passages of one article are not independent.
"""

from __future__ import annotations

from press_themes.findings.charts.deviations import chart_articles_by
from press_themes.findings.charts.drawing import Basis, Drawing


def chart_theme_by_language(basis: Basis) -> Drawing:
    """Draw how the languages depart from what is expected of them.

    Parameters
    ----------
    basis : Basis
        Tables, summary and words.

    Returns
    -------
    Drawing
        Its frame has ``theme, label, language, n_articles, n_language, expected, residual``.

    Raises
    ------
    NothingToDrawError
        With fewer than four passages, fewer than two languages or no assigned theme.
    """
    return chart_articles_by(basis, "language", basis.words.language_name)
