import io
import zipfile
from pathlib import Path

import docx
import pytest
from exports_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    GERMAN,
    SPANISH,
    assert_same,
    assert_told,
    mutated,
    read_back,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.articles.formats.nexis import looks_like_nexis, read_nexis
from press_themes.articles.formats.records import Unusable
from press_themes.errors import InputError

# Section, length, byline, highlight, body, graphic, load date, classification, language, end.
LABELS = {
    "en": ("Section:", "Length:", "Byline:", "Highlight:", "Body", "Graphic", "Load-Date:",
           "Classification", "Language:", "End of Document", "words"),
    "fr": ("Rubrique :", "Longueur :", "Auteur :", "Points forts :", "Corps", "Graphique",
           "Date de chargement :", "Classification", "Langue :", "Fin du document", "mots"),
    "de": ("Rubrik:", "Länge:", "Autor:", "Highlight:", "Text", "Grafik", "Ladedatum:",
           "Klassifizierung", "Sprache:", "Ende des Dokuments", "Wörter"),
    "es": ("Sección:", "Longitud:", "Autor:", "Destacado:", "Cuerpo", "Gráfico",
           "Fecha de carga:", "Clasificación", "Idioma:", "Fin del documento", "palabras"),
}  # fmt: skip
DATES = {
    "fr": ("28 janvier 2013 lundi", "lundi 28 janvier 2013", "January 28, 2013 Monday"),
    "en": ("November 13, 2015 Friday 8:51 AM GMT", "Friday 13 November 2015", "13/11/2015"),
    "de": ("5. März 2020 Donnerstag", "Donnerstag, 5. März 2020", "March 5, 2020"),
    "es": ("9 de mayo de 2021 domingo", "domingo, 9 de mayo de 2021", "2021-05-09"),
}


def article_lines(article, labels=None, date=0, left_out=(), swapped=False):
    section, length, byline, highlight, body, graphic, loaded, classes, language, end, words = (
        LABELS[labels or article.language]
    )
    shown = DATES[article.language][date]
    head = [shown, article.outlet] if swapped else [article.outlet, shown]
    lines = {
        "title": article.title,
        "head": "\n".join(head),
        "edition": "First Edition",
        "rights": f"Copyright {article.day.year} {article.outlet} All Rights Reserved",
        "section": f"{section} NEWS; Pg. 5",
        "length": f"{length}\xa0412 {words}",
        "byline": f"{byline}\xa0{article.byline}",
        "highlight": f"{highlight}\xa0What it is about",
        "body": body,
        "text": "\n".join(article.body),
        "graphic": f"{graphic}\nThe harbour at dawn",
        "loaded": f"{loaded}\xa01 March 2022",
        "classes": f"{classes}\n{language}\xa0{article.language_names[1]}; Other",
        "subject": "Subject: HARBOURS (90%)",
        "end": end,
    }
    return [line for name, line in lines.items() if name not in left_out]


def cover_lines(*articles):
    return [
        "User Name: = Odile Garance",
        "Date and Time: = Tuesday, March 1, 2022 10:00 AM CET",
        "Job Number: 164 0001",
        f"Documents ({len(articles)})",
        *(f"{i}. {article.title}" for i, article in enumerate(articles, start=1)),
        "Client/Matter: -None-",
        "Search Terms: harbour",
        "Narrowed by: Timeline: Jan 01, 2013 to Dec 31, 2021",
    ]


def write(*parts):
    """Write a Word file of paragraphs, headlines linked and labels bold as Nexis has them."""
    document = docx.Document()
    for lines in parts:
        for number, line in enumerate(line for part in lines for line in part.split("\n")):
            if number == 0:
                document.add_heading(line, level=1)
                continue
            paragraph = document.add_paragraph()
            label, colon, value = line.partition(":")
            paragraph.add_run(label + colon).bold = bool(colon)
            paragraph.add_run(value)
            document.add_paragraph("")
        document.add_page_break()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(data):
    assert looks_like_nexis(data)
    return list(read_nexis(data, Path("export.docx")))


@pytest.mark.parametrize("date", [0, 1, 2])
@pytest.mark.parametrize("with_cover", [True, False])
def test_articles_in_four_languages_are_read_back_whole_and_in_order(date, with_cover):
    cover = [cover_lines(*ARTICLES)] if with_cover else []
    found = read(write(*cover, *(article_lines(a, date=date) for a in ARTICLES)))
    assert len(found) == len(ARTICLES)
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)
        assert read_back(item)["strapline"] == "What it is about"


@pytest.mark.parametrize("labels", LABELS)
def test_labels_follow_the_account_and_not_the_article(labels):
    found = read(write(cover_lines(*ARTICLES), *(article_lines(a, labels) for a in ARTICLES)))
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


def test_the_date_may_stand_above_the_outlet():
    parts = (article_lines(article, swapped=True, left_out=("edition",)) for article in ARTICLES)
    found = read(write(cover_lines(*ARTICLES), *parts))
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


@pytest.mark.parametrize(
    "left_out",
    [
        ("section", "byline", "highlight", "graphic", "edition"),
        ("rights",),
        ("loaded",),
        ("classes", "loaded", "subject", "graphic"),
        ("body",),
        ("length",),
    ],
)
def test_parts_may_be_missing(left_out):
    found = read(
        write(
            cover_lines(FRENCH, GERMAN),
            article_lines(FRENCH, left_out=() if "length" in left_out else left_out),
            article_lines(GERMAN, left_out=left_out),
        )
    )
    assert_same(found[0], FRENCH, 0)
    assert_same(found[1], GERMAN, 1)


