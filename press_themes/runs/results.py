"""Results of a graph: loaded where nothing they hang on has changed, computed where something has.

A stage is known again by a fingerprint of its code, its settings and the content of what it takes.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError, InputError
from press_themes.runs.checksums import check_files
from press_themes.runs.fingerprints import Fingerprint, fingerprint_code
from press_themes.runs.formats import read_result, write_csv, write_result
from press_themes.runs.graph import Graph, Result, Stage
from press_themes.runs.one_thread import use_one_thread
from press_themes.stored_checks import check_stored

Entry = dict[str, Any]


class Results:
    """What a graph gives for some settings.

    Parameters
    ----------
    graph : Graph
        The stages.
    settings : object
        What ``settings.NAME`` in a declaration refers to.
    finished : tuple of Path and mapping, optional
        A finished run folder and its ``run.json``, whose results may be loaded.
    building : Path, optional
        A folder being built, in which every result is written; without one nothing is written.
    tell : callable
        Called after each stage with ``stage, how, seconds, fingerprint, digests``.
    given : mapping, optional
        Results by name that take the place of what a stage would give.
    """

    def __init__(
        self,
        graph: Graph,
        settings: Any,
        finished: tuple[Path, Mapping[str, Any]] | None = None,
        building: Path | None = None,
        tell: Callable[[Entry], None] = lambda entry: None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.graph, self.settings, self.given = graph, settings, dict(given or {})
        self.finished, self.building, self.tell = finished, building, tell
        self.entries: dict[str, Entry] = {}
        self._values: dict[str, Any] = {}
        self._marks: dict[str, str] = {}
        former = finished[1]["stages"] if finished else []
        self._former: dict[str, Entry] = {entry["stage"]: entry for entry in former}

    def get(self, name: str) -> Any:
        """Return a result by its name, computed or loaded where it is not at hand."""
        stage, result, kind = self.graph.find(name)
        if name in self.given:
            return self.given[name]
        if name not in self._values and not stage.is_kept:
            self._values[name] = self._call(stage)
        elif name not in self._values:
            self.ensure(stage)
        if name not in self._values and self.building is not None:
            self._values[name] = read_result(self.building / result.place, kind)
        elif name not in self._values:
            assert self.finished is not None
            self._values[name] = read_stored(self.graph, *self.finished, name)
        return self._values[name]

    def ensure(self, stage: Stage) -> Entry:
        """Have a stage's results in the folder being built, or at hand where none is."""
        if stage.name in self.entries:
            return self.entries[stage.name]
        begun = time.perf_counter()
        mark = self._mark(stage)
        former = self._find_former(stage, mark)
        is_taken_over = former is not None and self._take_over(stage)
        digests = former["digests"] if former and is_taken_over else self._compute(stage)
        values = [self._values.get(own.name) for own in stage.gives]
        is_final = is_taken_over or stage.is_final(*values)
        entry = {
            "stage": stage.name,
            "how": "loaded" if is_taken_over else "computed",
            "seconds": round(time.perf_counter() - begun, 3),
            # A result that is not final is computed again next time.
            "fingerprint": mark if is_final else "",
            "digests": digests,
        }
        self.entries[stage.name] = entry
        self.tell(entry)
        return entry

    def list_fresh(self) -> list[str]:
        """List the results that can be had without computing a stage, in order."""
        fresh: list[str] = []
        for stage in self.graph.stages:
            if not set(self._needs(stage)) <= set(fresh):
                continue
            is_stored = self._find_former(stage, self._mark(stage)) is not None
            if stage.name in self.entries or is_stored or not stage.is_kept:
                fresh += [result.name for result in stage.gives]
        return fresh

    def forget(self, after: Stage) -> None:
        """Let go of values that no stage after this one takes."""
        stages = self.graph.stages
        needed = {own for later in stages[stages.index(after) + 1 :] for own in self._needs(later)}
        for name in set(self._values) - needed:
            del self._values[name]

    def change(self, settings: Any, given: Mapping[str, Any]) -> Results:
        """Return results for other settings or given results; what does not hang on them stays."""
        other = Results(self.graph, settings, self.finished, None, self.tell, given)
        known: set[str] = set()
        for stage in self.graph.stages:
            own = self.entries.get(stage.name)
            if not set(other._needs(stage)) <= known:
                continue
            mark = other._mark(stage)
            if own is not None and own["fingerprint"] == mark:
                other.entries[stage.name] = own
                names = {result.name for result in stage.gives} & set(self._values)
                other._values |= {name: self._values[name] for name in names}
            if not stage.is_kept or stage.name in other.entries or other._find_former(stage, mark):
                known |= {result.name for result in stage.gives}
        return other

    def _needs(self, stage: Stage) -> list[str]:
        """List the results that a stage takes."""
        heads = [token.partition(".")[0] for token in stage.takes]
        return [head for head in heads if head in self.graph.maker]

    def _mark(self, stage: Stage) -> str:
        """Return the fingerprint of a stage with what it takes, worked out once."""
        if stage.name not in self._marks:
            mark = Fingerprint().feed(fingerprint_code(stage.verb))
            mark.feed([self.given[own.name] for own in stage.gives if own.name in self.given])
            for token in stage.takes:
                if token.partition(".")[0] not in ("place", "run"):
                    mark.feed(self._digest(token))
            self._marks[stage.name] = mark.hex()
        return self._marks[stage.name]

    def _digest(self, token: str) -> str:
        head = token.partition(".")[0]
        if head == "settings":
            return Fingerprint().feed(self._value(token)).hex()
        stage, result, kind = self.graph.find(head)
        # What stands for something outside, an encoder or a folder, is told by itself.
        if hasattr(kind, "identity") or kind is Path:
            return Fingerprint().feed(self._value(token)).hex()
        if not stage.is_kept:
            return self._mark(stage)
        known = self.entries.get(stage.name)
        if known is None and self.building is None:
            known = self._find_former(stage, self._mark(stage))
        return str((known or self.ensure(stage))["digests"][result.name])

    def _value(self, token: str) -> Any:
        head, _, attribute = token.partition(".")
        if head == "place":
            return self._place(attribute)
        if head == "run":
            return self.building
        value = self.settings if head == "settings" else self.get(head)
        for name in filter(None, attribute.split(".")):
            value = None if value is None else getattr(value, name)
        return value

    def _place(self, name: str) -> Path | None:
        """Return where a stage may write a result itself; None where nothing is written."""
        if self.building is None:
            return None
        result = self.graph.find(name)[1]
        if result.folder:
            return self.building / result.folder
        (self.building / result.place).parent.mkdir(parents=True, exist_ok=True)
        return self.building / f"{result.place}.npy"

    def _call(self, stage: Stage) -> Any:
        inputs = [self._value(token) for token in stage.takes]
        with use_one_thread():
            return stage.verb(*inputs)

    def _compute(self, stage: Stage) -> dict[str, str]:
        fills_folder = any(result.folder for result in stage.gives) or "run" in stage.takes
        if fills_folder and self.building is None:
            raise ConfigurationError(
                stage.gives[0].name, "is a part of a run folder", "make the run (press_themes.run)"
            )
        values: tuple[Any, ...] = tuple(self.given.get(own.name) for own in stage.gives)
        if not {own.name for own in stage.gives} <= set(self.given):
            value = self._call(stage)
            made = (value,) if len(stage.gives) == 1 else tuple(value)
            values = tuple(
                self.given.get(own.name, one) for own, one in zip(stage.gives, made, strict=True)
            )
        digests = {}
        for result, kind, own in zip(stage.gives, stage.kinds, values, strict=True):
            mark = Fingerprint()
            if self.building is not None:
                write_result(own, self.building / result.place, kind)
                if result.csv:
                    write_csv(self.building / result.csv, own)
                if result.folder:
                    mark.feed(self.building / result.folder)
                own = read_result(self.building / result.place, kind)
            self._values[result.name] = own
            digests[result.name] = mark.feed(own).hex()
        return digests

    def _find_former(self, stage: Stage, mark: str) -> Entry | None:
        """Return what a finished run knows of a stage, where nothing it hangs on has changed."""
        former = self._former.get(stage.name)
        if former is None or set(former["digests"]) != {own.name for own in stage.gives}:
            return None
        # A finished run stays readable where its corpus is gone.
        is_gone = self.building is None and any(map(self._is_gone, stage.takes))
        return former if former["fingerprint"] == mark or is_gone else None

    def _is_gone(self, token: str) -> bool:
        value = self._value(token) if token.startswith("settings.") else None
        return isinstance(value, Path) and not value.exists()

    def _take_over(self, stage: Stage) -> bool:
        """Link the files of a finished run into the folder being built; say whether all are whole."""
        if self.building is None:
            return True
        assert self.finished is not None
        folder, content = self.finished
        names = [name for own in stage.gives for name in _list_files(own, content["files"])]
        try:
            check_files(folder, names, content["files"])
        except InputError:
            return False
        for name in names:
            _link(folder / name, self.building / name)
        return True


