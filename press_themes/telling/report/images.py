"""A drawing as an address that holds the whole drawing, so that the report needs no file beside it."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

# Everything that may stand unescaped between the double quotes of an attribute of a page.
_SAFE = " !$'()*+,-./:;<=>?@[]^_`{|}~"


#: A drawing of thousands of dots takes less room as a picture.
MOST_BYTES_OF_DRAWING = 200_000
_PICTURE_WIDTH = 1_200


class Image(NamedTuple):
    """A figure inside the page: its address, whether that is a drawing, and its size in points."""

    address: str
    is_drawing: bool
    width: int
    height: int


def embed_image(drawing: Path, picture: Path) -> Image:
    """Embed a figure as a drawing or, where that takes too much room, as a picture."""
    text = drawing.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    width, height = (
        round(float(root.get(side, "0").removesuffix("pt"))) for side in ("width", "height")
    )
    # Single quotes need no escape in an attribute of the page; no attribute of a figure holds one.
    address = "data:image/svg+xml," + quote(text.replace('"', "'"), safe=_SAFE)
    if len(address) <= MOST_BYTES_OF_DRAWING:
        return Image(address, True, width, height)
    return Image(_embed_picture(picture), False, width, height)


def _embed_picture(path: Path) -> str:
    """Return a PNG as wide as the page shows it and a third more, with at most 256 colours."""
    from PIL import Image as Picture

    picture = Picture.open(path).convert("RGB")
    if picture.width > _PICTURE_WIDTH:
        height = round(picture.height * _PICTURE_WIDTH / picture.width)
        picture = picture.resize((_PICTURE_WIDTH, height), Picture.Resampling.LANCZOS)
    # Without a round of k-means a faint grey turns beige, and colours mean something here.
    fewer = picture.quantize(
        256, method=Picture.Quantize.MAXCOVERAGE, kmeans=1, dither=Picture.Dither.NONE
    )
    content = io.BytesIO()
    fewer.save(content, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode("ascii")
