"""A Dask cluster: shards of passages go to its workers, each of which loads the model once.

What a worker computes is what this process would have computed, or the run is stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from press_themes.errors import ConfigurationError, InputError, PressThemesError, first_line
from press_themes.vectors.processor import CORES, count_cores
from press_themes.vectors.store import Part

_SECONDS_TO_CONNECT = 20
# Shards that wait at a worker while it computes one; more would only lie in memory.
_AHEAD = 2


def compute_on_cluster(
    encoder: Any, texts: Sequence[str], slices: Sequence[np.ndarray], load: Callable[..., Any]
) -> Iterator[Part]:
    """Compute vectors on a cluster, whose workers load the encoder with `load`."""
    with _connect(encoder.scheduler) as client:
        from distributed import KilledWorker, as_completed
        from distributed.comm import CommClosedError

        waiting = iter(range(len(slices)))
        pending: dict[Any, int] = {}

        def send(number: int) -> Any:
            part = [texts[row] for row in slices[number]]
            future = client.submit(_compute, load, encoder.recipe, part, pure=False)
            pending[future] = number
            return future

        at_once = _AHEAD * len(client.scheduler_info()["workers"])
        queue = as_completed([send(number) for number in islice(waiting, at_once)])
        for future in queue:
            try:
                identity, vectors = future.result()
            except KilledWorker as error:
                raise InputError(
                    f"--scheduler {encoder.scheduler}",
                    "workers died several times over the same passages",
                    "look at the workers' memory, or run without --scheduler",
                ) from error
            except (CancelledError, CommClosedError) as error:
                raise InputError(
                    f"--scheduler {encoder.scheduler}",
                    "the scheduler was lost",
                    "start it and its workers again, then repeat the run: it goes on from here",
                ) from error
            _check_identity(encoder, identity)
            yield Part(slices[pending.pop(future)], vectors)
            following = next(waiting, None)
            if following is not None:
                queue.add(send(following))


@contextmanager
def _connect(scheduler: str) -> Iterator[Any]:
    if find_spec("distributed") is None:
        raise ConfigurationError(
            f"--scheduler {scheduler}",
            "needs Dask, which is not installed",
            "python -m pip install -r requirements-cluster.txt",
        )
    from distributed import Client

    # What goes wrong on the way there is told in a sentence, not in the library's tracebacks.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as opened:
        try:
            address = opened.enter_context(_open(scheduler))
            client = opened.enter_context(Client(address, timeout=_SECONDS_TO_CONNECT))
            client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except PressThemesError:
            raise
        except Exception as error:
            # An address fails in ways of its own protocol.
            raise ConfigurationError(
                f"--scheduler {scheduler}",
                f"cannot be reached or has no workers ({first_line(error)})",
                "start the scheduler and its workers, see docs/cluster.md",
            ) from error
        yield client


@contextmanager
def _open(scheduler: str) -> Iterator[Any]:
    kind, _, number = scheduler.partition(":")
    if kind != "local":
        yield scheduler
        return
    if not number.isdigit() or int(number) < 1:
        raise ConfigurationError(
            f"--scheduler {scheduler}", "does not say how many processes", "write local:2"
        )
    from distributed import LocalCluster

    # The cores are shared out; a worker that took them all would stand in the others' way.
    each = max(1, count_cores() // int(number))
    with LocalCluster(
        n_workers=int(number),
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=50,
        env={CORES: str(each)},
    ) as cluster:
        yield cluster


def _check_identity(encoder: Any, identity: str) -> None:
    if identity != encoder.identity:
        raise ConfigurationError(
            f"--scheduler {encoder.scheduler}",
            f"a worker embeds with {identity}, this machine with {encoder.identity}",
            "install the same versions everywhere and use processors that know AVX2, or of one kind",
        )


def _compute(
    load: Callable[..., Any], recipe: tuple[str, str, str], texts: list[str]
) -> tuple[str, np.ndarray]:
    """Compute a shard, on a worker; the identity tells whether it is what was asked for."""
    encoder = _load(load, recipe)
    return encoder.identity, encoder.compute(texts)


@lru_cache(maxsize=1)
def _load(load: Callable[..., Any], recipe: tuple[str, str, str]) -> Any:
    name, engine, cache = recipe
    # On another machine that folder may not be there; its own cache serves as well.
    return load(name, engine, cache=Path(cache) if Path(cache).is_dir() else None)
