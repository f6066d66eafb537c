"""Topics of a former run looked for in a new corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts

from press_themes.configuration import Configuration, read_configuration
from press_themes.continuation import continue_configuration
from press_themes.errors import InputError
from press_themes.face import make_run
from press_themes.runs.checksums import digest_files
from press_themes.topics.clustering import TopicSettings
from press_themes.topics.continuity import Former, find_topics
from press_themes.topics.topic_memory import remember_exemplars, remember_topics
from press_themes.topics.topics import OUTLIER

SETTINGS = TopicSettings(resamples=1)
KEPT = ["passage_id", "article_id", "text", "language", "topic"]


def _split(n: int, withheld: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Make passages, vectors, their subjects and which belong to the former half, without one subject."""
    texts, subjects = make_subject_texts(n)
    passages = make_passages(texts).assign(language="en")
    subject = np.array(subjects)
    former = (np.arange(n) % 2 == 0) & (subject != withheld)
    return passages, WordEncoder().encode(texts), subject, former


def _name(numbers: set[int]) -> pd.DataFrame:
    topics = sorted(numbers - {OUTLIER})
    labels = [f"topic {number}" for number in topics]
    return pd.DataFrame({"topic": topics, "label": labels, "label_source": "computed"})


def _remember(
    passages: pd.DataFrame, vectors: np.ndarray, former: Former | None = None
) -> tuple[pd.DataFrame, Former]:
    found = find_topics(passages, vectors, SETTINGS, former).assignments
    placed = passages.assign(topic=found["topic"], topic_raw=found["topic_raw"])
    memory = remember_topics(placed, _name(set(placed["topic"])), former)
    exemplars = remember_exemplars(placed, vectors, memory, former)
    earlier = exemplars[~exemplars["passage_id"].isin(placed["passage_id"])]
    kept = pd.concat([placed[KEPT], earlier[KEPT]], ignore_index=True)
    known = np.vstack([vectors, *earlier["vector"]])
    return placed, Former(kept, memory, known, pd.DataFrame())


def test_a_topic_goes_on_under_its_number_and_a_withheld_subject_is_new() -> None:
    withheld = next(iter(SUBJECTS))
    passages, vectors, subject, is_former = _split(240, withheld)
    old = passages[is_former].reset_index(drop=True)
    _, former = _remember(old, vectors[is_former])
    new = passages[~is_former].reset_index(drop=True)
    found = find_topics(new, vectors[~is_former], SETTINGS, former)
    topic, of = found.assignments["topic"].to_numpy(), subject[~is_former]
    known = set(former.memory["topic"])
    fresh = ~np.isin(topic, [OUTLIER, *known])
    assert fresh[of == withheld].mean() > 0.8
    assert fresh[of != withheld].mean() < 0.05
    assert (topic[of != withheld] == OUTLIER).mean() < 0.15
    main = (
        pd.Series(former.passages["topic"].to_numpy())
        .groupby(subject[is_former])
        .agg(lambda own: set(own))
    )
    for name in set(of) - {withheld}:
        assert np.isin(topic[of == name], list(main[name])).mean() > 0.8


def test_the_same_passages_keep_their_topics_and_nothing_is_new() -> None:
    passages, vectors, _, _ = _split(120, "none")
    _, former = _remember(passages, vectors)
    again = find_topics(passages, vectors, SETTINGS, former)
    assert again.assignments["topic"].tolist() == former.passages["topic"].tolist()
    assert again.regime["continued"]["new"] == 0


def test_a_topic_without_a_passage_is_remembered_as_silent() -> None:
    passages, vectors, _, _ = _split(120, "none")
    first, former = _remember(passages, vectors)
    kept = (first["topic"] != 0).to_numpy()
    _, later = _remember(passages[kept].reset_index(drop=True), vectors[kept], former)
    status = later.memory.set_index("topic")["status"]
    assert status[0] == "silent"
    assert set(status.drop(0)) == {"continued"}


def test_a_topic_that_was_silent_for_a_run_comes_back_under_its_number() -> None:
    passages, vectors, subject, _ = _split(360, "none")
    quiet = next(iter(SUBJECTS))
    week = np.arange(len(passages)) // 3 % 3
    week[(week == 1) & (subject == quiet)] = 2
    former, parts = None, []
    for number in range(3):
        rows = week == number
        own = passages[rows].reset_index(drop=True)
        placed, former = _remember(own, vectors[rows], former)
        parts.append(placed.assign(subject=subject[rows]))
    first, last = (part[part["subject"] == quiet]["topic"] for part in (parts[0], parts[2]))
    assert not (parts[1]["topic"].isin(set(first) - {OUTLIER})).any()
    assert last.isin(set(first)).mean() > 0.9


