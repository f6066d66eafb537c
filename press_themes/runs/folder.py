"""Run folders: built aside and renamed when whole, with every stage kept for the next run.

A stage whose code, inputs and settings have not changed is loaded instead of computed.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from press_themes.runs.aside import build_aside
from press_themes.runs.checksums import check_files
from press_themes.errors import InputError
from press_themes.runs.fingerprints import fingerprint
from press_themes.runs.formats import STORAGES

Result = TypeVar("Result")
# Raised whenever a table or run.json changes what it means; a folder of another format is refused.
FORMAT = 2


@dataclass
class Run:
    """A run folder, being built or finished.

    Attributes
    ----------
    folder : Path or None
        Where results are written; None when a finished run is only read.
    previous : Path or None
        A finished run whose stages may be loaded.
    stages : list of dict
        What was done: ``stage, seconds, how`` ("computed" or "loaded") and ``fingerprint``.
    tell : callable
        Called with each entry of `stages`.
    """

    folder: Path | None
    previous: Path | None
    stages: list[dict[str, Any]] = field(default_factory=list)
    tell: Callable[[dict[str, Any]], None] = lambda entry: None
    _memory: dict[str, Any] = field(default_factory=dict, repr=False)

    def keep(self, verb: Callable[..., Result]) -> Callable[..., Result]:
        """Wrap the verb of a stage so that its unchanged result is loaded.

        Parameters
        ----------
        verb : callable
            The verb of a stage named in `press_themes.runs.formats.STORAGES`.

        Returns
        -------
        callable
            With the same arguments and result. Paths in the run folder are not inputs.
        """

        @wraps(verb)
        def kept(*arguments: Any) -> Result:
            begun = time.perf_counter()
            name = verb.__name__
            # A file to write is no input, nor is None, which stands for one where nothing is written.
            inputs = tuple(a for a in arguments if a is not None and not self._is_own(a))
            mark = fingerprint(verb, inputs)
            if mark in self._memory:
                return self._memory[mark]
            marks = self._marks()
            # A finished run stays readable where its corpus is gone.
            is_readable = self.folder is None and _is_gone(inputs)
            known = name in marks and (marks[name] == mark or is_readable) and self._is_whole(name)
            result = self._load(name) if known else verb(*arguments)
            if self.folder is None:
                # A notebook asks for one stage in several cells and has nowhere to write it.
                self._memory[mark] = result
            elif not known:
                STORAGES[name].save(self.folder, result)
                # What the next stage sees must not depend on whether this one was computed.
                result = STORAGES[name].load(self.folder)
            entry = {
                "stage": name,
                "how": "loaded" if known else "computed",
                "seconds": round(time.perf_counter() - begun, 3),
                # A result that is not final is computed again next time.
                "fingerprint": mark if STORAGES[name].is_final(result) else "",
            }
            self.stages.append(entry)
            self.tell(entry)
            return result

        return kept

    def place(self, name: str) -> Path | None:
        """Return where a stage may write its result itself; None where nothing is written."""
        return self.folder / name if self.folder is not None else None

    def _is_own(self, argument: Any) -> bool:
        return (
            isinstance(argument, Path)
            and self.folder is not None
            and argument.is_relative_to(self.folder)
        )

    def _marks(self) -> dict[str, str]:
        if self.previous is None:
            return {}
        return {entry["stage"]: entry["fingerprint"] for entry in read_run(self.previous)["stages"]}

    def _is_whole(self, name: str) -> bool:
        """Say whether the files of a stage are those the run wrote; a run being built can do without."""
        assert self.previous is not None
        try:
            check_files(self.previous, STORAGES[name].files, read_run(self.previous)["files"])
        except InputError:
            if self.folder is None:
                raise
            return False
        return True

    def _load(self, name: str) -> Any:
        assert self.previous is not None
        if self.folder is None:
            return STORAGES[name].load(self.previous)
        for file in STORAGES[name].files:
            source, target = self.previous / file, self.folder / file
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            else:
                shutil.copyfile(source, target)
        return STORAGES[name].load(self.folder)


def _is_gone(arguments: tuple[Any, ...]) -> bool:
    return any(isinstance(argument, Path) and not argument.exists() for argument in arguments)


def read_run(folder: Path) -> dict[str, Any]:
    """Read ``run.json`` of a finished run.

    Parameters
    ----------
    folder : Path
        The run folder.

    Returns
    -------
    dict
        Its content.

    Raises
    ------
    InputError
        If the folder is not a run folder, was written in another format, or ``run.json`` lacks
        the checksums or the stages.
    """
    path = folder / "run.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            folder, "is not a whole run folder (no readable run.json)", "run the corpus again"
        ) from error
    known = content.get("format") if isinstance(content, dict) else None
    if known is None:
        raise InputError(path, "states no format of a run", "run the corpus again")
    if known != FORMAT:
        by = _writer(content)
        raise InputError(
            path,
            f"was written {by}in format {known}, and this version reads format {FORMAT}",
            "run the corpus again",
        )
    missing = [name for name in ("files", "stages") if name not in content]
    if missing:
        raise InputError(path, f"lacks '{missing[0]}'", "run the corpus again")
    return content


def _writer(content: Any) -> str:
    versions = content.get("versions") if isinstance(content, dict) else None
    version = versions.get("press-themes") if isinstance(versions, dict) else None
    return f"by version {version} " if isinstance(version, str) else ""


@contextmanager
def build_run(target: Path, tell: Callable[[dict[str, Any]], None] | None = None) -> Iterator[Run]:
    """Build a run folder aside and put it in its place when everything is in it.

    Parameters
    ----------
    target : Path
        The run folder; an earlier run there is replaced at the end and not before.
    tell : callable, optional
        Called after each stage.

    Yields
    ------
    Run
        The caller writes ``run.json`` into its folder last.
    """
    with build_aside(target, "run.json", "a run folder") as aside:
        yield Run(aside, _usable(target), tell=tell or (lambda entry: None))


def _usable(folder: Path) -> Path | None:
    try:
        read_run(folder)
    except InputError:
        return None
    return folder
