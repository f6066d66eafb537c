"""The fonts that figures are drawn with, and which characters they have.

They come from wheels, so that a figure looks the same on every machine; Matplotlib itself shapes
Arabic and sets it from the right.
"""

from __future__ import annotations

import functools
from pathlib import Path

_HOUSE_FONT = "Source Sans Pro"
# It comes with Matplotlib and has Arabic and Hebrew in both weights.
_LAST_FONT = "DejaVu Sans"
# Fonts with Chinese, Japanese and Korean glyphs: the one from a wheel, else one of this machine.
_EAST_ASIAN_WHEEL = "noto_cjk_sans_otc"
_EAST_ASIAN_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
# Fonts of this machine for scripts that no font above has: Noto, then macOS's and Windows's own.
_FONTS_OF_SCRIPTS = (
    ("Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI", "Lohit Devanagari"),
    ("Noto Sans Bengali", "Kohinoor Bangla", "Nirmala UI", "Lohit Bengali"),
    ("Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI", "Lohit Tamil"),
    ("Noto Sans Telugu", "Kohinoor Telugu", "Nirmala UI", "Lohit Telugu"),
    ("Noto Sans Gujarati", "Kohinoor Gujarati", "Nirmala UI", "Lohit Gujarati"),
    ("Noto Sans Gurmukhi", "Gurmukhi MN", "Nirmala UI", "Lohit Gurmukhi"),
    ("Noto Sans Kannada", "Kannada Sangam MN", "Nirmala UI", "Lohit Kannada"),
    ("Noto Sans Malayalam", "Malayalam Sangam MN", "Nirmala UI", "Lohit Malayalam"),
    ("Noto Sans Sinhala", "Sinhala Sangam MN", "Nirmala UI"),
    ("Noto Sans Thai", "Thonburi", "Leelawadee UI", "Loma"),
    ("Noto Sans Khmer", "Khmer Sangam MN", "Leelawadee UI", "Khmer OS"),
    ("Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text"),
    ("Noto Sans Ethiopic", "Kefa", "Ebrima", "Nyala", "Abyssinica SIL"),
)


@functools.cache
def font_families() -> list[str]:
    """Register the fonts that travel with the project and list the families to draw with."""
    from font_source_sans_pro import font_files_ttf
    from matplotlib import font_manager

    for name in ("SourceSansPro", "SourceSansProIt", "SourceSansProSemibold", "SourceSansProBold"):
        font_manager.fontManager.addfont(font_files_ttf[name])
    _register_east_asian()
    installed = {font.name for font in font_manager.fontManager.ttflist}
    wanted = (_EAST_ASIAN_FONTS, *_FONTS_OF_SCRIPTS)
    found = [next((name for name in names if name in installed), "") for names in wanted]
    return [_HOUSE_FONT, _LAST_FONT, *dict.fromkeys(name for name in found if name)]


def missing_glyphs(text: str) -> list[str]:
    """List the characters of a text that none of the fonts can draw."""
    return sorted(c for c in set(text) if not c.isspace() and ord(c) not in drawable())


@functools.cache
def drawable() -> frozenset[int]:
    """Return the code points that at least one of the fonts can draw."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    known: set[int] = set()
    for family in font_families():
        path = font_manager.findfont(family)
        known.update(FT2Font(path, face_index=path.face_index).get_charmap())
    return frozenset(known)


def _register_east_asian() -> None:
    from dataclasses import replace
    from importlib.util import find_spec

    from matplotlib import font_manager

    wheel = find_spec(_EAST_ASIAN_WHEEL)
    if wheel is None or wheel.origin is None:
        return
    manager = font_manager.fontManager
    for path in sorted(Path(wheel.origin).parent.glob("*.tt[cf]")):
        manager.addfont(path)
        known = [font for font in manager.ttflist if font.fname == str(path)]
        # One weight stands for both: without this every bold label would be warned about.
        manager.ttflist.extend(replace(font, weight=700) for font in known)
