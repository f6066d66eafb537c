"""The process in which files are read: what a parser does there stops or fills nothing else.

It takes requests on its input and answers on its output, both JSON, so that nothing a hostile file
makes of it runs in the process that asks.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

from press_themes.articles.article_rows import ReadSettings, Rows, make_rows
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.file_rows import FileRows, read_file_rows
from press_themes.articles.formats import Record
from press_themes.articles.limits import WATCH, LimitReachedError, ReadLimits, say_limit
from press_themes.articles.scraped import Discarded

_LENGTH = struct.Struct(">I")
_MEGABYTE = 1_000_000
_SAMPLE = (
    "The council met on Monday.\n3 February 2026\nIt voted for a tram to the quay, and went home."
)
# Rows go in parcels, because each takes a turn of two processes.
_PARCEL = 60_000
# Taken by a row beside its texts.
_ROW = 100
# A parser that catches every error gets so much longer.
_GRACE = 3
# A container may take so many times what a file of its size may.
_MOST_TIMES = 5
# What a file gives earns this share of the time that what it holds does.
_EARNED = 0.2
# From this share of the limit on, what a process holds is given back by ending it.
_TIRED = 0.5


def send(stream: IO[bytes], content: Any) -> None:
    """Write one message."""
    data = json.dumps(content).encode("ascii")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = stream.read(_LENGTH.unpack(head)[0])
    return json.loads(data)


def restore_rows(told: list[Any]) -> FileRows:
    """Return rows as they were sent."""
    path, name, (articles, skipped, discarded, places) = told
    for article in articles:
        article["date"] = article["date"] and date.fromisoformat(article["date"])
    lost = [(position, reason) for position, reason in skipped]
    return FileRows(
        path, name, Rows(articles, lost, [Discarded(*own) for own in discarded], places)
    )


def serve() -> None:
    """Read files until the input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints is no answer.
    os.dup2(2, 1)
    told = receive(requests)
    limits = ReadLimits(**told["limits"])
    said = {**told["settings"], "latest_date": None, "limits": limits}
    said["plausible_languages"] = tuple(said["plausible_languages"])
    settings, latest = ReadSettings(**said), date.fromisoformat(told["latest"])
    # What is loaded once is no fault of the first file.
    make_rows(Record(text=_SAMPLE, is_page=True), latest, None, settings)
    worker = _Worker(settings, latest, limits, answers)
    # Who hears this knows that an end from here on is the doing of a file.
    send(answers, {})
    while (request := receive(requests)) is not None:
        worker.read(request)


class _Worker:
    def __init__(
        self, settings: ReadSettings, latest: date, limits: ReadLimits, answers: IO[bytes]
    ) -> None:
        self.settings, self.latest, self.limits, self.answers = settings, latest, limits, answers
        self.ends = self.alarm = 0.0
        self.hit = ""
        _limit_memory(limits.memory_megabytes * _MEGABYTE)
        _on_time_over(self._stop)
        WATCH.begin, WATCH.limits = self._begin_member, limits

    def read(self, request: dict[str, Any]) -> None:
        """Read one file; send its rows, then that it is done."""
        file = CorpusFile(Path(request["path"]), request["name"])
        WATCH.refused = {name: (cause, mend) for name, cause, mend in request["refused"]}
        with suppress(OSError):
            request["size"] = file.path.stat().st_size
        size = request.get("size", 0)
        self.hit = ""
        self.ends = _used() + _MOST_TIMES * self.limits.time(size)
        self._allow(size)
        parcel: list[Any] = []
        held = 0
        try:
            for number, (found, weight) in enumerate(self._within_output(file, size)):
                if number < request["known"]:
                    continue
                parcel.append(found)
                held += weight
                if held > _PARCEL:
                    send(self.answers, {"rows": parcel})
                    self._extend(held)
                    parcel, held = [], 0
            _arm(0)
        except LimitReachedError as error:
            # The time was over between two steps of the reading.
            parcel.append(_as_told(_refusal(file.name, error.limit, self.limits)))
        send(self.answers, {"rows": parcel, "done": True, "tired": self._is_tired()})

    def _within_output(self, file: CorpusFile, size: int) -> Iterator[tuple[Any, int]]:
        left = self.limits.output(size)
        limits_told = False
        for found in read_file_rows(file, self.latest, self.settings):
            weight = _weigh(found)
            left -= weight
            if left < 0:
                yield _as_told(_refusal(file.name, "output_megabytes", self.limits)), _ROW
                return
            limits_told = limits_told or any("limit" in reason for _, reason in found.rows.skipped)
            yield _as_told(found), weight
        if self.hit and not limits_told:
            # A parser caught what should have ended it and gave another reason.
            yield _as_told(_refusal(file.name, self.hit, self.limits)), _ROW

    def _begin_member(self, path: Path, size: int) -> None:
        send(self.answers, {"member": path.as_posix()})
        if _used() > self.ends:
            self.hit = "seconds"
            raise LimitReachedError("seconds", self.limits)
        self._allow(size)

    def _allow(self, size: int) -> None:
        self.alarm = _used() + self.limits.time(size)
        self._extend(0)

    def _extend(self, given: int) -> None:
        """Give a file that gives much the time for it: a packed one is small."""
        more = self.limits.seconds_per_megabyte * _EARNED * given / _MEGABYTE
        self.alarm += more
        self.ends += more
        _arm(max(self.alarm - _used(), 0.01))
        _limit_time(self.alarm + _GRACE)

    def _stop(self, *_: Any) -> None:
        self.hit = "seconds"
        raise LimitReachedError("seconds", self.limits)

    def _is_tired(self) -> bool:
        return _memory() > _TIRED * self.limits.memory_megabytes * _MEGABYTE


def _refusal(name: str, limit: str, limits: ReadLimits) -> FileRows:
    cause, mend = say_limit(limit, limits)
    return FileRows(name, "", Rows([], [(None, f"{cause}; {mend}.")], []))


def _as_told(found: FileRows) -> list[Any]:
    rows = found.rows
    articles = [
        {**article, "date": article["date"] and article["date"].isoformat()}
        for article in rows.articles
    ]
    return [found.path, found.format, [articles, rows.skipped, rows.discarded, rows.places]]


def _weigh(found: FileRows) -> int:
    rows = found.rows
    texts = sum(
        len(value) for row in rows.articles for value in row.values() if isinstance(value, str)
    )
    texts += sum(len(reason) for _, reason in rows.skipped)
    texts += sum(len(own.text) for own in rows.discarded)
    return texts + _ROW * (1 + len(rows.articles) + len(rows.skipped) + len(rows.discarded))


def _used() -> float:
    import time

    return time.process_time()


def _memory() -> int:
    """Return the bytes this process holds at most so far; 0 where the system does not tell."""
    # What getrusage tells on Linux begins with the memory of whoever started this process, and a
    # notebook that holds an encoder would tire every reader with its first file.
    with suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def _limit_memory(allowed: int) -> None:
    """Keep this process from taking more memory than it has, and so much beside."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + allowed
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(ends: float) -> None:
    """Have the system end this process when it has worked so long, whatever it is doing."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(ends) + 1, hard))


def _on_time_over(stop: Any) -> None:
    import signal

    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, stop)


def _arm(seconds: float) -> None:
    """Raise an error after so much work; never for 0."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    serve()
