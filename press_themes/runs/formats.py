"""How the result of each stage lies in a run folder: which files, how written, how read back.

Tables and arrays only: nothing in a run folder is executed when it is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.articles.batches import Batches
from press_themes.articles.passages import COLUMNS as PASSAGE_COLUMNS
from press_themes.articles.read import Reading
from press_themes.telling.safe_cells import defuse_formulas
from press_themes.overview import ACCURACY
from press_themes.topics.continuity import Former
from press_themes.topics.naming import Naming, write_name_sheet
from press_themes.themes.prototypes import CodebookVectors
from press_themes.topics.topics import Topics
from press_themes.vectors.alignment import Alignment, apply_shifts
from press_themes.vectors.embeddings import load_embeddings


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


def save_in_batches(folder: Path, batches: Batches) -> None:
    """Write the tables of a corpus as they come, aside, and rename them when they are whole.

    Parameters
    ----------
    folder : Path
        Where ``articles.parquet``, ``skipped.csv`` and ``discarded.csv`` go.
    batches : Batches
        From `press_themes.articles.batches.read_in_batches`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = STORAGES["read_articles"].files
    articles, skipped, discarded = (folder / f".{name}.part" for name in names)
    try:
        with ExitStack() as opened:
            writer = None
            for table in batches.articles():
                rows = pa.Table.from_pandas(table, preserve_index=False)
                writer = writer or opened.enter_context(pq.ParquetWriter(articles, rows.schema))
                writer.write_table(rows)
        for path, notes in ((skipped, batches.skipped()), (discarded, batches.discarded())):
            with path.open("w", encoding="utf-8", newline="") as file:
                for number, table in enumerate(notes):
                    safe = defuse_formulas(table)
                    safe.to_csv(file, index=False, header=not number, lineterminator="\n")
        for name in names:
            (folder / f".{name}.part").replace(folder / name)
    finally:
        for name in names:
            (folder / f".{name}.part").unlink(missing_ok=True)


def _save_reading(folder: Path, reading: Reading) -> None:
    reading.articles.to_parquet(folder / "articles.parquet", index=False)
    write_csv(folder / "skipped.csv", reading.skipped)
    write_csv(folder / "discarded.csv", reading.discarded)


def _load_reading(folder: Path) -> Reading:
    return Reading(
        pd.read_parquet(folder / "articles.parquet"),
        pd.read_csv(folder / "skipped.csv", dtype={"position": "Int64"}),
        pd.read_csv(folder / "discarded.csv", dtype={"line": "Int64", "position": "Int64"}),
    )


def _save_split(folder: Path, passages: pd.DataFrame) -> None:
    passages.to_parquet(folder / "passages.parquet", index=False)


def _load_split(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "passages.parquet", columns=PASSAGE_COLUMNS)


def _save_alignment(folder: Path, alignment: Alignment) -> None:
    alignment.shifts.to_parquet(folder / "alignment.parquet", index=False)


def _load_alignment(folder: Path) -> Alignment:
    shifts = pd.read_parquet(folder / "alignment.parquet")
    embeddings = _load_embeddings(folder)
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


def _save_former(folder: Path, former: Former | None) -> None:
    own = folder / "former"
    own.mkdir(exist_ok=True)
    (own / "former.json").write_text(
        json.dumps({"continued": former is not None}), encoding="utf-8"
    )
    if former is None:
        return
    former.passages.to_parquet(own / "passages.parquet", index=False)
    former.memory.to_parquet(own / "topic_memory.parquet", index=False)
    former.shifts.to_parquet(own / "alignment.parquet", index=False)
    np.save(own / "vectors.npy", former.vectors, allow_pickle=False)


def _load_former(folder: Path) -> Former | None:
    own = folder / "former"
    if not json.loads((own / "former.json").read_text(encoding="utf-8"))["continued"]:
        return None
    return Former(
        pd.read_parquet(own / "passages.parquet"),
        pd.read_parquet(own / "topic_memory.parquet"),
        np.load(own / "vectors.npy", allow_pickle=False),
        pd.read_parquet(own / "alignment.parquet"),
    )


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


def _save_embeddings(folder: Path, embeddings: np.ndarray) -> None:
    # The stage writes the file itself where it is given the place, a part at a time.
    if not (folder / "embeddings.npy").exists():
        np.save(folder / "embeddings.npy", embeddings, allow_pickle=False)


def _load_embeddings(folder: Path) -> np.ndarray:
    return load_embeddings(folder / "embeddings.npy")


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
    "embed_passages": Storage(("embeddings.npy",), _save_embeddings, _load_embeddings),
    "align_languages": Storage(("alignment.parquet",), _save_alignment, _load_alignment),
    "embed_codebook": Storage(("codebook.parquet", "codebook.npy"), _save_codebook, _load_codebook),
    "assign_themes": _table("theme_scores.parquet"),
    "read_former": Storage(("former",), _save_former, _load_former),
    "embed_parallel_sentences": _table("parallel_sentences.parquet"),
    "remember_topics": _table("topic_memory.parquet"),
    "remember_exemplars": _table("topic_exemplars.parquet"),
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
    "find_name_terms": _table("name_terms.parquet"),
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
    "count_trends_by": _table("trends_by_group.parquet"),
    "list_periods": _table("periods.parquet"),
    "find_bursts": _table("bursts.parquet"),
    "rank_by_share": _table("theme_ranking.parquet"),
    "compare_groups": _table("departures.parquet"),
    "pair_themes": _table("theme_pairs.parquet"),
    "cover_by_topic": _table("topic_coverage.parquet"),
    "tally": _table("tallies.parquet"),
    "count_article_groups": _table("article_groups.parquet"),
    "measure_nearness": _table("map_nearness.parquet"),
    "measure_margins": _table("margins.parquet"),
    "draw_charts": _folder("figures"),
    "execute_notebooks": _folder("notebooks"),
    "write_report": Storage(
        ("report.html",), lambda folder, path: None, lambda folder: folder / "report.html"
    ),
}
