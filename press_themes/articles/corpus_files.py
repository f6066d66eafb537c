"""The files of a corpus: which of them may hold articles, and their bytes.

Nothing outside the folder is read, no link is followed, and files that configure a run are not
articles.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from press_themes.errors import InputError

# At the top of a corpus these describe it.
DESCRIBING = frozenset(
    ("themes.yml", "events.yml", "corpus.yml", "topic_names.yml", "labels.csv", "README.md")
)


class CorpusFile(NamedTuple):
    """A file and its name within the corpus, with ``/`` on every system."""

    path: Path
    name: str


def list_files(corpus: Path) -> tuple[list[CorpusFile], list[tuple[str, str]]]:
    """List the files of a corpus that may hold articles."""
    try:
        mode = corpus.stat().st_mode
    except (OSError, ValueError) as error:
        cause = "does not exist" if isinstance(error, FileNotFoundError) else "cannot be opened"
        raise InputError(corpus, cause, "check the path of the corpus") from error
    if stat.S_ISREG(mode):
        return [CorpusFile(corpus, corpus.name)], []
    if _is_run(corpus):
        cause = "is a run folder, not a corpus"
        raise InputError(corpus, cause, "name the folder of its articles")
    if not stat.S_ISDIR(mode):
        raise InputError(corpus, "is neither a folder nor a file", "give a folder of articles")
    files: list[CorpusFile] = []
    refused: list[tuple[str, str]] = []

    def refuse(error: OSError) -> None:
        name = Path(error.filename).relative_to(corpus).as_posix()
        refused.append(
            (name, f"the folder cannot be opened ({error.strerror}); check its permissions.")
        )

    for folder, subfolders, names in os.walk(corpus, onerror=refuse, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in [name for name in subfolders if _is_run(Path(folder, name))]:
            subfolders.remove(name)
            place = Path(folder, name).relative_to(corpus).as_posix()
            refused.append((place, "is a run folder, not articles; move it out of the corpus."))
        for name in sorted([*names, *(n for n in subfolders if Path(folder, n).is_symlink())]):
            path = Path(folder, name)
            inside = path.relative_to(corpus).as_posix()
            if name.startswith(".") or inside in DESCRIBING:
                continue
            reason = _refusal(path)
            if reason:
                refused.append((inside, reason))
            else:
                files.append(CorpusFile(path, inside))
    return sorted(files, key=lambda file: file.name), sorted(refused)


def _is_run(folder: Path) -> bool:
    return (folder / "run.json").is_file() and (folder / ".stages").is_dir()


def read_bytes(path: Path) -> bytes:
    """Read a file that may have vanished or be closed to us."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            path, "vanished while the corpus was read", "read the corpus again"
        ) from error
    except OSError as error:
        cause = f"cannot be read ({error.strerror or type(error).__name__})"
        raise InputError(path, cause, "check its permissions") from error


def _refusal(path: Path) -> str | None:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return "vanished while the corpus was read; read the corpus again."
    if stat.S_ISLNK(mode):
        return "is a link, and links are not followed; copy the file into the corpus."
    return None if stat.S_ISREG(mode) else "is no ordinary file; remove it from the corpus."
