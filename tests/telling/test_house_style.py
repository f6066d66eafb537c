import matplotlib
import pandas as pd
import pytest

from press_themes.telling.charts.house_style import (
    MOST_COLOURS,
    QUIET,
    darken,
    finish,
    text_colour,
    text_on,
    theme_colours,
    use_house_style,
)
from press_themes.telling.charts.new_figure import new_figure


def _contrast(colour):
    channels = matplotlib.colors.to_rgb(colour)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _themes(n, color="#FFFF00"):
    names = [f"t{i}" for i in range(n)]
    return pd.DataFrame({"theme": names, "color": color, "n_passages": range(n)})


def test_settings_are_restored():
    before = matplotlib.rcParams["font.family"]
    with use_house_style():
        assert matplotlib.rcParams["font.family"][0] == "Source Sans Pro"
    assert matplotlib.rcParams["font.family"] == before


def test_at_most_six_themes_have_a_colour_and_only_found_ones():
    colours = theme_colours(_themes(9))
    assert [name for name, colour in colours.items() if colour != QUIET] == [
        f"t{i}" for i in range(8, 8 - MOST_COLOURS, -1)
    ]
    assert theme_colours(_themes(1)) == {"t0": QUIET}


@pytest.mark.parametrize("colour", ["#FFFF00", "#0B6E99", "white", "not a colour"])
def test_colours_are_dark_enough(colour):
    assert _contrast(darken(colour)) >= 3
    assert _contrast(text_colour(colour)) >= 4.5


def test_a_dark_colour_is_kept():
    assert darken("#0B6E99") == "#0b6e99"


def test_missing_characters_are_explained_only_where_there_are_some():
    for title, explained in (("plain", False), ("with \ufffd", True)):
        with use_house_style():
            figure = new_figure(3)
            figure.subplots()
            finish(figure, title, "subtitle", "source", "the sign stands for")
        texts = " ".join(text.get_text() for text in figure.texts)
        assert ("the sign stands for" in texts) == explained


@pytest.mark.parametrize("fill", ["white", "#0B4F6C", "#9A3412", "#719AAB", "#808080", "black"])
def test_text_on_a_fill_is_readable(fill):
    inks = [_contrast(text_on(fill)), _contrast(fill)]
    assert (max(inks)) / (min(inks)) >= 4.4


def test_no_word_stands_alone_on_the_last_line_of_a_title():
    title = "Ninety per cent of the dated passages are of one single week, so no trend can be read"
    with use_house_style():
        figure = new_figure(3)
        figure.subplots()
        finish(figure, title, "subtitle", "source")
    lines = [text.get_text() for text in figure.texts if text.get_size() == 15]
    assert " ".join(lines) == title
    assert len(lines) == 2
    assert min(map(len, lines)) > 0.7 * max(map(len, lines))
