"""How a result lies in a run folder: tables, arrays and plain values, nothing that executes.

The type that a stage declares decides: a DataFrame is parquet, an array npy, a NamedTuple one file
a field, a text a text, anything else JSON.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.safe_text import defuse_formulas

# Arrays from this many bytes on stay on disk and are read where they are needed.
_MAPPED_FROM = 64 << 20


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV in which no cell is taken for a formula by a spreadsheet.

    Parameters
    ----------
    path : Path
        The file.
    table : DataFrame
        Texts that begin like a formula get a leading apostrophe.
    """
    defuse_formulas(table).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def write_result(value: Any, place: Path, kind: Any) -> None:
    """Write a result.

    Parameters
    ----------
    value : object
        What a stage gave.
    place : Path
        Where it goes, without an ending unless it is a file an analyst opens.
    kind : type
        Its declared type.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    kind, is_optional = _strip_optional(kind)
    if is_optional and value is None:
        _with(place, ".none").write_text("", encoding="utf-8")
    elif _is_named_tuple(kind):
        for field, own in _fields(kind).items():
            write_result(getattr(value, field), _with(place, f".{field}"), own)
    elif kind is pd.DataFrame:
        value.to_parquet(_with(place, ".parquet"), index=False)
    elif kind is pd.Series:
        value.rename("value").to_frame().to_parquet(_with(place, ".parquet"))
    elif kind is np.ndarray:
        # A stage may have written the file itself, a part at a time.
        if not _with(place, ".npy").exists():
            np.save(_with(place, ".npy"), value, allow_pickle=False)
    elif kind is str and place.suffix in (".html", ".yml", ".txt"):
        place.write_text(value, encoding="utf-8", newline="\n")
    else:
        text = json.dumps(value, indent=2, ensure_ascii=False)
        _with(place, ".json").write_text(text, encoding="utf-8")


def read_result(place: Path, kind: Any) -> Any:
    """Read a result back.

    Parameters
    ----------
    place : Path
        As for `write_result`.
    kind : type
        Its declared type.

    Returns
    -------
    object
        What was written.
    """
    kind, is_optional = _strip_optional(kind)
    if is_optional and _with(place, ".none").exists():
        return None
    if _is_named_tuple(kind):
        fields = _fields(kind).items()
        return kind(**{field: read_result(_with(place, f".{field}"), own) for field, own in fields})
    if kind is pd.DataFrame:
        return pd.read_parquet(_with(place, ".parquet"))
    if kind is pd.Series:
        return pd.read_parquet(_with(place, ".parquet"))["value"]
    if kind is np.ndarray:
        path = _with(place, ".npy")
        # Nothing cannot be mapped.
        is_small = path.stat().st_size < _MAPPED_FROM
        # A plain array over the map: what computes with it need not know where it lies.
        return np.asarray(np.load(path, mmap_mode=None if is_small else "r", allow_pickle=False))
    if kind is str and place.suffix in (".html", ".yml", ".txt"):
        return place.read_text(encoding="utf-8")
    return json.loads(_with(place, ".json").read_text(encoding="utf-8"))


def _with(place: Path, ending: str) -> Path:
    return place.with_name(place.name + ending)


def _is_named_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _fields(kind: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _strip_optional(kind: Any) -> tuple[Any, bool]:
    """Take ``None`` out of a union."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        own = [part for part in typing.get_args(kind) if part is not type(None)]
        return (own[0] if len(own) == 1 else kind), True
    return kind, False
