from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from press_themes.errors import ConfigurationError
from press_themes.themes.codebook import label_of, read_codebook


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "themes.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_codebook_has_nine_themes_defined_in_two_languages() -> None:
    codebook = read_codebook(ROOT / "corpus" / "themes.yml")
    assert len(codebook.themes) == 9
    definitions = codebook.texts[codebook.texts["kind"] == "definition"]
    assert set(definitions["language"]) >= {"en", "fr"}
    assert definitions.groupby("theme")["language"].nunique().min() >= 2


def test_a_plain_codebook_needs_no_languages(tmp_path: Path) -> None:
    path = _write(tmp_path, "language: de\nthemes:\n  see:\n    definition: Häfen und Schiffe\n")
    codebook = read_codebook(path)
    assert codebook.texts.to_dict("records") == [
        {"theme": "see", "kind": "definition", "language": "de", "text": "Häfen und Schiffe"}
    ]
    assert label_of(codebook.themes["labels"][0], "fr") == "See"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("themes:\n  a:\n    definition: x\n    exampels: [y]\n", "did you mean 'examples'"),
        ("theme:\n  a: {}\n", "did you mean 'themes'"),
        ("themes:\n  a:\n    label: A\n", "has no definition"),
        ("themes:\n  a:\n    definition: x\n    examples: 3\n", "a list"),
        ("themes: [a, b]\n", "a mapping"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_file_and_place(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_codebook(_write(tmp_path, text))
    assert "themes.yml" in str(caught.value)


def test_no_codebook_has_no_themes() -> None:
    assert read_codebook(None).themes.empty
