"""The look that every figure shares: type, colours, title block and source line.

Charts draw inside `use_house_style` and end with `finish`, so a change of look is a change here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from press_themes.telling.charts.fonts import font_families
from press_themes.telling.charts.lettering import REPLACEMENT, mark_direction, wrap
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

INK = "#1A1A1A"
GREY = "#5F6368"
QUIET = "#B4B8BD"
FAINT = "#E9EBED"
SEQUENCE = ("#FFFFFF", "#0B4F6C")
OPPOSED = ("#9A3412", "#FFFFFF", "#0B4F6C")
WIDTH = 8.0
MOST_COLOURS = 6
_MARGIN = 0.3
_SIZES = {"title": 15.0, "subtitle": 10.5, "note": 9.0, "source": 8.5}
_LINE = 1.28


@contextlib.contextmanager
def use_house_style() -> Iterator[None]:
    """Apply the house style to everything drawn inside the context."""
    import matplotlib

    settings: Any = {
        "font.family": font_families(),
        "font.size": 10,
        "text.color": INK,
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": GREY,
        "axes.labelsize": 9.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "axes.axisbelow": True,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": GREY,
        "ytick.labelcolor": INK,
        "xtick.labelsize": 9.5,
        "ytick.labelsize": 10,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "grid.color": FAINT,
        "grid.linewidth": 0.9,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "svg.fonttype": "path",
        "svg.hashsalt": "press-themes",
        "path.simplify": True,
    }
    with matplotlib.rc_context(settings):
        yield


def finish(
    figure: Figure,
    title: str,
    subtitle: str,
    source: str,
    missing: str = "",
    notes: Sequence[str] = (),
) -> None:
    """Add title, subtitle and source line, then lay out the axes in what is left."""
    import matplotlib.text

    drawn = figure.findobj(matplotlib.text.Text)
    for label in drawn:
        label.set_text(mark_direction(label.get_text()))
    texts = [*(label.get_text() for label in drawn), title, *notes]
    if missing and any(REPLACEMENT in written for written in texts):
        source = f"{source} {missing}"
    width, height = figure.get_size_inches()
    top = height - _MARGIN
    for kind, text, colour, weight in (
        ("title", title, INK, "bold"),
        ("subtitle", subtitle, GREY, "normal"),
    ):
        top = _write(figure, text, (kind, colour, weight), top) - 0.06
    bottom = _MARGIN * 0.6
    bottom = _write_up(figure, source, ("source", GREY, "normal"), bottom) + 0.08
    for note in reversed(notes):
        bottom = _write_up(figure, note, ("note", INK, "normal"), bottom)
    low, high = (bottom + 0.12) / height, (top - 0.06) / height
    left = _MARGIN / width
    figure.set_layout_engine("constrained", rect=(left, low, 1 - 2 * left, high - low))
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def theme_colours(themes: Any) -> dict[str, str]:
    """Choose the colour of each theme: its own for the six largest, grey for the rest."""
    ordered = themes.sort_values(["n_passages", "theme"], ascending=[False, True], kind="stable")
    colours = {}
    for rank, row in enumerate(each_row(ordered)):
        shown = rank < MOST_COLOURS and row.n_passages > 0
        colours[row.theme] = darken(row.color) if shown else QUIET
    return colours


def text_colour(colour: str) -> str:
    """Return the colour for text that belongs to a mark of this colour."""
    return GREY if colour == QUIET else darken(colour, 4.5)


def text_on(colour: Any) -> str:
    """Return the colour for text on a fill: ink or white, whichever contrasts more."""
    from matplotlib.colors import to_rgb

    luminance = _luminance(to_rgb(colour))
    on_ink = (luminance + 0.05) / (_luminance(to_rgb(INK)) + 0.05)
    return INK if on_ink >= 1.05 / (luminance + 0.05) else "white"


def darken(colour: str, contrast: float = 3.0) -> str:
    """Darken a colour until it contrasts with white."""
    from matplotlib.colors import is_color_like, to_hex, to_rgb

    if not is_color_like(colour):
        return GREY
    channels = to_rgb(colour)
    while 1.05 / (_luminance(channels) + 0.05) < contrast:
        red, green, blue = channels
        channels = (0.95 * red, 0.95 * green, 0.95 * blue)
    return to_hex(channels)


def label_percent(axis: Axis, words: Wording, most: int) -> None:
    """Label an axis of shares in per cent, with no more decimals than its steps need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def name(value: float, _: int) -> str:
        rounded = round(100 * value, 6)
        return words.number(rounded, 0 if rounded == int(rounded) else 1) + words.percent_sign

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(name))


def white_edge() -> list[Any]:
    """Return the effect that keeps text readable on marks and lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=3.2, foreground="white")]


def plain_axes(axes: Axes) -> None:
    """Take spines, ticks and grid away from axes that carry text only."""
    axes.grid(False)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _luminance(channels: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _write(figure: Figure, text: str, style: tuple[str, str, str], top: float) -> float:
    kind, colour, weight = style
    size = _SIZES[kind]
    width, height = figure.get_size_inches()
    lines = wrap(figure, text, size, weight, width - 2 * _MARGIN)
    if kind == "title":
        lines = _balance(figure, text, lines)
    for number, line in enumerate(lines):
        y = top - number * size * _LINE / 72
        figure.text(
            _MARGIN / width,
            y / height,
            mark_direction(line),
            size=size,
            weight=weight,
            color=colour,
            va="top",
        ).set_in_layout(False)
    return top - len(lines) * size * _LINE / 72


def _balance(figure: Figure, text: str, lines: list[str]) -> list[str]:
    """Make the lines of a title about as long as one another: no word stands alone on the last."""
    width = float(figure.get_size_inches()[0]) - 2 * _MARGIN
    narrower = lines
    while len(narrower) == len(lines) > 1:
        lines = narrower
        width *= 0.94
        narrower = wrap(figure, text, _SIZES["title"], "bold", width)
    return lines


def _write_up(figure: Figure, text: str, style: tuple[str, str, str], bottom: float) -> float:
    size = _SIZES[style[0]]
    lines = wrap(figure, text, size, style[2], figure.get_size_inches()[0] - 2 * _MARGIN)
    top = bottom + len(lines) * size * _LINE / 72
    _write(figure, text, style, top)
    return top
