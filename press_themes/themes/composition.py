"""Composition: topics that the analyst merged, divided or only named, in topic_names.yml.

A topic has no lasting number; it is known again by its passages, whose identifiers last.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.strict_yaml import check_keys, read_yaml, require
from press_themes.themes.naming import read_entry

COLUMNS = ["entry", "name", "passage_id"]
OUTLIER = -1
# An entry speaks for a whole topic when it makes up this share of it, or when this share of the
# entry, and not a handful of passages, lies there.
_OF_TOPIC = 0.5
_OF_ENTRY = 0.2
_NO_HANDFUL = 20
_HEADER = (
    "# Topics named, merged or divided by an analyst. The passages listed under a name are one\n"
    "# topic; the others of the topics they were found in follow them in the next run.\n"
)
_DECIDED = {
    "en": "Topics named or composed by the analyst in topic_names.yml: {n}.",
    "fr": "Sujets nommés ou composés par l'analyste dans topic_names.yml : {n}.",
}


class Composed(NamedTuple):
    """Topics after the analyst's decisions.

    Attributes
    ----------
    assignments : DataFrame
        As `find_topics` gives them, with ``topic`` as decided; ``topic_raw`` is untouched.
    names : dict of int to str
        The names of the topics that were decided about.
    notes : list of dict
        By language of the report, how many these are.
    """

    assignments: pd.DataFrame
    names: dict[int, str]
    notes: list[dict[str, str]]


def read_composition(path: Path | None, language: str = "en") -> pd.DataFrame:
    """Read which passages an analyst put together under which name.

    Parameters
    ----------
    path : Path or None
        The file ``topic_names.yml``: under ``topics`` a list of ``name`` and ``passages``. None,
        or a missing file, gives no decision, and neither does an entry without a name.
    language : str
        Language of the names, where an entry has several.

    Returns
    -------
    DataFrame
        ``entry`` (from 0, in the order of the file), ``name``, ``passage_id``; a passage listed
        twice stands in the later entry.

    Raises
    ------
    ConfigurationError
        If the file is not YAML, has a key nobody knows or an entry without passages.
    """
    rows: dict[str, tuple[int, str, str]] = {}
    for number, entry in enumerate(_read_entries(path)):
        name, passages = read_entry(entry, Path(path or ""), _place(number), language)
        for passage in passages if name else []:
            rows[passage] = (number, name, passage)
    listed = sorted(rows.values(), key=lambda row: row[0])
    decided = pd.DataFrame(listed, columns=COLUMNS)
    return decided.astype({"entry": "int64"})


def write_composition(path: Path, decided: pd.DataFrame) -> None:
    """Add decisions to the file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``topic_names.yml``.
    decided : DataFrame
        ``entry, name, passage_id``; they come last, and a passage leaves the named entry in
        which it stood. An entry left without passages goes.
    """
    import yaml

    taken = set(decided["passage_id"])
    entries = []
    for number, entry in enumerate(_read_entries(path)):
        name, passages = read_entry(entry, path, _place(number), "en")
        kept = [passage for passage in passages if not name or passage not in taken]
        if kept:
            entries.append({**entry, "passages": kept})
    for _, group in decided.groupby("entry", sort=True):
        name, passages = str(group["name"].iloc[0]), group["passage_id"].tolist()
        entries.append({"name": name, "passages": passages})
    text = yaml.safe_dump({"topics": entries}, allow_unicode=True, sort_keys=False, width=100)
    # Aside and renamed, so that a file cut off in writing never stands in its place.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(_HEADER + text, encoding="utf-8")
    aside.replace(path)


def compose_topics(
    assignments: pd.DataFrame, vectors: np.ndarray, decided: pd.DataFrame
) -> Composed:
    """Put an analyst's decisions on the topics found.

    Parameters
    ----------
    assignments : DataFrame
        From `find_topics`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `assignments`.
    decided : DataFrame
        From `read_composition`.

    Returns
    -------
    Composed
        A passage that is listed goes where it is listed. The topic that holds most of an entry's
        passages follows that entry whole, and so does a topic of which the entry makes up half,
        or which holds a fifth of the entry and at least twenty passages of it. A topic that
        several entries claim is divided among them, each passage going to the nearest centre. An
        entry takes the lowest number of the topics that are its own, and a new number if it has
        none. Topics that nothing was decided about keep their numbers.
    """
    entry_of = decided.drop_duplicates("passage_id", keep="last").set_index("passage_id")
    listed = assignments["passage_id"].map(entry_of["entry"]).fillna(OUTLIER).to_numpy(dtype=int)
    found = assignments["topic"].to_numpy()
    entry = listed.copy()
    homes: dict[int, list[int]] = {}
    claims = _claim(listed, found)
    for topic, claimants in claims.items():
        inside = found == topic
        free = inside & (listed == OUTLIER)
        entry[free] = _nearest(vectors, free, listed, claimants)
        largest = max(claimants, key=lambda own: (np.sum(inside & (entry == own)), -own))
        homes.setdefault(largest, []).append(topic)
    topics, names = _renumber(found, entry, homes, entry_of)
    notes = [{code: text.format(n=len(names)) for code, text in _DECIDED.items()}] if names else []
    return Composed(assignments.assign(topic=topics), names, notes)


def _read_entries(path: Path | None) -> list[dict[str, object]]:
    if path is None or not path.is_file():
        return []
    content = read_yaml(path)
    check_keys(content, ("topics",), path, "the top level")
    entries = content.get("topics") or []
    require(entries, list, path, "topics")
    return list(entries)


def _place(number: int) -> str:
    return f"topics, entry {number + 1}"


def _claim(listed: np.ndarray, found: np.ndarray) -> dict[int, list[int]]:
    """Return the entries that speak for each topic."""
    claims: dict[int, list[int]] = {}
    for own in np.unique(listed[listed != OUTLIER]):
        inside = found[listed == own]
        topics, counts = np.unique(inside[inside != OUTLIER], return_counts=True)
        for topic, count in zip(topics, counts, strict=True):
            is_home = topic == topics[counts.argmax()]
            is_much = count >= max(_OF_ENTRY * len(inside), _NO_HANDFUL)
            if is_home or is_much or count >= _OF_TOPIC * np.sum(found == topic):
                claims.setdefault(int(topic), []).append(int(own))
    return claims


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
