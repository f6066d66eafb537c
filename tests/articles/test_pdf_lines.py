import pytest

from press_themes.articles.formats.pdf_lines import PrintedLine, drop_running_lines


def line(text, middle, page, size=10):
    return PrintedLine(text, 72, 500, middle - size / 2, middle + size / 2, size, page, 800)


def kept(*pages):
    lines, running = drop_running_lines(
        [[line(text, middle, n) for text, middle in page] for n, page in enumerate(pages)]
    )
    return [found.text for found in lines], running


def test_lines_that_return_at_the_edge_are_left_out_and_counted():
    pages = [[(f"The Gazette {n}", 780), (f"Text {n}", 400), ("Foot", 20)] for n in range(4)]
    assert kept(*pages) == (
        ["Text 0", "Text 1", "Text 2", "Text 3"],
        {"The Gazette 0": 4, "Foot": 4},
    )


def test_lines_that_return_in_the_text_stay():
    assert kept([("Refrain", 400)], [("Refrain", 400)])[0] == ["Refrain", "Refrain"]


def test_headers_of_even_and_odd_pages():
    pages = [[("Even" if n % 2 else "Odd", 780), (f"Text {n}", 400)] for n in range(6)]
    assert kept(*pages)[1] == {"Odd": 3, "Even": 3}


def test_a_headline_at_the_top_of_one_page_stays():
    assert kept([("A tram", 780), ("Text", 400)], [("More", 780)])[0] == ["A tram", "Text", "More"]


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "– 3 –",
        "Page 3",
        "page 3 of 12",
        "3/12",
        "Seite 3 von 12",
        "p. 3",
        "iv",
        "第 3 页",
        "٣",
    ],
)
def test_page_numbers_go_even_from_a_single_page(text):
    assert kept([("Text", 400), (text, 20)])[0] == ["Text"]


@pytest.mark.parametrize("text", ["In 2026", "3 trams", "2026-02-05", "Page one", "3,5 %"])
def test_other_lines_with_numbers_stay(text):
    assert kept([("Text", 400), (text, 780)])[0] == ["Text", text]


def test_small_print_at_the_edge_of_a_single_page():
    text = [line("A line of the text of the page" * 3, 400, 0)]
    small = [
        line("The Gazette, 5 February", 780, 0, 8),
        line("A note. It is a sentence.", 30, 0, 8),
    ]
    lines, running = drop_running_lines([[*text, *small]])
    assert lines == [*text, small[1]]
    assert running == {"The Gazette, 5 February": 1}
    assert drop_running_lines([]) == ([], {})
