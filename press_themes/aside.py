"""Folders built aside and renamed when whole, so that none is ever half-written.

What stood in the place before is replaced at the end and not before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press_themes.errors import ConfigurationError


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
        If something else lies at the target.
    """
    target = target.resolve()
    _check_replaceable(target, mark, kind)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.building-{os.getpid()}")
    former = target.with_name(f".{target.name}.former")
    if former.exists() and not target.exists():
        # The writing was cut off between the two renames; what it replaced is still whole.
        former.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
        shutil.rmtree(former, ignore_errors=True)
        if target.exists():
            target.rename(former)
        aside.rename(target)
        shutil.rmtree(former, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _check_replaceable(target: Path, mark: str, kind: str) -> None:
    """Refuse to put a folder where something else lies: it would be replaced whole."""
    is_free = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_free and not (target / mark).is_file():
        raise ConfigurationError(
            f"--out {target}",
            f"is not {kind}, and all that is in it would be replaced",
            "name a new folder",
        )
