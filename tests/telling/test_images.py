import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from browser import open_page
from conftest import ROOT
from PIL import Image as Picture
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.chart_list import CHARTS
from press_themes.telling.charts.light_svg import lighten_svg
from press_themes.telling.report.images import MOST_BYTES_OF_DRAWING, embed_image

LINK = "{http://www.w3.org/1999/xlink}href"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def _lighten(inside):
    return lighten_svg(f"<?xml version='1.0'?>\n<!-- made -->\n{HEAD}>{inside}</svg>")


def test_coordinates_are_rounded_and_paths_say_the_same():
    text = _lighten('<path d="M 1.23456 -7 \nL 10 20.005 \nz\n"/>')
    assert 'd="M1.23-7L10 20z"' in text or 'd="M1.23-7L10 20.01z"' in text


def test_only_identifiers_that_are_used_stay_and_they_still_lead_somewhere(tmp_path):
    inside = (
        '<defs><path id="SourceSansPro-Regular-43f" d="M 0 0"/></defs><g id="figure_1">'
        '<clipPath id="p1"/><use xlink:href="#SourceSansPro-Regular-43f" '
        'transform="translate(49.703125 0)" clip-path="url(#p1)"/></g>'
    )
    root = ElementTree.fromstring(_lighten(inside))
    known = {element.get("id") for element in root.iter()} - {None}
    used = next(element for element in root.iter() if element.tag.endswith("use"))
    assert used.get("{http://www.w3.org/1999/xlink}href")[1:] in known
    assert used.get("clip-path")[5:-1] in known
    assert len(known) == 2
    assert (used.get("x"), used.get("y"), used.get("transform")) == ("49.7", None, None)


def test_a_scale_keeps_its_decimals(tmp_path):
    assert "scale(0.015625)" in _lighten('<path transform="scale(0.015625)" d="M 0 0"/>')


def test_the_address_ends_no_attribute(tmp_path):
    inside = '<path style="fill: #ffffff"/><text>a &lt; "b" &amp; \u202e é</text>'
    path = tmp_path / "drawing.svg"
    path.write_text(f"{HEAD}>{inside}</svg>", "utf-8")
    assert not set(embed_image(path, path).address) & set('"&#\n')


@pytest.fixture(scope="module")
def drawn():
    """The charts as Matplotlib writes them, by name."""
    tables, written = build_tables(Shape(60, 12)), {}
    for chart in CHARTS:
        figure, file = chart.draw(tables, "fr"), io.StringIO()
        if not figure.reason:
            figure.savefig(file, format="svg", metadata={"Date": None})
            written[chart.name] = file.getvalue()
    return written


def test_every_figure_keeps_its_shapes_and_gets_smaller(drawn):
    assert len(drawn) > 5
    for svg in drawn.values():
        light = lighten_svg(svg)
        assert _shapes(ElementTree.fromstring(svg)) == _shapes(ElementTree.fromstring(light))
        assert len(light) < 0.6 * len(svg)
        assert lighten_svg(light) == light


def test_clipping_paths_are_named_by_their_order():
    before = '<g clip-path="url(#p4d5a9acbbc)"><path d="M0 0"/></g>'
    paths = '<clipPath id="p24806f3167"/><clipPath id="p4d5a9acbbc"/>'
    other = before + paths
    renamed = other.replace("p4d5a9acbbc", "pffffffffff").replace("p24806f3167", "p0000000000")
    assert _lighten(other) == _lighten(renamed)


def _shapes(root):
    """Count what is drawn: paths that are not defined for later use, and uses of a shape."""
    paths = [x for x in root.iter() if x.tag.endswith("path")]
    blank = {f"#{x.get('id')}" for x in paths if not x.get("d")}
    uses = [x.get(LINK) for x in root.iter() if x.tag.endswith("use")]
    return len([x for x in paths if x.get("d")]), len([x for x in uses if x not in blank])


def test_drawing_and_original_look_alike_in_a_browser(drawn, tmp_path):
    original = drawn["themes_by_topic"]
    page = tmp_path / "page.html"
    images = "".join(
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(x.encode()).decode()}" '
        'width="1152" height="994" style="display:block">'
        for x in (original, lighten_svg(original))
    )
    page.write_text(f"<!doctype html><title>t</title>{images}", encoding="utf-8")
    with open_page(page) as opened:
        opened.page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
        shots = [
            np.asarray(Picture.open(io.BytesIO(image.screenshot())).convert("L"), dtype=int)
            for image in opened.page.locator("img").all()
        ]
    rows = min(len(shot) for shot in shots)
    assert shots[0].std() > 10
    assert (np.abs(shots[0][:rows] - shots[1][:rows]) > 40).mean() < 0.001


def test_a_drawing_of_too_many_dots_becomes_a_picture_of_the_same_look(tmp_path):
    size = (160, 90)
    picture = Picture.new("RGB", size, "#ffffff")
    for i, colour in enumerate(("#0B6E99", "#1B7F5C", "#B5482A")):
        picture.paste(colour, (20 * i, 0, 20 * i + 10, 90))
    picture.save(tmp_path / "map.png")
    dots = '<circle cx="1" cy="1" r="1"/>' * (MOST_BYTES_OF_DRAWING // 20)
    sized = f'{HEAD} width="80.4pt" height="45pt">'
    (tmp_path / "map.svg").write_text(f"{sized}{dots}</svg>", "utf-8")
    image = embed_image(tmp_path / "map.svg", tmp_path / "map.png")
    assert image[1:] == (False, 80, 45)
    content = base64.b64decode(image.address.removeprefix("data:image/png;base64,"))
    shown = Picture.open(io.BytesIO(content)).convert("RGB")
    assert shown.tobytes() == picture.tobytes()
    (tmp_path / "few.svg").write_text(f"{sized}{dots[:290]}</svg>", "utf-8")
    assert embed_image(tmp_path / "few.svg", tmp_path / "map.png").is_drawing


def test_greys_stay_grey_where_a_figure_becomes_a_picture(tmp_path):
    drawing = tmp_path / "map.svg"
    dots = '<circle cx="1" cy="1" r="1"/>' * (MOST_BYTES_OF_DRAWING // 20)
    drawing.write_text(f'{HEAD} width="80pt" height="45pt">{dots}</svg>', "utf-8")
    source = ROOT / "figures" / "theme_map.png"
    image = embed_image(drawing, source)
    content = base64.b64decode(image.address.removeprefix("data:image/png;base64,"))
    shown = np.asarray(Picture.open(io.BytesIO(content)).convert("RGB"), dtype=int)
    original = Picture.open(source).convert("RGB").resize(shown.shape[1::-1])
    tint = np.ptp(shown, axis=2) - np.ptp(np.asarray(original, dtype=int), axis=2)
    assert np.percentile(tint, 99) <= 4
