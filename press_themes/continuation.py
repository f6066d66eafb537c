"""A run that continues another: its settings, its codebook, its topics, taken from the former run folder.

Only tables are read there; nothing of the former run is changed or executed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.configuration import Configuration, read_configuration
from press_themes.runs.checksums import check_files
from press_themes.runs.folder import read_run
from press_themes.runs.results import read_checked
from press_themes.stored_checks import check_rows
from press_themes.stored_configuration import restore_configuration
from press_themes.strict_yaml import read_yaml
from press_themes.telling.wording import say_in_all
from press_themes.topics.continuity import Former
from press_themes.vectors.alignment import apply_shifts

_FILES = (
    "tables/passages.parquet", "tables/alignment.parquet", ".stages/topic_memory.parquet",
    ".stages/topic_exemplars.parquet", ".stages/embeddings.npy",
)  # fmt: skip
_KINDS: dict[str, type] = {".parquet": pd.DataFrame, ".npy": np.ndarray}
_COLUMNS = ["passage_id", "article_id", "text", "language", "topic"]
# What corpus.yml may say that a continued run takes from the former one.
_TAKEN_OVER = ("encoder", "codebook", "seed", "settings")


def continue_configuration(corpus: Path, like: Path) -> Configuration:
    """Gather the settings of a run that continues another.

    Parameters
    ----------
    corpus : Path
        The new corpus; its title, note, licence, report language, events and labels are used.
    like : Path
        The former run folder; everything that decides about themes and topics is taken from it.

    Returns
    -------
    Configuration
        With ``like``.

    Raises
    ------
    InputError
        If `like` is not a whole run folder of this version.
    ConfigurationError
        If a file of the new corpus has an unknown key or a wrong value.
    """
    own = read_configuration(corpus)
    former = restore_configuration(read_run(like), like)
    return replace(
        former,
        corpus=own.corpus,
        title=own.title,
        note=own.note,
        licence=own.licence,
        report_language=own.report_language,
        quote_characters=own.quote_characters,
        events=own.events,
        labels=own.labels or former.labels,
        # What an analyst decided for the former run is in its topics; its passages are not here.
        topic_names=own.topic_names,
        like=like.resolve(),
    )


def read_former(like: Path | None) -> Former | None:
    """Read what a new run takes over from a former one.

    Parameters
    ----------
    like : Path or None
        The former run folder.

    Returns
    -------
    Former or None
        None for a run of its own.

    Raises
    ------
    InputError
        If a table is missing, cut off, changed or not what a run writes.
    """
    if like is None:
        return None
    check_files(like, _FILES, read_run(like)["files"])
    passages, shifts, memory, exemplars, embeddings = (
        read_checked(Path(name).stem, (like / name).with_suffix(""), _KINDS[Path(name).suffix])
        for name in _FILES
    )
    earlier = exemplars[~exemplars["passage_id"].isin(passages["passage_id"])]
    check_rows(embeddings, passages, [*shifts["shift"], *earlier["vector"]], like)
    vectors = apply_shifts(embeddings, passages, shifts)
    return Former(
        pd.concat([passages[_COLUMNS], earlier[_COLUMNS]], ignore_index=True),
        memory,
        np.vstack([vectors, *earlier["vector"]]),
        shifts,
    )


def gather_notes(
    label_problems: list[dict[str, str]],
    naming_problems: list[dict[str, str]],
    settings: Configuration,
    memory: pd.DataFrame,
) -> list[dict[str, str]]:
    """Gather what was not used or did not work, one sentence each by language.

    Parameters
    ----------
    label_problems : list of dict
        From `read_labels`.
    naming_problems : list of dict
        From `name_topics`.
    settings : Configuration
        With ``like``.
    memory : DataFrame
        From `remember_topics`.

    Returns
    -------
    list of dict of str to str
        Sentences in English and in French.
    """
    return [*label_problems, *naming_problems, *state_continuation(settings, memory)]


def state_continuation(settings: Configuration, memory: pd.DataFrame) -> list[dict[str, str]]:
    """Say what a continued run did not find again, and what of its corpus it did not heed."""
    if settings.like is None:
        return []
    said = []
    silent = memory.loc[memory["status"] == "silent", "label"].tolist()
    if silent:
        said.append(say_in_all("warning.silent_topics", len(silent), names="; ".join(silent)))
    ignored = _find_ignored(settings.corpus)
    if ignored:
        names = ", ".join(ignored)
        said.append(say_in_all("warning.ignored", run=settings.like.name, names=names))
    return said


def _find_ignored(corpus: Path) -> list[str]:
    folder = corpus if corpus.is_dir() else corpus.parent
    path = folder / "corpus.yml"
    keys: Any = read_yaml(path) if path.exists() else {}
    ignored = [f"{key} (corpus.yml)" for key in _TAKEN_OVER if key in keys]
    return [*ignored, *(["themes.yml"] if (folder / "themes.yml").exists() else [])]
