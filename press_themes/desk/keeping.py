"""Keeping: a file beside the corpus changed whole or not at all, and changed back with one click.

Every change is tried on a copy that is read as the next run will read it, before it takes its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from press_themes.errors import InputError


@dataclass(frozen=True)
class Kept:
    """A change that can be taken back: the file before (None: there was none) and after, and a sentence."""

    path: Path
    before: bytes | None
    after: bytes
    sentence: str
    grows: bool
    aside: Any = None


@dataclass
class Keeper:
    """The changes made from one desk.

    Attributes
    ----------
    folder : Path
        Where the files lie: that of the corpus.
    kept : list of Kept
        The changes that can be taken back, the last one last.
    """

    folder: Path
    kept: list[Kept] = field(default_factory=list)

    def change(
        self,
        name: str,
        edit: Callable[[Path], object],
        check: Callable[[Path], object],
        sentence: str,
        **more: Any,
    ) -> Path:
        """Change a file.

        Parameters
        ----------
        name : str
            Its name.
        edit : callable
            Changes the copy that it is given, which does not exist where the file does not.
        check : callable
            Reads the changed copy and raises if a run would refuse it.
        sentence : str
            What is done.
        **more
            ``grows`` (whether the file only grows, so that later rows survive a change taken
            back), ``aside`` (whatever is to be had again then), ``basis`` (a file to start from
            where there is none).

        Returns
        -------
        Path
            The file. It is as it was if anything raises.

        Raises
        ------
        InputError
            If the folder of the corpus is gone.
        """
        path = self._find(name)
        with _lock(self.folder), TemporaryDirectory(prefix=".desk-", dir=self.folder) as aside:
            before = path.read_bytes() if path.is_file() else None
            trial = Path(aside) / name
            basis = more.get("basis")
            start = before if before is not None or basis is None else Path(basis).read_bytes()
            if start is not None:
                trial.write_bytes(start)
            edit(trial)
            check(trial)
            after = trial.read_bytes()
            if path.is_file():
                shutil.copymode(path, trial)
            _sync(trial)
            # What a link leads to is replaced, and not the link.
            os.replace(trial, path.resolve())
        grows = bool(more.get("grows")) and after.startswith(before or b"")
        self.kept.append(Kept(path, before, after, sentence, grows, more.get("aside")))
        return path

    def undo(self) -> Kept:
        """Take the last change back.

        Returns
        -------
        Kept
            The change.

        Raises
        ------
        InputError
            If there is none, or the file was changed elsewhere so that nothing can be taken out of
            it safely; it is then left as it is.
        """
        if not self.kept:
            raise InputError("undo", "nothing was changed from this desk", "make a change first")
        last = self.kept[-1]
        self._find(last.path.name)
        with _lock(self.folder):
            now = last.path.read_bytes() if last.path.is_file() else b""
            restored = _take_out(last, now)
            if restored is None:
                last.path.unlink()
            else:
                aside = last.path.with_name(f".{last.path.name}.{os.getpid()}")
                aside.write_bytes(restored)
                shutil.copymode(last.path, aside)
                os.replace(aside, last.path.resolve())
        return self.kept.pop()

    def _find(self, name: str) -> Path:
        if not self.folder.is_dir():
            raise InputError(
                self.folder,
                "is not there, and decisions are kept beside the corpus",
                "put the corpus back, or run it where it lies now",
            )
        return self.folder / name


def _take_out(last: Kept, now: bytes) -> bytes | None:
    """Return the file without a change; None where there was none before."""
    if now == last.after:
        return last.before
    if last.grows and now.startswith(last.after):
        # Rows that others added since stay; a file that was made keeps the names of its columns.
        head = last.before
        if head is None:
            head = last.after[: last.after.index(b"\n") + 1]
        return head + now[len(last.after) :]
    raise InputError(
        last.path.name,
        "was changed elsewhere since",
        "correct it in an editor: nothing can be taken out of it safely",
    )


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let one desk at a time change the files of a folder, where the system can."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
