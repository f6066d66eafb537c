"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_SECONDS_BETWEEN_LINES = 30.0


class Advances(Protocol):
    """What is told that a part of the work is done."""

    def update(self, n: int) -> object:
        """Say that `n` more steps are done."""
        ...


class _Lines:
    """Says every half minute how far the work has come, and nothing if it is short."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done = label, total, 0
        self._said = time.monotonic()

    def update(self, n: int) -> None:
        self._done += n
        if time.monotonic() - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            print(f"  {self._label}: {self._done} of {self._total}", file=sys.stderr, flush=True)


@contextmanager
def show_progress(label: str, total: int) -> Iterator[Advances]:
    """Show how far a piece of work has come, on standard error.

    Parameters
    ----------
    label : str
        What is being done.
    total : int
        Steps in all.

    Yields
    ------
    Advances
        Its ``update(n)`` is called when `n` steps are done.
    """
    if not sys.stderr.isatty():
        yield _Lines(label, total)
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=f"  {label}", leave=False, dynamic_ncols=True, delay=1.0) as bar:
        yield bar


def say(sentence: str) -> None:
    """Say something the user should know while work goes on, on standard error.

    Parameters
    ----------
    sentence : str
        Without a closing full stop.
    """
    print(f"  note: {sentence}.", file=sys.stderr, flush=True)
