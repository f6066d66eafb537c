"""Composition: topics that the analyst merged, divided, dissolved or only named, in topic_names.yml.

A topic has no lasting number; it is known again by its passages, whose identifiers last.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from press_themes.strict_yaml import read_yaml
from press_themes.topics.name_choice import read_topic_names
from press_themes.topics.topics import OUTLIER, measure_strength

# An entry speaks for a whole topic when it makes up this share of it, or when this share of the
# entry, and not a handful of passages, lies there.
_OF_TOPIC = 0.5
_OF_ENTRY = 0.2
_NO_HANDFUL = 20
_HEADER = (
    "# Topics named, merged, divided or dissolved by an analyst. The passages listed under a name are\n"
    "# one topic, those of a dissolved one are in none; the others of the topics they were found in\n"
    "# follow them in the next run.\n"
)


def write_composition(path: Path, decided: pd.DataFrame, touched: Iterable[str] = ()) -> None:
    """Add decisions to the file, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``topic_names.yml``.
    decided : DataFrame
        ``name, passages``, one row a topic, "" for one that is dissolved; they come last, and a
        passage leaves the entry in which it stood. An entry left without passages goes.
    touched : iterable of str
        Further passages that the decisions are about, not listed and in no other entry from now on.

    Raises
    ------
    ConfigurationError
        If what the file holds already cannot be read.
    """
    import yaml

    entries: list[dict[str, Any]] = []
    if path.is_file():
        # For its complaints: nothing is added to a file that a run would refuse.
        read_topic_names(path, "en")
        entries = read_yaml(path).get("topics") or []
    taken = {passage for passages in decided["passages"] for passage in passages}
    taken |= set(touched)
    kept = []
    for entry in entries:
        passages = [str(passage) for passage in entry["passages"]]
        is_decided = entry.get("name") or entry.get("dissolved")
        left = [passage for passage in passages if not is_decided or passage not in taken]
        if left:
            kept.append({**entry, "passages": left})
    new = zip(decided["name"], decided["passages"], strict=True)
    entries = kept + [
        {**({"name": str(name)} if name else {"dissolved": True}), "passages": list(passages)}
        for name, passages in new
    ]
    text = yaml.safe_dump({"topics": entries}, allow_unicode=True, sort_keys=False, width=100)
    # Aside and renamed, so that a file cut off in writing never stands in its place.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(_HEADER + text, encoding="utf-8")
    aside.replace(path)


def compose_topics(
    assignments: pd.DataFrame, vectors: np.ndarray, decided: pd.DataFrame, free: int = 0
) -> pd.DataFrame:
    """Put an analyst's decisions on the topics found.

    Parameters
    ----------
    assignments : DataFrame
        From `find_topics`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `assignments`.
    decided : DataFrame
        From `read_topic_names`.
    free : int
        Least number that a new topic may take.

    Returns
    -------
    DataFrame
        `assignments` with ``topic`` as decided and the ``topic_strength`` of topics whose passages
        changed measured anew; ``topic_raw`` is untouched. A passage that is
        listed goes where it is listed, in the later entry if in two. The topic that holds most of
        an entry's passages follows that entry whole, and so does a topic of which the entry makes
        up half, or which holds a fifth of the entry and at least twenty passages of it. A topic
        that several entries claim is divided among them, each passage going to the nearest
        centre. An entry takes the lowest number of the topics that are its own, and a new number
        if it has none. Those of an entry without a name go outside every topic. Topics that
        nothing was decided about keep their numbers.
    """
    entry_of = {
        passage: number for number, own in enumerate(decided["passages"]) for passage in own
    }
    listed = assignments["passage_id"].map(entry_of).fillna(OUTLIER).to_numpy(dtype=int)
    found = assignments["topic"].to_numpy()
    entry = listed.copy()
    homes: dict[int, list[int]] = {}
    claims = _claim(listed, found)
    for topic, claimants in claims.items():
        inside = found == topic
        others = inside & (listed == OUTLIER)
        entry[others] = _nearest(vectors, others, listed, claimants)
        largest = max(claimants, key=lambda own: (np.sum(inside & (entry == own)), -own))
        homes.setdefault(largest, []).append(topic)
    composed = _renumber(found, entry, homes, free)
    nameless = [number for number, name in enumerate(decided["name"]) if not name]
    composed[np.isin(entry, nameless)] = OUTLIER
    strength = assignments["topic_strength"].to_numpy()
    return assignments.assign(
        topic=composed, topic_strength=_strength(vectors, found, composed, strength)
    )


def _strength(
    vectors: np.ndarray, found: np.ndarray, topic: np.ndarray, strength: np.ndarray
) -> np.ndarray:
    """Return the strength as it was, and anew for topics that lost or gained passages."""
    moved = topic != found
    touched = np.isin(topic, np.union1d(topic[moved], found[moved])) & (topic != OUTLIER)
    measured = measure_strength(vectors, np.where(touched, topic, OUTLIER))
    return np.where(moved | touched, measured, strength)


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
    found: np.ndarray, entry: np.ndarray, homes: dict[int, list[int]], free: int
) -> np.ndarray:
    topic = found.copy()
    free = max(free, int(topic.max(initial=OUTLIER)) + 1)
    for own in np.unique(entry[entry != OUTLIER]):
        if own in homes:
            number = min(homes[own])
        else:
            number, free = free, free + 1
        topic[entry == own] = number
    return topic
