"""Errors held over many tests at once."""

from __future__ import annotations

import numpy as np


def hold_errors(errors: np.ndarray) -> np.ndarray:
    """Hold the chance of any false alarm over several tests."""
    held = np.full(len(errors), np.nan)
    known = np.flatnonzero(~np.isnan(errors))
    order = known[np.argsort(errors[known], kind="stable")]
    steps = errors[order] * np.arange(len(order), 0, -1)
    held[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return held
