"""A run killed at any moment costs at most the shard it was at, and changes nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from models_for_tests import make_model, make_texts

from press_themes.vectors import encoders
from press_themes.vectors.cache import list_cache
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.store import list_shards

pytestmark = pytest.mark.slow

_N_TEXTS, _SHARD = 400, 10
_PROGRAM = f"""
import sys
from pathlib import Path
from models_for_tests import make_texts
from press_themes.vectors import encoders
from press_themes.vectors.embeddings import embed_texts
encoders._SHARD = {_SHARD}
encoder = encoders.load_encoder(sys.argv[1], Path(sys.argv[2]))
encoder.compute(["the"])
print("ready", flush=True)
embed_texts(make_texts({_N_TEXTS}), encoder, Path(sys.argv[3]))
print("done", flush=True)
"""


def _start(model: Path, cache: Path, out: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", _PROGRAM, str(model), str(cache), str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_every_run_after_a_kill_goes_on_where_the_last_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "_SHARD", _SHARD)
    model, cache, out = make_model(tmp_path / "m"), tmp_path / "cache", tmp_path / "embeddings.npy"
    expected = load_encoder(str(model), tmp_path / "other").encode(make_texts(_N_TEXTS))
    moments = random.Random(0)
    kept = 0
    for _ in range(6):
        process = _start(model, cache, out)
        time.sleep(moments.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = len(list_shards(load_encoder(str(model), cache).store.folder))
        assert now >= kept
        kept = now
    assert _start(model, cache, out).wait() == 0
    np.testing.assert_array_equal(np.load(out), expected)
    # No text was computed twice: there are as many shards as one undisturbed run writes.
    assert len(list_shards(load_encoder(str(model), cache).store.folder)) == _N_TEXTS // _SHARD
    assert not (list_cache(tmp_path)["kind"] == "model").any()


def test_two_runs_at_once_give_the_same_vectors(tmp_path: Path) -> None:
    model, cache = make_model(tmp_path / "m"), tmp_path / "cache"
    runs = [_start(model, cache, tmp_path / f"{i}.npy") for i in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    np.testing.assert_array_equal(np.load(tmp_path / "0.npy"), np.load(tmp_path / "1.npy"))
    expected = load_encoder(str(model), tmp_path / "other").encode(make_texts(_N_TEXTS))
    np.testing.assert_array_equal(np.load(tmp_path / "0.npy"), expected)
