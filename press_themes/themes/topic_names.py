"""The analyst's own topics, topic_names.yml: which passages are one topic, and what it is called.

A topic has no lasting number; it is known again by its passages, whose identifiers last.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import check_keys, read_yaml, require

COLUMNS = ["entry", "name", "passage_id"]
OUTLIER = -1
# An entry speaks for a whole topic when this share of its passages lies there.
_CLAIMS = 0.2
_HEADER = (
    "# Topics named, merged or split by an analyst. The passages listed under a name are one\n"
    "# topic; the others of the topics they were found in follow them in the next run.\n"
)
_DECIDED = {
    "en": "Topics named or composed by the analyst in topic_names.yml: {n}.",
    "fr": "Sujets nommés ou composés par l'analyste dans topic_names.yml : {n}.",
}
_ABSENT = {
    "en": "“{name}” in topic_names.yml lists no passage of this corpus; it was left out.",
    "fr": "« {name} », dans topic_names.yml, ne liste aucun passage de ce corpus ; il est laissé "
    "de côté.",
}


class NamedTopics(NamedTuple):
    """Topics after the analyst's decisions.

    Attributes
    ----------
    assignments : DataFrame
        As `find_topics` gives them, with ``topic`` as decided; ``topic_raw`` is untouched.
    names : dict of int to str
        The names that were given, by topic.
    notes : list of dict
        By language of the report: how many topics were decided, and which decisions found none
        of their passages.
    """

    assignments: pd.DataFrame
    names: dict[int, str]
    notes: list[dict[str, str]]


def read_topic_names(path: Path | None) -> pd.DataFrame:
    """Read which passages an analyst put together under which name.

    Parameters
    ----------
    path : Path or None
        The file ``topic_names.yml``: under ``topics`` a list of ``name`` and ``passages``. None,
        or a missing file, gives no decision.

    Returns
    -------
    DataFrame
        ``entry`` (from 0, in the order of the file), ``name``, ``passage_id``; a passage listed
        twice stands in the later entry.

    Raises
    ------
    ConfigurationError
        If the file is not YAML, has a key nobody knows or an entry without name or passages.
    """
    if path is None or not path.is_file():
        return pd.DataFrame({"entry": np.array([], int), "name": [], "passage_id": []})
    content = read_yaml(path)
    check_keys(content, ["topics"], path, "the top level")
    entries = content.get("topics") or []
    require(entries, list, path, "topics")
    rows: dict[str, tuple[int, str, str]] = {}
    for number, entry in enumerate(entries):
        name, passages = _check_entry(entry, path, f"topics, entry {number + 1}")
        for passage in passages:
            rows[passage] = (number, name, passage)
    return pd.DataFrame(sorted(rows.values(), key=lambda row: row[0]), columns=COLUMNS)


def write_topic_names(path: Path, decided: pd.DataFrame) -> None:
    """Add decisions to the file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``topic_names.yml``.
    decided : DataFrame
        ``entry, name, passage_id``; they come last, and a passage leaves the entry in which it
        stood. An entry left without passages goes.
    """
    import yaml

    before = read_topic_names(path)
    before = before[~before["passage_id"].isin(decided["passage_id"])]
    entries = [
        {"name": str(group["name"].iloc[0]), "passages": group["passage_id"].tolist()}
        for table in (before, decided)
        for _, group in table.groupby("entry", sort=True)
    ]
    text = yaml.safe_dump({"topics": entries}, allow_unicode=True, sort_keys=False, width=100)
    # Aside and renamed, so that a file cut off in writing never stands in its place.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(_HEADER + text, encoding="utf-8")
    aside.replace(path)


def name_topics(
    assignments: pd.DataFrame, vectors: np.ndarray, decided: pd.DataFrame
) -> NamedTopics:
    """Put an analyst's decisions on the topics found.

    Parameters
    ----------
    assignments : DataFrame
        From `find_topics`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `assignments`.
    decided : DataFrame
        From `read_topic_names`.

    Returns
    -------
    NamedTopics
        A passage that is listed goes where it is listed. A topic in which an entry has at least
        a fifth of its passages, or which it makes up by half, follows that entry whole; one that
        several entries claim is divided among them, each passage going to the nearest centre. An
        entry takes the lowest number of the topics that are its own, and a new number if it has
        none. Topics that nothing was decided about keep their numbers.
    """
    entry_of = decided.drop_duplicates("passage_id", keep="last").set_index("passage_id")
    listed = assignments["passage_id"].map(entry_of["entry"]).fillna(OUTLIER).to_numpy(dtype=int)
    found = assignments["topic"].to_numpy()
    entry = listed.copy()
    homes: dict[int, list[int]] = {}
    for topic in np.unique(found[found != OUTLIER]):
        inside = found == topic
        claimants = _claimants(listed, inside)
        if not claimants:
            continue
        free = inside & (listed == OUTLIER)
        entry[free] = _nearest(vectors, free, listed, claimants)
        largest = max(claimants, key=lambda own: (np.sum(inside & (entry == own)), -own))
        homes.setdefault(largest, []).append(int(topic))
    topic, names = _renumber(found, entry, homes, entry_of)
    absent = ~decided["entry"].isin(entry)
    notes = _note(len(names), decided.loc[absent, "name"].drop_duplicates().tolist())
    return NamedTopics(assignments.assign(topic=topic), names, notes)


def _check_entry(entry: Any, path: Path, place: str) -> tuple[str, list[str]]:
    require(entry, Mapping, path, place)
    check_keys(entry, ["name", "passages"], path, place)
    name, passages = entry.get("name"), entry.get("passages")
    require(name, str, path, f"{place}, name")
    require(passages, list, path, f"{place}, passages")
    if not name.strip() or not passages:
        raise ConfigurationError(
            path, "has no name or no passages", "give it both or take it out", place
        )
    return " ".join(name.split()), [str(passage) for passage in passages]


def _claimants(listed: np.ndarray, inside: np.ndarray) -> list[int]:
    """Return the entries that speak for a topic."""
    own, counts = np.unique(listed[inside & (listed != OUTLIER)], return_counts=True)
    return [
        int(entry)
        for entry, count in zip(own, counts, strict=True)
        if count >= _CLAIMS * np.sum(listed == entry) or count >= inside.sum() / 2
    ]


def _nearest(
    vectors: np.ndarray, rows: np.ndarray, listed: np.ndarray, claimants: list[int]
) -> np.ndarray:
    """Return, for each of the rows, the claimant whose listed passages lie nearest on average."""
    if len(claimants) == 1:
        return np.full(int(rows.sum()), claimants[0])
    centres = np.stack([vectors[listed == own].mean(axis=0) for own in claimants])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    return np.array(claimants)[(vectors[rows] @ centres.T).argmax(axis=1)]


def _renumber(
    found: np.ndarray, entry: np.ndarray, homes: dict[int, list[int]], entry_of: pd.DataFrame
) -> tuple[np.ndarray, dict[int, str]]:
    """Return the topic of each passage and the names given."""
    names_of = entry_of.drop_duplicates("entry").set_index("entry")["name"]
    topic = found.copy()
    names: dict[int, str] = {}
    free = int(topic.max(initial=OUTLIER)) + 1
    for own in np.unique(entry[entry != OUTLIER]):
        if own in homes:
            number = min(homes[own])
        else:
            number, free = free, free + 1
        topic[entry == own] = number
        names[number] = str(names_of[own])
    return topic, names


def _note(n_decided: int, absent: list[str]) -> list[dict[str, str]]:
    notes = []
    if n_decided:
        notes.append({code: text.format(n=n_decided) for code, text in _DECIDED.items()})
    for name in absent:
        notes.append({code: text.format(name=name) for code, text in _ABSENT.items()})
    return notes
