"""A run killed at any moment costs at most the shard it was at, and changes nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from models_for_tests import make_texts
from stand_ins import SlowModel

from press_themes.vectors.embeddings import embed_texts
from press_themes.vectors.encoders import Encoder
from press_themes.vectors.store import VectorStore, list_shards

pytestmark = pytest.mark.slow

_N_TEXTS, _SHARD = 400, 10
_PROGRAM = f"""
import sys
from pathlib import Path
from models_for_tests import make_texts
from stand_ins import SlowModel
from press_themes.vectors import encoders
from press_themes.vectors.embeddings import embed_texts
from press_themes.vectors.store import VectorStore
encoders._SHARD = {_SHARD}
store = VectorStore(Path(sys.argv[1]), dict(model="words"))
encoder = encoders.Encoder("words", "1", "numpy", "", store=store, _loaded=[SlowModel(0.001)])
print("ready", flush=True)
embed_texts(make_texts({_N_TEXTS}), encoder, Path(sys.argv[2]))
"""


def _start(stores: Path, out: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", _PROGRAM, str(stores), str(out)]
    beside = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2])])
    environment = {**os.environ, "PYTHONPATH": beside}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _shards(stores: Path) -> list[Path]:
    return list_shards(VectorStore(stores, {"model": "words"}).folder)


@pytest.fixture(scope="module")
def expected() -> np.ndarray:
    encoder = Encoder("words", "1", "numpy", "", _loaded=[SlowModel()])
    return embed_texts(make_texts(_N_TEXTS), encoder)


def test_every_run_after_a_kill_goes_on_where_the_last_was(
    tmp_path: Path, expected: np.ndarray
) -> None:
    stores, out = tmp_path / "stores", tmp_path / "embeddings.npy"
    moments = random.Random(0)
    kept = 0
    for _ in range(8):
        process = _start(stores, out)
        time.sleep(moments.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(_shards(stores)) >= kept
        kept = len(_shards(stores))
    assert _start(stores, out).wait() == 0
    np.testing.assert_array_equal(np.load(out), expected)
    # No text was computed twice: there are as many shards as one undisturbed run writes.
    assert len(_shards(stores)) == _N_TEXTS // _SHARD


def test_two_runs_at_once_give_the_same_vectors(tmp_path: Path, expected: np.ndarray) -> None:
    runs = [_start(tmp_path / "stores", tmp_path / f"{i}.npy") for i in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    for i in range(2):
        np.testing.assert_array_equal(np.load(tmp_path / f"{i}.npy"), expected)
