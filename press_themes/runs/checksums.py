"""Checksums of the files of a run folder: what was written is what is read.

A run folder travels by e-mail and disk; a table that lost its end must not pass for a whole one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from press_themes.errors import InputError

_BLOCK = 1 << 20


def digest_files(folder: Path, without: Iterable[str] = ()) -> dict[str, str]:
    """Return the SHA-256 of every file in a folder."""
    left_out = set(without)
    found = ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")))
    return {name: _digest(path) for name, path in found if path.is_file() and name not in left_out}


def check_files(folder: Path, names: Iterable[str], recorded: Mapping[str, str]) -> None:
    """Check that files are what they were when the run was written.

    Parameters
    ----------
    folder : Path
        The run folder.
    names : iterable of str
        Files, or folders whose every recorded file is checked.
    recorded : mapping of str to str
        From `digest_files`.

    Raises
    ------
    InputError
        If one is missing or differs.
    """
    for name in names:
        within = [file for file in recorded if file == name or file.startswith(f"{name}/")]
        for file in within or [name]:
            path = folder / file
            if not path.is_file():
                raise InputError(path, "is missing from the run folder", "run the corpus again")
            if _digest(path) != recorded.get(file):
                raise InputError(
                    path,
                    "is not the file that the run wrote (it was cut off or changed since)",
                    "run the corpus again",
                )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
