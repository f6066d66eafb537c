"""Killed before any one of its file operations, or with a full disk from there on: nothing that was
there is lost, and nothing is left behind.
"""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from press_themes.runs.aside import fill_aside
from press_themes.runs.folder import build_run, read_run
from press_themes.runs.graph import Graph, stage

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
_WRITES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "shutil.rmtree"}
_ON_DISK = {"os.mkdir", "os.link"}
_MOST, _FULL = 400, 3


class _Settings(NamedTuple):
    number: int


def _count(number: int) -> dict[str, int]:
    return {"number": number}


def _spread(counted: dict[str, int]) -> np.ndarray:
    return np.full((2, 2), float(counted["number"]))


def _tell(counted: dict[str, int], spread: np.ndarray) -> str:
    return f"<p>{counted['number']}, {spread.sum()}</p>"


GRAPH = Graph(
    [
        stage(_count, "settings.number", ".counted"),
        stage(_spread, "counted", ".spread"),
        stage(_tell, "counted spread", "report.html"),
    ]
)


def write_run(folder: Path, number: int) -> None:
    build_run(GRAPH, _Settings(number), folder, lambda results: {"title": "t", "number": number})


def write_files(folder: Path, number: int) -> None:
    with fill_aside(folder) as aside:
        for name in ("a.html", "b.html"):
            (aside / name).write_text(f"{name} {number}" * 99)


def _write_and_end(
    write: Callable[[Path, int], None], folder: Path, at: int, is_killed: bool
) -> None:
    left = [at]

    def watch(event: str, given: tuple[Any, ...]) -> None:
        is_opened = event == "open" and isinstance(given[1], str) and set(given[1]) & set("wxa+")
        if not (is_opened or event in _WRITES) or str(folder.parent) not in str(given[0]):
            return
        left[0] -= 1
        if left[0] < 0 and is_killed:
            os.kill(os.getpid(), signal.SIGKILL)
        if left[0] < 0 and (is_opened or event in _ON_DISK):
            raise OSError(errno.ENOSPC, "No space left on device", str(given[0]))

    sys.addaudithook(watch)
    try:
        write(folder, 2)
    except OSError as error:
        os._exit(_FULL if error.errno == errno.ENOSPC else 1)
    os._exit(0)


def _end_at(
    write: Callable[[Path, int], None], folder: Path, at: int, is_killed: bool = True
) -> bool:
    """Write in a process of its own that ends at an operation; say whether it came that far."""
    process = multiprocessing.get_context("fork").Process(
        target=_write_and_end, args=(write, folder, at, is_killed)
    )
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL if is_killed else _FULL)
    return process.exitcode != 0


def _content(folder: Path) -> dict[str, Any]:
    """Return every file of a folder; times aside, which no two runs share."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        if path.name == "run.json":
            told = json.loads(path.read_text())
            stages = [{**entry, "seconds": 0, "how": ""} for entry in told["stages"]]
            found["run.json"] = {**told, "stages": stages}
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


@pytest.mark.parametrize("before", [None, 1], ids=["first", "over another"])
def test_a_run_killed_at_each_file_operation(tmp_path: Path, before: int | None) -> None:
    write_run(tmp_path / "whole" / "run", 2)
    write_run(tmp_path / "former" / "run", 1)
    whole, former = (_content(tmp_path / name / "run") for name in ("whole", "former"))
    old = former if before else {}
    for at in range(_MOST):
        place = tmp_path / str(at)
        place.mkdir()
        if before:
            write_run(place / "run", before)
        is_killed = _end_at(write_run, place / "run", at)
        # Between two renamings the old one lies aside, whole.
        found = next((own for own in (place / "run", place / ".run.former") if own.exists()), place)
        assert (_content(found) if found != place else {}) in (old, whole)
        write_run(place / "run", 2)
        assert _content(place / "run") == whole
        assert [path.name for path in place.iterdir()] == ["run"]
        read_run(place / "run")
        if not is_killed:
            break
    assert 10 < at < _MOST - 1


def test_files_put_into_a_folder_are_each_the_old_or_the_new_one(tmp_path: Path) -> None:
    for at in range(_MOST):
        place = tmp_path / str(at)
        write_files(place / "out", 1)
        (place / "out" / "own.txt").write_text("kept")
        is_killed = _end_at(write_files, place / "out", at)
        for name in ("a.html", "b.html"):
            assert (place / "out" / name).read_text() in (f"{name} 1" * 99, f"{name} 2" * 99)
        write_files(place / "out", 2)
        assert (place / "out" / "b.html").read_text() == "b.html 2" * 99
        assert (place / "out" / "own.txt").read_text() == "kept"
        assert [path.name for path in place.iterdir()] == ["out"]
        if not is_killed:
            break
    assert 5 < at < _MOST - 1


def test_a_disk_that_is_full_from_any_operation_on_leaves_the_former_run(tmp_path: Path) -> None:
    for at in range(_MOST):
        place = tmp_path / str(at)
        place.mkdir()
        write_run(place / "run", 1)
        former = _content(place / "run")
        is_full = _end_at(write_run, place / "run", at, is_killed=False)
        assert [path.name for path in place.iterdir()] == ["run"]
        if not is_full:
            break
        assert _content(place / "run") == former
    assert 5 < at < _MOST - 1
