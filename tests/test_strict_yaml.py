from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import read_as, read_yaml


@dataclass(frozen=True)
class _Entry:
    label: str | dict[str, str] = ""
    examples: list[str] = field(default_factory=list)
    weight: float = 1.0


@dataclass(frozen=True)
class _File:
    language: Literal["en", "fr"] = "en"
    number: int = 3
    themes: dict[str, _Entry] = field(default_factory=dict)
    events: list[_Entry] = field(default_factory=list)
    day: date | None = None


def _read(tmp_path: Path, content: str | bytes) -> _File:
    path = tmp_path / "themes.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_as(path, _File)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- a list", "a mapping"),
        (b"a: [1", "not valid YAML"),
        (b"a: \xff", "UTF-8"),
        (b"a: &x [1]\nb: *x", "line 2: .*alias"),
        (b"a: &x {b: 1}\nc:\n  <<: *x", "line 3: .*alias"),
        (b"a: " + b"[" * 5000, "not valid YAML"),
        ("langage: en", "line 1 .langage.: unknown key .*did you mean 'language'"),
        ("themes:\n  ai:\n    lable: x", "line 3 .themes → ai → lable.: .*'label'"),
        ("events:\n  - label: x\n  - lable: y", "line 3 .events → 2 → lable.: .*'label'"),
        ("number: 1\nlanguage: fr\nnumber: 2", "line 3: says 'number' twice; keep one"),
        ("themes:\n  ai: {label: x}\n  ai: {label: y}", "line 3: says 'ai' twice"),
        ("themes:\n\tai: {label: x}", "line 2: is indented with a tab; indent with spaces"),
        ("themes\n  ai: {label: x}", "line 1: lacks the colon"),
        ("themes:\n  ai\n    label: x", "line 2: lacks the colon"),
        ("themes:\n  ai:\n    label x\n    weight: 2", "line 3: lacks the colon"),
        ("themes:\n  ai:\n    label: x: y", "line 3: holds a second colon"),
        ("themes:\n  ai:\n    label: 'x\n", "line 3: opens a quotation mark"),
        ("themes:\n  ai:\n   label: x\n    weight: 2", "line 4: is indented unlike"),
        ("number: 1\nday: 2026-02-31", "line 2 .day.: is '2026-02-31'; write a date"),
        ("number: many", "line 1 .number.: is 'many'; write a whole number"),
        ("number: 2.5", "is 2.5; write a whole number"),
        ("number: true", "is True; write a whole number"),
        ("language: xx", "is 'xx'; choose one of 'en' or 'fr'"),
        ("themes: [x]", "write a mapping of keys to values"),
        ("themes: {ai: {label: 3}}", "is 3; write a text or a mapping"),
        ("themes: {ai: {examples: x}}", "is 'x'; write a list"),
        ("themes: {ai: {examples: [1]}}", "is 1; write a text"),
    ],
)
def test_a_slip_is_one_sentence_with_line_and_mend(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        _read(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_what_is_said_arrives_and_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    told = _read(tmp_path, "number:\nthemes:\n  ai:\n    label: {no: Norsk, en: on}\n    weight: 2")
    assert told.number == 3
    assert told.themes["ai"].label == {"no": "Norsk", "en": "on"}
    assert told.themes["ai"].weight == 2


def test_an_entry_of_which_nothing_is_said_is_there(tmp_path: Path) -> None:
    assert _read(tmp_path, "themes:\n  ai:\n").themes == {"ai": _Entry()}


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeffnumber: 5".encode()).number == 5


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    assert _read(tmp_path, "# nothing\n") == _File()
    assert read_yaml(tmp_path / "themes.yml") == {}


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_yaml(tmp_path / "none.yml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(tmp_path_factory, content: str) -> None:
    path = tmp_path_factory.mktemp("yaml") / "themes.yml"
    path.write_text(content, encoding="utf-8", errors="surrogatepass")
    said = "."
    try:
        read_as(path, _File)
    except ConfigurationError as error:
        said = str(error)
    assert said.endswith(".")
