"""The codebook: the themes an analyst looks for, as written in themes.yml.

Reading is strict, so that a misspelt key is an error and not a theme without examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import check_keys, read_yaml, require

_KINDS = {"definition": "definition", "examples": "example", "counter_examples": "counter-example"}
_KEYS = ("label", "color", *_KINDS)
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
    content = read_yaml(path)
    check_keys(content, ("language", "themes"), path, "the top level")
    language = str(content.get("language", "en"))
    themes = content.get("themes") or {}
    require(themes, Mapping, path, "themes")
    rows, texts = [], []
    for position, (theme, entry) in enumerate(themes.items()):
        place = f"theme '{theme}'"
        require(entry, Mapping, path, place)
        check_keys(entry, _KEYS, path, place)
        own_texts = _texts(str(theme), entry, language, path)
        if not any(text["kind"] == "definition" for text in own_texts):
            raise ConfigurationError(
                path,
                "has no definition",
                "say in one sentence what a passage of it speaks of",
                place,
            )
        texts.extend(own_texts)
        rows.append(_theme(str(theme), entry, position, language))
    return _codebook(rows, texts)


def label_of(labels: Mapping[str, str], language: str) -> str:
    """Choose a theme's label.

    Parameters
    ----------
    labels : mapping of str to str
        Labels by language.
    language : str
        The language wanted.

    Returns
    -------
    str
        The label in that language, else in English, else in the first one given.
    """
    return labels.get(language) or labels.get("en") or next(iter(labels.values()))


def _codebook(rows: list[dict[str, Any]], texts: list[dict[str, str]]) -> Codebook:
    return Codebook(
        pd.DataFrame(rows, columns=["theme", "labels", "color"]),
        pd.DataFrame(texts, columns=["theme", "kind", "language", "text"], dtype=object),
    )


def _theme(theme: str, entry: Mapping[str, Any], position: int, language: str) -> dict[str, Any]:
    label = entry.get("label") or theme.replace("_", " ").capitalize()
    labels = dict(label) if isinstance(label, Mapping) else {language: str(label)}
    color = entry.get("color") or (_COLORS[position] if position < len(_COLORS) else _GREY)
    return {"theme": theme, "labels": labels, "color": str(color)}


def _texts(theme: str, entry: Mapping[str, Any], language: str, path: Path) -> list[dict[str, str]]:
    rows = []
    for key, kind in _KINDS.items():
        content = entry.get(key)
        by_language = content if isinstance(content, Mapping) else {language: content}
        for spoken, texts in by_language.items():
            for text in _as_list(texts, path, f"theme '{theme}', {key}"):
                rows.append({"theme": theme, "kind": kind, "language": str(spoken), "text": text})
    return rows


def _as_list(texts: Any, path: Path, place: str) -> list[str]:
    if texts is None:
        return []
    if isinstance(texts, str):
        return [texts.strip()] if texts.strip() else []
    require(texts, list, path, place)
    for text in texts:
        require(text, str, path, place)
    return [text.strip() for text in texts if text.strip()]
