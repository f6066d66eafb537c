"""Decisions made at the desk: what is written, what is shown at once, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import open_parts

from press_themes.desk import decisions as module
from press_themes.desk.decisions import Decisions
from press_themes.errors import PressThemesError
from press_themes.exploration import Opened, list_answers, prepare_decisions
from press_themes.telling.wording import load_wording
from press_themes.themes.codebook import read_codebook
from press_themes.themes.labels import read_labels
from press_themes.topics.composition import compose_topics
from press_themes.topics.name_choice import read_topic_names

WORDS = load_wording("en", "desk")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return open_parts(corpus)


@pytest.fixture
def desk(opened: Opened) -> Decisions:
    return prepare_decisions(opened, WORDS)


def _files(opened: Opened) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in opened.corpus.iterdir()}


def _names(desk: Decisions) -> dict[int, str]:
    return dict(desk.topics[["topic", "label"]].to_numpy().tolist())


def _again(opened: Opened) -> pd.DataFrame:
    names = read_topic_names(opened.corpus / "topic_names.yml", "en")
    return compose_topics(opened.parts.passages, opened.vectors, names)


def test_the_last_judgement_of_a_coder_counts_and_all_are_listed(
    opened: Opened, desk: Decisions
) -> None:
    passage, theme = opened.parts.passages["passage_id"][5], desk.themes[1]
    for coder, label in (("Ana", True), ("Ana", False), ("Bo", True)):
        state = desk.judge({"id": passage, "theme": theme, "label": label, "coder": coder})
    told = {(own["coder"], own["label"]) for own in state["judgements"]}
    assert told == {("Ana", False), ("Bo", True)}
    assert len(state["ledger"]) == 3
    for _ in range(3):
        state = desk.undo({})
    assert state["judgements"] == []
    assert _files(opened) == {}


def test_an_answer_to_the_sample_is_one_of_the_sample_in_the_next_run(
    opened: Opened, desk: Decisions
) -> None:
    parts, theme = opened.parts, desk.themes[2]
    first, second = parts.passages["passage_id"][:2]
    # A correction stands in the file before, which then has other columns.
    desk.judge({"id": parts.passages["passage_id"][30], "theme": theme, "label": True, "coder": ""})
    desk.answer({"id": first, "themes": [theme], "coder": "Ana"})
    state = desk.answer({"id": second, "themes": [], "coder": "Ana"})
    read = read_labels(opened.corpus / "labels.csv", parts.passages, parts.articles, desk.themes)
    assert read.problems == []
    own = read.sample[read.sample["theme"] == theme].set_index("passage_id")["value"]
    assert own.to_dict() == {first: 1.0, second: 0.0}
    assert len(read.sample) == 2 * len(desk.themes)
    assert {x["basis"] for x in state["judgements"]} == {"sample", "correction"}


def test_a_new_theme_keeps_the_comments_and_is_read_by_the_next_run(
    opened: Opened, desk: Decisions
) -> None:
    path = opened.corpus / "themes.yml"
    themes = "".join(f"  {name}:\n    definition: About it. # why\n" for name in desk.themes)
    path.write_text(f"# Mine.\nthemes:\n{themes}\n# The end.\n", encoding="utf-8")
    before = path.read_text("utf-8")
    passages = opened.parts.passages
    ids = passages["passage_id"][:4].tolist()
    desk.add_theme({"label": "Éditeurs: droits", "definition": "Rights of publishers.", "ids": ids})
    book = read_codebook(path)
    assert book.themes["theme"].tolist() == [*desk.themes, "editeurs_droits"]
    examples = book.texts[
        (book.texts["theme"] == "editeurs_droits") & (book.texts["kind"] == "example")
    ]
    assert examples["text"].tolist() == passages["text"][:4].tolist()
    kept = path.read_text("utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in kept] == []
    desk.undo({})
    assert path.read_text("utf-8") == before


def test_a_theme_for_a_corpus_without_codebook_starts_from_that_of_the_run(
    opened: Opened, tmp_path: Path
) -> None:
    basis = tmp_path / "themes.yml"
    basis.write_text("themes:\n  one:\n    definition: One.\n", encoding="utf-8")
    desk = prepare_decisions(opened._replace(basis=basis), WORDS)
    desk.add_theme({"label": "Two", "definition": "Two.", "ids": []})
    assert read_codebook(opened.corpus / "themes.yml").themes["theme"].tolist() == ["one", "two"]
    assert read_codebook(basis).themes["theme"].tolist() == ["one"]


def test_a_renamed_topic_has_its_name_at_once_and_in_the_next_run(
    opened: Opened, desk: Decisions
) -> None:
    desk.rename({"topics": [1], "name": "  My  name "})
    assert _names(desk)[1] == "My name"
    assert _again(opened)["topic"].equals(opened.parts.passages["topic"])
    desk.rename({"topics": [1], "name": "Two"})
    names = read_topic_names(opened.corpus / "topic_names.yml", "en")["name"]
    assert names.unique().tolist() == ["Two"]
    desk.undo({})
    assert _names(desk)[1] == "My name"


def test_merged_topics_are_one_at_once_and_in_the_next_run_and_two_again(
    opened: Opened, desk: Decisions
) -> None:
    before = opened.parts.passages["topic"]
    desk.merge({"topics": [2, 0], "name": "Both"})
    assert desk.passages["topic"].tolist() == before.replace({2: 0}).tolist()
    assert 2 not in _names(desk)
    assert _again(opened)["topic"].equals(desk.passages["topic"])
    desk.undo({})
    assert desk.passages["topic"].equals(before)
    assert _files(opened) == {}


def test_dissolved_topics_are_outside_at_once_and_in_the_next_run_and_back_again(
    opened: Opened, desk: Decisions
) -> None:
    before, labels = opened.parts.passages["topic"], _names(desk)
    state = desk.dissolve({"topics": [2, 0]})
    assert desk.passages["topic"].tolist() == before.replace({2: -1, 0: -1}).tolist()
    assert _names(desk) == {k: v for k, v in labels.items() if k not in (0, 2)}
    assert state["told"] == f"Topics dissolved in topic_names.yml: {labels[0]}, {labels[2]}."
    assert _again(opened)["topic"].equals(desk.passages["topic"])
    desk.undo({})
    assert desk.passages["topic"].equals(before)
    assert _names(desk) == labels
    assert _files(opened) == {}


def test_a_part_split_off_is_a_topic_at_once_and_in_the_next_run(
    opened: Opened, desk: Decisions
) -> None:
    passages = opened.parts.passages
    members = np.flatnonzero(passages["topic"] == 0)
    label = _names(desk)[0]
    ids = passages["passage_id"].iloc[members[:3]].tolist()
    desk.split({"topics": [0], "ids": ids, "name": "Part"})
    named = desk.passages["topic"].map(_names(desk))
    assert set(named.iloc[members[:3]]) == {"Part"}
    assert set(named.iloc[members[3:]]) == {label}
    assert _again(opened)["topic"].equals(desk.passages["topic"])


def test_a_large_part_split_off_and_renamed_is_the_same_in_the_next_run(
    opened: Opened, desk: Decisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_LISTED", 4)
    passages = opened.parts.passages
    members = np.flatnonzero(passages["topic"] == 0)[:7]
    desk.split(
        {"topics": [0], "ids": passages["passage_id"].iloc[members].tolist(), "name": "Beta"}
    )
    beta = next(topic for topic, name in _names(desk).items() if name == "Beta")
    desk.rename({"topics": [beta], "name": "Gamma"})
    again = _again(opened)
    assert again["topic"].equals(desk.passages["topic"])
    assert (again["topic"] == beta).sum() >= 7


NAUGHTY: list[dict[str, Any]] = [
    {"do": "rename", "topics": [], "name": "x"},
    {"do": "rename", "topics": [0, 1], "name": "x"},
    {"do": "rename", "topics": [99], "name": "x"},
    {"do": "rename", "topics": None, "name": "x"},
    {"do": "rename", "topics": [0], "name": "  "},
    {"do": "rename", "topics": [0], "name": "x" * 61},
    {"do": "rename", "topics": [0], "name": "<b>"},
    {"do": "rename", "topics": [[0]], "name": "x"},
    {"do": "rename", "topics": [0]},
    {"do": "merge", "topics": [0], "name": "x"},
    {"do": "merge", "topics": [0, 0], "name": "x"},
    {"do": "dissolve", "topics": []},
    {"do": "dissolve", "topics": [99]},
    {"do": "split", "topics": [0], "ids": [], "name": "x"},
    {"do": "split", "topics": [0], "ids": ["gone"], "name": "x"},
    {"do": "judge", "id": "gone", "theme": "child_safety", "label": True},
    {"do": "judge", "id": "p000001", "theme": "gone", "label": True},
    {"do": "judge", "id": "p000001", "theme": "child_safety", "label": "perhaps"},
    {"do": "judge", "id": ["p000001"], "theme": "child_safety", "label": True},
    {"do": "judge", "id": "p000001", "theme": "child_safety", "label": True, "coder": "x" * 61},
    {"do": "judge"},
    {"do": "answer", "id": "p000050", "themes": []},
    {"do": "answer", "id": "p000001", "themes": ["gone"]},
    {"do": "answer", "id": "p000001", "themes": "child_safety"},
    {"do": "theme", "label": "", "definition": "x", "ids": []},
    {"do": "theme", "label": "x", "definition": " ", "ids": []},
    {"do": "theme", "label": "x", "definition": "x", "ids": ["gone"]},
    {"do": "theme", "label": "x", "definition": "x" * 3000, "ids": []},
    {"do": "undo"},
]  # fmt: skip


@pytest.mark.parametrize("asked", NAUGHTY, ids=str)
def test_what_cannot_be_decided_is_refused_and_changes_no_file(
    opened: Opened, desk: Decisions, asked: dict[str, Any]
) -> None:
    answers = list_answers(opened, desk)
    with pytest.raises((PressThemesError, TypeError)):
        answers[asked["do"]](asked)
    assert _files(opened) == {}
    assert desk.keeper.kept == []


@pytest.mark.parametrize(
    ("name", "content", "asked"),
    [
        ("topic_names.yml", "topics: [\n", {"do": "rename", "topics": [0], "name": "x"}),
        ("topic_names.yml", "tops: []\n", {"do": "merge", "topics": [0, 1], "name": "x"}),
        ("labels.csv", "a,b\n1,2\n", {"do": "judge", "id": "p000001", "theme": "child_safety", "label": True}),  # noqa: E501
        ("labels.csv", "a,b\n1,2\n", {"do": "answer", "id": "p000001", "themes": []}),
        ("themes.yml", "themes: {a: {definition: b}}\n", {"do": "theme", "label": "x", "definition": "x", "ids": []}),  # noqa: E501
        ("themes.yml", "themes:\n  a: b: c\n", {"do": "theme", "label": "x", "definition": "x", "ids": []}),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_never_written_over(
    opened: Opened, desk: Decisions, name: str, content: str, asked: dict[str, Any]
) -> None:
    (opened.corpus / name).write_text(content, encoding="utf-8")
    with pytest.raises(PressThemesError):
        list_answers(opened, desk)[asked["do"]](asked)
    assert _files(opened) == {name: content.encode()}


def test_texts_full_of_signs_are_kept_as_they_are_and_read_back(
    opened: Opened, desk: Decisions
) -> None:
    signs = "a: 'b' \"c\" #d, [e] {f} & *g ! % @ ` \\ ö 中 👍 \u2028 -"
    desk.add_theme({"label": "Signs: all", "definition": signs, "ids": []})
    told = read_codebook(opened.corpus / "themes.yml").texts["text"].tolist()
    assert told == [signs.replace("\u2028", "")]
    state = desk.judge(
        {"id": "p000001", "theme": desk.themes[0], "label": True, "coder": 'A "B", c;\nd'}
    )
    assert state["judgements"][0]["coder"] == 'A "B", c; d'


def test_decisions_are_refused_where_the_corpus_is_gone(opened: Opened) -> None:
    desk = prepare_decisions(opened._replace(corpus=opened.corpus / "gone"), WORDS)
    with pytest.raises(PressThemesError, match="kept beside the corpus"):
        desk.judge({"id": "p000001", "theme": desk.themes[0], "label": True})
