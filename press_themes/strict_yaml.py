"""YAML files written by an analyst, read strictly.

A key nobody knows is an error that names it and the nearest known one, because a silent typo changes results.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError

_ALIAS = "holds an alias, which opens with '*'"


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
        content = load_without_aliases(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise ConfigurationError(
            path, f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, "is not UTF-8 text", "save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError) as error:
        cause, mend, line = explain_yaml_error(error)
        place = f"line {line}" if line else None
        raise ConfigurationError(path, cause, mend, place) from error
    if content is None:
        return {}
    require(content, Mapping, path, "the top level")
    return dict(content)


def load_without_aliases(text: str, loader: type[Any]) -> Any:
    """Read YAML in which nothing stands for something else: a few lines of aliases fill the memory.

    Parameters
    ----------
    text : str
        The YAML.
    loader : type
        A loader of PyYAML, which decides what values become.

    Returns
    -------
    object
        What the YAML holds.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML or holds an alias.
    """
    import yaml

    class Plain(loader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.composer.ComposerError(None, None, _ALIAS, self.peek_event().start_mark)
            return super().compose_node(parent, index)

    return yaml.load(text, Loader=Plain)


def explain_yaml_error(error: Exception) -> tuple[str, str, int | None]:
    """Explain why YAML could not be loaded.

    Parameters
    ----------
    error : Exception
        From `load_without_aliases`.

    Returns
    -------
    cause, mend : str
        For one sentence.
    line : int or None
        1-based, if it is known.
    """
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    line = mark.line + 1 if mark else None
    if problem == _ALIAS:
        return problem, "write out what it stands for, or put quotation marks around it", line
    return f"is not valid YAML ({problem})", "correct the indentation or the quotes there", line


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
