"""YAML files written by an analyst, read strictly into the dataclass that says what they may hold.

A key nobody knows, a key said twice or a value of the wrong kind is an error that names line and mend,
because a silent slip changes results.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from press_themes.errors import ConfigurationError

Kind = TypeVar("Kind")
Place = tuple[str | int, ...]
_ALIAS = "holds an alias, which opens with '*'"
_SECOND_COLON = re.compile(r"[^{\[\"']*:\s[^{\[\"']*:\s")
_TWICE = "says '{}' twice"
#: What a value of each kind is called.
_WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "a text",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys to values",
    "dataclass_type": "a mapping of keys to values",
    "date_type": "a date like 2026-01-31",
    "date_parsing": "a date like 2026-01-31",
    "date_from_datetime_parsing": "a date like 2026-01-31",
}


def read_as(path: Path, kind: type[Kind]) -> Kind:
    """Read a YAML file into a dataclass.

    Parameters
    ----------
    path : Path
        The file.
    kind : type
        A dataclass; its fields are the keys the file may hold, with their types and defaults. A
        key without a value counts as not said.

    Returns
    -------
    object
        An instance of `kind`.

    Raises
    ------
    ConfigurationError
        If the file cannot be read, is not YAML, or holds an unknown or doubled key or a value of
        the wrong kind; the message names the line and the nearest known key.
    """
    from pydantic import ValidationError

    content, lines = _load(path)
    content = _drop_unsaid(content, kind)
    _check_keys(content, kind, (), functools.partial(_tell, path, lines))
    try:
        text = json.dumps(content, default=_as_json)
        return _adapter(kind).validate_json(text, strict=True)  # type: ignore[arg-type]
    except ValidationError as error:
        at, cause, mend = _explain_value(error.errors())
        raise _tell(path, lines, at, cause, mend) from error


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file of any keys.

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
        If the file cannot be read, is not YAML, says a key twice or does not hold a mapping.
    """
    return _load(path)[0]


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


def explain_yaml_error(error: Exception, text: str = "") -> tuple[str, str, int | None]:
    """Explain why YAML could not be loaded.

    Parameters
    ----------
    error : Exception
        From `load_without_aliases`.
    text : str
        The YAML, where it is known; the line at fault may stand above the one that failed.

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
    if problem.startswith(_TWICE.split("'")[0]):
        return problem, "keep one of the two", line
    own = text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else ""
    if "'\\t'" in problem or own.lstrip(" ").startswith("\t"):
        return "is indented with a tab", "indent with spaces", line
    if "mapping values are not allowed" in problem and _SECOND_COLON.match(own):
        return "holds a second colon in one line", "put the text in quotation marks", line
    if "unexpected end of stream" in problem and getattr(error, "context_mark", None):
        opened = error.context_mark.line + 1  # type: ignore[attr-defined]
        return "opens a quotation mark that nothing closes", "close it", opened
    if "mapping values are not allowed" in problem or "expected ':'" in problem:
        bare = _find_without_colon(text, line)
        if bare is not None:
            return "lacks the colon after a key", "add it", bare
        return "is indented unlike the lines beside it", "indent it as they are", line
    return f"is not valid YAML ({problem})", "correct the indentation or the quotes there", line


def _load(path: Path) -> tuple[dict[str, Any], dict[Place, int]]:
    """Return the content of a file, and the line of every place in it."""
    import yaml

    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = load_without_aliases(text, _strict_loader())
        lines = _list_lines(yaml.compose(text, Loader=yaml.SafeLoader))
    except OSError as error:
        raise ConfigurationError(
            path, f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, "is not UTF-8 text", "save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        cause, mend, line = explain_yaml_error(error, text)
        raise ConfigurationError(path, cause, mend, f"line {line}" if line else None) from error
    if content is not None and not isinstance(content, dict):
        wanted = "a mapping of keys to values"
        raise ConfigurationError(
            path, f"is {type(content).__name__} where {wanted} belongs", f"write {wanted}"
        )
    return content or {}, lines


@functools.cache
def _strict_loader() -> type[Any]:
    """Return a loader that refuses doubled keys and takes ``no`` for Norwegian, not for false."""
    import yaml

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen: set[Any] = set()
            for key_node, _ in node.value:
                key = key_node.value
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, _TWICE.format(key), key_node.start_mark
                    )
                seen.add(key)
            mapping = super().construct_mapping(node, deep=deep)
            return {str(key): value for key, value in mapping.items()}

        def construct_day(self, node: Any) -> Any:
            try:
                return self.construct_yaml_timestamp(node)
            except ValueError:
                # No calendar has it; where a date belongs it is refused with its line.
                return node.value

    Strict.add_constructor("tag:yaml.org,2002:timestamp", Strict.construct_day)
    Strict.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Strict.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
    )
    return Strict


def _list_lines(node: Any, place: Place = ()) -> dict[Place, int]:
    lines: dict[Place, int] = {} if node is None else {place: node.start_mark.line + 1}
    if getattr(node, "id", "") == "mapping":
        for key, value in node.value:
            lines |= _list_lines(value, (*place, key.value))
            lines[(*place, key.value)] = key.start_mark.line + 1
    elif getattr(node, "id", "") == "sequence":
        for number, value in enumerate(node.value):
            lines |= _list_lines(value, (*place, number))
    return lines


def _drop_unsaid(content: Any, kind: Any) -> Any:
    """Drop keys without a value; an entry under a name of the analyst's own is there without one."""
    own = typing.get_args(kind)[-1:]
    inner = own[0] if own else None
    if isinstance(content, dict):
        hints = typing.get_type_hints(kind) if is_dataclass(kind) else {}
        empty: dict[str, Any] | None = {} if is_dataclass(inner) else None
        said = {key: empty if value is None else value for key, value in content.items()}
        return {
            key: _drop_unsaid(value, hints.get(key, inner))
            for key, value in said.items()
            if value is not None
        }
    if isinstance(content, list):
        return [_drop_unsaid(part, inner) for part in content]
    return content


