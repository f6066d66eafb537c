import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from press_themes.telling.charts.compact import compact_svg
from press_themes.telling.charts.house_style import new_figure, use_house_style, white_edge

LINK = "{http://www.w3.org/1999/xlink}href"


def _draw():
    with use_house_style():
        figure = new_figure(3)
        axes = figure.subplots()
        axes.plot([0, 1, 2], [0.123456789, 2, -1])
        axes.scatter([0, 1], [1, 2])
        figure.text(0.2, 0.5, "g1 Régulation تنظيم αβγ", size=12)
        figure.text(0.2, 0.7, "with an edge", path_effects=white_edge())
        axes.text(1, 0, "x")
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


@pytest.fixture(scope="module")
def drawn():
    return _draw()


def _walk(svg):
    return list(ElementTree.fromstring(svg).iter())


def test_the_same_elements_are_drawn_with_the_same_glyphs(drawn):
    before, after = _walk(drawn), _walk(compact_svg(drawn))
    assert [x.tag for x in before] == [x.tag for x in after]
    shapes = [
        {x.get("id"): x.get("d") for x in tree if x.get("id") and x.get("d")}
        for tree in (before, after)
    ]
    uses = [[x for x in tree if x.tag.endswith("use")] for tree in (before, after)]
    for old, new in zip(*uses, strict=True):
        one, two = shapes[0].get(old.get(LINK)[1:]), shapes[1].get(new.get(LINK)[1:])
        assert (one is None) == (two is None)
        if one:
            assert np.allclose(_numbers(one), _numbers(two), atol=0.0051)


def _numbers(path):
    return [float(x) for x in re.findall(r"-?\d+\.?\d*", path)]


def test_letters_and_lines_stay_in_their_places(drawn):
    before, after = _walk(drawn), _walk(compact_svg(drawn))
    for old, new in zip(before, after, strict=True):
        moved = re.fullmatch(r"translate\((\S+) 0\)", old.get("transform") or "")
        if old.tag.endswith("use") and moved:
            assert float(new.get("x")) == pytest.approx(float(moved[1]), abs=0.051)
        elif old.tag.endswith("path"):
            assert np.allclose(
                _numbers(old.get("d") or ""), _numbers(new.get("d") or ""), atol=0.0051
            )
            assert old.get("style") == new.get("style")


def test_it_is_much_lighter_and_done_once(drawn):
    light = compact_svg(drawn)
    assert len(light) < 0.75 * len(drawn)
    assert compact_svg(light) == light


def test_clipping_paths_are_named_by_their_order():
    before = '<g clip-path="url(#p4d5a9acbbc)"/><g clip-path="url(#p24806f3167)"/>'
    paths = '<clipPath id="p24806f3167"/><clipPath id="p4d5a9acbbc"/>'
    after = '<g clip-path="url(#c0)"/><g clip-path="url(#c1)"/>'
    named = '<clipPath id="c1"/><clipPath id="c0"/>'
    assert compact_svg(before + paths) == after + named
