"""What each drawn text stands for, told from its chance and from how many texts there were."""

from __future__ import annotations

import numpy as np


def weigh_draws(chances: np.ndarray, n_texts: float) -> np.ndarray:
    """Return how many texts each drawn one stands for, so that together they are all there are.

    Parameters
    ----------
    chances : ndarray, shape (n_drawn,)
        Chance of each to be drawn at each draw, on any scale.
    n_texts : float
        Texts they were drawn from.

    Returns
    -------
    ndarray, shape (n_drawn,)
        1 / min(1, c · chance), with c such that the sum is `n_texts`: a text whose chance would pass
        1 is certain to be drawn and stands for itself, and where all were drawn each does.
    """
    least, most = -50.0, 50.0
    for _ in range(100):
        middle = (least + most) / 2
        total = (1 / np.minimum(1, np.exp(middle) * chances)).sum()
        least, most = (middle, most) if total > n_texts else (least, middle)
    return np.asarray(1 / np.minimum(1, np.exp(most) * chances))
