"""Notebooks of a run: executed against it in one kernel and exported as HTML that needs no network.

One kernel imports and compiles once what all of them use; each begins with nothing defined.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import PressThemesError
from press_themes.runs.aside import fill_aside
from press_themes.runs.folder import read_run
from press_themes.tables import RunTables

# The essays that every run executes; the others are for exploring by hand, or of one corpus alone.
_ESSAYS = "0[1-9]-*.ipynb"
# Those that are committed as executed on the corpus that ships.
_COMMITTED = "0*-*.ipynb"
# Takes away what an earlier notebook defined, and its settings of charts and tables; what a cell
# compiles is kept as the run's own stages keep it.
_CLEAR = """%reset -f
import sys
from press_themes.topics.compiled_code import keep_compiled_code
keep_compiled_code()
if "matplotlib.pyplot" in sys.modules:
    sys.modules["matplotlib.pyplot"].close("all")
    sys.modules["matplotlib"].rcdefaults()
if "pandas" in sys.modules:
    sys.modules["pandas"].reset_option("all")
del sys, keep_compiled_code
"""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+(?=>)")
_STYLED_TABLE = re.compile(r"\bT_[0-9a-f]{5}(?=_|\\?\")")


def find_notebooks() -> Path:
    """Return the folder of the notebooks that ship with the project."""
    return Path(__file__).resolve().parents[2] / "notebooks"


def execute_notebooks(
    sources: Path, tables: RunTables, summary: dict[str, Any], folder: Path, run: Path
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
        Where the executed notebooks go.
    run : Path
        The run folder they open.

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
    # Not absolute, so that the run can be moved with them.
    own = os.path.relpath(run, folder)
    notebooks = sorted(sources.glob(_ESSAYS))
    with _start_kernel(folder) as kernel:
        pages = [_publish(source, folder, {"RUN": own}, kernel) for source in notebooks]
    return pd.DataFrame(
        {"notebook": [source.name for source in notebooks], "html": pages}, dtype=object
    )


def execute_every_notebook(
    sources: Path, run: Path, folder: Path, tell: Callable[[str], None] = print
) -> list[str]:
    """Execute every notebook that is for any corpus on a finished run, one after the other.

    Parameters
    ----------
    sources : Path
        Folder of the notebooks.
    run : Path
        The run folder they open; the comparison compares it with itself.
    folder : Path
        Where the executed notebooks and their HTML go when all are whole; made if it does not exist.
    tell : callable
        Takes a line for each notebook, with its seconds.

    Returns
    -------
    list of str
        Names of the HTML pages.

    Raises
    ------
    PressThemesError
        If the run cannot be read, or a notebook fails.
    """
    read_run(run)
    where = str(run.resolve())
    pages = []
    with fill_aside(folder) as aside, _start_kernel(aside) as kernel:
        for source in sorted((*sources.glob(_ESSAYS), *sources.glob("[!0]*.ipynb"))):
            begun = time.perf_counter()
            several = source.stem == "compare"
            parameters = {"RUNS": [where, where]} if several else {"RUN": where}
            pages.append(_publish(source, aside, parameters, kernel))
            tell(f"  {source.name:<20} executed {time.perf_counter() - begun:8.1f} s")
    return pages


def keep_outputs(sources: Path, tell: Callable[[str], None] = print) -> list[str]:
    """Execute the essays where they lie, on the runs that they name, so that they hold what they show.

    Parameters
    ----------
    sources : Path
        Folder of the notebooks.
    tell : callable
        Takes a line for each notebook, with its size.

    Returns
    -------
    list of str
        Names of the notebooks.

    Raises
    ------
    PressThemesError
        If a notebook fails.
    """
    kept = []
    with _start_kernel(sources) as kernel:
        for source in sorted(sources.glob(_COMMITTED)):
            _execute(source, source, {}, kernel)
            tell(f"  {source.name:<20} {source.stat().st_size / 1000:8.0f} kB")
            kept.append(source.name)
    return kept


@contextmanager
def _start_kernel(folder: Path) -> Iterator[Any]:
    """Start a kernel that works in a folder, and end it."""
    import nbformat
    from nbclient import NotebookClient

    places = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        nbformat.v4.new_notebook(),
        kernel_name="python3",
        resources=places,
        timeout=None,
        record_timing=False,
    )
    # What a kernel says beside its cells' output is about itself.
    with client.setup_kernel(stderr=subprocess.DEVNULL):
        yield client


def _publish(source: Path, folder: Path, parameters: dict[str, Any], kernel: Any) -> str:
    """Execute one notebook and write it with its page."""
    target = folder / source.name
    _execute(source, target, parameters, kernel)
    page = target.with_suffix(".html")
    page.write_text(_export(target), encoding="utf-8")
    return page.name


def _execute(source: Path, target: Path, parameters: dict[str, Any], kernel: Any) -> None:
    """Execute one notebook and write it."""
    import nbformat
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = load_notebook_node(str(source))
    if parameters:
        notebook = parameterize_notebook(notebook, parameters, kernel_name="python3")
    clear = nbformat.v4.new_code_cell(_CLEAR, id="clear")
    notebook.cells.insert(0, clear)
    kernel.nb = notebook
    try:
        kernel.execute(cleanup_kc=False)
    except (CellExecutionError, DeadKernelError):
        place, cause = _find_failure(notebook)
        notebook.cells.remove(clear)
        nbformat.write(notebook, target)
        raise PressThemesError(
            source.name, cause, "open it in JupyterLab on this corpus to see where", place
        ) from None
    notebook.cells.remove(clear)
    _number_cells(notebook)
    nbformat.write(notebook, target)
    _forget_chance(target)


def _find_failure(notebook: Any) -> tuple[str, str]:
    """Return the cell that failed, counted from the notebook's first, and its error."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"cell {number}", f"{output.ename}: {output.evalue}"
    return "its last cell", "the kernel ended"


def _number_cells(notebook: Any) -> None:
    """Count the cells of a notebook from 1, wherever the kernel's own count stood."""
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


def _forget_chance(path: Path) -> None:
    """Take times and random identifiers out of a notebook, so that equal runs give equal files."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            # papermill gives the cell it adds a random identifier.
            cell.id = "injected-parameters"
    text = _ADDRESS.sub("", nbformat.writes(notebook))
    # pandas names every styled table by chance.
    for number, name in enumerate(dict.fromkeys(_STYLED_TABLE.findall(text))):
        text = text.replace(name, f"T_{number:05d}")
    path.write_text(text, encoding="utf-8")


def _export(path: Path) -> str:
    """Export a notebook as one HTML page that asks for nothing from outside."""
    import nbformat
    from nbconvert import HTMLExporter

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["title"] = _find_question(notebook) or path.stem
    template = Path(__file__).with_name("notebook_template")
    exporter = HTMLExporter(template_name="press-themes", extra_template_basedirs=[str(template)])
    exporter.exclude_input_prompt = True
    exporter.exclude_output_prompt = True
    body, _ = exporter.from_notebook_node(notebook)
    return body


def _find_question(notebook: Any) -> str:
    """Return the first heading, which is the question a notebook answers."""
    prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"^# +(.+)$", next(prose, ""), re.MULTILINE)
    return found[1].strip() if found else ""
