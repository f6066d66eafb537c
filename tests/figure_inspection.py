"""Faults an editor would see in a figure, found from the boxes of its texts."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from unittest import mock

_SLACK = 1.5  # pixels: side bearings of letters overlap without touching


def find_faults(figure: Any) -> list[str]:
    """List texts that leave the figure or lie on one another."""
    width, height = figure.canvas.get_width_height()
    faults, boxes = [], []
    for text in _drawn_texts(figure):
        box = text.get_window_extent()
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
            faults.append(f"clipped: {text.get_text()!r}")
        if text.get_rotation() == 0:
            boxes.append((text.get_text(), box))
    for (first, a), (second, b) in combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        along = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Lines of one paragraph share the room between them.
        if across > _SLACK and along > 0.3 * min(a.height, b.height):
            faults.append(f"overlap: {first!r} and {second!r}")
    return faults


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
