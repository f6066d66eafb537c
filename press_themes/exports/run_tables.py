"""The tables of a run folder that other programs are given.

They lie in ``tables/`` or, in earlier runs, at the top.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.errors import InputError

NAMES = (
    "articles", "passages", "theme_scores", "themes", "topics", "stories", "trends", "quotations",
    "names", "name_mentions",
)  # fmt: skip
_NEEDED = {"articles": ("article_id",), "passages": ("passage_id", "article_id", "text")}
_MISSING = pd.DataFrame()


class RunContent(NamedTuple):
    """What a run folder holds.

    Attributes
    ----------
    name : str
        Of the run folder.
    summary : dict
        The content of ``run.json``.
    tables : dict of str to DataFrame
        The tables of `NAMES` that are there.
    """

    name: str
    summary: dict[str, Any]
    tables: dict[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; one without rows or columns where the run has none."""
        return self.tables.get(name, _MISSING)

    @property
    def language(self) -> str:
        """The language of the report: "en" or "fr"."""
        return "fr" if self.summary.get("language") == "fr" else "en"


def read_run_tables(folder: Path) -> RunContent:
    """Read the tables of a run."""
    try:
        summary = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            folder,
            "is not a run folder (no readable run.json)",
            "name the folder of a finished run",
        ) from error
    tables = {}
    for name in NAMES:
        for place in (folder / "tables" / f"{name}.parquet", folder / f"{name}.parquet"):
            if place.is_file():
                tables[name] = _read(place)
                break
    missing = [name for name in _NEEDED if name not in tables]
    if missing:
        raise InputError(folder, f"has no table '{missing[0]}'", "run the corpus again")
    for name, columns in _NEEDED.items():
        for column in columns:
            if column not in tables[name]:
                cause = f"has no column '{column}' in its table '{name}'"
                raise InputError(folder, cause, "run the corpus again")
    return RunContent(folder.resolve().name, summary, tables)


def _read(place: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(place)
    except (OSError, ValueError) as error:
        raise InputError(place, "is no readable parquet file", "run the corpus again") from error
