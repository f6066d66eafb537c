"""The lines of a PDF page as they are printed: their words, their place and their size.

Lines at the edge of a page that return on other pages, and page numbers, are no text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from press_themes.articles.formats.pdf_direction import Character, in_reading_order
from press_themes.folding import fold

# What stands for a letter that the file draws without saying which one it is.
UNKNOWN = "\ufffd"
_EDGE = 0.12
_LEAST_SHARE = 0.3
_SHOWN = 60
_SMALL_PRINT = 80
_MOST_CHARACTERS = 200_000
_LINE_ENDS = (10, 13)
# PDFium puts one of these where a hyphen ends a line, and no end of line.
_BROKEN_HYPHENS = (0x02, 0xFFFE)
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|seite|pagina|p|s|صفحه|第)?[\s.]*(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:/|of|sur|von|de|di|من|共)\s*\d{1,4})?\s*(?:页)?\W*$"
)


class PrintedLine(NamedTuple):
    """A line of a page; lengths in points from the lower left corner, page counted from 0."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    height: float


def page_lines(document: Any, number: int) -> list[PrintedLine]:
    """Read the lines of a page in the order in which they are set."""
    import pypdfium2.raw as raw

    page = document.get_page(number)
    text_page = page.get_textpage()
    lines: list[list[Character]] = []
    characters: list[Character] = []
    try:
        height = page.get_height()
        for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code not in _LINE_ENDS:
                characters.append(_character(raw, text_page, index, code))
            if code in _LINE_ENDS or code in _BROKEN_HYPHENS:
                lines.append(characters)
                characters = []
    finally:
        text_page.close()
        page.close()
    made = (_make_line(found, number, height) for found in [*lines, characters])
    return [line for line in made if line]


def drop_running_lines(
    pages: list[list[PrintedLine]],
) -> tuple[list[PrintedLine], dict[str, int]]:
    """Leave out page numbers, small print, and what stands at the edge of page after page."""
    places: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        places.update({_place(line) for line in lines if _at_edge(line)})
    least = max(2, _LEAST_SHARE * len(pages))
    usual = _usual_size(pages)
    kept: list[PrintedLine] = []
    running: Counter[tuple[str, int]] = Counter()
    shown: dict[tuple[str, int], str] = {}
    for line in (line for lines in pages for line in lines):
        if _at_edge(line) and _PAGE_NUMBER.match(fold(line.text)):
            continue
        place = _place(line)
        if _at_edge(line) and (places[place] >= least or _is_small_print(line, usual)):
            running[place] += 1
            shown.setdefault(place, line.text[:_SHOWN])
            continue
        kept.append(line)
    return kept, {shown[place]: count for place, count in running.items()}


def _character(raw: Any, text_page: Any, index: int, code: int) -> Character:
    import ctypes

    box = raw.FS_RECTF()
    boxed = raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
    if code in _BROKEN_HYPHENS:
        code = ord("-")
    letter = UNKNOWN if code == 0 else chr(code)
    generated = not boxed or box.right <= box.left
    return letter, None if generated else box


def _make_line(characters: list[Character], page: int, height: float) -> PrintedLine | None:
    characters = in_reading_order(characters)
    text = " ".join("".join(letter for letter, _ in characters).split())
    boxes = [box for letter, box in characters if box is not None and letter.strip()]
    if not text or not boxes:
        return None
    sizes = sorted(box.top - box.bottom for box in boxes)
    return PrintedLine(
        text,
        min(box.left for box in boxes),
        max(box.right for box in boxes),
        min(box.bottom for box in boxes),
        max(box.top for box in boxes),
        # Raised figures are smaller and an initial is larger than the line.
        round(sizes[int(0.9 * (len(sizes) - 1))]),
        page,
        height,
    )


def _at_edge(line: PrintedLine) -> bool:
    middle = (line.bottom + line.top) / 2
    return not _EDGE * line.height < middle < (1 - _EDGE) * line.height


def _usual_size(pages: list[list[PrintedLine]]) -> float:
    letters: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _is_small_print(line: PrintedLine, usual: float) -> bool:
    """Tell a header or footer of a single page by its size; a footnote is a sentence."""
    is_short = len(line.text) <= _SMALL_PRINT and not line.text.endswith((".", "!", "?"))
    return is_short and line.size <= 0.9 * usual


def _place(line: PrintedLine) -> tuple[str, int]:
    """Return what a running line has in common from page to page: its words, not its number."""
    at_top = int(line.bottom > line.height / 2)
    return re.sub(r"\d+", "#", fold(line.text)), at_top
