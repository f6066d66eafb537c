"""An SVG with the same picture in a third of the room: short names, no blanks, no needless decimals.

Matplotlib writes for readers of the source; a page that is mailed has no room for that. It also names
clipping paths after what Python's hashing of this process makes of them, which two runs do not share.
"""

from __future__ import annotations

import re
from itertools import count
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_PATH, _USE, _GROUP = (f"{{{_SVG}}}{name}" for name in ("path", "use", "g"))
_TRANSLATION = re.compile(r"translate\((\S+) (\S+)\)")
_REFERENCE = re.compile(r"#([\w.-]+)")
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_ROUNDED = ("x", "y", "cx", "cy", "width", "height")


def lighten_svg(svg: str) -> str:
    """Return an SVG without what only a reader of its source needs."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(svg)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _drop_blanks(root)
    short = _name_shortly(root)
    for element in root.iter():
        element.tail = None
        if element.text and not element.text.strip():
            element.text = None
        _shorten(element, short)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _drop_blanks(root: ElementTree.Element) -> None:
    """Take out what draws nothing: spaces between words, which are shapes too, and empty groups."""
    blank = {f"#{element.get('id')}" for element in root.iter(_PATH) if "d" not in element.attrib}
    for parent in reversed(list(root.iter())):
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
            # Letters stand in units so fine that a tenth of one is not seen.
            if distance != "0":
                element.set(side, _round(distance, 1))
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


def _round(text: str, decimals: int = 2) -> str:
    return _NUMBER.sub(lambda x: f"{float(x[0]):.{decimals}f}".rstrip("0").rstrip("."), text)


def _tighten(path: str) -> str:
    """Take out the spaces that the grammar of paths can spare."""
    path = re.sub(r"\s+", " ", path).strip()
    return re.sub(r" ?([A-Za-z]) ?", r"\1", path).replace(" -", "-")
