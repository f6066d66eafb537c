"""The outlet of a page, where the page itself names it beside its articles.

A name in the prose is never taken: an article may be about another newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from press_themes.articles.headlines import is_menu
from press_themes.articles.lines import Line, count_words, same_text
from press_themes.articles.noise import line_kind
from press_themes.articles.vocabulary import pattern, spelled_pattern
from press_themes.folding import fold

NAMING = (
    "newsletter",
    "copyright notice",
    "share widget",
    "cookie notice",
    "donation appeal",
    "source link",
    "disclaimer",
)
_LONGEST_NAME = 5
_MASTHEAD_LINES = 3
_MENU_LINES = 2
_ITEMS = re.compile(r"\s+[|•·–—-]\s+")


def find_outlet(above: Iterable[Line], furniture: Sequence[str], page: str = "") -> str | None:
    """Find the outlet where a page names it: at the source, at the top or in the copyright line."""
    for text in furniture:
        source = _named(text, "original_on")
        if source:
            return source
    masthead, sure = _masthead(list(above), furniture)
    holder = next(filter(None, (_named(text, "copyright_holder") for text in furniture)), None)
    if masthead and holder and f" {same_text(masthead)} " in f" {same_text(holder)} ":
        # The same name; what stands in the copyright line is in no headline type.
        return _spell(masthead, f"{holder}\n{page}")
    name = masthead if sure or not holder else holder
    return _spell(name, page) if name else None


def one_spelling(counts: Mapping[str | None, int]) -> dict[str, str]:
    """Choose for every outlet of a corpus the spelling that most of its articles bear.

    Parameters
    ----------
    counts : mapping of str to int
        How many articles bear each spelling.

    Returns
    -------
    dict of str to str
        The spelling chosen, for those that differ from it by capitals, accents, apostrophes,
        blanks or "www." alone.
    """
    alike: dict[str, list[str]] = {}
    for name in counts:
        if name:
            alike.setdefault(fold(name).removeprefix("www."), []).append(name)
    chosen: dict[str, str] = {}
    for names in alike.values():
        best = min(names, key=lambda name: (-counts[name], name.startswith("www."), name))
        best = best.removeprefix("www.")
        chosen |= {name: best for name in names if name != best}
    return chosen


def _masthead(above: list[Line], furniture: Sequence[str]) -> tuple[str | None, bool]:
    """Find the name of the site among the first lines, and tell whether that is sure."""
    boxes = f" {' '.join(same_text(text) for text in furniture)} "
    kinds = [line_kind(line) for line in above]
    menus = [kinds[i] is not None or _is_menu(line) for i, line in enumerate(above)]
    plain = [i for i in range(len(above)) if not menus[i]][:_MASTHEAD_LINES]
    names = {i: name for i in plain if (name := _name_of_site(above[i]))}
    for name in names.values():
        if f" {same_text(name)} " in boxes or _is_medium(name):
            return name, True
    first = plain[0] if plain else -1
    rows = sum(_items(line) for line in above[first + 1 :])
    if first in names and count_words(names[first]) >= 2 and rows >= _MENU_LINES:
        return names[first], False
    return None, False


def _name_of_site(line: Line) -> str | None:
    """Return the name that a line is, without the section behind it, if it is short enough."""
    name = _ITEMS.split(line.text)[0].strip()
    fits = len(name) > 3 and 0 < count_words(name) <= _LONGEST_NAME
    return name if fits and not name[0].islower() else None


def _is_menu(line: Line) -> bool:
    """Tell whether a line is a row of sections; one that opens with "Home" is, whatever follows."""
    row = is_menu(line) and len(_ITEMS.split(line.text)) != 2
    return row or line_kind(Line(1, line.text.split(" ")[0], True)) == "reader chrome"


def _items(line: Line) -> int:
    """Count the sections that a line names, one or a row of them."""
    if _is_menu(line):
        return len(_ITEMS.split(line.text))
    return line.words <= 3 or line_kind(line) is not None


def _is_medium(name: str) -> bool:
    """Tell whether a name holds a word for newspapers, and is more than that word."""
    match = pattern("medium").search(fold(name))
    return match is not None and match.group() != fold(name)


def _named(text: str, naming: str) -> str | None:
    match = spelled_pattern(naming).search(text)
    name = next((group.strip() for group in match.groups() if group), None) if match else None
    name = spelled_pattern("legal_form").sub("", name).strip(" ,.") if name else None
    if not name or len(name.split()) > _LONGEST_NAME:
        return None
    # "All rights reserved" stands where a name would.
    return None if line_kind(Line(1, name, True)) else name


def _spell(name: str, page: str) -> str:
    """Spell a name in capitals as the page spells it elsewhere, else as names are spelled."""
    if not name.isupper() or len(name) <= 4:
        return name
    for match in re.finditer(re.escape(name), page, re.IGNORECASE):
        if not match.group().isupper() and match.group()[0].isupper():
            return match.group()
    small, words = pattern("small_word"), name.split()
    return " ".join(
        word.lower() if place and small.fullmatch(word.lower()) else _capitalised(word)
        for place, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    # What has no vowel is an abbreviation.
    return word.title() if re.search("[AEIOUYÀ-Ý]", word) else word
