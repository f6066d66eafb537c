"""The settings of a run as run.json holds them, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from press_themes.articles.limits import read_limits
from press_themes.configuration import COPIED, INPUTS, Configuration
from press_themes.errors import InputError


def state_configuration(settings: Configuration) -> dict[str, Any]:
    """Return settings as ``run.json`` holds them.

    Parameters
    ----------
    settings : Configuration
        What the run was told.

    Returns
    -------
    dict
        Plain values; `restore_configuration` reads them back.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(Configuration).dump_python(settings, mode="json")


def restore_configuration(content: Mapping[str, Any], folder: Path) -> Configuration:
    """Restore the settings of a finished run from what its folder holds.

    Parameters
    ----------
    content : mapping
        The content of ``run.json``.
    folder : Path
        The run folder, which holds copies of the codebook, the events and the labels.

    Returns
    -------
    Configuration
        The settings the run was made with, whatever became of the corpus since.

    Raises
    ------
    InputError
        If they are not those of this version.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        told = TypeAdapter(Configuration).validate_json(json.dumps(content["configuration"]))
    except (ValidationError, KeyError) as error:
        raise InputError(
            folder / "run.json", "does not hold the settings of a run", "run the corpus again"
        ) from error
    copies: dict[str, Any] = {
        field_name: folder / INPUTS / name
        for field_name, name in COPIED.items()
        if getattr(told, field_name) is not None
    }
    # What a file may take is decided at this machine.
    return replace(told, **copies, articles=replace(told.articles, limits=read_limits()))
