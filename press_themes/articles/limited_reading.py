"""Files read in a process of their own, which is killed and replaced when one asks for too much.

The process is kept for the next file, so that an ordinary file costs next to nothing more.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from press_themes.articles.article_rows import ReadSettings, Rows
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.file_rows import FileRows
from press_themes.articles.limits import ReadLimits, say_limit
from press_themes.articles.reading_worker import receive, restore_rows, send

_ROOT = Path(__file__).resolve().parents[2]
# Waiting is no work: a slow disk or a busy machine gets so many times the limit of work.
_PATIENCE = 20
_STARTING = 120.0
# One file is tried again without the members that ended its reader, so many times.
_MOST_MEMBERS = 20
# Libraries that reserve memory for every processor would use up the limit with it.
_PLAIN = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system",
}  # fmt: skip
_TIME_SIGNALS = frozenset(
    -getattr(signal, name) for name in ("SIGXCPU", "SIGPROF") if hasattr(signal, name)
)

# A process takes seconds to start; one that has read a corpus waits for the next.
_IDLE: dict[str, Any] = {}


def read_within_limits(
    files: Sequence[CorpusFile], latest: date, settings: ReadSettings, limits: ReadLimits
) -> Iterator[FileRows | None]:
    """Read files one after another; None ends each."""
    waiting = deque(_Request(file) for file in files)
    told = json.dumps([asdict(settings), latest, asdict(limits)], default=str)
    worker: _Process | None = _IDLE.pop(told, None)
    if worker is not None and not worker.is_alive:
        worker = None
    try:
        while waiting:
            if worker is None:
                worker = _Process(latest, settings, limits)
            # One file ahead keeps both processes busy.
            for request in islice(waiting, 2):
                worker.ask(request)
            request = waiting[0]
            answer = worker.answer(_patience(request, limits))
            if isinstance(answer, str):
                worker.end()
                worker = None
                yield from _refuse(request, answer, limits)
                if request.is_over:
                    waiting.popleft()
                    yield None
                continue
            request.member = answer.get("member", request.member)
            for row in answer.get("rows", ()):
                request.known += 1
                yield restore_rows(row)
            if answer.get("done"):
                waiting.popleft()
                yield None
                if answer["tired"]:
                    worker.end()
                    worker = None
        if worker is not None:
            _keep(told, worker)
            worker = None
    finally:
        if worker is not None:
            worker.end()


def _keep(told: str, worker: _Process) -> None:
    """Keep a worker that has nothing to do for the next corpus read in the same way."""
    end_idle()
    _IDLE[told] = worker


def end_idle() -> None:
    """End the worker that waits for the next corpus."""
    while _IDLE:
        _IDLE.popitem()[1].end()


atexit.register(end_idle)


class _Request:
    """A file to be read, and how far it has come."""

    def __init__(self, file: CorpusFile) -> None:
        self.file = file
        self.known = 0
        self.member = ""
        self.refused: dict[str, tuple[str, str]] = {}
        self.asked: object = None
        self.is_over = False

    def tell(self) -> dict[str, Any]:
        return {
            "path": str(self.file.path),
            "name": self.file.name,
            "known": self.known,
            "refused": [[name, *reason] for name, reason in self.refused.items()],
        }


class _Process:
    """A worker and the thread that listens to it."""

    def __init__(self, latest: date, settings: ReadSettings, limits: ReadLimits) -> None:
        # Nothing is imported from where the user happens to stand.
        path = [str(_ROOT), *(place for place in sys.path if place and Path(place).is_absolute())]
        environment = {**os.environ, **_PLAIN, "PYTHONPATH": os.pathsep.join(dict.fromkeys(path))}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "press_themes.articles.reading_worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, start_new_session=True,
        )  # fmt: skip
        self._heard: queue.Queue[Any] = queue.Queue(maxsize=8)
        self._is_new = True
        threading.Thread(target=self._listen, daemon=True).start()
        said = {**asdict(settings), "latest_date": None}
        said.pop("limits", None)
        self._send({"settings": said, "latest": latest.isoformat(), "limits": asdict(limits)})

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def ask(self, request: _Request) -> None:
        """Hand over a request that this worker does not have yet."""
        if request.asked is not self:
            request.asked = self
            self._send(request.tell())

    def answer(self, patience: float) -> Any:
        """Return the next message, or the name of the limit that ended the worker."""
        try:
            heard = self._heard.get(timeout=patience + (_STARTING if self._is_new else 0))
        except queue.Empty:
            return "seconds"
        if heard is None and self._is_new:
            raise OSError(f"the process that reads files could not be started ({sys.executable})")
        self._is_new = False
        if heard is not None:
            return heard
        return "seconds" if self._process.wait() in _TIME_SIGNALS else "memory_megabytes"

    def end(self) -> None:
        """Kill the worker."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()

    def _send(self, content: Any) -> None:
        assert self._process.stdin is not None
        # A worker that is gone is noticed when it does not answer.
        with suppress(OSError):
            send(self._process.stdin, content)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        message: Any = True
        while message is not None:
            try:
                message = receive(self._process.stdout)
            except (OSError, ValueError):
                message = None
            self._heard.put(message)


def _patience(request: _Request, limits: ReadLimits) -> float:
    size = 0
    with suppress(OSError):
        size = request.file.path.stat().st_size
    return _PATIENCE * limits.time(size)


def _refuse(request: _Request, limit: str, limits: ReadLimits) -> Iterator[FileRows]:
    """Say what ended the worker; a container is read again without the member that did."""
    reason = say_limit(limit, limits)
    is_again = request.member in request.refused or len(request.refused) >= _MOST_MEMBERS
    if request.member and not is_again:
        request.refused[request.member] = reason
        return
    request.is_over = True
    sentence = f"{reason[0]}; {reason[1]}."
    yield FileRows(request.file.name, "", Rows([], [(None, sentence)], []))
