"""Faults an editor would see in a figure, found from the boxes and glyphs of its texts."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from unittest import mock

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from press_themes.telling.charts.fonts import missing_glyphs

_SLACK = 1.5  # pixels: side bearings of letters overlap without touching
_INVISIBLE = "\u200c\u200d\u200e\u200f"


def find_faults(figure: Any) -> list[str]:
    """List texts that leave the figure, lie on one another or have characters without a glyph."""
    width, height = figure.canvas.get_width_height()
    faults, turned, level = [], [], []
    for text in _drawn_texts(figure):
        shown = text.get_text()
        box = text.get_window_extent()
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
            faults.append(f"clipped: {shown!r}")
        absent = missing_glyphs(shown.translate(dict.fromkeys(map(ord, _INVISIBLE))))
        if absent:
            faults.append(f"no glyph: {absent} in {shown!r}")
        if text.get_rotation() % 90:
            turned.append((shown, _turn(text)))
        else:
            level.append((shown, box))
    for (first, a), (second, b) in combinations(level, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        along = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Lines of one paragraph share the room between them.
        if across > _SLACK and along > 0.3 * min(a.height, b.height):
            faults.append(f"overlap: {first!r} and {second!r}")
    outlines = [(shown, _frame(_shrink(box))) for shown, box in level]
    for i, (first, path) in enumerate(turned):
        for second, other in [*turned[i + 1 :], *outlines]:
            if path.intersects_path(other, filled=True):
                faults.append(f"overlap: {first!r} and {second!r}")
    return faults


def _turn(text: Any) -> Path:
    angle = text.get_rotation()
    text.set_rotation(0)
    path = _frame(_shrink(text.get_window_extent()))
    text.set_rotation(angle)
    x, y = text.get_transform().transform(text.get_position())
    return path.transformed(Affine2D().rotate_deg_around(x, y, angle))


def _shrink(box: Bbox) -> Bbox:
    # Ascenders and descenders of neighbouring lines may enter one another's room.
    return Bbox.from_extents(
        box.x0 + _SLACK, box.y0 + 0.2 * box.height, box.x1 - _SLACK, box.y1 - 0.2 * box.height
    )


def _frame(box: Bbox) -> Path:
    corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
    return Path(np.array([*corners, corners[0]]), closed=True)


def _drawn_texts(figure: Any) -> list[Any]:
    from matplotlib.text import Text

    drawn: list[Any] = []
    draw = Text.draw

    def note(text: Any, *arguments: Any, **options: Any) -> None:
        if text.get_visible() and text.get_text().strip():
            drawn.append(text)
        draw(text, *arguments, **options)

    # Axes keep labels of ticks they do not show, so only what is really drawn counts.
    with mock.patch.object(Text, "draw", note):
        figure.canvas.draw()
    return drawn
