"""A theme added to a codebook: nothing of what stood there is lost or moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press_themes.errors import ConfigurationError
from press_themes.themes.codebook import read_codebook
from press_themes.themes.codebook_additions import append_theme

THEME = {"label": "New theme", "definition": "What is new.", "examples": ["One.", "Two."]}
BEGINNINGS = [
    "",
    "# only a comment\n",
    "language: fr\n",
    "themes:\n  a:\n    definition: A.\n",
    "themes:\n  a:\n    definition: A.",
    "themes:\n    a:\n        definition: >-\n            A and\n            more.\n\n\n",
    "# top\nthemes:\n  a: # why\n    definition: A.\n    examples:\n    - one\n    # last\n# end\nlanguage: en\n",  # noqa: E501
    "themes:\n  a:\n    definition: A.\n  # a comment below\n\nlanguage: en\n",
    "themes:\r\n  a:\r\n    definition: A.\r\n",
    "\ufeffthemes:\n  a:\n    definition: A.\n",
    'themes:\n  a: {definition: "A: b"}\n',
    "themes:\n  a:\n    definition: |\n      A.\n\n      B.\n",
    "---\nthemes:\n  a:\n    definition: A.\n",
]


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=repr)
def test_what_stood_there_stays_in_its_order(tmp_path: Path, beginning: str) -> None:
    path = tmp_path / "themes.yml"
    path.write_bytes(beginning.encode())
    before = read_codebook(path)
    assert append_theme(path, THEME) == "new_theme"
    after = read_codebook(path)
    assert after.themes["theme"].tolist() == [*before.themes["theme"], "new_theme"]
    assert after.texts["text"].tolist() == [*before.texts["text"], "What is new.", "One.", "Two."]
    rest = iter(path.read_bytes().decode().splitlines())
    assert all(line in rest for line in beginning.splitlines())


def test_the_codebook_that_ships_can_be_added_to(tmp_path: Path) -> None:
    path = tmp_path / "themes.yml"
    text = (ROOT / "corpus/themes.yml").read_text("utf-8")
    path.write_text(text, encoding="utf-8")
    append_theme(path, THEME)
    assert (
        len(read_codebook(path).themes) == len(read_codebook(ROOT / "corpus/themes.yml").themes) + 1
    )
    assert path.read_text("utf-8").startswith(text.rstrip())


@pytest.mark.parametrize(
    "content", ["themes: {a: {definition: b}}\n", "{}\n", "themes: []\n", "themes:\n  new_theme:\n    definition: b\n"]  # noqa: E501
)  # fmt: skip
def test_what_cannot_be_added_to_is_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "themes.yml"
    path.write_text(content)
    with pytest.raises(ConfigurationError):
        append_theme(path, THEME)
    assert path.read_text() == content
    assert [own.name for own in tmp_path.iterdir()] == ["themes.yml"]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_text_is_read_back_or_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "themes.yml"
    path.write_text("themes:\n  first_of_all:\n    definition: A.\n")
    text = "".join(letter for letter in text if letter.isprintable())
    if not text.strip():
        return
    name = append_theme(path, {"label": text, "definition": text, "examples": []})
    book = read_codebook(path)
    told = dict(zip(book.texts["theme"], book.texts["text"], strict=True))
    assert told[name] == text.strip()
