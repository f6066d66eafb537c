"""Vectors computed on a Dask cluster are those of one process, whatever happens to its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from models_for_tests import make_model, make_texts

from press_themes.errors import ConfigurationError, InputError
from press_themes.vectors import cluster, encoders
from press_themes.vectors.encoders import Encoder, load_encoder

pytestmark = pytest.mark.slow
pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    root = tmp_path_factory.mktemp("cluster")
    return replace(load_encoder(str(make_model(root / "small")), cache=root / "cache"), store=None)


def _kill_a_worker(address_book: list[int]) -> None:
    while not address_book:
        time.sleep(0.01)
    os.kill(address_book[0], signal.SIGKILL)


def test_two_workers_give_the_vectors_of_one_process_though_one_is_killed(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = make_texts(600)
    monkeypatch.setattr(encoders, "_SHARD", 20)
    workers: list[int] = []
    killer = threading.Thread(target=_kill_a_worker, args=(workers,))
    killer.start()
    connect = cluster._connect

    def watched(scheduler: str):
        return _Watched(connect(scheduler), workers)

    monkeypatch.setattr(cluster, "_connect", watched)
    vectors = replace(encoder, scheduler="local:2").encode(texts)
    killer.join()
    np.testing.assert_array_equal(vectors, encoder.encode(texts))


class _Watched:
    """Tells the process number of one worker when the client is connected."""

    def __init__(self, inner, workers: list[int]) -> None:
        self.inner, self.workers = inner, workers

    def __enter__(self):
        client = self.inner.__enter__()
        self.workers.append(next(iter(client.run(os.getpid).values())))
        return client

    def __exit__(self, *error: object):
        return self.inner.__exit__(*error)


def _start(stack: ExitStack, part: str, file: Path, *options: str) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--scheduler-file", str(file)]
    process = subprocess.Popen([*program, "--no-dashboard", *options], stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def test_a_scheduler_that_is_lost_is_one_sentence(encoder: Encoder, tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        scheduler = _start(stack, "scheduler", file, "--host", "127.0.0.1", "--port", "0")
        _start(stack, "worker", file, "--no-nanny", "--nthreads", "1")
        while not file.exists():
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        slices = np.arange(400)[:, None]
        parts = cluster.compute_on_cluster(
            replace(encoder, scheduler=address), make_texts(400), list(slices), load_encoder
        )
        next(parts)
        scheduler.kill()
        with pytest.raises(InputError, match="the scheduler was lost"):
            list(parts)


def test_a_worker_that_would_embed_otherwise_stops_the_run(encoder: Encoder) -> None:
    other = replace(encoder, scheduler="local:1", engine="another engine")
    with pytest.raises(ConfigurationError, match="another engine"):
        other.encode(["the harbour"])


@pytest.mark.parametrize(
    ("scheduler", "words"),
    [
        ("local:none", "local:2"),
        ("tcp://127.0.0.1:9", "docs/cluster.md"),
        ("::", "docs/cluster.md"),
        ("tls://127.0.0.1:9", "docs/cluster.md"),
    ],
)
def test_a_cluster_that_is_not_there_is_one_sentence(
    encoder: Encoder, scheduler: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 1)
    with pytest.raises(ConfigurationError, match=words):
        replace(encoder, scheduler=scheduler).encode(["the harbour"])


def test_without_dask_the_command_that_installs_it_is_named(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"requirements-cluster\.txt"):
        replace(encoder, scheduler="local:2").encode(["the harbour"])


def test_a_folder_of_the_cache_that_is_not_there_is_replaced_by_the_worker_s_own(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_THEMES_CACHE", str(tmp_path / "own"))
    cluster._load.cache_clear()
    name, engine, _ = encoder.recipe
    identity, vectors = cluster._compute(
        load_encoder, (name, engine, "/no/such/folder"), ["the harbour"]
    )
    cluster._load.cache_clear()
    assert identity == encoder.identity
    np.testing.assert_array_equal(vectors, encoder.encode(["the harbour"]))
    assert (tmp_path / "own" / "engines").is_dir()
