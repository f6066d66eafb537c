"""Notebooks of a run: executed against it with papermill and exported as HTML that needs no network."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import PressThemesError
from press_themes.tables import RunTables

# The essays that every run executes; the others are for exploring by hand.
_ESSAYS = "0*-*.ipynb"


def find_notebooks() -> Path:
    """Return the folder of the notebooks that ship with the project."""
    return Path(__file__).resolve().parent.parent / "notebooks"


def execute_notebooks(
    sources: Path, tables: RunTables, summary: dict[str, Any], folder: Path
) -> pd.DataFrame:
    """Execute the notebooks against a run folder that holds everything but them and the report.

    Parameters
    ----------
    sources : Path
        Folder of the notebooks.
    tables : RunTables
        The tables the notebooks show; they read them from the run folder.
    summary : dict
        The facts about the run.
    folder : Path
        Where the executed notebooks go: the folder ``notebooks`` of the run.

    Returns
    -------
    DataFrame
        ``notebook, html``, paths in `folder`.

    Raises
    ------
    PressThemesError
        If a notebook fails; the message names it and the error of its cell.
    """
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = sorted(sources.glob(_ESSAYS))
    # Two at a time: a kernel spends most of its life importing, on one core.
    with ThreadPoolExecutor(max_workers=2) as pool:
        pages = list(pool.map(lambda source: _execute(source, folder), notebooks))
    return pd.DataFrame(
        {"notebook": [source.name for source in notebooks], "html": pages}, dtype=object
    )


def _execute(source: Path, folder: Path) -> str:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    target = folder / source.name
    # The kernel prints its debugger's warnings onto the terminal of the run otherwise.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    try:
        papermill.execute_notebook(
            source,
            target,
            parameters={"RUN": ".."},
            cwd=folder,
            progress_bar=False,
            kernel_name="python3",
        )
    except PapermillExecutionError as error:
        raise PressThemesError(
            source.name,
            f"stopped with {error.ename}: {error.evalue}",
            "open it in JupyterLab on this run to see where",
            f"cell {error.exec_count}",
        ) from error
    _forget_clock(target)
    page = target.with_suffix(".html")
    page.write_text(_export(target), encoding="utf-8")
    return page.name


def _forget_clock(path: Path) -> None:
    """Take the times of execution out of a notebook, so that equal runs give equal files."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            # papermill gives the cell it adds a random identifier.
            cell.id = "injected-parameters"
    nbformat.write(notebook, path)


def _export(path: Path) -> str:
    """Export a notebook as one HTML page that asks for nothing from outside."""
    from nbconvert import HTMLExporter

    template = Path(__file__).with_name("notebook_template")
    exporter = HTMLExporter(
        template_name="press-themes", extra_template_basedirs=[str(template)]
    )
    exporter.exclude_input_prompt = True
    exporter.exclude_output_prompt = True
    body, _ = exporter.from_filename(str(path))
    return body
