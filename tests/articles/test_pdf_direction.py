from types import SimpleNamespace

import pytest

from press_themes.articles.formats.pdf_direction import in_reading_order, runs_right_to_left


def placed(text, rightwards):
    step = 5 if rightwards else -5
    return [
        (
            letter,
            SimpleNamespace(left=300 + step * n, right=305 + step * n) if letter != " " else None,
        )
        for n, letter in enumerate(text)
    ]


def read(characters):
    return "".join(letter for letter, _ in in_reading_order(characters)).strip()


LINE = "وافق المجلس على خط ترام"


def test_scripts():
    assert runs_right_to_left(LINE)
    assert runs_right_to_left("ترام T3 خط")
    assert not runs_right_to_left("A tram called ترام")
    assert not runs_right_to_left("2026")


@pytest.mark.parametrize("text", [LINE, "خط 2026 ترام"])
def test_a_line_in_reading_order_stays(text):
    assert read(placed(text, rightwards=False)) == text


def test_a_line_in_the_order_of_the_page_is_turned():
    assert read(placed(LINE[::-1], rightwards=True)) == LINE


def test_a_single_word_in_the_order_of_the_page_is_turned():
    characters = placed("وافق سلجملا على", rightwards=False)
    boxes = [box for _, box in characters[5:11]][::-1]
    characters[5:11] = zip("سلجملا", boxes, strict=True)
    assert read(characters) == "وافق المجلس على"


def test_a_full_stop_that_stands_at_its_place_stays_there():
    characters = placed("مارت", rightwards=True)
    characters.append((".", SimpleNamespace(left=295, right=300)))
    assert read(characters) == "ترام."


def test_other_lines_are_left_alone():
    characters = placed("A tram", rightwards=True)
    assert in_reading_order(characters) is characters
    assert in_reading_order([]) == []
