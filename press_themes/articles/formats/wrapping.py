"""Text whose paragraphs were broken at one width, joined again.

A line is full where the first word of the next would not have fitted into the width; only where
many lines are, the text was broken so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NARROWEST, _WIDEST = 30, 110
_NEAR = 15
_LEAST_FULL, _LEAST_SHARE = 4, 0.3
_LABEL_ALONE = re.compile(r"^[^\W\d_][\w -]{0,40}[:：]$")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines of broken paragraphs; blank lines stay."""
    return [" ".join(group) if len(group) > 1 else group[0] for group in _groups(lines)]


def unwrap_in_place(text: str) -> str:
    """Join the lines of broken paragraphs, and leave each paragraph where it began."""
    return "\n".join(
        " ".join(group) + "\n" * (len(group) - 1) for group in _groups(text.split("\n"))
    )


def _groups(lines: Sequence[str]) -> list[list[str]]:
    widths = [len(line.rstrip()) for line in lines]
    width = max(widths, default=0)
    followed = [
        w
        for w, line, below in zip(widths, lines, lines[1:], strict=False)
        if line.strip() and below.strip()
    ]
    near = sum(w > width - _NEAR for w in followed)
    broken = _NARROWEST <= width <= _WIDEST and near >= max(
        _LEAST_FULL, _LEAST_SHARE * len(followed)
    )
    groups: list[list[str]] = []
    is_open = False
    for index, line in enumerate(lines):
        text = line.strip()
        if is_open:
            groups[-1].append(text)
        else:
            groups.append([line])
        below = lines[index + 1].split() if broken and index + 1 < len(lines) else []
        first = 2 if below and _SPACELESS.match(below[0]) else len(below[0]) if below else 0
        is_open = (
            bool(text and below)
            and widths[index] + 1 + first > width
            and not _LABEL_ALONE.match(text)
        )
    return groups
