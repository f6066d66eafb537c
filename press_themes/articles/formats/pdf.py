"""PDF files, one article each: the text of its pages as paragraphs, read by PDFium.

Running headers and page numbers are left out and told; a file of scanned images has no text to
read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press_themes.articles.date_lines import medium_beside, read_date_line
from press_themes.articles.dates import find_date, weekday_pattern
from press_themes.articles.formats.opening import read_opening, sound_title
from press_themes.articles.formats.pdf_lines import (
    UNKNOWN,
    PrintedLine,
    drop_running_lines,
    page_lines,
)
from press_themes.articles.formats.pdf_paragraphs import Block, join_printed_lines
from press_themes.articles.formats.records import Found, LeftOut, Record, Unusable
from press_themes.articles.header import is_byline
from press_themes.articles.lines import Line, count_words, same_text
from press_themes.errors import InputError
from press_themes.folding import fold

_MARK = b"%PDF-"
_MOST_PAGES = 2_000
_LEAST_LETTERS = 20
_LONGEST_TITLE_WORDS = 32
# A headline is set this much larger than the text.
_HEADLINE_SIZE = 1.25
_ABOVE_TEXT, _SENTENCE = 10, 8
_IMAGES = "holds images of pages and no text"
_RECOGNISE = "let a program such as OCRmyPDF recognise its text first"


def looks_like_pdf(data: bytes) -> bool:
    """Tell whether bytes are a PDF file."""
    return data.startswith(_MARK) or (b"\n" + _MARK) in data[:1_024]


def read_pdf(data: bytes, path: Path) -> Found:
    """Read a PDF file."""
    pages, title, language = _read_pages(data, path)
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if sum(len(line.text) for lines in pages for line in lines) < _LEAST_LETTERS:
        raise InputError(path, _IMAGES, _RECOGNISE)
    kept, running = drop_running_lines(pages)
    blocks = join_printed_lines(kept)
    printed = _printed_title(blocks, sound_title(title))
    boxed = _boxed(blocks, printed)
    body = [block.text for block in blocks if block not in printed and block not in boxed]
    stated = " ".join(block.text for block in printed) or sound_title(title)
    opening = read_opening(body, stated)
    if not opening.paragraphs:
        raise InputError(path, "holds a title and no text", "add the article's text")
    head = _read_running(running)
    yield Record(
        text="\n\n".join(opening.paragraphs),
        title=opening.title,
        date=opening.date or head[0],
        outlet=opening.outlet or head[1],
        language=language,
        date_basis="page",
        left_out=tuple(LeftOut("box above the text", block.text) for block in boxed),
    )
    for number in empty:
        yield Unusable(None, f"page {number}", _IMAGES, _RECOGNISE)
    unknown = sum(line.text.count(UNKNOWN) for line in kept)
    if unknown:
        cause = f"{unknown} letters are drawn without saying which they are and stand as {UNKNOWN}"
        yield Unusable(None, "", cause, "compare the text with the pages")
    for text, count in running.items():
        pages_told = f"{count} pages" if count > 1 else "1 page"
        cause = f"the running line '{text}', on {pages_told}, is left out"
        yield Unusable(None, "", cause, "nothing is lost unless it belongs to the text")


def _boxed(blocks: list[Block], printed: list[Block]) -> list[Block]:
    """Return what stands above the text and is set smaller: an advertisement or a note."""
    usual = _usual_size(blocks)
    above: list[Block] = []
    for block in blocks[:_ABOVE_TEXT]:
        if block.size >= usual and block not in printed and count_words(block.text) >= _SENTENCE:
            return above
        if block.size < usual and block not in printed and not _tells(block.text):
            above.append(block)
    return []


def _tells(text: str) -> bool:
    """Tell whether a line above a text says when it appeared or who wrote it."""
    return bool(read_date_line(text, None)) or is_byline(Line(1, text, True))


def _read_running(running: dict[str, int]) -> tuple[object, str | None]:
    """Read the day and the name of the newspaper off the running heads."""
    day: object = None
    outlet = None
    for text in running:
        folded = fold(text)
        found = find_date(folded, None)
        if found is None:
            continue
        day = day or found.day
        spelled = text if len(text) == len(folded) else folded
        rest = f"{spelled[: found.start]} | {spelled[found.end :]}"
        words = [word for word in rest.split() if not weekday_pattern().fullmatch(fold(word))]
        while len(words) > 1 and (words[0].isupper() or not any(map(str.isalpha, words[0]))):
            words.pop(0)
        outlet = outlet or medium_beside(" ".join(words))
    return day, outlet


def _read_pages(data: bytes, path: Path) -> tuple[list[list[PrintedLine]], str, str | None]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise InputError(path, "is locked by a password", "save it unlocked") from error
        raise InputError(path, "is a damaged PDF", "download or print it again") from error
    with document:
        if not 0 < len(document) <= _MOST_PAGES:
            cause = f"has {len(document)} pages, and 1 to {_MOST_PAGES} are read"
            raise InputError(path, cause, "divide it into articles")
        try:
            title = document.get_metadata_value("Title")
            pages = [page_lines(document, number) for number in range(len(document))]
            return pages, title, _language(document)
        except pdfium.PdfiumError as error:
            raise InputError(path, "is a damaged PDF", "download or print it again") from error


def _language(document: Any) -> str | None:
    """Return the language that the catalogue of the file states."""
    import ctypes

    import pypdfium2.raw as raw

    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 100:
        return None
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFCatalog_GetLanguage(document, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None


def _printed_title(blocks: list[Block], stored: str | None) -> list[Block]:
    """Return the block of the first page that bears the title, in one or more pieces."""
    first = [block for block in blocks if block.page == 0][:8]
    for block in first:
        if stored and same_text(block.text) == same_text(stored):
            return [block]
    usual = _usual_size(blocks)
    largest = max((block.size for block in first), default=0.0)
    if largest < _HEADLINE_SIZE * usual:
        return []
    pieces = [block for block in first if block.size == largest]
    words = count_words(" ".join(block.text for block in pieces))
    return pieces if 2 <= words <= _LONGEST_TITLE_WORDS else []


def _usual_size(blocks: list[Block]) -> float:
    letters: dict[float, int] = {}
    for block in blocks:
        letters[block.size] = letters.get(block.size, 0) + len(block.text)
    return max(letters, key=lambda size: letters[size], default=0.0)
