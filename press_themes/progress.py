"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

_SECONDS_BETWEEN_LINES = 30.0
_SECONDS_BETWEEN_NOTES = 0.5


class Advances(Protocol):
    """What is told that a part of the work is done."""

    def update(self, n: int, note: str = "") -> object:
        """Say that `n` more steps are done, and what came of them; none may be, in a long step."""
        ...


class _Lines:
    """Says every half minute how far the work has come, and nothing if it is short."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done = label, total, 0
        self._said = time.monotonic()

    def update(self, n: int, note: str = "") -> None:
        self._done += n
        if time.monotonic() - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            so_far = f"{self._done} of {self._total}" + (f", {note}" if note else "")
            print(f"  {self._label}: {so_far}", file=sys.stderr, flush=True)


class _Bar:
    """Shows the same on a terminal."""

    def __init__(self, bar: Any) -> None:
        self._bar, self._noted = bar, 0.0

    def update(self, n: int, note: str = "") -> None:
        if note and time.monotonic() - self._noted >= _SECONDS_BETWEEN_NOTES:
            self._noted = time.monotonic()
            self._bar.set_postfix_str(note)
        self._bar.update(n)


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
        yield _Bar(bar)


def say(sentence: str) -> None:
    """Say something the user should know while work goes on, on standard error.

    Parameters
    ----------
    sentence : str
        Without a closing full stop.
    """
    print(f"  note: {sentence}.", file=sys.stderr, flush=True)
