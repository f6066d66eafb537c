"""A theme added to themes.yml, which stays as it is, comments and all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError
from press_themes.themes.codebook import read_codebook


def append_theme(path: Path, theme: Mapping[str, Any]) -> str:
    """Add a theme to a codebook, which is made when it does not exist.

    Parameters
    ----------
    path : Path
        The file ``themes.yml``.
    theme : mapping
        ``label``, ``definition`` and ``examples`` (a list of texts, which may be empty).

    Returns
    -------
    str
        Identifier of the theme, made of its label. What the file holds stays as it is, letter by
        letter: the theme is written after the last one.

    Raises
    ------
    ConfigurationError
        If the file cannot be read, holds such a theme, or is written so that nothing can be added.
    """
    import yaml

    known = set(read_codebook(path).themes["theme"]) if path.is_file() else set()
    name = _identify(str(theme["label"]), len(known))
    if name in known:
        raise ConfigurationError(path, f"holds a theme '{name}'", "choose another name")
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    entry = {"label": theme["label"], "definition": theme["definition"]}
    if theme["examples"]:
        entry["examples"] = list(theme["examples"])
    place, indent = _find_end(path, text)
    block = yaml.safe_dump({name: entry}, allow_unicode=True, sort_keys=False, width=110)
    lines = "".join(
        " " * indent + line if line.strip() else line for line in block.splitlines(True)
    )
    before = text[:place]
    if before and not before.endswith("\n"):
        before += "\n"
    head = "" if known else "themes:\n"
    mark = "\ufeff" if path.is_file() and path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes((mark + before + head + lines + text[place:]).encode("utf-8"))
    aside.replace(path)
    return name


def _identify(label: str, n_known: int) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or f"theme_{n_known + 1}"


def _find_end(path: Path, text: str) -> tuple[int, int]:
    """Return where a theme is to be written, and how far it is indented."""
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = [] if root is None else root.value
    for key, themes in pairs:
        if key.value != "themes":
            continue
        if not isinstance(themes, yaml.MappingNode) or not themes.value or themes.flow_style:
            raise ConfigurationError(
                path, "has its themes in a form that nothing can be added to", "write one a line"
            )
        return _end_of(text, themes.value[-1][1].end_mark.index), themes.value[0][
            0
        ].start_mark.column
    if root is not None and getattr(root, "flow_style", False):
        raise ConfigurationError(path, "is written in braces", "write one key a line")
    return len(text), 2


def _end_of(text: str, index: int) -> int:
    """Return the end of the line on which a theme's last text stands.

    A block ends for YAML where the next one begins; comments and empty lines between belong to that.
    """
    kept = text[:index]
    lines = kept.splitlines(keepends=True)
    if index < len(text) and lines and not lines[-1].endswith("\n"):
        if lines[-1].strip():
            rest = text.find("\n", index)
            return len(text) if rest < 0 else rest + 1
        lines.pop()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return sum(map(len, lines))
