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
from press_themes.themes.naming import Naming, write_name_sheet
from press_themes.themes.prototypes import CodebookVectors
from press_themes.themes.topics import Topics
from press_themes.vectors.alignment import Alignment, apply_shifts

_TOPIC_COLUMNS = ["passage_id", "topic", "topic_raw", "topic_strength", "x", "y"]


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
    is_final : callable
        Whether a result may serve the next run; one that a service failed to give may not.
    """

    files: tuple[str, ...]
    save: Callable[[Path, Any], None]
    load: Callable[[Path], Any]
    is_final: Callable[[Any], bool] = lambda result: True


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
    """Keep the regime; the columns join passages.parquet with the themes."""
    text = json.dumps(topics.regime, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / "regime.json").write_text(text, encoding="utf-8")
    passages = _load_split(folder).merge(topics.assignments, on="passage_id", how="left")
    passages.to_parquet(folder / "passages.parquet", index=False)


def _load_topics(folder: Path) -> Topics:
    return Topics(
        pd.read_parquet(folder / "passages.parquet", columns=_TOPIC_COLUMNS),
        json.loads((folder / "regime.json").read_text(encoding="utf-8")),
    )


def _save_names(folder: Path, naming: Naming) -> None:
    naming.topics.to_parquet(folder / "topics.parquet", index=False)
    content = {"problems": naming.problems, "failed": naming.failed}
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "naming.json").write_text(text, encoding="utf-8")
    write_name_sheet(naming.topics, folder / "topic_names_to_fill_in.yml")


def _load_names(folder: Path) -> Naming:
    content = json.loads((folder / "naming.json").read_text(encoding="utf-8"))
    return Naming(pd.read_parquet(folder / "topics.parquet"), **content)


def _load_computed_names(folder: Path) -> pd.DataFrame:
    """Read the topics as they were before they were named otherwise."""
    topics = pd.read_parquet(folder / "topics.parquet")
    if "label_computed" not in topics:
        return topics
    topics["label"] = topics["label_computed"]
    return topics.drop(columns=["label_source", "label_computed"])


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
    "embed_parallel_sentences": _table("parallel_sentences.parquet"),
    "align_languages": Storage(("alignment.parquet",), _save_alignment, _load_alignment),
    "embed_codebook": Storage(("codebook.parquet", "codebook.npy"), _save_codebook, _load_codebook),
    "assign_themes": _table("theme_scores.parquet"),
    "find_topics": Storage(("passages.parquet", "regime.json"), _save_topics, _load_topics),
    "measure_theme_stability": _series("theme_stability.parquet"),
    "measure_topic_stability": _series("topic_stability.parquet"),
    "join_passages": _table("passages.parquet"),
    "describe_themes": _table("themes.parquet"),
    "describe_topics": Storage(
        ("topics.parquet",),
        lambda folder, table: table.to_parquet(folder / "topics.parquet", index=False),
        _load_computed_names,
    ),
    "name_topics": Storage(
        ("topics.parquet", "naming.json", "topic_names_to_fill_in.yml"),
        _save_names,
        _load_names,
        lambda naming: not naming.failed,
    ),
    "measure_quality": _table("quality.parquet"),
    "count_trends": _table("trends.parquet"),
    "draw_charts": _folder("figures"),
    "execute_notebooks": _folder("notebooks"),
    "write_report": Storage(
        ("report.html",), lambda folder, path: None, lambda folder: folder / "report.html"
    ),
}
