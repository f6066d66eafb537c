"""Decisions of the analyst: what a passage speaks of, what topics are called and made of.

They are kept beside the corpus, in labels.csv and topic_names.yml, where the next run finds them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.desk.collection import OUTSIDE, Collection
from press_themes.desk.coloring import shorten
from press_themes.errors import InputError
from press_themes.themes.label_additions import append_labels
from press_themes.themes.labels import read_labels
from press_themes.topics.composition import compose_topics, write_composition
from press_themes.topics.naming import read_topic_names
from press_themes.topics.rewriting import LONGEST, tidy_name

#: Passages listed for each topic at most, beside those listed already; the rest are known by these.
MOST_LISTED = 500


def judge_passage(collection: Collection, row: int, theme: str, speaks: bool) -> Path:
    """Keep the judgement that a passage speaks of a theme, or does not."""
    path = find_companion(collection, "labels.csv")
    passage = collection.passages["passage_id"].iloc[row]
    append_labels(path, pd.DataFrame({"id": [passage], "theme": [theme], "label": [speaks]}))
    return path


def list_judgements(collection: Collection) -> pd.DataFrame:
    """List what was judged of this collection so far."""
    folder = _folder_of(collection)
    passages = collection.passages
    answers = read_labels(
        folder / "labels.csv", passages, passages[["article_id"]], collection.themes["theme"]
    ).answers
    return answers.loc[answers["kind"] == "passage", ["id", "theme", "label"]]


def rename_topic(collection: Collection, topic: int, name: str) -> pd.DataFrame:
    """Decide that a topic has another name."""
    return _enter(collection, [(name, _strongest(collection, topic))])


def merge_topics(collection: Collection, topics: tuple[int, ...], name: str) -> pd.DataFrame:
    """Decide that several topics are one."""
    rows = np.concatenate([_strongest(collection, topic) for topic in topics])
    return _enter(collection, [(name, rows)])


def split_topic(
    collection: Collection, topic: int, rows: tuple[int, ...], name: str
) -> pd.DataFrame:
    """Decide that some passages of a topic are a topic of their own."""
    members = np.flatnonzero((collection.passages["topic"] == topic).to_numpy())
    chosen = np.intersect1d(members, np.array(rows, dtype=int))
    if len(chosen) in (0, len(members)):
        raise InputError(
            shorten(_label(collection, topic)),
            f"{len(chosen)} of its {len(members)} passages are chosen",
            "draw around some of them on the map, not none and not all",
        )
    rest = _strongest(collection, topic, np.setdiff1d(members, chosen))
    label = _label(collection, topic)
    # A run reads no name longer than an analyst may write.
    kept = tidy_name(label) or tidy_name(label[:LONGEST])
    return _enter(collection, [(kept, rest), (name, chosen)])


def save_topics(collection: Collection, decided: pd.DataFrame) -> tuple[Collection, Path]:
    """Keep decisions about topics and apply them to what is looked at."""
    if (decided["name"] == "").any():
        raise InputError(
            "topic",
            "has no name that can be used",
            "write one of 60 characters at most, no < > {} |",
        )
    path = find_companion(collection, "topic_names.yml")
    write_composition(path, decided, _list_touched(collection, decided))
    passages = compose_topics(collection.passages, collection.vectors, decided)
    labels = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    topic_of = passages.set_index("passage_id")["topic"]
    for name, own in zip(decided["name"], decided["passages"], strict=True):
        labels[topic_of[own[0]]] = name
    present = sorted(set(passages["topic"]) - {OUTSIDE})
    topics = pd.DataFrame({"topic": present, "label": [labels[topic] for topic in present]})
    return collection._replace(passages=passages, topics=topics), path


def find_companion(collection: Collection, name: str) -> Path:
    """Find where a file beside the corpus belongs."""
    folder = _folder_of(collection)
    if not folder.is_dir():
        raise InputError(
            collection.facts["corpus"],
            "is not there, and decisions are kept beside the corpus",
            "put the corpus back, or run it where it lies now",
        )
    return folder / name


def _folder_of(collection: Collection) -> Path:
    corpus = Path(collection.facts["corpus"])
    return corpus.parent if corpus.is_file() else corpus


def _strongest(collection: Collection, topic: int, members: np.ndarray | None = None) -> np.ndarray:
    """Return the passages most at home in a topic, and those listed already, as row numbers."""
    passages = collection.passages
    if members is None:
        members = np.flatnonzero((passages["topic"] == topic).to_numpy())
    strength = passages["topic_strength"].fillna(0).to_numpy()[members]
    ordered = members[np.argsort(-strength, kind="stable")]
    # An analyst put them where they are, so that none may be left to the nearest centre.
    listed = passages["passage_id"].isin(_list_decided(collection)).to_numpy()[ordered]
    return ordered[listed | (np.arange(len(ordered)) < MOST_LISTED)]


def _list_decided(collection: Collection) -> set[str]:
    path = _folder_of(collection) / "topic_names.yml"
    decided = read_topic_names(path if path.is_file() else None, "en")["passages"]
    return {passage for own in decided for passage in own}


def _list_touched(collection: Collection, decided: pd.DataFrame) -> list[str]:
    """List every passage of the topics that are decided about."""
    passages = collection.passages
    named = passages["passage_id"].isin({x for own in decided["passages"] for x in own})
    inside = passages["topic"].isin(set(passages.loc[named, "topic"]) - {OUTSIDE})
    return passages.loc[inside, "passage_id"].tolist()


def _enter(collection: Collection, entries: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    identifiers = collection.passages["passage_id"].to_numpy()
    rows = [(tidy_name(name), identifiers[own].tolist()) for name, own in entries]
    return pd.DataFrame(rows, columns=["name", "passages"])


def _label(collection: Collection, topic: int) -> str:
    labels = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    return str(labels[topic])
