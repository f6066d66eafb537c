"""The desk in a cell: whatever it is asked, it answers, and never with a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from collections_for_tests import open_parts

from press_themes.desk.widget import DeskWidget, write_note
from press_themes.exploration import list_answers, pack_run, prepare_decisions
from press_themes.telling.wording import load_wording


@pytest.fixture
def widget(tmp_path: Path) -> DeskWidget:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    opened = open_parts(corpus)
    decisions = prepare_decisions(opened, load_wording("en", "desk"))
    return DeskWidget(pack_run(opened, decisions), list_answers(opened, decisions))


def _hear(widget: DeskWidget, asked: Any) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    widget.send = sent.append
    widget._hear(widget, asked, [])
    return sent


def test_an_answer_bears_the_number_of_its_question(widget: DeskWidget) -> None:
    asked = {"do": "judge", "id": "p000001", "theme": "child_safety", "label": True, "n": 7}
    (told,) = _hear(widget, asked)
    assert told["n"] == 7
    assert told["judgements"][0]["label"] is True


@pytest.mark.parametrize(
    "asked",
    [{}, {"do": "gone"}, {"do": None}, {"do": "count"}, {"do": "count", "shown": "%%", "by": "outlet"},
     {"do": "count", "shown": "", "by": "gone"}, {"do": "undo"}, {"do": "rename", "topics": [{}]}],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_answered_is_told_in_a_sentence(
    widget: DeskWidget, asked: dict[str, Any]
) -> None:
    (told,) = _hear(widget, {**asked, "n": 1})
    assert told["failed"]
    assert "Traceback" not in told["failed"]


def test_what_is_no_question_is_passed_over(widget: DeskWidget) -> None:
    assert _hear(widget, "text") == _hear(widget, None) == []


def test_the_note_holds_no_markup_of_its_words() -> None:
    assert write_note('a"b', "<b>") == '<p id="a&quot;b">&lt;b&gt;</p>'
