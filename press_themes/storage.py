"""How the result of each stage lies in a run folder: which files, how written, how read back.

Tables and arrays only: nothing in a run folder is executed when it is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.articles.passages import COLUMNS as PASSAGE_COLUMNS
from press_themes.articles.read import Reading
from press_themes.findings.safe_cells import defuse_formulas
from press_themes.overview import ACCURACY
from press_themes.themes.naming import Naming
from press_themes.themes.prototypes import CodebookVectors
from press_themes.themes.topics import Topics
from press_themes.vectors.alignment import Alignment, apply_shifts


@dataclass(frozen=True)
class Storage:
    """Where and how the result of a stage is kept.

    Attributes
    ----------
    files : tuple of str
        Files and folders of the run folder that hold it.
    save : callable
        Writes a result into a run folder.
    load : callable
        Reads it back.
    """

    files: tuple[str, ...]
    save: Callable[[Path, Any], None]
    load: Callable[[Path], Any]


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


def _save_reading(folder: Path, reading: Reading) -> None:
    reading.articles.to_parquet(folder / "articles.parquet", index=False)
    write_csv(folder / "skipped.csv", reading.skipped)
    write_csv(folder / "discarded.csv", reading.discarded)


def _load_reading(folder: Path) -> Reading:
    return Reading(
        pd.read_parquet(folder / "articles.parquet"),
        pd.read_csv(folder / "skipped.csv", dtype={"position": "Int64"}),
        pd.read_csv(folder / "discarded.csv"),
    )


def _save_split(folder: Path, passages: pd.DataFrame) -> None:
    passages.to_parquet(folder / "passages.parquet", index=False)


def _load_split(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "passages.parquet", columns=PASSAGE_COLUMNS)


def _save_alignment(folder: Path, alignment: Alignment) -> None:
    alignment.shifts.to_parquet(folder / "alignment.parquet", index=False)


def _load_alignment(folder: Path) -> Alignment:
    shifts = pd.read_parquet(folder / "alignment.parquet")
    embeddings = np.load(folder / "embeddings.npy")
    return Alignment(apply_shifts(embeddings, _load_split(folder), shifts), shifts)


def _save_codebook(folder: Path, codebook: CodebookVectors) -> None:
    codebook.texts.to_parquet(folder / "codebook.parquet", index=False)
    np.save(folder / "codebook.npy", codebook.vectors, allow_pickle=False)


def _load_codebook(folder: Path) -> CodebookVectors:
    return CodebookVectors(
        pd.read_parquet(folder / "codebook.parquet"),
        np.load(folder / "codebook.npy", allow_pickle=False),
    )


def _save_topics(folder: Path, topics: Topics) -> None:
    """Keep what was found apart from passages.parquet, which holds what was decided of it."""
    text = json.dumps(topics.regime, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / "regime.json").write_text(text, encoding="utf-8")
    topics.assignments.to_parquet(folder / "topics_found.parquet", index=False)


def _load_topics(folder: Path) -> Topics:
    return Topics(
        pd.read_parquet(folder / "topics_found.parquet"),
        json.loads((folder / "regime.json").read_text(encoding="utf-8")),
    )


def _load_described_themes(folder: Path) -> pd.DataFrame:
    """Leave out what `add_accuracy` put into the same file."""
    table = pd.read_parquet(folder / "themes.parquet")
    return table.drop(columns=ACCURACY, errors="ignore")


def _save_naming(folder: Path, naming: Naming) -> None:
    naming.topics.to_parquet(folder / "topics.parquet", index=False)
    text = json.dumps(naming.problems, indent=2, ensure_ascii=False)
    (folder / "topic_naming.json").write_text(text, encoding="utf-8")


def _load_naming(folder: Path) -> Naming:
    text = (folder / "topic_naming.json").read_text(encoding="utf-8")
    return Naming(pd.read_parquet(folder / "topics.parquet"), json.loads(text))


def _table(name: str) -> Storage:
    return Storage(
        (name,),
        lambda folder, table: table.to_parquet(folder / name, index=False),
        lambda folder: pd.read_parquet(folder / name),
    )


def _series(name: str) -> Storage:
    return Storage(
        (name,),
        lambda folder, series: series.reset_index().to_parquet(folder / name, index=False),
        lambda folder: (
            pd.read_parquet(folder / name)
            .set_axis(["", "stability"], axis=1)
            .set_index("")["stability"]
        ),
    )


def _array(name: str) -> Storage:
    return Storage(
        (name,),
        lambda folder, array: np.save(folder / name, array, allow_pickle=False),
        lambda folder: np.load(folder / name, allow_pickle=False),
    )


def _folder(name: str) -> Storage:
    """Store a stage that writes its files itself and returns a table of them."""
    listing = f"{name}/{name}.parquet"
    return Storage(
        (name,),
        lambda folder, table: table.to_parquet(folder / listing, index=False),
        lambda folder: pd.read_parquet(folder / listing),
    )


STORAGES: dict[str, Storage] = {
    "read_articles": Storage(
        ("articles.parquet", "skipped.csv", "discarded.csv"), _save_reading, _load_reading
    ),
    "split_passages": Storage(("passages.parquet",), _save_split, _load_split),
    "embed_passages": _array("embeddings.npy"),
    "align_languages": Storage(("alignment.parquet",), _save_alignment, _load_alignment),
    "embed_codebook": Storage(("codebook.parquet", "codebook.npy"), _save_codebook, _load_codebook),
    "assign_themes": _table("theme_scores.parquet"),
    "find_topics": Storage(("topics_found.parquet", "regime.json"), _save_topics, _load_topics),
    "check_answers": _table("answers_checked.parquet"),
    "measure_accuracy": _table("theme_calibration.parquet"),
    "draw_label_sheet": Storage(
        ("label_sheet.csv",),
        lambda folder, sheet: write_csv(folder / "label_sheet.csv", sheet),
        lambda folder: pd.read_csv(folder / "label_sheet.csv", keep_default_na=False),
    ),
    "choose_representatives": _table("representatives.parquet"),
    "aggregate_themes": _table("theme_aggregates.parquet"),
    "cross_themes": _table("crosswalk.parquet"),
    "find_uncovered": _table("uncovered_topics.parquet"),
    "measure_theme_stability": _series("theme_stability.parquet"),
    "measure_topic_stability": _series("topic_stability.parquet"),
    "join_passages": _table("passages.parquet"),
    "describe_themes": Storage(
        ("themes.parquet",), _table("themes.parquet").save, _load_described_themes
    ),
    "add_accuracy": _table("themes.parquet"),
    "describe_topics": _table("topics_described.parquet"),
    "name_topics": Storage(("topics.parquet", "topic_naming.json"), _save_naming, _load_naming),
    "count_trends": _table("trends.parquet"),
    "count_trends_by": _table("trends_by_group.parquet"),
    "list_periods": _table("periods.parquet"),
    "find_bursts": _table("bursts.parquet"),
    "draw_charts": _folder("figures"),
    "execute_notebooks": _folder("notebooks"),
    "write_report": Storage(
        ("report.html",), lambda folder, path: None, lambda folder: folder / "report.html"
    ),
}
