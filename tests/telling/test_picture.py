import base64

import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.theme_map import draw_theme_map
from press_themes.telling.charts.theme_shares import draw_theme_shares

PNG = b"\x89PNG"


def test_a_notebook_gets_the_picture_with_its_text():
    tables = build_tables(Shape(40, 10))
    figure = draw_theme_shares(tables, "en")
    data, metadata = figure._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(PNG)
    assert metadata["image/png"]["alt"] == data["text/plain"] == figure.alt
    assert "where the finding is" in figure.alt


@pytest.mark.parametrize(("language", "told"), [("en", "Not drawn"), ("fr", "Non tracé")])
def test_where_nothing_can_be_drawn_the_reason_stands(language, told):
    tables = build_tables(Shape(3, 1, dates=(None,)))
    data, _ = draw_theme_map(tables, language)._repr_mimebundle_()
    assert "image/png" not in data
    assert data["text/markdown"].startswith(told)
