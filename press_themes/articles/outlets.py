"""The outlet of a page, where the page itself names it beside its articles.

A name in the prose is never taken: an article may be about another newspaper.
"""

from __future__ import annotations

from collections.abc import Iterable

from press_themes.articles.lines import Line, same_text
from press_themes.articles.noise import line_kind
from press_themes.articles.vocabulary import spelled_pattern

NAMING = ("newsletter", "copyright notice", "share widget", "cookie notice", "donation appeal")
_LONGEST_NAME = 5


def find_outlet(above: Iterable[Line], furniture: list[str]) -> str | None:
    """Find the outlet in a copyright line, or as a site name used again in the page's boxes.

    Parameters
    ----------
    above : iterable of Line
        The lines above the first headline that are no furniture.
    furniture : list of str
        The texts of the lines whose kind is in `NAMING`.

    Returns
    -------
    str or None
        The outlet as spelled.
    """
    for text in furniture:
        holder = _copyright_holder(text)
        if holder:
            return holder
    boxes = " ".join(same_text(text) for text in furniture)
    for line in above:
        named = len(line.text) > 3 and line.has_words and line.words < _LONGEST_NAME
        if named and f" {same_text(line.text)} " in f" {boxes} ":
            return line.text
    return None


def _copyright_holder(text: str) -> str | None:
    match = spelled_pattern("copyright_holder").search(text)
    name = next((group.strip() for group in match.groups() if group), None) if match else None
    if name is None or len(name.split()) > _LONGEST_NAME:
        return None
    # "All rights reserved" stands where a name would.
    return None if line_kind(Line(1, name, True)) else name
