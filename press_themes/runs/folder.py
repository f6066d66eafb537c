"""Run folders: built aside and renamed when whole, with every result kept for the next run."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from press_themes.errors import InputError
from press_themes.runs.aside import build_aside
from press_themes.runs.checksums import digest_files
from press_themes.runs.graph import Graph
from press_themes.runs.results import Entry, Results

# Raised whenever a table or run.json changes what it means; a folder of another format is refused.
FORMAT = 3


@dataclass(frozen=True)
class _SaidOfStage:
    stage: str
    how: str
    seconds: float
    fingerprint: str
    digests: dict[str, str]


@dataclass(frozen=True)
class _Said:
    stages: list[_SaidOfStage]
    files: dict[str, str]
    title: str = ""
    corpus: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)


def build_run(
    graph: Graph,
    settings: Any,
    out: Path,
    state: Callable[[Results], Mapping[str, Any]],
    tell: Callable[[Entry], None] = lambda entry: None,
    leave_out: Collection[str] = (),
    given: Mapping[str, Any] | None = None,
) -> Path:
    """Compute every result of a graph into a run folder.

    Parameters
    ----------
    graph : Graph
        The stages.
    settings : object
        The settings they refer to.
    out : Path
        The run folder; a run there is replaced when the new one is whole, and what nothing has
        changed is taken from it.
    state : callable
        What ``run.json`` says beside its format, stages and files.
    tell : callable
        Called after each stage.
    leave_out : collection of str
        Stages left out.
    given : mapping, optional
        Results by name that take the place of what a stage would give.

    Returns
    -------
    Path
        The run folder.
    """
    with build_aside(out, "run.json", "a run folder") as aside:
        results = Results(graph, settings, _find_usable(out), aside, tell, given)
        for stage in graph.stages:
            if not stage.is_kept or stage.name in leave_out:
                continue
            if "run" in stage.takes:
                # It opens the run as a reader would.
                _write_run_json(aside, results, state)
            results.ensure(stage)
            results.forget(stage)
        _write_run_json(aside, results, state)
    return out


def _write_run_json(
    folder: Path, results: Results, state: Callable[[Results], Mapping[str, Any]]
) -> None:
    content = {
        "format": FORMAT,
        **state(results),
        "stages": list(results.entries.values()),
        "files": digest_files(folder, without=["run.json"]),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")


def _find_usable(folder: Path) -> tuple[Path, Mapping[str, Any]] | None:
    try:
        return folder, read_run(folder)
    except InputError:
        return None


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
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
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
    _check_shape(text, path)
    return content


def _check_shape(text: str, path: Path) -> None:
    """Refuse a ``run.json`` that no run wrote: it may name any file, and hold anything."""
    from pydantic import TypeAdapter, ValidationError

    try:
        said = TypeAdapter(_Said).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part)[:60] for part in first["loc"])
        cause = f"lacks '{place}'" if first["type"] == "missing" else f"holds a wrong '{place}'"
        raise InputError(path, cause, "run the corpus again") from error
    for name in said.files:
        parts = PurePosixPath(name).parts
        outside = not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name
        if outside or not (path.parent / name).resolve().is_relative_to(path.parent.resolve()):
            cause = f"names the file '{name[:100]}', which lies outside the run folder"
            raise InputError(path, cause, "do not use this folder; run the corpus again")


def _writer(content: Any) -> str:
    versions = content.get("versions") if isinstance(content, dict) else None
    version = versions.get("press-themes") if isinstance(versions, dict) else None
    return f"by version {version} " if isinstance(version, str) else ""