def test_an_article_without_its_end_stops_where_the_next_begins():
    found = read(
        write(
            cover_lines(FRENCH, ENGLISH, SPANISH),
            article_lines(FRENCH, left_out=("end",)),
            article_lines(ENGLISH, left_out=("end",)),
            article_lines(SPANISH),
        )
    )
    for position, (item, article) in enumerate(zip(found, (FRENCH, ENGLISH, SPANISH), strict=True)):
        assert_same(item, article, position)


def test_the_last_article_may_be_cut_off():
    cut = article_lines(SPANISH)[:10]
    found = read(write(article_lines(FRENCH), cut))
    assert_same(found[0], FRENCH, 0)
    assert found[1].title == SPANISH.title
    assert found[1].text.split("\n\n") == list(SPANISH.body)


@pytest.mark.parametrize(
    "damaged",
    [
        article_lines(GERMAN, left_out=("text", "graphic", "highlight")),
        ["Broken off", "Ende des Dokuments"],
        article_lines(GERMAN, left_out=("length", "body")),
    ],
)
def test_a_damaged_article_does_not_stop_the_rest(damaged):
    found = read(
        write(
            cover_lines(FRENCH, GERMAN, ENGLISH),
            article_lines(FRENCH),
            damaged,
            article_lines(ENGLISH),
        )
    )
    assert_same(found[0], FRENCH, 0)
    assert isinstance(found[1], Unusable)
    assert (found[1].position, found[1].place) == (1, "article 2")
    assert_same(found[2], ENGLISH, 2)


def test_a_month_alone_is_handed_on_to_be_reported():
    lines = [
        line.replace("28 janvier 2013 lundi", "Janvier 2013") for line in article_lines(FRENCH)
    ]
    found = read(write(article_lines(ENGLISH), lines))
    assert (found[1].title, found[1].outlet) == (FRENCH.title, FRENCH.outlet)
    assert found[1].date == "Janvier 2013"


def test_the_words_of_the_labels_may_stand_in_a_body():
    body = ["Graphic", "Length: too long, she said of the text.", "End of document, he wrote."]
    lines = [
        "\n".join([*ENGLISH.body, *body]) if line == "\n".join(ENGLISH.body) else line
        for line in article_lines(ENGLISH, left_out=("loaded", "classes", "subject", "graphic"))
    ]
    found = read(write(cover_lines(ENGLISH), lines))
    assert len(found) == 1
    assert found[0].text.split("\n\n") == [*ENGLISH.body, *body]


def test_a_length_in_a_body_opens_no_article():
    body = [*ENGLISH.body * 6, "The new line", "Length: 12 km", *ENGLISH.body]
    lines = [
        "\n".join(body) if line == "\n".join(ENGLISH.body) else line
        for line in article_lines(ENGLISH)
    ]
    found = read(write(cover_lines(ENGLISH), lines, article_lines(FRENCH)))
    assert len(found) == 2
    assert found[0].text.split("\n\n") == body
    assert_same(found[1], FRENCH, 1)


def test_rtf_of_nexis_is_read_too():
    lines = [*cover_lines(*ARTICLES), *(x for a in ARTICLES for x in article_lines(a))]
    text = "\n".join(lines).replace("\n", r"\par" + "\n")
    text = "".join(char if char.isascii() else rf"\u{ord(char)}?" for char in text)
    data = (r"{\rtf1\ansi\ansicpg1252 " + text + "}").encode()
    found = read(data)
    assert len(found) == len(ARTICLES)
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


@pytest.mark.parametrize(
    "data",
    [
        write(["A report", "Body", "Words of a report.", "End of Document"]),
        write(["A report", "Length: 412 words", "Body", "Words of a report."]),
        b"PK\x03\x04 cut off",
        b"{\\rtf1 End of Document}",
        b"End of Document",
        b"",
    ],
)
def test_other_files_are_not_taken(data):
    assert not looks_like_nexis(data)


def test_a_damaged_word_file_is_told():
    data = write(article_lines(FRENCH))
    with pytest.raises(InputError, match="is a damaged archive"):
        list(read_nexis(data[: len(data) // 2], Path("export.docx")))


def test_a_word_file_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr("press_themes.articles.formats.archives._LARGEST_TOTAL", 1_000)
    data = write(article_lines(FRENCH))
    assert not looks_like_nexis(data)
    with pytest.raises(InputError, match="which is no ordinary archive"):
        list(read_nexis(data, Path("export.docx")))


SAMPLE = write(cover_lines(*ARTICLES), *map(article_lines, ARTICLES))
INNER = "word/document.xml"


def rebuilt(markup):
    """Pack a Word file again with other contents."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SAMPLE)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, markup if name == INNER else old.read(name))
    return stream.getvalue()


@settings(max_examples=30, deadline=None)
@given(mutated([SAMPLE]))
def test_mutated_bytes(data):
    looks_like_nexis(data)
    assert_told(read_nexis, data)


@settings(max_examples=60, deadline=None)
@given(mutated([zipfile.ZipFile(io.BytesIO(SAMPLE)).read(INNER)]))
def test_mutated_contents(markup):
    data = rebuilt(markup)
    looks_like_nexis(data)
    assert_told(read_nexis, data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_lines_in_any_order(data):
    lines = [line for article in ARTICLES for line in article_lines(article)]
    kept = data.draw(st.permutations(lines).map(lambda drawn: drawn[: len(drawn) * 3 // 4]))
    document = docx.Document()
    for line in kept:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    assert_told(read_nexis, stream.getvalue())
