from press_themes.articles.formats.pdf_lines import PrintedLine
from press_themes.articles.formats.pdf_paragraphs import join_printed_lines

FULL = 500


def set_line(text, left=72, right=FULL, size=10, gap=0):
    return text, left, right, size, gap


def column(*lines, page=0, top=700, leading=12):
    made, bottom = [], top
    for entry in lines:
        text, left, right, size, gap = set_line(entry) if isinstance(entry, str) else entry
        bottom -= leading + gap
        made.append(PrintedLine(text, left, right, bottom, bottom + size, size, page, 800))
    return made


def texts(*columns):
    return [block.text for block in join_printed_lines([line for part in columns for line in part])]


def test_full_lines_run_on():
    assert texts(column("one", "two", "three")) == ["one two three"]


def test_a_paragraph_ends_at_a_gap():
    lines = ("one", "two", set_line("three", gap=6), "four", "five")
    assert texts(column(*lines)) == ["one two", "three four five"]


def test_a_paragraph_ends_where_the_next_line_is_indented():
    lines = ("one", "two", set_line("three", left=87), "four", "five")
    assert texts(column(*lines)) == ["one two", "three four five"]


def test_a_paragraph_ends_after_a_short_line_that_ends_a_sentence():
    assert texts(column("one", set_line("two.", right=200), "three")) == ["one two.", "three"]
    assert texts(column("one", set_line("two", right=200), "three")) == ["one two three"]


def test_paragraphs_of_a_single_indented_line():
    lines = (set_line("one", left=87, right=200), set_line("two", left=87), "three", "four")
    assert texts(column(*lines, "five")) == ["one", "two three four five"]
    quoted = [set_line(text, left=87, right=490) for text in ("one", "two", "three")]
    assert texts(column("start", "of", "text", "and", *quoted)) == [
        "start of text and",
        "one two three",
    ]


def test_pages_from_right_to_left_are_indented_on_the_right():
    lines = ("أحد", "اثنان", set_line("ثلاثة", right=485), "أربعة")
    assert texts(column(*lines)) == ["أحد اثنان", "ثلاثة أربعة"]


def test_a_heading_stands_alone():
    lines = (set_line("Heading", right=200, size=14), "one", "two")
    assert texts(column(*lines)) == ["Heading", "one two"]


def test_list_items_stand_alone():
    assert texts(column("one", "• two", "• three")) == ["one", "• two", "• three"]


def test_sentences_run_on_over_columns_and_pages():
    first, second = column("one", "two"), column("three.", "four.")
    assert texts(first, second) == ["one two three. four."]
    assert texts(first, column("three", page=1)) == ["one two three"]


def test_a_new_sentence_on_a_new_page_begins_a_paragraph():
    assert texts(column("one", "two."), column("Three", page=1)) == ["one two.", "Three"]


def test_no_lines_no_paragraphs():
    assert join_printed_lines([]) == []
