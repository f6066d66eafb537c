"""YAML files written by an analyst, read strictly.

A key nobody knows is an error that names it and the nearest known one, because a silent typo changes results.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file that must hold a mapping.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Its content; empty for an empty file.

    Raises
    ------
    ConfigurationError
        If the file cannot be read, is not YAML or does not hold a mapping.
    """
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            path, f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, "is not UTF-8 text", "save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(path, *_explain(error)) from error
    if content is None:
        return {}
    require(content, Mapping, path, "the top level")
    return dict(content)


def check_keys(mapping: Mapping[Any, Any], known: Iterable[str], file: Path, place: str) -> None:
    """Refuse keys that are not known.

    Parameters
    ----------
    mapping : Mapping
        What was read.
    known : iterable of str
        The keys that mean something here.
    file : Path
        The file, for the message.
    place : str
        The place in the file, for the message.

    Raises
    ------
    ConfigurationError
        If a key is unknown; the message names the nearest known key.
    """
    known = sorted(known)
    for key in mapping:
        if key not in known:
            nearest = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
            mend = f"did you mean '{nearest[0]}'?" if nearest else f"known: {', '.join(known)}"
            raise ConfigurationError(file, f"unknown key '{key}'", mend.rstrip("?"), place)


def require(value: Any, kind: type, file: Path, place: str) -> None:
    """Refuse a value of the wrong kind.

    Parameters
    ----------
    value : object
        What was read.
    kind : type
        What it must be.
    file : Path
        The file, for the message.
    place : str
        The place in the file, for the message.

    Raises
    ------
    ConfigurationError
        If the value is of another kind.
    """
    if not isinstance(value, kind):
        names = {"Mapping": "a mapping of keys to values", "list": "a list", "str": "a text"}
        wanted = names.get(kind.__name__, kind.__name__)
        raise ConfigurationError(
            file, f"is {type(value).__name__} where {wanted} belongs", f"write {wanted}", place
        )


def _explain(error: Any) -> tuple[str, str, str | None]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "the syntax is wrong"
    place = f"line {mark.line + 1}" if mark else None
    return f"is not valid YAML ({problem})", "correct the indentation or the quotes there", place
