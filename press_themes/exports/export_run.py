"""One run, one format, one target: what ``press-themes export`` does.

A target is written aside and put in its place when it is whole; no other file is replaced.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from press_themes.errors import ConfigurationError
from press_themes.exports.excel_csv import write_excel_csv
from press_themes.exports.network import write_network
from press_themes.exports.qda_project import write_qda_project
from press_themes.exports.run_tables import RunContent, read_run_tables
from press_themes.exports.workbook import write_workbook

FORMATS: dict[str, Callable[[RunContent, Path], None]] = {
    "xlsx": write_workbook,
    "qdpx": write_qda_project,
    "gexf": write_network,
    "csv-excel": write_excel_csv,
}


def export_run(folder: Path, kind: str, target: Path | None = None) -> Path:
    """Write the tables of a finished run for another program.

    Parameters
    ----------
    folder : Path
        The run folder.
    kind : str
        "xlsx", "qdpx", "gexf" or "csv-excel".
    target : Path, optional
        The file to write; for "csv-excel" a folder. Without one it is named after the run and lies
        beside the run folder, which a new run replaces.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    ConfigurationError
        If the format is unknown, or the target exists and is not an export of the same kind.
    InputError
        If the folder holds no tables of a run.
    """
    if kind not in FORMATS:
        raise ConfigurationError(
            "--to", f"'{kind}' is not a format", f"choose one of {', '.join(FORMATS)}"
        )
    content = read_run_tables(folder)
    place = target or folder.resolve().parent / f"{folder.resolve().name}{_ending(kind)}"
    _check_target(place, kind)
    aside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        FORMATS[kind](content, aside)
        if place.is_dir():
            shutil.rmtree(place)
        os.replace(aside, place)
    except OSError as error:
        raise ConfigurationError(
            place, f"cannot be written ({error.strerror})", "name another target with --out"
        ) from error
    finally:
        if aside.is_dir():
            shutil.rmtree(aside)
        else:
            aside.unlink(missing_ok=True)
    return place


def _ending(kind: str) -> str:
    return "-csv" if kind == "csv-excel" else f".{kind}"


def _check_target(place: Path, kind: str) -> None:
    if kind != "csv-excel":
        if place.is_dir():
            raise ConfigurationError(place, "is a folder", "name a file with --out")
        return
    strangers = [p.name for p in place.glob("*") if p.suffix != ".csv"] if place.is_dir() else []
    if place.is_file() or strangers:
        raise ConfigurationError(
            place, "holds other files than an export", "name another folder with --out"
        )