def test_topics_that_an_analyst_merged_are_neither_silent_nor_found_again() -> None:
    passages, vectors, _, _ = _split(240, "none")
    half = np.arange(len(passages)) % 2 == 0
    _, former = _remember(passages[half].reset_index(drop=True), vectors[half])
    own = passages[~half].reset_index(drop=True)
    found = find_topics(own, vectors[~half], SETTINGS, former).assignments
    merged = found["topic"].replace({1: 0}).to_numpy()
    placed = own.assign(topic=merged, topic_raw=found["topic_raw"])
    memory = remember_topics(placed, _name(set(merged)), former)
    assert memory.set_index("topic")["status"][1] == "merged"
    exemplars = remember_exemplars(placed, vectors[~half], memory, former)
    assert 1 not in set(exemplars["topic"])
    kept = pd.concat([placed[KEPT], exemplars[KEPT]]).drop_duplicates("passage_id")
    later = Former(kept, memory, vectors[: len(kept)], pd.DataFrame())
    next_week = placed[placed["topic"] == 0].assign(topic_raw=0)
    again = remember_topics(next_week, _name({0}), later)
    assert again.set_index("topic")["status"][1] == "merged"
    at = pd.Series(np.flatnonzero(~half), index=placed["passage_id"])
    news = exemplars[exemplars["passage_id"].isin(at.index)]
    assert len(news)
    assert (np.stack(news["vector"]) == vectors[at[news["passage_id"]]]).all()
    assert exemplars.groupby("topic").size().max() <= 30


def test_a_passage_far_from_every_topic_stays_outside() -> None:
    passages, vectors, _, _ = _split(241, "none")
    _, former = _remember(passages.head(240), vectors[:240])
    strange = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    strange[0, np.abs(vectors).sum(axis=0).argmin()] = 1
    found = find_topics(passages.tail(1), strange, SETTINGS, former)
    assert found.assignments["topic"].tolist() == [OUTLIER]


@pytest.mark.slow
def test_a_continued_run_leaves_the_former_as_it_is_and_refuses_a_changed_one(
    tmp_path: Path,
) -> None:
    from test_stages import write_corpus

    def go(configuration: Configuration, name: str) -> Path:
        run = make_run(configuration, tmp_path / name, False, encoder=WordEncoder())
        return run.folder

    old = go(read_configuration(write_corpus(tmp_path / "one", 20)), "old")
    before = digest_files(old)
    grown = write_corpus(tmp_path / "two", 26)
    new = go(continue_configuration(grown, old), "new")
    assert digest_files(old) == before
    columns = ["passage_id", "topic"]
    first = pd.read_parquet(old / "tables/passages.parquet", columns=columns)
    second = pd.read_parquet(new / "tables/passages.parquet", columns=columns)
    both = first.merge(second, on="passage_id")
    assert len(both) == len(first)
    assert (both["topic_x"] == both["topic_y"]).all()
    names = pd.read_parquet(old / "tables/topics.parquet").set_index("topic")["label"]
    kept = pd.read_parquet(new / "tables/topics.parquet").set_index("topic")["label"]
    shared = names.index.intersection(kept.index)
    assert len(shared)
    assert kept[shared].equals(names[shared])
    memory = old / ".stages/topic_memory.parquet"
    memory.write_bytes(memory.read_bytes()[:-20])
    with pytest.raises(
        InputError, match=r"topic_memory\.parquet: is not the file that the run wrote"
    ):
        go(continue_configuration(grown, old), "other")


def test_after_a_run_without_passages_every_topic_is_new() -> None:
    passages, vectors, _, _ = _split(120, "none")
    nobody = passages.head(0).assign(topic=np.array([], dtype="int64"), topic_raw=OUTLIER)
    memory = remember_topics(nobody, _name(set()))
    former = Former(nobody[KEPT], memory, vectors[:0], pd.DataFrame())
    found = find_topics(passages, vectors, SETTINGS, former)
    counts = found.regime["continued"]
    assert counts["new"] > 1
    assert counts["continued"] == counts["silent"] == 0
