"""Text on figures: fonts, missing glyphs, shortening and wrapping.

Whatever comes from a corpus passes through `clean_label` before it is drawn.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure

#: Stands for a run of characters that no font here can draw.
REPLACEMENT = "\ufffd"
_HOUSE_FONT = "Source Sans Pro"
_LAST_FONT = "DejaVu Sans"
# Fonts with Chinese, Japanese or Korean glyphs, taken where one is installed.
_EAST_ASIAN_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"


@functools.cache
def font_families() -> list[str]:
    """Register the house font and list the families to draw with, in order.

    Returns
    -------
    list of str
        Families that are installed: the house font, DejaVu Sans, and an East Asian one if any.
    """
    from font_source_sans_pro import font_files_ttf
    from matplotlib import font_manager

    for name in ("SourceSansPro", "SourceSansProIt", "SourceSansProSemibold", "SourceSansProBold"):
        font_manager.fontManager.addfont(font_files_ttf[name])
    installed = {font.name for font in font_manager.fontManager.ttflist}
    east_asian = [name for name in _EAST_ASIAN_FONTS if name in installed][:1]
    return [_HOUSE_FONT, _LAST_FONT, *east_asian]


def missing_glyphs(text: str) -> list[str]:
    """List the characters of a text that none of the fonts can draw.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Characters in code point order, each once.
    """
    return sorted(c for c in set(text) if not c.isspace() and ord(c) not in _drawable())


def clean_label(text: object, length: int = 60) -> str:
    """Make a label safe to draw: one line, visible characters, not too long.

    Parameters
    ----------
    text : object
        What the table holds; None becomes an empty label.
    length : int
        Most characters; a longer label ends in "…" at a word boundary.

    Returns
    -------
    str
        The label; a run of characters without a glyph is replaced by U+FFFD.
    """
    if text is None or text != text:
        return ""
    # A title of ten thousand characters needs no more than its beginning.
    start = unicodedata.normalize("NFC", str(text)[: 20 * length])
    kept = "".join(
        c
        for c in start
        if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE
    )
    drawn = "".join(c if c.isspace() or ord(c) in _drawable() else REPLACEMENT for c in kept)
    drawn = re.sub(f"{REPLACEMENT}+", REPLACEMENT, drawn)
    return shorten(drawn, length)


def shorten(text: str, length: int) -> str:
    """Shorten a text at a word boundary, with "…" where something was cut.

    Parameters
    ----------
    text : str
        Any text; its white space is collapsed, no-break spaces stay.
    length : int
        Most characters of the result.

    Returns
    -------
    str
        The text, or its beginning with "…".
    """
    text = re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    boundary = cut.rfind(" ")
    if boundary > length * 0.5:
        cut = cut[:boundary]
    return cut.rstrip(" ,;:.–-\u202f\u00a0") + "…"


def wrap(
    figure: Figure | SubFigure,
    text: str,
    size: float,
    weight: str,
    width: float,
    most: int | None = None,
) -> list[str]:
    """Break a text into lines that fit a width as drawn.

    Parameters
    ----------
    figure : Figure
        Where it will be drawn.
    text : str
        Words separated by ordinary spaces; a word wider than the line is broken.
    size : float
        Type size in points.
    weight : str
        Weight of the type.
    width : float
        In inches.
    most : int, optional
        Most lines; where more are needed, the last one kept ends in "…".

    Returns
    -------
    list of str
        The lines.
    """
    lines: list[str] = []
    line = ""
    # A number at the end of a line, parted from what it counts, is hard to read.
    text = re.sub(r"(?<=\d) (?=[^\W\d])", "\u00a0", text)
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(figure, longer, size, weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while len(word) > 1 and measure(figure, word, size, weight) > width:
            fits = next(
                n
                for n in range(len(word) - 1, 0, -1)
                if n == 1 or measure(figure, word[:n], size, weight) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    lines.append(line)
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    while len(last) > 1 and measure(figure, f"{last}…", size, weight) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,،") + "…"]


def measure(figure: Figure | SubFigure, text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a text as drawn, in inches."""
    from matplotlib.text import Text

    probe = Text(0, 0, text, size=size, weight=weight, figure=figure)
    return probe.get_window_extent().width / figure.dpi


@functools.cache
def _drawable() -> frozenset[int]:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    known: set[int] = set()
    for family in font_families():
        path = font_manager.findfont(family)
        known.update(FT2Font(path).get_charmap())
    return frozenset(known)
