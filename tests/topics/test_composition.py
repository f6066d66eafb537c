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
from press_themes.topics.composition import compose_topics, write_composition
from press_themes.topics.name_choice import read_topic_names
from press_themes.topics.rewriting import tidy_name


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
    rows = [(name, [f"p{i}" for i in own]) for name, own in entries]
    return pd.DataFrame(rows, columns=["name", "passages"])


def _vectors(groups: list[int]) -> np.ndarray:
    return np.eye(max(groups) + 1, dtype=np.float32)[groups]


def test_a_renamed_topic_keeps_its_number_and_takes_in_new_passages() -> None:
    found = _assignments([0, 0, 0, 1, 1, 0, 0])
    named = compose_topics(found, _vectors([0] * 7), _decided(("Harbours", [0, 1, 2])))
    assert named["topic"].tolist() == found["topic"].tolist()


def test_the_strength_follows_the_passages_into_their_new_topic() -> None:
    found = _assignments([0] * 7 + [1] * 3 + [-1] * 2)
    found["topic_strength"] = [0.9] * 10 + [np.nan] * 2
    vectors = _vectors([0] * 7 + [1] * 3 + [2] * 2)
    composed = compose_topics(found, vectors, _decided(("Apart", [10, 11])))
    assert composed["topic_strength"].tolist() == [0.9] * 10 + [1.0] * 2
    composed = compose_topics(
        found, vectors, _decided(("Larger", [*range(7), 8]), ("Rest", [7, 9]))
    )
    assert composed["topic"].tolist() == [0] * 7 + [1, 0, 1] + [-1] * 2
    strength = composed["topic_strength"].to_numpy()
    assert strength[[0, 8]] == pytest.approx(np.array([7, 1]) / np.sqrt(50), abs=1e-6)
    assert strength[[7, 9]] == pytest.approx([1, 1])
    assert np.isnan(strength[10:]).all()


def test_a_topic_is_known_again_under_another_number() -> None:
    found = _assignments([4, 4, 4, 4, 2, 2, 2, 2])
    decided = _decided(("Harbours", [4, 5, 6]))
    named = compose_topics(found, _vectors([0] * 8), decided)
    assert named["topic"].tolist() == found["topic"].tolist()


def test_merged_topics_take_the_lowest_number() -> None:
    found = _assignments([3, 3, 3, 1, 1, 1, 0, 0])
    decided = _decided(("Sea", [0, 1, 3, 4]))
    named = compose_topics(found, _vectors([0] * 8), decided)
    assert named["topic"].tolist() == [1, 1, 1, 1, 1, 1, 0, 0]
    assert named["topic_raw"].tolist() == found["topic_raw"].tolist()


def test_a_divided_topic_sends_new_passages_to_the_nearer_part() -> None:
    found = _assignments([0] * 8 + [1])
    vectors = _vectors([0, 0, 0, 0, 1, 1, 0, 1, 0])
    named = compose_topics(found, vectors, _decided(("Old", [0, 1, 2, 3]), ("New", [4, 5])))
    assert named["topic"].tolist() == [0, 0, 0, 0, 2, 2, 0, 2, 1]


def test_a_stray_passage_does_not_carry_its_new_topic_away() -> None:
    found = _assignments([0] * 9 + [1] * 10)
    named = compose_topics(found, _vectors([0] * 19), _decided(("Sea", [*range(9), 9])))
    # The one listed passage goes where it is listed; the topic it was found in stays.
    assert named["topic"].tolist() == [0] * 10 + [1] * 9


def test_outliers_that_nothing_was_decided_about_stay_outside() -> None:
    found = _assignments([-1, -1, 0, 0])
    named = compose_topics(found, _vectors([0] * 4), _decided(("Sea", [2, 3, 1])))
    assert named["topic"].tolist() == [-1, 0, 0, 0]


def test_a_handful_of_listed_passages_does_not_carry_a_topic_away() -> None:
    found = _assignments([0, 0, 1, *[1] * 10, *[0] * 10])
    named = compose_topics(found, _vectors([0] * 23), _decided(("Sea", [0, 1, 2])))
    assert named["topic"].tolist() == [0, 0, 0, *[1] * 10, *[0] * 10]


