from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from press_themes.errors import ConfigurationError
from press_themes.runs.aside import build_aside

ROOT = Path(__file__).parents[2]
_WRITER = """
import sys, time
from pathlib import Path
from press_themes.runs.aside import build_aside
with build_aside(Path(sys.argv[1]), "run.json", "a run folder") as folder:
    (folder / "half").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


def start_writer(target: Path) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WRITER, str(target)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    return writer


def test_a_second_writer_is_refused_while_the_first_lives_and_cleans_up_after_its_death(
    tmp_path: Path,
) -> None:
    target = tmp_path / "run"
    target.mkdir()
    (target / "run.json").write_text("former")
    writer = start_writer(target)
    with (
        pytest.raises(ConfigurationError, match="being written by another run"),
        build_aside(target, "run.json", "a run folder"),
    ):
        pass
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert (target / "run.json").read_text() == "former"
    assert any(tmp_path.glob(".run.building-*"))
    with build_aside(target, "run.json", "a run folder") as folder:
        (folder / "run.json").write_text("new")
    assert (target / "run.json").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "run [1]"
    target.mkdir()
    (target / "run.json").write_text("former")
    with pytest.raises(OSError, match="full"), build_aside(target, "run.json", "a run folder"):
        raise OSError("full")
    assert (target / "run.json").read_text() == "former"
    assert [path.name for path in tmp_path.iterdir()] == ["run [1]"]
