"""What each drawn text stands for, told from its chance and from how many texts there were."""

from __future__ import annotations

import numpy as np


def weigh_draws(chances: np.ndarray, n_texts: float) -> np.ndarray:
    """Return how many texts each drawn one stands for, so that together they are all there are."""
    least, most = -50.0, 50.0
    for _ in range(100):
        middle = (least + most) / 2
        total = (1 / np.minimum(1, np.exp(middle) * chances)).sum()
        least, most = (middle, most) if total > n_texts else (least, middle)
    return np.asarray(1 / np.minimum(1, np.exp(most) * chances))