def test_a_large_topic_merged_is_known_by_twenty_of_its_passages() -> None:
    found = _assignments([0] * 300 + [1] * 300)
    decided = _decided(("Sea", [*range(60), *range(300, 330)]))
    assert set(compose_topics(found, _vectors([0] * 600), decided)["topic"]) == {0}


def test_a_decision_about_another_corpus_changes_nothing() -> None:
    found = _assignments([0, 0, 1])
    named = compose_topics(found, _vectors([0] * 3), _decided(("Elsewhere", [77, 78])))
    assert named.equals(found)


def test_entries_not_filled_in_decide_nothing_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.yml"
    sheet = {"topics": [{"name": "", "passages": ["p0"]}, {"name": {"fr": "Mer"}, "passages": [7]}]}
    path.write_text(yaml.safe_dump(sheet), encoding="utf-8")
    assert read_topic_names(path, "fr").to_numpy().tolist() == [["Mer", ["7"]]]
    write_composition(path, _decided(("Sea", [0])))
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))["topics"]
    assert kept[0] == sheet["topics"][0]
    assert kept[1]["name"] == {"fr": "Mer"}
    assert kept[2] == {"name": "Sea", "passages": ["p0"]}


def test_a_dissolved_topic_is_outside_with_all_that_follows_it(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.yml"
    write_composition(path, _decided(("", [0, 1, 2]), ("Sea", [6, 7])))
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))["topics"]
    assert kept[0] == {"dissolved": True, "passages": ["p0", "p1", "p2"]}
    decided = read_topic_names(path, "en")
    assert decided["name"].tolist() == ["", "Sea"]
    found = _assignments([0] * 5 + [1] * 4)
    composed = compose_topics(found, _vectors([0] * 5 + [1] * 4), decided)
    assert composed["topic"].tolist() == [-1] * 5 + [1] * 4
    assert composed["topic_strength"].head(5).isna().all()
    assert composed["topic_raw"].equals(found["topic_raw"])
    # Whoever puts its passages under a name again takes them out of what is dissolved.
    write_composition(path, _decided(("Back", [0, 1, 2])))
    assert read_topic_names(path, "en")["name"].tolist() == ["Sea", "Back"]


def test_no_decision_changes_nothing() -> None:
    found = _assignments([0, 1, -1])
    named = compose_topics(found, _vectors([0] * 3), read_topic_names(None, "en"))
    assert named.equals(found)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.yml"
    write_composition(path, _decided(("Mer : les « ports » d'ici", [0, 1]), ("no: comment", [2])))
    write_composition(path, _decided(("Later", [1])))
    read = read_topic_names(path, "en")
    assert dict(read.to_numpy()) == {
        "Mer : les « ports » d'ici": ["p0"], "no: comment": ["p2"], "Later": ["p1"],
    }  # fmt: skip
    write_composition(path, _decided(("All", [0, 1, 2])))
    assert read_topic_names(path, "en")["name"].unique().tolist() == ["All"]
    assert list(tmp_path.iterdir()) == [path]


@given(st.text(min_size=1, max_size=40).map(tidy_name).filter(bool))
def test_any_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("names") / "topic_names.yml"
    write_composition(path, _decided((name, [0])))
    assert read_topic_names(path, "en")["name"].tolist() == [name]


def test_nothing_is_added_to_a_file_that_a_run_would_refuse(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.yml"
    path.write_text("topic: []\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="unknown key 'topic'; did you mean 'topics'"):
        write_composition(path, _decided(("Sea", [0])))
    assert path.read_text(encoding="utf-8") == "topic: []\n"


def test_a_new_topic_takes_no_number_that_is_in_use_elsewhere() -> None:
    found = _assignments([0] * 8)
    decided = _decided(("Old", [0, 1, 2, 3]), ("New", [4, 5]))
    named = compose_topics(found, _vectors([0, 0, 0, 0, 1, 1, 0, 1]), decided, free=9)
    assert set(named["topic"]) == {0, 9}
