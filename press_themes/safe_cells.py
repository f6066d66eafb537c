"""Cells that a spreadsheet would run as formulas, made harmless before they are written.

A headline may begin with "=" or "+"; a leading apostrophe keeps it a text.
"""

from __future__ import annotations

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defuse_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before every text cell that could be a formula.

    Parameters
    ----------
    frame : DataFrame
        Any table; numbers and dates are left alone.

    Returns
    -------
    DataFrame
        A copy.
    """
    safe = frame.copy()
    for column in safe.columns:
        if safe[column].dtype == object or pd.api.types.is_string_dtype(safe[column].dtype):
            safe[column] = safe[column].astype(object).map(_defuse)
    return safe


def _defuse(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value
