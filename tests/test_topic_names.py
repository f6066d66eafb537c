"""The analyst's own topics: renamed, merged, divided, and known again in another run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from press_themes.errors import ConfigurationError
from press_themes.themes.topic_names import name_topics, read_topic_names, write_topic_names


def _assignments(topics: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "passage_id": [f"p{i}" for i in range(len(topics))],
            "topic": topics,
            "topic_raw": topics,
            "topic_strength": 0.5,
        }
    )


def _decided(*entries: tuple[str, list[int]]) -> pd.DataFrame:
    rows = [(n, name, f"p{i}") for n, (name, own) in enumerate(entries) for i in own]
    return pd.DataFrame(rows, columns=["entry", "name", "passage_id"])


def _vectors(groups: list[int]) -> np.ndarray:
    return np.eye(max(groups) + 1, dtype=np.float32)[groups]


def test_a_renamed_topic_keeps_its_number_and_takes_in_new_passages() -> None:
    found = _assignments([0, 0, 0, 1, 1, 0, 0])
    named = name_topics(found, _vectors([0] * 7), _decided(("Harbours", [0, 1, 2])))
    assert named.names == {0: "Harbours"}
    assert named.assignments["topic"].tolist() == found["topic"].tolist()


def test_a_topic_is_known_again_under_another_number() -> None:
    found = _assignments([4, 4, 4, 4, 2, 2, 2])
    named = name_topics(found, _vectors([0] * 7), _decided(("Harbours", [4, 5, 6])))
    assert named.names == {2: "Harbours"}


def test_merged_topics_take_the_lowest_number() -> None:
    found = _assignments([3, 3, 3, 1, 1, 1, 0, 0])
    decided = _decided(("Sea", [0, 1, 3, 4]))
    named = name_topics(found, _vectors([0] * 8), decided)
    assert named.assignments["topic"].tolist() == [1, 1, 1, 1, 1, 1, 0, 0]
    assert named.names == {1: "Sea"}
    assert named.assignments["topic_raw"].tolist() == found["topic_raw"].tolist()


def test_a_divided_topic_sends_new_passages_to_the_nearer_part() -> None:
    found = _assignments([0] * 8 + [1])
    vectors = _vectors([0, 0, 0, 0, 1, 1, 0, 1, 0])
    named = name_topics(found, vectors, _decided(("Old", [0, 1, 2, 3]), ("New", [4, 5])))
    assert named.assignments["topic"].tolist() == [0, 0, 0, 0, 2, 2, 0, 2, 1]
    assert named.names == {0: "Old", 2: "New"}


def test_a_stray_passage_does_not_carry_its_new_topic_away() -> None:
    found = _assignments([0] * 9 + [1] * 10)
    named = name_topics(found, _vectors([0] * 19), _decided(("Sea", [*range(9), 9])))
    # The one listed passage goes where it is listed; the topic it was found in stays.
    assert named.assignments["topic"].tolist() == [0] * 10 + [1] * 9


def test_outliers_that_nothing_was_decided_about_stay_outside() -> None:
    found = _assignments([-1, -1, 0, 0])
    named = name_topics(found, _vectors([0] * 4), _decided(("Sea", [2, 3, 1])))
    assert named.assignments["topic"].tolist() == [-1, 0, 0, 0]


def test_a_decision_about_another_corpus_is_told_and_changes_nothing() -> None:
    found = _assignments([0, 0, 1])
    named = name_topics(found, _vectors([0] * 3), _decided(("Elsewhere", [77, 78])))
    assert named.assignments.equals(found)
    assert named.names == {}
    assert [note["en"] for note in named.notes] == [
        "“Elsewhere” in topic_names.yml lists no passage of this corpus; it was left out."
    ]


def test_no_decision_changes_nothing() -> None:
    found = _assignments([0, 1, -1])
    named = name_topics(found, _vectors([0] * 3), read_topic_names(None))
    assert named.assignments.equals(found)
    assert (named.names, named.notes) == ({}, [])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.yml"
    write_topic_names(path, _decided(("Mer : « ports »", [0, 1]), ("# no comment", [2])))
    write_topic_names(path, _decided(("Later", [1])))
    read = read_topic_names(path)
    assert read.groupby("name")["passage_id"].agg(list).to_dict() == {
        "Mer : « ports »": ["p0"], "# no comment": ["p2"], "Later": ["p1"],
    }  # fmt: skip
    write_topic_names(path, _decided(("All", [0, 1, 2])))
    assert read_topic_names(path)["name"].unique().tolist() == ["All"]
    assert list(tmp_path.iterdir()) == [path]


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.split()))
def test_any_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    clean = " ".join(name.encode("utf-8", "ignore").decode().split())
    if not clean:
        return
    path = tmp_path_factory.mktemp("names") / "topic_names.yml"
    write_topic_names(path, _decided((clean, [0])))
    assert read_topic_names(path)["name"].tolist() == [clean]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"topic": []}, "unknown key 'topic'; did you mean 'topics'"),
        ({"topics": {"a": 1}}, "topics: is dict where a list belongs"),
        ({"topics": [{"name": "x"}]}, "entry 1, passages: is NoneType"),
        ({"topics": [{"name": " ", "passages": ["p"]}]}, "entry 1: has no name or no passages"),
        ({"topics": [{"name": "x", "passages": [], "color": 1}]}, "unknown key 'color'"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, content: object, message: str) -> None:
    path = tmp_path / "topic_names.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        read_topic_names(path)
