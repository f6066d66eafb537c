import pytest
from hypothesis import given
from hypothesis import strategies as st

from press_themes.telling.charts.fonts import missing_glyphs
from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.charts.lettering import (
    REPLACEMENT,
    RIGHT_TO_LEFT,
    clean_label,
    mark_direction,
    measure,
    shorten,
    wrap,
)
from press_themes.telling.charts.new_figure import new_figure

MISSING = "\U0001f9ff"  # an amulet, which no text font draws


def test_latin_greek_cyrillic_arabic_and_east_asian_letters_have_glyphs():
    assert missing_glyphs("Régulation αβγ Жизнь تنظيم שלום « 12\u202f% » …") == []
    assert missing_glyphs("平台监管 繁體 日本語 かな 한국어，。") == []


def test_missing_glyphs_are_named_and_replaced_once():
    assert missing_glyphs(f"a{MISSING}{MISSING}") == [MISSING]
    assert clean_label(f"a {MISSING}{MISSING} b") == f"a {REPLACEMENT} b"


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("two\nlines\tand  spaces", "two lines and spaces"),
        ("\u202egnirts\u202c", "gnirts"),
        ("null\x00byte", "nullbyte"),
        (None, ""),
        (float("nan"), ""),
        ("12\u202f%", "12\u202f%"),
    ],
)
def test_labels_are_one_visible_line(raw, label):
    assert clean_label(raw) == label


@given(st.text(max_size=300), st.integers(2, 80))
def test_labels_never_exceed_their_length(text, length):
    label = clean_label(text, length)
    assert len(label) <= length
    assert "\n" not in label


def test_shortening_stops_at_a_word_and_says_so():
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one two", 9) == "one two"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"


def test_nothing_is_left_where_no_character_is_allowed():
    assert shorten("one two three", 0) == ""
    assert shorten("one", 1) == "…"


def test_wrapped_lines_fit_and_keep_every_word():
    with use_house_style():
        figure = new_figure(2)
        text = "An unusually long sentence with a " + "very" * 40 + " long word in 12 months"
        lines = wrap(figure, text, 10, "normal", 2.0)
        assert all(measure(figure, line, 10) <= 2.0 for line in lines)
        assert "".join(lines).replace("\u00a0", "").replace(" ", "") == text.replace(" ", "")
        assert any("12\u00a0months" in line for line in lines)
        cut = wrap(figure, text, 10, "normal", 2.0, 2)
        assert len(cut) == 2
        assert cut[-1].endswith("…")
        assert measure(figure, cut[-1], 10) <= 2.0


def test_a_sentence_from_the_left_keeps_its_order_around_arabic():
    mark, arabic = "\u200e", "تنظيم, سوق"
    marked = mark_direction(f"“{arabic}” comes first\nwith 12%")
    assert marked == f"{mark}“{arabic}{mark}” comes first\n{mark}with 12%"
    assert mark_direction(marked) == marked
    for text in ("plain text", arabic, f"{RIGHT_TO_LEFT}OpenAI، {arabic}"):
        assert mark_direction(text) == text


def test_arabic_is_drawn_from_the_right_and_joined():
    with use_house_style():
        figure = new_figure(2)
        # The last letter of the word stands alone where letters are not joined.
        joined, apart = "تنظيم", "\u200c".join("تنظيم")
        assert measure(figure, joined, 12) < 0.9 * measure(figure, apart, 12)


def test_chinese_breaks_between_characters_but_never_before_a_full_stop():
    with use_house_style():
        figure = new_figure(2)
        text = "平台监管与人工智能。" * 4
        lines = wrap(figure, text, 10, "normal", measure(figure, "平台监管与人工智能", 10) + 0.01)
        assert "".join(lines) == text
        assert not [line for line in lines if line.startswith("。")]
        assert len(lines) > 3
