"""The codebook: the themes an analyst looks for, as written in themes.yml.

Reading is strict, so that a misspelt key is an error and not a theme without examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import read_as

_KINDS = {"definition": "definition", "examples": "example", "counter_examples": "counter-example"}
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
# Nine colours that pass 3:1 on white, for themes that name none; further themes share grey.
_COLORS = (
    "#004DE1",
    "#C77900",
    "#B80058",
    "#00734D",
    "#7A3E9D",
    "#B24502",
    "#00727A",
    "#5C5C00",
    "#8A2BE2",
)
_GREY = "#6E6E6E"
Texts = str | list[str] | dict[str, str | list[str]]


@dataclass(frozen=True)
class ThemeEntry:
    """What themes.yml may say of a theme."""

    label: str | dict[str, str] = ""
    color: str = ""
    definition: Texts = ""
    examples: Texts = ""
    counter_examples: Texts = ""


@dataclass(frozen=True)
class CodebookFile:
    """What themes.yml may say."""

    language: str = "en"
    themes: dict[str, ThemeEntry] = field(default_factory=dict)


class Codebook(NamedTuple):
    """Themes and the texts that define them.

    Attributes
    ----------
    themes : DataFrame
        ``theme`` (identifier), ``labels`` (mapping of language to label), ``color``.
    texts : DataFrame
        ``theme``, ``kind`` (definition, example, counter-example), ``language``, ``text``.
    """

    themes: pd.DataFrame
    texts: pd.DataFrame


def read_codebook(path: Path | None) -> Codebook:
    """Read a codebook.

    Parameters
    ----------
    path : Path or None
        The file ``themes.yml``; None gives a codebook without themes.

    Returns
    -------
    Codebook
        Themes in the order of the file.

    Raises
    ------
    ConfigurationError
        If the file is missing, is not YAML, has an unknown key, or a theme lacks a definition.
    """
    if path is None:
        return _codebook([], [])
    told = read_as(path, CodebookFile)
    rows, texts = [], []
    for position, (theme, entry) in enumerate(told.themes.items()):
        place = f"theme '{theme}'"
        own_texts = _texts(theme, entry, told.language)
        if not any(text["kind"] == "definition" for text in own_texts):
            raise ConfigurationError(
                path,
                "has no definition",
                "say in one sentence what a passage of it speaks of",
                place,
            )
        if entry.color and not _COLOR.fullmatch(entry.color):
            raise ConfigurationError(
                path, f"color is '{entry.color}'", "write it as '#1a6fb0'", place
            )
        texts.extend(own_texts)
        rows.append(_theme(theme, entry, position, told.language))
    return _codebook(rows, texts)


def label_of(labels: Mapping[str, str], language: str) -> str:
    """Choose a theme's label."""
    return labels.get(language) or labels.get("en") or next(iter(labels.values()))


def _codebook(rows: list[dict[str, Any]], texts: list[dict[str, str]]) -> Codebook:
    return Codebook(
        pd.DataFrame(rows, columns=["theme", "labels", "color"]),
        pd.DataFrame(texts, columns=["theme", "kind", "language", "text"], dtype=object),
    )


def _theme(theme: str, entry: ThemeEntry, position: int, language: str) -> dict[str, Any]:
    label = entry.label or theme.replace("_", " ").capitalize()
    labels = label if isinstance(label, dict) else {language: label}
    color = entry.color or (_COLORS[position] if position < len(_COLORS) else _GREY)
    return {"theme": theme, "labels": labels, "color": color}


def _texts(theme: str, entry: ThemeEntry, language: str) -> list[dict[str, str]]:
    rows = []
    for key, kind in _KINDS.items():
        content = getattr(entry, key)
        by_language = content if isinstance(content, dict) else {language: content}
        for spoken, told in by_language.items():
            for text in [told] if isinstance(told, str) else told:
                if text.strip():
                    row = {"theme": theme, "kind": kind, "language": spoken, "text": text.strip()}
                    rows.append(row)
    return rows
