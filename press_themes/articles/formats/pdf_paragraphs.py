"""Printed lines become paragraphs again, over the ends of lines, columns and pages.

A paragraph ends where its last line is short, where the next is indented, set apart or set in
another size.
"""

from __future__ import annotations

import re
import statistics
from itertools import pairwise
from typing import NamedTuple

from press_themes.articles.formats.pdf_direction import runs_right_to_left
from press_themes.articles.formats.pdf_lines import PrintedLine

_HYPHENS = "-\u2010\u00ad"
# What is set this much further apart than usual is another paragraph.
_GAP = 1.25
_ENDS = re.compile(r"[.!?…:。！？；؟][\"'”’»)\]）」』]*$")
_BULLET = re.compile(r"^(?:[•‣◦▪●–—*-]|\d{1,2}[.)])\s")
_CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# "Vor- und Nachteile": the hyphen stands for a word, not for a break.
_AND = {"und", "oder", "bzw", "and", "or", "et", "ou", "y", "o", "e"}


class Block(NamedTuple):
    """A paragraph or heading: its text, its page from 0 and its size in points."""

    text: str
    page: int
    size: float


def join_printed_lines(lines: list[PrintedLine]) -> list[Block]:
    """Join the lines of a document into paragraphs."""
    compounds = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    if runs_right_to_left("".join(line.text for line in lines)):
        # In a mirror, such a page is set as any other.
        lines = [line._replace(left=-line.right, right=-line.left) for line in lines]
    columns = _columns(lines)
    pitches = _usual_pitches(columns)
    blocks: list[Block] = []
    for column in columns:
        left = statistics.median_low(line.left for line in column)
        right = max(line.right for line in column)
        for index, line in enumerate(column):
            if index:
                begins = _begins(column[index - 1], line, pitches[line.size], (left, right))
            else:
                begins = not blocks or _column_begins(blocks[-1], line, left)
            if begins:
                blocks.append(Block(line.text, line.page, line.size))
            else:
                glued = _glue(blocks[-1].text, line.text, compounds)
                blocks[-1] = blocks[-1]._replace(text=glued)
    return blocks


def _columns(lines: list[PrintedLine]) -> list[list[PrintedLine]]:
    """Divide the lines where the next one stands higher, or on another page."""
    columns: list[list[PrintedLine]] = []
    for line in lines:
        last = columns[-1][-1] if columns else None
        if last is None or line.page != last.page or line.bottom > last.top:
            columns.append([])
        columns[-1].append(line)
    return columns


def _usual_pitches(columns: list[list[PrintedLine]]) -> dict[float, float]:
    """Return from line to line how far it is within a paragraph, for each size of letters."""
    steps: dict[float, list[float]] = {}
    for column in columns:
        for above, line in pairwise(column):
            step = above.bottom - line.bottom
            near = 0.7 * line.size < step < 2.2 * line.size
            if near and above.size == line.size:
                steps.setdefault(line.size, []).append(step)
    sizes = {line.size for column in columns for line in column}
    # Paragraphs of two lines have as many gaps as steps, so the middle would mislead.
    return {
        size: sorted(steps[size])[len(steps[size]) // 5] if size in steps else 1.2 * size
        for size in sizes
    }


def _begins(
    above: PrintedLine, line: PrintedLine, pitch: float, edges: tuple[float, float]
) -> bool:
    """Tell whether a line begins a paragraph below the line above it."""
    left, right = edges
    if abs(line.size - above.size) > 0.1 * max(line.size, above.size):
        return True
    # Two pieces of one printed line have one height.
    step = above.bottom - line.bottom
    if step < 0.4 * line.size:
        return False
    indent = 0.6 * line.size
    if step > _GAP * pitch or _BULLET.match(line.text):
        return True
    first_word = len(line.text.split(" ", 1)[0]) * 0.5 * line.size
    short = above.right + first_word + indent < right
    if left + indent < line.left < left + 5 * line.size:
        return short or above.left < left + indent
    return short and bool(_ENDS.search(above.text))


def _column_begins(last: Block, line: PrintedLine, left: float) -> bool:
    """Tell whether the first line of a column or page begins a paragraph."""
    if abs(line.size - last.size) > 0.1 * max(line.size, last.size):
        return True
    opens = line.left > left + 0.6 * line.size or bool(_BULLET.match(line.text))
    return opens or (bool(_ENDS.search(last.text)) and not line.text[:1].islower())


def _glue(text: str, line: str, compounds: set[str]) -> str:
    if _CHINESE.match(text[-1:]) and _CHINESE.match(line[:1]):
        return text + line
    if text[-1:] not in _HYPHENS or not text[-2:-1].isalpha() or not line[:1].isalpha():
        return f"{text} {line}"
    head, tail = text[:-1], line.split(" ", 1)[0]
    if tail.rstrip(".,").casefold() in _AND:
        return f"{text} {line}"
    before = re.search(r"[^\W_]+(?:-[^\W_]+)*$", head)
    after = re.match(r"[^\W_]+(?:-[^\W_]+)*", tail)
    whole = f"{before[0]}-{after[0]}".casefold() if before and after else ""
    # Names keep their hyphen, and so does what is written with one elsewhere.
    if line[:1].isupper() or whole in compounds:
        return f"{head}-{line}"
    return head + line
