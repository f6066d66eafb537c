import io

import pytest
from articles_for_tests import (
    CHINESE,
    ENGLISH,
    FRENCH,
    mutated,
    read_all,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings
from PIL import Image as Picture
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from press_themes.articles.formats import Unusable
from press_themes.articles.formats.pdf import looks_like_pdf, read_pdf
from press_themes.errors import InputError

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
INDENTED = ParagraphStyle("indented", BODY, firstLineIndent=15, spaceAfter=0)
HEADLINE = ParagraphStyle("headline", BODY, fontSize=20, leading=26, spaceAfter=12)
NAMES = ("Abel", "Berta", "Carl", "Dora", "Emil", "Frida", "Gustav", "Hanna", "Ivo", "Jana")
# No two lines of the text are the same, as in a newspaper.
LONG = [
    f"{paragraph.replace(' the ', f' the {first} {second} ')} So say {first} and {second}."
    for first in NAMES
    for second, paragraph in zip(NAMES[:3], ENGLISH.body, strict=True)
]


def running(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, HEIGHT - 30, f"The Harbour Gazette, page {document.page}")
    canvas.drawCentredString(WIDTH / 2, 30, f"– {document.page} –")


def printed(paragraphs, columns=1, title="", style=BODY, on_page=running, **more):
    width = (WIDTH - 144 - 20 * (columns - 1)) / columns
    frames = [
        Frame(72 + n * (width + 20), 72, width, HEIGHT - 144, 0, 0, 0, 0) for n in range(columns)
    ]
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, title=title, lang="en-GB", **more)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=on_page))
    document.build([p if isinstance(p, Paragraph) else Paragraph(p, style) for p in paragraphs])
    return buffer.getvalue()


def drawn(lines, size=10, leading=13, pages=1, **more):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **more)
    for _ in range(pages):
        for number, line in enumerate(lines):
            canvas.setFont("Helvetica", size)
            canvas.drawString(72, 700 - leading * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("style", [BODY, INDENTED], ids=["spaced", "indented"])
def test_a_file_of_several_pages_is_read_back_whole(columns, style):
    headline = Paragraph(ENGLISH.title, HEADLINE)
    dated = Paragraph("Published on 5 February 2026", BODY)
    data = printed([headline, dated, *LONG], columns, style=style)
    assert looks_like_pdf(data)
    record, *notes = read_all(read_pdf, data)
    assert (record.title, record.language) == (ENGLISH.title, "en-GB")
    assert record.text.split("\n\n") == LONG
    assert str(row(record)["date"]) == "2026-02-05"
    assert ["The Harbour Gazette, page 1" in note.cause for note in notes] == [True]


@pytest.mark.parametrize("article", [FRENCH, ENGLISH], ids=lambda article: article.language)
@pytest.mark.parametrize("where", ["stored", "printed", "both"])
def test_the_title_is_the_stored_or_the_largest_one(article, where):
    headline = [] if where == "stored" else [Paragraph(article.title, HEADLINE)]
    data = printed(
        [*headline, *article.body], title="Untitled" if where == "printed" else article.title
    )
    record = read_all(read_pdf, data)[0]
    assert (record.title, record.text) == (article.title, text_of(article))


def test_chinese_lines_are_joined_without_blanks():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("chinese", BODY, fontName="STSong-Light", wordWrap="CJK")
    body = [paragraph * 3 for paragraph in CHINESE.body]
    record = read_all(read_pdf, printed(body, 2, title=CHINESE.title, style=style))[0]
    assert (record.title, record.text.split("\n\n")) == (CHINESE.title, body)


def test_hyphens_at_the_ends_of_lines_are_undone():
    lines = [
        "The administrative court must now exa-",
        "mine the tram line that the Harbour-",
        "West ward wants; its porte-parole says that the porte-",
        "parole of the mayor is wrong about Vor-",
        "und Nachteile of a nine-kilometre line in the country.",
    ]
    text = read_all(read_pdf, drawn(lines))[0].text
    assert text == (
        "The administrative court must now examine the tram line that the Harbour-West ward wants;"
        " its porte-parole says that the porte-parole of the mayor is wrong about Vor- und"
        " Nachteile of a nine-kilometre line in the country."
    )


def test_images_alone_are_one_clear_sentence():
    def picture(canvas, document=None):
        canvas.drawImage(ImageReader(Picture.new("RGB", (40, 40), "red")), 72, 72)

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    picture(canvas)
    canvas.save()
    with pytest.raises(
        InputError, match=r"^made: holds images of pages and no text; let a program"
    ):
        read_all(read_pdf, buffer.getvalue())


def test_a_page_without_text_among_others_is_told():
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 500, ENGLISH.body[0][:90])
    canvas.showPage()
    canvas.rect(72, 72, 100, 100)
    canvas.save()
    record, note = read_all(read_pdf, buffer.getvalue())
    assert record.text == ENGLISH.body[0][:90]
    assert isinstance(note, Unusable)
    assert note.place == "page 2"


def test_locked_files_and_files_of_many_pages_are_told(monkeypatch):
    with pytest.raises(InputError, match="is locked by a password"):
        read_all(read_pdf, drawn(["Words."], encrypt=StandardEncryption("secret")))
    monkeypatch.setattr("press_themes.articles.formats.pdf._MOST_PAGES", 2)
    with pytest.raises(InputError, match="has 3 pages, and 1 to 2 are read"):
        read_all(read_pdf, drawn(["Words."], pages=3))


def test_a_file_that_is_cut_off():
    data = printed(LONG)
    with pytest.raises(InputError, match="is a damaged PDF"):
        read_all(read_pdf, data[:600])
    with pytest.raises(InputError, match="is a damaged PDF"):
        read_all(read_pdf, b"%PDF-1.7\n")


def test_what_is_no_pdf():
    assert not looks_like_pdf(b"words about %PDF-1.7")
    assert looks_like_pdf(b"some mail header\n%PDF-1.4\n")


SAMPLE = printed(LONG[:6], title=ENGLISH.title, pageCompression=0)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(SAMPLE))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_pdf, data)
    assert looks_like_pdf(data) in (True, False)
