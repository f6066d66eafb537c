"""A lighter SVG with the same picture: short names for glyphs, no more decimals than the eye sees.

A report carries all figures inside one page, and most of an SVG with text is where its letters go.
"""

from __future__ import annotations

import re

_GLYPH = re.compile(r'<use xlink:href="#([^"]+)" transform="translate\(([-\d.]+) 0\)"/>')
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_PATH = re.compile(r'\bd="([^"]*)"')
# Matplotlib names a clipping path after what Python's hashing of this process makes of its place.
_CLIP = re.compile(r'\b(url\(#|id=")(p[0-9a-f]{10})\b')
_INDENT = re.compile(r"\s*\n\s*")


def compact_svg(svg: str) -> str:
    """Shorten an SVG as Matplotlib writes it."""
    names: dict[str, str] = {}

    def place(match: re.Match[str]) -> str:
        name = names.setdefault(match[1], f"g{len(names)}")
        return f'<use xlink:href="#{name}" x="{_round(match[2], 1)}"/>'

    svg = _GLYPH.sub(place, svg)
    # A glyph that stands by itself is not moved, and so is not among the matches above.
    svg = re.sub(r'\b(id=|xlink:href=)"(#?)([^"]+)"', lambda m: _rename(m, names), svg)
    clips: dict[str, str] = {}
    svg = _CLIP.sub(lambda m: m[1] + clips.setdefault(m[2], f"c{len(clips)}"), svg)
    svg = _PATH.sub(lambda match: f'd="{_shorten_path(match[1])}"', svg)
    return _INDENT.sub("\n", svg)


def _rename(match: re.Match[str], names: dict[str, str]) -> str:
    return f'{match[1]}"{match[2]}{names.get(match[3], match[3])}"'


def _shorten_path(path: str) -> str:
    return _NUMBER.sub(lambda match: _round(match[0], 2), path)


def _round(number: str, decimals: int) -> str:
    rounded = f"{float(number):.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded
