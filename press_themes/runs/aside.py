"""Folders built aside and renamed when whole, so that none is ever half-written.

What stood in the place before is replaced at the end and not before. One process at a time writes to a
place; what one that was killed left behind is removed by the next.
"""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press_themes.errors import ConfigurationError

#: The file by which a finished run, and a finished comparison, is known.
MARKS = ("run.json", "compare.json")


@contextmanager
def build_aside(target: Path, mark: str, kind: str) -> Iterator[Path]:
    """Build a folder aside and put it in its place when everything is in it.

    Parameters
    ----------
    target : Path
        Where the folder goes.
    mark : str
        The file by which an earlier folder of the same kind is known; any other is left alone.
    kind : str
        What such a folder is called, with its article, in the sentence that refuses another.

    Yields
    ------
    Path
        An empty folder beside the target.

    Raises
    ------
    ConfigurationError
        If something else lies at the target, the target lies in or holds a finished folder, or
        another process is writing there.
    """
    target = target.resolve()
    _check_replaceable(target, mark, kind)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _only_writer(target):
        yield from _replace(target)


def _replace(target: Path) -> Iterator[Path]:
    aside = _make_empty(target)
    former = target.with_name(f".{target.name}.former")
    if former.exists() and not target.exists():
        # The writing was cut off between the two renames; what it replaced is still whole.
        former.rename(target)
    try:
        yield aside
        shutil.rmtree(former, ignore_errors=True)
        if target.exists():
            target.rename(former)
        aside.rename(target)
        shutil.rmtree(former, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def fill_aside(target: Path) -> Iterator[Path]:
    """Make files aside; at the end they take the places of those of their names, and others stay.

    Parameters
    ----------
    target : Path
        The folder they go to; made if it does not exist.

    Yields
    ------
    Path
        An empty folder beside the target.

    Raises
    ------
    ConfigurationError
        If another process is writing there.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _only_writer(target):
        aside = _make_empty(target)
        try:
            yield aside
            target.mkdir(exist_ok=True)
            for path in sorted(aside.iterdir()):
                path.replace(target / path.name)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _make_empty(target: Path) -> Path:
    """Remove what killed processes left beside a place, and make a folder there to build in."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.building-*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = target.with_name(f".{target.name}.building-{os.getpid()}")
    aside.mkdir()
    return aside


@contextmanager
def _only_writer(target: Path) -> Iterator[None]:
    """Hold the place against other processes; the system lets go of it when this one dies."""
    from filelock import FileLock, Timeout

    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ConfigurationError(
            f"--out {target}",
            "is being written by another run at this moment",
            "wait until that one is done, or name another folder",
        ) from error
    try:
        yield
    finally:
        # Removed while it is still held: who waits for it sees that it is gone.
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def find_finished(place: Path) -> Path | None:
    """Find the finished folder that a place is or lies in.

    Parameters
    ----------
    place : Path
        Where something is to be written.

    Returns
    -------
    Path or None
        The folder of a run or of a comparison; None where there is none.
    """
    place = place.resolve()
    around = (place, *place.parents)
    return next((own for own in around if any((own / mark).is_file() for mark in MARKS)), None)


def _check_replaceable(target: Path, mark: str, kind: str) -> None:
    """Refuse to put a folder where something else lies: it would be replaced whole."""
    around = find_finished(target.parent)
    if around is not None:
        raise ConfigurationError(
            f"--out {target}",
            f"lies in {around}, which is finished and which nothing is added to",
            "name a folder beside it",
        )
    is_free = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_free and not (target / mark).is_file():
        raise ConfigurationError(
            f"--out {target}",
            f"is not {kind}, and all that is in it would be replaced",
            "name a new folder",
        )
    within = sorted(path for name in MARKS for path in target.glob(f"*/**/{name}"))
    if within:
        raise ConfigurationError(
            f"--out {target}",
            f"holds {within[0].parent}, which would be replaced with it",
            "name a folder beside that one",
        )
