import os

import pytest

from press_themes.articles.corpus_files import list_files, read_bytes
from press_themes.errors import InputError


def names(corpus):
    files, refused = list_files(corpus)
    return [file.name for file in files], dict(refused)


def test_files_at_any_depth_but_not_those_that_describe(tmp_path):
    for name in (
        "b.txt",
        "a/z.md",
        "a/README.md",
        "README.md",
        "themes.yml",
        "labels.csv",
        ".hidden",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("x")
    assert names(tmp_path) == (["a/README.md", "a/z.md", "b.txt"], {})


def test_a_single_file_is_a_corpus(tmp_path):
    (tmp_path / "themes.yml").write_text("x")
    assert names(tmp_path / "themes.yml")[0] == ["themes.yml"]


def test_links_are_not_followed(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    (corpus / "inside.txt").write_text("x")
    (corpus / "out.txt").symlink_to(tmp_path / "outside.txt")
    (corpus / "loop").symlink_to(corpus, target_is_directory=True)
    (corpus / "self").symlink_to(corpus / "self")
    files, refused = names(corpus)
    assert files == ["inside.txt"]
    assert set(refused) == {"out.txt", "loop", "self"}


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no ordinary file" in names(tmp_path)[1]["pipe.txt"]


def test_missing_corpus(tmp_path):
    with pytest.raises(InputError, match="does not exist; check"):
        list_files(tmp_path / "nowhere")


def test_unreadable_and_vanished_files(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="vanished"):
        read_bytes(tmp_path / "gone.txt")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        read_bytes(tmp_path / "closed.txt")
