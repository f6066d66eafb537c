"""What `make` asks of the commands, whatever the names of folders; nothing is installed or run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and a stand-in for Python that notes what it is asked."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\" > asked.txt\n")
    python.chmod(0o755)
    (tmp_path / ".venv" / ".ready").touch()
    for name in ("corpus", "my corpus", "press-2026.01", "figures"):
        (tmp_path / name).mkdir()
    (tmp_path / "figures" / "kept.svg").touch()
    for name in ("corpus", "two words"):
        (tmp_path / "runs" / name / "figures").mkdir(parents=True)
        for kind in ("svg", "png", "csv", "txt"):
            (tmp_path / "runs" / name / "figures" / f"new.{kind}").touch()
    return tmp_path


def _make(project: Path, *words: str) -> list[str]:
    plain = {name: value for name, value in os.environ.items() if name not in ("NAME", "CORPUS")}
    subprocess.run(["make", *words], cwd=project, check=True, capture_output=True, env=plain)
    return (project / "asked.txt").read_text().splitlines()[2:]


def test_the_lab_takes_options_and_opens_for_root_too(project: Path) -> None:
    lab = project / ".venv" / "bin" / "jupyter"
    lab.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\" > asked.txt\n")
    lab.chmod(0o755)
    asked = _make(project, "lab", "LAB_OPTIONS=--no-browser --port=8890")
    assert asked[-2:] == ["--no-browser", "--port=8890"]
    assert ("--allow-root" in asked) == (os.geteuid() == 0)


@pytest.mark.parametrize("corpus", ["my corpus", "press-2026.01", "week.12", "."])
def test_the_command_names_the_run_where_no_name_is_given(project: Path, corpus: str) -> None:
    assert _make(project, "report", f"CORPUS={corpus}") == ["run", corpus]
    assert [path.name for path in (project / "figures").iterdir()] == ["kept.svg"]


def test_a_name_may_hold_spaces(project: Path) -> None:
    asked = _make(project, "report", "CORPUS=my corpus", "NAME=two words", "LIKE=runs/a b")
    assert asked == ["run", "my corpus", "--out", "runs/two words", "--like", "runs/a b"]
    assert _make(project, "notebooks", "NAME=two words") == ["notebooks", "runs/two words"]


@pytest.mark.parametrize("words", [[], ["CORPUS=./corpus/"], ["NAME=two words"]])
def test_the_shipped_corpus_renews_the_figures(project: Path, words: list[str]) -> None:
    _make(project, "report", *words)
    names = sorted(path.name for path in (project / "figures").iterdir())
    assert names == ["new.csv", "new.png", "new.svg", "new.txt"]


def test_the_shipped_corpus_with_other_settings_leaves_the_figures(project: Path) -> None:
    assert _make(project, "report", "SEED=7") == ["run", "corpus", "--seed", "7"]
    assert [path.name for path in (project / "figures").iterdir()] == ["kept.svg"]


@pytest.mark.parametrize(
    ("words", "run"),
    [([], "runs/corpus"), (["CORPUS=press-2026.01"], "runs/press-2026.01")],
)
def test_notebooks_are_those_of_the_run_of_the_corpus(
    project: Path, words: list[str], run: str
) -> None:
    assert _make(project, "notebooks", *words) == ["notebooks", run]
