from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stand_ins import WordEncoder

from press_themes.runs.fingerprints import Fingerprint, corpus_hash


@dataclass(frozen=True)
class _Settings:
    least: int = 3
    words: tuple[str, ...] = ("a",)


FRAME = pd.DataFrame(
    {"text": ["a", "b"], "themes": [["x"], []], "date": pd.to_datetime(["2026-01-02", None])}
)


def _mark(value: object) -> str:
    return Fingerprint().feed(value).hex()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (FRAME, FRAME.assign(text=["a", "c"])),
        (FRAME, FRAME.rename(columns={"text": "texts"})),
        (FRAME, FRAME.iloc[::-1]),
        (np.zeros(3), np.zeros(3, np.float32)),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (_Settings(), _Settings(least=4)),
        ({"a": 1}, {"a": 2}),
        (("a", "b"), ("ab",)),
    ],
)
def test_what_differs_has_another_fingerprint(left: object, right: object) -> None:
    assert _mark(left) == _mark(left)
    assert _mark(left) != _mark(right)


def test_an_encoder_is_known_by_its_identity() -> None:
    one, two = WordEncoder(), WordEncoder()
    assert _mark(one) == _mark(two)
    two.identity = "another"
    assert _mark(one) != _mark(two)


def test_a_corpus_is_its_articles_not_its_companions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    before = corpus_hash(tmp_path)
    (tmp_path / "themes.yml").write_text("themes: {}")
    (tmp_path / ".hidden").write_text("x")
    assert corpus_hash(tmp_path) == before
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert corpus_hash(tmp_path) != before


def test_a_companion_named_by_itself_is_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "themes.yml").write_text("themes: {}")
    before = _mark(tmp_path / "themes.yml")
    (tmp_path / "themes.yml").write_text("themes: {a: {definition: b}}")
    assert _mark(tmp_path / "themes.yml") != before


def test_a_file_that_cannot_be_read_does_not_stop_the_hash(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_text("one")
    assert corpus_hash(tmp_path)
