"""What a stored table or array must be before it is worked with: its checksum says only that it is whole.

A run folder may come from elsewhere, with checksums that fit whatever was put into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.errors import InputError

# Columns that later runs, comparisons and the desk rely on, by what they hold; "!" where none is missing.
_NEEDED: dict[str, dict[str, str]] = {
    "articles": {
        "text": "article_id! title outlet language! family_id!", "date": "date", "number": "n_chars!",
    },
    "passages": {
        "text": "passage_id! article_id! text! language!", "list": "themes!",
        "number": "position! topic! topic_raw! topic_strength x y",
    },
    "themes": {"text": "theme! label! color!", "number": "n_passages! n_stories! share"},
    "topics": {"text": "label!", "number": "topic! n_passages!", "list": "keywords! representatives!"},
    "theme_scores": {"text": "passage_id! theme!", "number": "score!", "truth": "assigned!"},
    "trends": {"text": "theme! status!", "date": "period!", "number": "n_passages! share"},
    "alignment": {"text": "language!", "list": "shift!"},
    "topic_memory": {"text": "label! status!", "number": "topic!"},
    "topic_exemplars": {"text": "passage_id! text! language!", "number": "topic!", "list": "vector!"},
}  # fmt: skip
_ONCE = {
    "articles": "article_id", "passages": "passage_id", "themes": "theme", "topics": "topic",
    "alignment": "language", "topic_memory": "topic",
}  # fmt: skip
_ROWS_AT_ONCE = 20_000
_MEND = "do not use this folder; run the corpus again"


def check_stored(name: str, value: Any, place: Path) -> Any:
    """Check a table or an array that was read from a run folder.

    Parameters
    ----------
    name : str
        The result.
    value : object
        A DataFrame, an array, a tuple of these; anything else passes.
    place : Path
        Where it lies, for messages.

    Returns
    -------
    object
        The same.

    Raises
    ------
    InputError
        If a table lacks a column or values, holds another kind of them or a key twice; or an array
        is neither texts nor rows of finite numbers.
    """
    if isinstance(value, pd.DataFrame):
        _check_table(name, value, place)
    elif isinstance(value, np.ndarray):
        _check_array(value, place)
    elif isinstance(value, tuple):
        for own in value:
            check_stored(name, own, place)
    return value


def check_rows(
    vectors: np.ndarray, passages: pd.DataFrame, beside: Iterable[np.ndarray], place: Path
) -> None:
    """Check that there is a vector for every passage, as long as those it is added to.

    Parameters
    ----------
    vectors : array, shape (n_passages, n_dimensions)
        One row a passage.
    passages : DataFrame
        The passages.
    beside : iterable of array
        Shifts of languages, or vectors of other passages.
    place : Path
        The run folder, for messages.

    Raises
    ------
    InputError
        If there are more or fewer, or a length differs.
    """
    if len(vectors) != len(passages):
        cause = f"has {len(vectors)} embeddings for {len(passages)} passages"
        raise InputError(place, cause, "run the corpus again")
    lengths = {vectors.shape[1], *map(len, beside)}
    if len(lengths) > 1:
        told = ", ".join(map(str, sorted(lengths)))
        raise InputError(place, f"holds vectors of several lengths ({told})", _MEND)


def _check_table(name: str, table: pd.DataFrame, place: Path) -> None:
    for kind, columns in _NEEDED.get(name, {}).items():
        for column, is_whole in ((own.rstrip("!"), own.endswith("!")) for own in columns.split()):
            if column not in table:
                raise InputError(place, f"has no column '{column}'", _MEND)
            if is_whole and table[column].isna().any():
                raise InputError(place, f"lacks values in the column '{column}'", _MEND)
            if len(table) and not _is_of_kind(table[column], kind):
                cause = f"holds something else than {_CALLED[kind]} in the column '{column}'"
                raise InputError(place, cause, _MEND)
    key = _ONCE.get(name)
    if key and table[key].duplicated().any():
        raise InputError(place, f"has several rows of one '{key}'", _MEND)


_CALLED = {
    "text": "text", "number": "numbers", "date": "dates", "truth": "yes or no", "list": "lists",
}  # fmt: skip


def _is_of_kind(column: pd.Series, kind: str) -> bool:
    if kind == "number":
        return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if kind == "truth":
        return pd.api.types.is_bool_dtype(column)
    if kind == "date":
        return pd.api.types.is_datetime64_any_dtype(column)
    held = column.dropna()
    return all(isinstance(own, str if kind == "text" else (np.ndarray, list)) for own in held)


def _check_array(array: np.ndarray, place: Path) -> None:
    if array.dtype.kind == "U" and array.ndim == 1:
        return
    if array.dtype.kind != "f" or array.ndim != 2:
        cause = f"is no table of decimal numbers ({array.dtype}, {array.ndim} dimensions)"
        raise InputError(place, cause, _MEND)
    for begin in range(0, len(array), _ROWS_AT_ONCE):
        if not np.isfinite(array[begin : begin + _ROWS_AT_ONCE]).all():
            raise InputError(place, "holds what is no number", _MEND)
