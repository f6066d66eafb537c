import base64

import pytest
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.telling.charts.picture import picture_chart

PNG = b"\x89PNG"


def test_a_notebook_gets_the_picture_with_its_text():
    tables = build_tables(Shape(40, 10))
    picture = picture_chart("theme_shares", tables, build_summary(tables, "en"))
    data, metadata = picture._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(PNG)
    assert metadata["image/png"]["alt"] == data["text/plain"] == picture.text
    assert "where the finding is" in picture.text


@pytest.mark.parametrize(("language", "told"), [("en", "Not drawn"), ("fr", "Non tracé")])
def test_where_nothing_can_be_drawn_the_reason_stands(language, told):
    tables = build_tables(Shape(3, 1, dates=(None,)))
    picture = picture_chart("theme_map", tables, build_summary(tables, language))
    data, _ = picture._repr_mimebundle_()
    assert "image/png" not in data
    assert data["text/markdown"].startswith(told)
