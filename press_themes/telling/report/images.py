"""A drawing as an address that holds the whole drawing, so that the report needs no file beside it.

Matplotlib writes for readers of the source; a page that is mailed has no room for that.
"""

from __future__ import annotations

import base64
import io
import re
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_PATH, _USE, _GROUP = (f"{{{_SVG}}}{name}" for name in ("path", "use", "g"))
_TRANSLATION = re.compile(r"translate\((\S+) (\S+)\)")
_REFERENCE = re.compile(r"#([\w.-]+)")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_ROUNDED = ("x", "y", "cx", "cy", "width", "height")
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
    root = ElementTree.parse(drawing).getroot()
    width, height = (
        round(float(root.get(side, "0").removesuffix("pt"))) for side in ("width", "height")
    )
    address = embed_drawing(drawing)
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


def embed_drawing(path: Path) -> str:
    """Return an SVG file as a ``data:`` address, without what only a reader of its source needs."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.parse(path).getroot()
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _drop_blanks(root)
    short = _name_shortly(root)
    for element in root.iter():
        element.tail = None
        if element.text and not element.text.strip():
            element.text = None
        _shorten(element, short)
    text = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    # Single quotes need no escape in an attribute of the page; no attribute here holds one.
    return "data:image/svg+xml," + quote(text.replace('"', "'"), safe=_SAFE)


def _drop_blanks(root: ElementTree.Element) -> None:
    """Take out what draws nothing: spaces between words, which are shapes too, and empty groups."""
    blank = {f"#{element.get('id')}" for element in root.iter(_PATH) if "d" not in element.attrib}
    for parent in root.iter():
        for element in list(parent):
            is_space = element.tag == _USE and element.get(_LINK) in blank
            if is_space or (element.tag == _GROUP and not len(element)):
                parent.remove(element)


def _name_shortly(root: ElementTree.Element) -> dict[str, str]:
    """Give a short name to every identifier that something refers to."""
    names = (f"a{number:x}" for number in count())
    found: dict[str, str] = {}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == _LINK or "url(#" in value:
                for identifier in _REFERENCE.findall(value):
                    if identifier not in found:
                        found[identifier] = next(names)
    return found


def _shorten(element: ElementTree.Element, short: dict[str, str]) -> None:
    moved = _TRANSLATION.fullmatch(element.get("transform", ""))
    if element.tag == _USE and moved and not {"x", "y"} & set(element.attrib):
        # A letter moved by a transform and one set at a place are drawn alike.
        del element.attrib["transform"]
        for side, distance in zip("xy", moved.groups(), strict=True):
            if distance != "0":
                element.set(side, distance)
    for name, value in list(element.attrib.items()):
        if name == "id":
            if value in short:
                element.set("id", short[value])
            else:
                del element.attrib["id"]
        elif name == _LINK or "url(#" in value:
            element.set(name, _REFERENCE.sub(lambda found: "#" + short[found[1]], value))
        elif name == "d":
            element.set("d", _tighten(_round(value)))
        elif name in _ROUNDED or (name == "transform" and "scale" not in value):
            element.set(name, _round(value))
        if name == "style":
            element.set(name, re.sub(r"([:;]) ", r"\1", element.attrib[name]))


def _round(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), text)


def _tighten(path: str) -> str:
    """Take out the spaces that the grammar of paths can spare."""
    path = re.sub(r"\s+", " ", path).strip()
    return re.sub(r" ?([A-Za-z]) ?", r"\1", path).replace(" -", "-")
