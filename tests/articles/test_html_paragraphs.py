from lxml import html

from press_themes.articles.formats.html_paragraphs import restore_paragraphs

FIRST = "The council will open the old tram depot to painters for two years, it said."
LAST = "The rent pays for the roof, which has leaked since the last winter of the war."
OTHER = "Readers of this paper may write to the desk at any hour of the day or night."


def _restored(markup):
    return restore_paragraphs(html.document_fromstring(markup), [FIRST])


def test_a_paragraph_right_behind_the_container_is_put_back():
    page = f"<body><div><p>{FIRST}</p></div><p>{LAST}</p></body>"
    assert _restored(page) == ([FIRST, LAST], [])


def test_a_paragraph_in_a_footer_is_told_and_stays_out():
    page = f"<body><div><p>{FIRST}</p></div><footer><p>{OTHER}</p></footer></body>"
    assert _restored(page) == ([FIRST], [OTHER])


def test_a_paragraph_behind_a_heading_stays_out():
    page = f"<body><div><p>{FIRST}</p></div><h2>More</h2><p>{OTHER}</p></body>"
    assert _restored(page) == ([FIRST], [OTHER])
