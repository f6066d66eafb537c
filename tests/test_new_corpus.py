from __future__ import annotations

from pathlib import Path

import pytest

from press_themes.cli import main
from press_themes.configuration import read_configuration
from press_themes.errors import ConfigurationError
from press_themes.new_corpus import start_corpus
from press_themes.themes.codebook import read_codebook


def test_a_new_corpus_is_valid_as_it_stands(tmp_path: Path) -> None:
    written = start_corpus(tmp_path / "review")
    assert all(path.exists() for path in written)
    settings = read_configuration(tmp_path / "review")
    assert settings.codebook == tmp_path / "review" / "themes.yml"
    assert not settings.codebook_is_default
    # What nobody wrote stands in no report.
    assert (settings.title, settings.note) == ({}, {})
    assert len(read_codebook(settings.codebook).themes) == 2


def test_nothing_that_exists_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "themes.yml").write_text("mine")
    with pytest.raises(ConfigurationError, match=r"holds themes\.yml already; name a new folder"):
        start_corpus(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["themes.yml"]
    assert (tmp_path / "themes.yml").read_text() == "mine"


def test_articles_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("text")
    start_corpus(tmp_path)
    assert (tmp_path / "articles" / "one.txt").read_text() == "text"


def test_the_command_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "review")]) == 0
    assert f"press-themes run {tmp_path / 'review'} (or: make" in capsys.readouterr().out
    assert main(["new", str(tmp_path / "review")]) == 2
    assert main(["new", str(tmp_path / "my review")]) == 0
    assert f"make report CORPUS='{tmp_path / 'my review'}'" in capsys.readouterr().out
