from pathlib import Path

import pytest

from press_themes.identifiers import content_id, name_corpus, number_copies


def test_equal_parts_have_equal_identifiers_and_parts_do_not_run_together() -> None:
    assert content_id("a", "b") == content_id("a", "b")
    assert content_id("ab", "c") != content_id("a", "bc")
    assert len(content_id("\ud800 lone surrogate")) == 16


def test_copies_are_numbered_in_order() -> None:
    assert number_copies(["x", "y", "x", "x"]) == ["x", "y", "x-2", "x-3"]


@pytest.mark.parametrize("name", ["press-2026.01", "my corpus", "week"])
def test_a_folder_gives_a_corpus_its_whole_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert name_corpus(tmp_path / name) == name
    assert name_corpus(tmp_path / name / "..") == tmp_path.name


def test_a_file_gives_a_corpus_its_name_without_the_ending(tmp_path: Path) -> None:
    (tmp_path / "week.12.csv").touch()
    assert name_corpus(tmp_path / "week.12.csv") == "week.12"
    assert name_corpus(Path("/")) == "corpus"
