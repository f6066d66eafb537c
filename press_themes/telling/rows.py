"""The rows of a table one by one, for the places where a sentence or a mark is made of each.

A column may hold anything, so the fields are of no particular type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pandas as pd


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples whose fields are the columns."""
    return cast("Iterator[Any]", frame.itertuples())