def _check_keys(content: Any, kind: Any, place: Place, tell: Any) -> None:
    """Refuse keys that no dataclass at their place has."""
    if typing.get_origin(kind) in (dict, Mapping) or getattr(kind, "__origin__", None) is dict:
        for key, value in content.items() if isinstance(content, dict) else ():
            _check_keys(value, typing.get_args(kind)[1], (*place, key), tell)
    elif typing.get_origin(kind) in (list, tuple):
        for number, value in enumerate(content) if isinstance(content, list) else ():
            _check_keys(value, typing.get_args(kind)[0], (*place, number), tell)
    elif is_dataclass(kind) and isinstance(content, dict):
        hints = typing.get_type_hints(kind)
        known = [own.name for own in fields(kind)]
        for key, value in content.items():
            if key not in known:
                raise tell((*place, key), f"unknown key '{key}'", _nearest(key, known))
            _check_keys(value, hints[key], (*place, key), tell)


def _tell(
    path: Path, lines: Mapping[Place, int], place: Place, cause: str, mend: str
) -> ConfigurationError:
    known = [own for own in (place[:n] for n in range(len(place), 0, -1)) if own in lines]
    words = [str(part + 1) if isinstance(part, int) else part for part in place]
    where = ", ".join([f"line {lines[known[0]]}"] if known else []) + (
        f" ({' → '.join(words)})" if words else ""
    )
    return ConfigurationError(path, cause, mend, where.strip() or None)


def _nearest(key: Any, known: Iterable[str]) -> str:
    known = sorted(known)
    nearest = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
    return f"did you mean '{nearest[0]}'" if nearest else f"known: {', '.join(known)}"


def _explain_value(errors: list[Any]) -> tuple[Place, str, str]:
    """Explain the first fault; the branches of a union are told as one."""
    first = errors[0]
    if first["type"] in ("missing", "missing_argument"):
        name = first["loc"][-1]
        return first["loc"], f"'{name}' is missing", f"add '{name}'"
    # A union adds the name of its branch to the place.
    at = tuple(
        part for part in first["loc"] if not re.search(r"[\[\]]|^(?:str|int|dict|list)$", str(part))
    )
    own = [error for error in errors if error["input"] == first["input"]]
    cause = f"is {_shorten(first['input'])}"
    context = first.get("ctx") or {}
    if first["type"] == "literal_error":
        return at, cause, f"choose one of {context['expected']}"
    if first["type"] == "greater_than_equal":
        return at, cause, f"write {context['ge']} or more"
    wanted = list(dict.fromkeys(_WANTED.get(error["type"], error["msg"]) for error in own))
    return at, cause, f"write {' or '.join(wanted)}"


def _shorten(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _as_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _find_without_colon(text: str, line: int | None) -> int | None:
    """Return the line that holds neither colon nor list mark, at or right above a failure."""
    lines = text.splitlines()
    above = [n for n in range(1, min(line or 0, len(lines)) + 1) if lines[n - 1].strip()]
    for number in reversed(above[-2:]):
        own = lines[number - 1].strip()
        # What stands alone on the line of a list mark may be a text; above an entry it is a key.
        if ":" not in own and not own.startswith(("#", "- ") if number == line else "#"):
            return number
    return None


@functools.cache
def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
