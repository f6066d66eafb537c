"""The cache: what the user's folder of models and vectors holds, how large it is, what may go.

Nothing in it is more than a saving of time; whatever is removed is made again when needed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

from press_themes.vectors.store import DESCRIPTION, UNFINISHED, list_shards

DAYS = 90
_DAY = 24 * 3600
# What a killed process leaves behind; a living one is done with it within a day.
_REMOVING = ".removing-"
_LEFTOVERS = (UNFINISHED, ".converting-", ".unpacking-", _REMOVING)


def list_cache(cache: Path) -> pd.DataFrame:
    """List what the cache holds.

    Parameters
    ----------
    cache : Path
        From `press_themes.vectors.encoders.encoder_cache`.

    Returns
    -------
    DataFrame
        ``path, kind, what, megabytes, days``: one row a model, an engine's weights, a store of
        vectors or a leftover; ``days`` since it was last used. Empty where there is no cache.
    """
    rows = [
        *[_row(path, "model", path.parent.name) for path in cache.glob("*/modules.json")],
        *[
            _row(path, "8-bit weights", path.parent.name)
            for path in cache.glob("engines/*/verdict.json")
        ],
        *[
            _row(path, "vectors", _describe(path))
            for path in cache.glob(f"vectors/*/{DESCRIPTION}")
        ],
        *[
            _row(path / "-", "leftover", path.name)
            for pattern in ("*", "engines/*", "vectors/*/*")
            for path in cache.glob(pattern)
            if path.name.startswith(_LEFTOVERS)
        ],
    ]
    columns = ["path", "kind", "what", "megabytes", "days"]
    return pd.DataFrame(rows, columns=columns).sort_values("path", ignore_index=True)


def prune_cache(cache: Path, days: float = DAYS) -> pd.DataFrame:
    """Remove from the cache what has not been used for long.

    Parameters
    ----------
    cache : Path
        From `press_themes.vectors.encoders.encoder_cache`.
    days : float
        What was used within so many days stays; leftovers of killed processes stay for one day at
        most, because a process may still be writing them.

    Returns
    -------
    DataFrame
        The rows of `list_cache` that were removed.
    """
    listed = list_cache(cache)
    limit = listed["kind"].map(lambda kind: min(days, 1.0) if kind == "leftover" else days)
    chosen = listed[listed["days"] >= limit]
    for path in chosen["path"]:
        with suppress(OSError):
            _remove(Path(path), cache)
    gone = [not Path(path).exists() for path in chosen["path"]]
    # An empty list would choose columns.
    return chosen.loc[pd.Series(gone, index=chosen.index, dtype=bool)].reset_index(drop=True)


def _remove(path: Path, cache: Path) -> None:
    """Remove a file or folder, aside: a process killed on the way leaves no half of it."""
    aside = tempfile.mkdtemp(prefix=_REMOVING, dir=cache)
    try:
        path.rename(Path(aside) / path.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _row(mark: Path, kind: str, what: str) -> tuple[str, str, str, float, float]:
    """Describe the folder of a file whose date says when it was last used."""
    place = mark.parent
    files = [path for path in (place, *place.rglob("*")) if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    used = (mark if mark.exists() else place).stat().st_mtime
    return str(place), kind, what, size / 1e6, (time.time() - used) / _DAY


def _describe(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        name = f"{told['model']}, {told['engine']}"
    except (OSError, ValueError, KeyError):
        name = "no readable description"
    return f"{name}, {len(list_shards(path.parent))} shards"
