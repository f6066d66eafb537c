from __future__ import annotations

from types import SimpleNamespace

import pytest

from press_themes.telling.charts import fonts


@pytest.fixture
def anew():
    fonts.font_families.cache_clear()
    yield
    fonts.font_families.cache_clear()


def test_a_font_of_this_machine_draws_scripts_that_the_house_fonts_lack(anew, monkeypatch):
    from matplotlib import font_manager

    # Windows has one font for all scripts of India.
    names = ("Nirmala UI", "Noto Sans Ethiopic", "Kefa")
    kept = [
        *font_manager.fontManager.ttflist,
        *(SimpleNamespace(name=name, fname="") for name in names),
    ]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", kept)
    families = fonts.font_families()
    assert families[:2] == ["Source Sans Pro", "DejaVu Sans"]
    assert families.count("Nirmala UI") == 1
    assert "Noto Sans Ethiopic" in families
    assert "Kefa" not in families


def test_a_script_that_no_font_here_has_is_listed_as_missing(monkeypatch):
    monkeypatch.setattr(fonts, "drawable", lambda: frozenset(map(ord, "abc")))
    assert fonts.missing_glyphs("a ስ") == ["ስ"]
