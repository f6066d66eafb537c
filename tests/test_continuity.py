"""Topics of a former run looked for in a new corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts

from press_themes import pipeline
from press_themes.checksums import digest_files
from press_themes.configuration import read_configuration
from press_themes.continuation import continue_configuration
from press_themes.errors import InputError
from press_themes.themes.clustering import TopicSettings
from press_themes.themes.continuity import Former, find_topics, remember_topics
from press_themes.themes.topics import OUTLIER

SETTINGS = TopicSettings(resamples=1)


def _split(n: int, withheld: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Make passages, vectors, their subjects and which belong to the former half, without one subject."""
    texts, subjects = make_subject_texts(n)
    passages = make_passages(texts).assign(language="en")
    subject = np.array(subjects)
    former = (np.arange(n) % 2 == 0) & (subject != withheld)
    return passages, WordEncoder().encode(texts), subject, former


def _remember(passages: pd.DataFrame, vectors: np.ndarray) -> Former:
    found = find_topics(passages, vectors, SETTINGS)
    placed = passages.assign(topic=found.assignments["topic"].to_numpy())
    numbers = sorted(set(placed["topic"]) - {OUTLIER})
    topics = pd.DataFrame({"topic": numbers, "label": [f"topic {n}" for n in numbers]})
    memory = remember_topics(placed, vectors, topics)
    return Former(placed[["passage_id", "language", "topic"]], memory, vectors, pd.DataFrame())


def test_a_topic_goes_on_under_its_number_and_a_withheld_subject_is_new() -> None:
    withheld = next(iter(SUBJECTS))
    passages, vectors, subject, is_former = _split(240, withheld)
    old = passages[is_former].reset_index(drop=True)
    former = _remember(old, vectors[is_former])
    new = passages[~is_former].reset_index(drop=True)
    found = find_topics(new, vectors[~is_former], SETTINGS, former)
    topic, of = found.assignments["topic"].to_numpy(), subject[~is_former]
    known = set(former.memory["topic"])
    fresh = np.array([number not in known for number in topic])
    assert fresh[of == withheld].mean() > 0.8
    assert fresh[of != withheld].mean() < 0.1
    main = (
        pd.Series(former.passages["topic"].to_numpy())
        .groupby(subject[is_former])
        .agg(lambda own: set(own))
    )
    for name in set(of) - {withheld}:
        assert np.isin(topic[of == name], list(main[name])).mean() > 0.8


def test_the_same_passages_keep_their_topics_and_nothing_is_new() -> None:
    passages, vectors, _, _ = _split(120, "none")
    former = _remember(passages, vectors)
    again = find_topics(passages, vectors, SETTINGS, former)
    assert again.assignments["topic"].tolist() == former.passages["topic"].tolist()
    assert again.regime["continued"]["new"] == 0


def test_a_topic_without_a_passage_is_remembered_as_silent() -> None:
    passages, vectors, _, _ = _split(120, "none")
    former = _remember(passages, vectors)
    kept = np.flatnonzero(former.passages["topic"] != 0)
    placed = passages.iloc[kept].assign(topic=former.passages["topic"].to_numpy()[kept])
    memory = remember_topics(placed, vectors[kept], former.memory[["topic", "label"]], former)
    status = memory.set_index("topic")["status"]
    assert status[0] == "silent"
    assert set(status.drop(0)) == {"continued"}


@pytest.mark.slow
def test_a_continued_run_leaves_the_former_as_it_is_and_refuses_a_changed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from test_pipeline import write_corpus

    monkeypatch.setattr(pipeline, "load_encoder", lambda *named, **options: WordEncoder())
    old = pipeline.run(
        read_configuration(write_corpus(tmp_path / "one", 20)), tmp_path / "old", False
    )
    before = digest_files(old)
    grown = write_corpus(tmp_path / "two", 26)
    new = pipeline.run(continue_configuration(grown, old), tmp_path / "new", False)
    assert digest_files(old) == before
    columns = ["passage_id", "topic"]
    first = pd.read_parquet(old / "passages.parquet", columns=columns)
    second = pd.read_parquet(new / "passages.parquet", columns=columns)
    both = first.merge(second, on="passage_id")
    assert len(both) == len(first)
    assert (both["topic_x"] == both["topic_y"]).all()
    names = pd.read_parquet(old / "topics.parquet").set_index("topic")["label"]
    kept = pd.read_parquet(new / "topics.parquet").set_index("topic")["label"]
    shared = names.index.intersection(kept.index)
    assert len(shared)
    assert kept[shared].equals(names[shared])
    memory = old / "topic_memory.parquet"
    memory.write_bytes(memory.read_bytes()[:-20])
    with pytest.raises(
        InputError, match=r"topic_memory\.parquet: is not the file that the run wrote"
    ):
        pipeline.run(continue_configuration(grown, old), tmp_path / "other", False)


def test_after_a_run_without_passages_every_topic_is_new() -> None:
    passages, vectors, _, _ = _split(120, "none")
    nobody = passages.head(0).assign(topic=np.array([], dtype="int64"))
    memory = remember_topics(nobody, vectors[:0], pd.DataFrame({"topic": [], "label": []}))
    former = Former(
        nobody[["passage_id", "language", "topic"]], memory, vectors[:0], pd.DataFrame()
    )
    found = find_topics(passages, vectors, SETTINGS, former)
    counts = found.regime["continued"]
    assert counts["new"] > 1
    assert counts["continued"] == counts["silent"] == 0
