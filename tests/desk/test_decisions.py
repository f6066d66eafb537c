"""Decisions made while reading: what is written, and what is shown at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from collections_for_tests import build_collection

from press_themes.desk import decisions
from press_themes.desk.collection import Collection
from press_themes.desk.decisions import (
    judge_passage,
    list_judgements,
    merge_topics,
    rename_topic,
    save_topics,
    split_topic,
)
from press_themes.errors import InputError
from press_themes.themes.labels import read_labels
from press_themes.topics.composition import compose_topics
from press_themes.topics.naming import read_topic_names


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return build_collection(corpus)


def test_the_last_judgement_on_a_passage_counts(collection: Collection) -> None:
    theme = collection.scores.columns[1]
    path = judge_passage(collection, 5, theme, True)
    judge_passage(collection, 5, theme, False)
    judge_passage(collection, 6, theme, True)
    passages = collection.passages
    read = read_labels(path, passages, passages[["article_id"]], collection.scores.columns)
    told = dict(zip(read.answers["id"], read.answers["label"], strict=True))
    assert told == {passages["passage_id"][5]: False, passages["passage_id"][6]: True}
    assert list_judgements(collection)["label"].tolist() == [False, True]


def test_a_renamed_topic_has_its_name_at_once_and_in_the_next_run(collection: Collection) -> None:
    after, path = save_topics(collection, rename_topic(collection, 1, "  My  name "))
    assert dict(after.topics.to_numpy())[1] == "My name"
    assert after.passages["topic"].equals(collection.passages["topic"])
    again = compose_topics(collection.passages, collection.vectors, read_topic_names(path, "en"))
    assert again["topic"].equals(collection.passages["topic"])


def test_merged_topics_are_one_at_once_and_in_the_next_run(collection: Collection) -> None:
    after, path = save_topics(collection, merge_topics(collection, (2, 0), "Both"))
    before = collection.passages["topic"]
    assert after.passages["topic"].tolist() == before.replace({2: 0}).tolist()
    assert 2 not in after.topics["topic"].tolist()
    again = compose_topics(collection.passages, collection.vectors, read_topic_names(path, "en"))
    assert again["topic"].equals(after.passages["topic"])


def test_a_part_split_off_is_a_topic_at_once_and_in_the_next_run(collection: Collection) -> None:
    members = np.flatnonzero(collection.passages["topic"] == 0)
    label = dict(collection.topics.to_numpy())[0]
    chosen = tuple(int(row) for row in members[:3])
    outside = int(np.flatnonzero(collection.passages["topic"] == 1)[0])
    after, path = save_topics(collection, split_topic(collection, 0, (*chosen, outside), "Part"))
    names = dict(after.topics.to_numpy())
    topics = after.passages["topic"]
    assert {names[topic] for topic in topics.iloc[list(chosen)]} == {"Part"}
    assert {names[topic] for topic in topics.iloc[members[3:]]} == {label}
    assert topics[outside] == 1
    again = compose_topics(collection.passages, collection.vectors, read_topic_names(path, "en"))
    assert again["topic"].equals(topics)


def test_what_is_left_of_a_divided_topic_keeps_its_whole_name(collection: Collection) -> None:
    long = "Researchers, Tailwind Labs, languages, models"
    topics = collection.topics
    topics = topics.assign(label=topics["label"].where(topics["topic"] != 0, long))
    members = np.flatnonzero(collection.passages["topic"] == 0)
    collection = collection._replace(topics=topics)
    after, path = save_topics(collection, split_topic(collection, 0, (int(members[0]),), "Part"))
    assert long in after.topics["label"].tolist()
    assert read_topic_names(path, "en")["name"].tolist() == [long, "Part"]
    wordy = collection._replace(topics=topics.assign(label="word " * 20))
    split = split_topic(wordy, 0, (int(members[0]),), "Part")
    assert split["name"][0].startswith("word word")


def test_a_large_part_split_off_and_renamed_is_the_same_in_the_next_run(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST_LISTED", 4)
    members = np.flatnonzero(collection.passages["topic"] == 0)
    chosen = tuple(int(row) for row in members[:7])
    first, _ = save_topics(collection, split_topic(collection, 0, chosen, "Beta"))
    beta = dict(zip(first.topics["label"], first.topics["topic"], strict=True))["Beta"]
    after, path = save_topics(first, rename_topic(first, beta, "Gamma"))
    names = read_topic_names(path, "en")
    assert names["name"].tolist()[1:] == ["Gamma"]
    assert "Beta" not in names["name"].tolist()
    again = compose_topics(collection.passages, collection.vectors, names)
    assert again["topic"].equals(after.passages["topic"])
    assert (again["topic"] == beta).sum() == (after.passages["topic"] == beta).sum() >= 7


def test_a_later_decision_replaces_an_earlier_one(collection: Collection) -> None:
    first, _ = save_topics(collection, rename_topic(collection, 0, "One"))
    _, path = save_topics(first, rename_topic(first, 0, "Two"))
    assert read_topic_names(path, "en")["name"].unique().tolist() == ["Two"]


def test_what_cannot_be_decided_is_told(collection: Collection, tmp_path: Path) -> None:
    everything = tuple(range(60))
    for rows in ((), everything):
        with pytest.raises(InputError, match="draw around some of them"):
            split_topic(collection, 0, rows, "Part")
    for name in ("  ", "x" * 61, "<b>"):
        with pytest.raises(InputError, match="has no name that can be used"):
            save_topics(collection, rename_topic(collection, 0, name))
    gone = collection._replace(facts={**collection.facts, "corpus": tmp_path / "gone"})
    with pytest.raises(InputError, match="decisions are kept beside the corpus"):
        judge_passage(gone, 0, collection.scores.columns[0], True)
    assert list_judgements(gone).empty


def test_decisions_about_a_single_file_lie_beside_it(collection: Collection) -> None:
    file = Path(collection.facts["corpus"]) / "articles.csv"
    file.write_text("title,body\n")
    single = collection._replace(facts={**collection.facts, "corpus": file})
    path = judge_passage(single, 0, collection.scores.columns[0], True)
    assert path == file.parent / "labels.csv"
