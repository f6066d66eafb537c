"""Text on figures: reading order, shortening and wrapping.

Whatever comes from a corpus passes through `clean_label` before it is drawn.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from press_themes.telling.charts.fonts import drawable

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure
    from matplotlib.text import Text

#: Stands for a run of characters that no font here can draw.
REPLACEMENT = "\ufffd"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"
#: Begins a line that runs from the right even where a Latin name comes first.
RIGHT_TO_LEFT = "\u200f"
_LEFT_TO_RIGHT = "\u200e"
# Hebrew, Arabic and their neighbours, with the forms kept for old encodings.
_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN_FROM_THE_RIGHT = re.compile(f"[{_FROM_THE_RIGHT}]+(?:[^\\w\\n]*[{_FROM_THE_RIGHT}]+)*")
# Chinese text has no spaces to break at, but a line never begins with one of these.
_NEVER_FIRST = "，。、；：？！）》」』”’…%％"


def clean_label(text: object, length: int = 60) -> str:
    """Make a label safe to draw: one line, visible characters, not too long."""
    if text is None or text != text:
        return ""
    # A title of ten thousand characters needs no more than its beginning.
    kept = keep_visible(str(text)[: 20 * length])
    drawn = "".join(c if c.isspace() or ord(c) in drawable() else REPLACEMENT for c in kept)
    drawn = re.sub(f"{REPLACEMENT}+", REPLACEMENT, drawn)
    return shorten(drawn, length)


def keep_visible(text: str) -> str:
    """Drop what has no mark of its own: controls, marks of direction, unassigned characters."""
    return "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE
    )


def mark_direction(text: str) -> str:
    """Keep what stands beside Arabic or Hebrew in a sentence that runs from the left in its place."""
    other = _RUN_FROM_THE_RIGHT.sub("", text)
    if other == text or text.startswith(RIGHT_TO_LEFT) or not re.search(r"[^\W_]", other):
        return text
    marked = _RUN_FROM_THE_RIGHT.sub(rf"\g<0>{_LEFT_TO_RIGHT}", text.replace(_LEFT_TO_RIGHT, ""))
    return "\n".join(_LEFT_TO_RIGHT + line for line in marked.split("\n"))


def shorten(text: str, length: int) -> str:
    """Shorten a text at a word boundary, with "…" where something was cut."""
    if length < 1:
        return ""
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
    """Break a text into lines that fit a width as drawn."""
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
            fits = _count_fitting(word, lambda part: measure(figure, part, size, weight) <= width)
            while fits > 1 and word[fits] in _NEVER_FIRST:
                fits -= 1
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    lines.append(line)
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    while len(last) > 1 and measure(figure, f"{last}…", size, weight) > width:
        last = last[:-1]
    if " " in last and last != lines[most - 1]:
        last = last[: last.rfind(" ")]
    return [*lines[: most - 1], last.rstrip(" ,،.…") + "…"]


def _count_fitting(word: str, fits: Callable[[str], bool]) -> int:
    """Return how many letters of a word that is too long stand on a line, at least one."""
    return max(1, bisect.bisect_left(range(1, len(word)), True, key=lambda n: not fits(word[:n])))


def measure(figure: Figure | SubFigure, text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a text as drawn, in inches."""
    from matplotlib import rcParams

    return _measure(text, size, weight, float(figure.dpi), tuple(rcParams["font.family"]))


# The same words are measured again and again while lines are filled, and a measure is slow.
@functools.lru_cache(maxsize=50_000)
def _measure(text: str, size: float, weight: str, dpi: float, families: tuple[str, ...]) -> float:
    probe = _make_probe(size, weight, dpi, families)
    probe.set_text(text)
    return float(probe.get_window_extent().width) / dpi


@functools.lru_cache(maxsize=50)
def _make_probe(size: float, weight: str, dpi: float, _families: tuple[str, ...]) -> Text:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as NewFigure
    from matplotlib.text import Text as NewText

    # A canvas that keeps its renderer: making one anew for every word takes most of the time.
    figure = NewFigure(figsize=(0.1, 0.1), dpi=dpi)
    FigureCanvasAgg(figure)
    return NewText(0, 0, "", size=size, weight=weight, figure=figure)
