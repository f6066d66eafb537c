"""What a notebook and the command line call: open a run or a corpus, make a run, compare runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from press_themes.configuration import COPIED, INPUTS, Configuration, read_configuration
from press_themes.errors import ConfigurationError
from press_themes.runs.folder import build_run, read_run
from press_themes.runs.results import Results
from press_themes.runs.run import Run, bind_run
from press_themes.stages import STAGES
from press_themes.stored_configuration import restore_configuration
from press_themes.summary import state_run

RunOfStages = bind_run(STAGES)


def open_run(where: str | Path) -> Run:
    """Open a finished run, or a corpus.

    Parameters
    ----------
    where : str or Path
        A run folder, or a folder or file of articles.

    Returns
    -------
    Run
        Its results as attributes. Those of a run folder are loaded where nothing that they hang on
        has changed; nothing is written.
    """
    place = Path(where)
    if not (place / "run.json").exists():
        return RunOfStages(Results(STAGES, read_configuration(place)), place.name)
    content = read_run(place)
    settings = restore_configuration(content, place)
    return RunOfStages(Results(STAGES, settings, (place, content)), str(content["title"]))


def make_run(
    configuration: Configuration | str | Path,
    out: str | Path,
    with_notebooks: bool = True,
    tell: Callable[[dict[str, Any]], None] = lambda entry: None,
    **given: Any,
) -> Run:
    """Go the whole way from a corpus to a run folder with its report.

    Parameters
    ----------
    configuration : Configuration, str or Path
        The settings, or a corpus.
    out : str or Path
        The run folder; replaced when the new run is whole.
    with_notebooks : bool
        Whether the notebooks are executed into it.
    tell : callable, optional
        Called after each stage with what was done and how long it took.
    **given
        Results by name, such as ``encoder``, that take the place of what a stage would give.

    Returns
    -------
    Run
        The finished run.

    Raises
    ------
    InputError
        If the corpus gives no passage to work on.
    """
    out = Path(out)
    if not isinstance(configuration, Configuration):
        configuration = read_configuration(Path(configuration))
    _check_apart(configuration.corpus, out.resolve())

    def state(results: Results) -> dict[str, Any]:
        assert results.building is not None
        _copy_inputs(configuration, results.building)
        return state_run(results)

    leave_out = () if with_notebooks else ("execute_notebooks",)
    build_run(STAGES, configuration, out, state, tell, leave_out, given)
    return open_run(out)


def _check_apart(corpus: Path, out: Path) -> None:
    if corpus == out or corpus.is_relative_to(out) or out.is_relative_to(corpus):
        raise ConfigurationError(
            f"--out {out}",
            "lies in the corpus or around it, and a run replaces its whole folder",
            "name a folder apart from the corpus",
        )


def _copy_inputs(settings: Configuration, folder: Path) -> None:
    """Keep what the analyst wrote with the run, which is complete by itself."""
    (folder / INPUTS).mkdir(parents=True, exist_ok=True)
    for field, name in COPIED.items():
        origin = getattr(settings, field)
        if origin is not None:
            shutil.copyfile(origin, folder / INPUTS / name)