def read_stored(graph: Graph, folder: Path, content: Mapping[str, Any], name: str) -> Any:
    """Read a result of a finished run as it was written, whatever became of code and corpus since.

    Parameters
    ----------
    graph : Graph
        The stages.
    folder : Path
        The run folder.
    content : mapping
        Its ``run.json``.
    name : str
        The result.

    Returns
    -------
    object
        A table, array or value.

    Raises
    ------
    InputError
        If a file of it is missing, was changed, cannot be read or is not what a run writes.
    """
    _, result, kind = graph.find(name)
    check_files(folder, _list_files(result, content["files"]), content["files"])
    return read_checked(name, folder / result.place, kind)


def read_checked(name: str, place: Path, kind: Any) -> Any:
    """Read a result that may come from elsewhere, and check what it holds.

    Parameters
    ----------
    name : str
        The result.
    place : Path
        Where it lies, without the ending that its kind decides.
    kind : type
        What it is.

    Returns
    -------
    object
        A table, array or value.

    Raises
    ------
    InputError
        If it cannot be read, or is not what a run writes.
    """
    try:
        value = read_result(place, kind)
    except Exception as error:
        # A table from elsewhere breaks its reader in whatever way it likes.
        raise InputError(place, "is missing or cannot be read", "run the corpus again") from error
    return check_stored(name, value, place)


def _list_files(result: Result, recorded: Mapping[str, str]) -> list[str]:
    """List the files of a result among those a run recorded; by its place where there is none."""
    begins = (f"{result.place}.", *([f"{result.folder}/"] if result.folder else []))
    alone = (result.place, result.csv)
    return [name for name in recorded if name in alone or name.startswith(begins)] or [result.place]


def _link(old: Path, new: Path) -> None:
    """Give a file that is never altered a second name; copy it where the disk cannot."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
