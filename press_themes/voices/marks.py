"""What stands between quotation marks or after a dialogue dash, whoever says it.

Marks are read as the language uses them; where its use is not known or not kept, by what stands
beside each mark.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from press_themes.voices.language_pages import MarksPage, marks_page

_PARAGRAPH = re.compile(r"[^\n]+")
_SINGLE = "‘‚‹›"
_DASH_LINE = re.compile(r"\s*[—–―-](?!\d)\s*(?=\S)")
_DASH = re.compile(r"(?<=[\s,.!?…])[—–―-]{1,2}(?=[\s\w¿¡])|(?<=\w)[—–―](?=[.,\s])")


class Marked(NamedTuple):
    """A stretch between marks.

    Attributes
    ----------
    start, end : int
        Offsets of the words inside the marks, without white space.
    left, right : int
        Offsets with the marks; a mark that is missing adds nothing.
    opened, closed : bool
        Whether the opening and the closing mark stand in this passage.
    dash : bool
        Whether it is a turn of speech after a dash.
    """

    start: int
    end: int
    left: int
    right: int
    opened: bool = True
    closed: bool = True
    dash: bool = False


def find_marked(text: str, language: str) -> list[Marked]:
    """Find the outermost stretches between quotation marks, and turns after a dash."""
    page = marks_page(language)
    found: list[Marked] = []
    for paragraph in _PARAGRAPH.finditer(text):
        spans = _scan(text, paragraph.start(), paragraph.end(), page, not found)
        if not spans and page.dash:
            spans = _turns(text, paragraph.start(), paragraph.end())
        found += spans
    return found


class _Open(NamedTuple):
    mark: str
    place: int


def _scan(text: str, begin: int, end: int, page: MarksPage, is_first: bool) -> list[Marked]:
    stack: list[_Open] = []
    spans: list[Marked] = []
    inner: list[int] = []
    closing = frozenset("".join(page.closers.values()))
    for place in range(begin, end):
        mark = text[place]
        if mark not in page.closers and mark not in closing:
            continue
        if mark in "’'‘" and _is_apostrophe(text, place, bool(stack) and stack[-1].mark in "‘‚"):
            continue
        top = stack[-1] if stack else None
        may_close = top is not None and mark in page.closers[top.mark]
        may_open = mark in page.closers
        if may_close and not (may_open and _looks_opening(text, place, begin, mark, top, page)):
            stack.pop()
            if not stack and top is not None:
                spans.append(_trim(text, top.place + 1, place, top.place, place + 1))
                inner.clear()
        elif may_open and not _is_stray(text, place, end):
            if stack and mark == stack[0].mark:
                inner.append(place)
            stack.append(_Open(mark, place))
        elif not stack and is_first and mark in closing and not _has_kind(text, spans, mark, page):
            spans = [_trim(text, begin, place, begin, place + 1, opened=False)]
    if stack:
        spans += _unclosed(text, stack[0], inner, end, page)
    return spans


def _unclosed(text: str, outer: _Open, inner: list[int], end: int, page: MarksPage) -> list[Marked]:
    # A mark that opens again after a full stop closes what was left open.
    for place in inner:
        if text[:place].rstrip()[-1:] in ".!?…。":
            first = _trim(text, outer.place + 1, place, outer.place, place)
            return [first, *_scan(text, place, end, page, False)]
    if outer.mark in _SINGLE:
        return []
    return [_trim(text, outer.place + 1, end, outer.place, end, closed=False)]


def _looks_opening(
    text: str, place: int, begin: int, mark: str, top: _Open | None, page: MarksPage
) -> bool:
    if top is not None and mark in "“" and top.mark == "„":
        return False
    if mark in page.preferred[:1] and mark not in page.closers[mark]:
        return True
    before = text[place - 1] if place > begin else " "
    after = text[place + 1 : place + 2] or " "
    return (before.isspace() or before in "([{—–-:") and not after.isspace() and after.isalnum()


def _is_stray(text: str, place: int, end: int) -> bool:
    """Say whether a mark that could open stands where only a closing one can."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < end else " "
    return (
        not before.isspace()
        and before not in "([{:،，："
        and (after.isspace() or after in ".,;:!?。，、；！？)]»”")
    )


def _is_apostrophe(text: str, place: int, is_open: bool) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == "‘":
        return before.isalnum()
    return after.isalnum() or not is_open


def _has_kind(text: str, spans: list[Marked], mark: str, page: MarksPage) -> bool:
    return any(span.opened and mark in page.closers.get(text[span.left], "") for span in spans)


def _trim(
    text: str, start: int, end: int, left: int, right: int, *, opened: bool = True,
    closed: bool = True, dash: bool = False,
) -> Marked:  # fmt: skip
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Marked(start, end, left, right, opened, closed, dash)


def _turns(text: str, begin: int, end: int) -> list[Marked]:
    """Split a line of dialogue at its dashes: speech, who speaks, speech."""
    head = _DASH_LINE.match(text, begin, end)
    if not head:
        return []
    places = [match.span() for match in _DASH.finditer(text, head.end(), end)]
    edges = [head.end(), *(place for span in places for place in span), end]
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    spans = []
    for number, (start, stop) in enumerate(pieces):
        if number % 2 == 0 and text[start:stop].strip(" .,"):
            left = begin if number == 0 else pieces[number - 1][1]
            right = pieces[number + 1][0] if number + 1 < len(pieces) else stop
            start += len(text[start:stop]) - len(text[start:stop].lstrip(" ,."))
            spans.append(_trim(text, start, stop, left, right, dash=True))
    return spans
