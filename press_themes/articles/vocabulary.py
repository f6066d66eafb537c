"""The words that pages of the press put around their articles, compiled from ``words/*.yml``.

Readable files hold the patterns for every language, so that an analyst can add a newspaper's habit
without code.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from press_themes.folding import fold

# The kinds of an earlier file claim a line before those of a later one.
_FILES = ("offers.yml", "readers.yml", "furniture.yml", "articles.yml", "fields.yml", "exports.yml")

# Letters that programs write plain in the names of columns.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_INNER_CAPITAL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")


class Kind(NamedTuple):
    """One kind of text that is not article: its name, its longest line in words, its pattern."""

    name: str
    words: int
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def kinds() -> list[Kind]:
    """Return the kinds of page furniture, in the order in which they claim a line."""
    compiled = []
    for name, entry in _content()["kinds"].items():
        words = entry["words"]
        patterns = [
            _distinct_groups(fold_pattern(pattern), f"{language}{number}")
            for language, listed in entry.items()
            if language != "words"
            for number, pattern in enumerate(listed)
        ]
        compiled.append(Kind(name, words, re.compile(_anchored_first(patterns))))
    return compiled


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """Return one pattern of the vocabulary that applies to folded text."""
    return re.compile(_joined(path, folded=True))


@cache
def spelled_pattern(*path: str) -> re.Pattern[str]:
    """Return one pattern that applies to text as it is spelled."""
    return re.compile(_joined(path, folded=False), re.IGNORECASE)


@lru_cache(maxsize=1)
def field_names() -> dict[str, str]:
    """Return the field that each folded column or header name stands for, the surest name last."""
    return {
        fold_name(name): field
        for field, groups in _content()["fields"].items()
        for names in reversed(groups)
        for name in reversed(names)
    }


@cache
def label_names(kind: str) -> dict[str, str]:
    """Return what the labels of exports stand for: "labels" before a colon, "alone" on a line."""
    return {
        fold_name(name): meaning
        for meaning, names in _content()["exports"][kind].items()
        for name in names
    }


def fold_name(name: str) -> str:
    """Reduce a column name to letters, digits and underscores; capitals inside it part its words."""
    plain = fold(_INNER_CAPITAL.sub("_", name)).translate(_PLAIN_LETTERS)
    return re.sub(r"\W+", "_", plain).strip("_")


def fold_pattern(expression: str) -> str:
    """Fold a regular expression as the lines are folded, leaving its escapes and group names alone."""
    parts = re.split(r"(\\.|\(\?P<\w+>)", expression)
    return "".join(
        part if index % 2 else _fold_keeping_blanks(part) for index, part in enumerate(parts)
    )


def _fold_keeping_blanks(part: str) -> str:
    return " ".join(fold(piece) for piece in part.split(" "))


def _anchored_first(patterns: list[str]) -> str:
    """Join patterns so that those for the beginning of a line are tried there alone."""
    anchored = [p for p in patterns if all(part.startswith("^") for part in _alternatives(p))]
    floating = [p for p in patterns if p not in anchored]
    groups = ["^(?:" + "|".join(anchored) + ")"] if anchored else []
    return "|".join(groups + [f"(?:{p})" for p in floating])


def _alternatives(expression: str) -> list[str]:
    """Split a regular expression at the bars that stand in no group."""
    parts, depth = [""], 0
    for token in re.findall(r"\\.|\[(?:\\.|[^\]\\])+\]|.", expression):
        depth += (token == "(") - (token == ")")
        if token == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _distinct_groups(expression: str, suffix: str) -> str:
    return expression.replace("(?P<share>", f"(?P<share_{suffix}>")


def _joined(path: tuple[str, ...], folded: bool) -> str:
    found: Any = _content()
    for key in path:
        found = found[key]
    listed = found if isinstance(found, list) else [found]
    if folded:
        listed = [fold_pattern(expression) for expression in listed]
    return "|".join(
        f"(?:{expression.replace('(?P<outlet>', f'(?P<outlet_{number}>')})"
        for number, expression in enumerate(listed)
    )


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    from press_themes.strict_yaml import read_yaml

    content: dict[str, Any] = {"kinds": {}}
    for name in _FILES:
        part = read_yaml(Path(__file__).with_name("words") / name)
        content["kinds"] |= part.pop("kinds", {})
        content |= part
    return content
