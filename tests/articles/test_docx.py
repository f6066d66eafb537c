import io

import docx
import pytest
from articles_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    mutated,
    part,
    read_all,
    row,
    text_of,
    told_in_a_sentence,
    with_part,
)
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings

from press_themes.articles.formats.docx import looks_like_docx, read_docx
from press_themes.errors import InputError


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(article, title=None, style="Title"):
    document = docx.Document()
    document.core_properties.title = title or ""
    document.core_properties.language = article.language
    if style:
        document.add_paragraph(article.title, style)
    for paragraph in article.body:
        document.add_paragraph(paragraph)
    return document


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.language)
@pytest.mark.parametrize("where", ["style", "property", "heading"])
def test_a_document_is_read_back_whole(article, where):
    style = {"style": "Title", "heading": "Heading 1"}.get(where)
    data = saved(written(article, article.title if where == "property" else None, style))
    assert looks_like_docx(data)
    (record,) = read_all(read_docx, data)
    assert (record.title, record.text) == (article.title, text_of(article))
    assert record.language == article.language
    assert record.date is None


def test_the_title_in_the_text_goes_before_the_stored_one():
    (record,) = read_all(read_docx, saved(written(FRENCH, "An older title")))
    assert record.title == FRENCH.title
    (record,) = read_all(read_docx, saved(written(FRENCH, "Microsoft Word - a.docx", None)))
    assert record.title is None


def test_strapline_date_line_and_lists():
    document = written(FRENCH)
    document.paragraphs[1].insert_paragraph_before("Neuf kilomètres", "Subtitle")
    document.paragraphs[2].insert_paragraph_before("Publié le 5 février 2026 à 8 h 00")
    document.add_paragraph("un point", "List Bullet")
    (record,) = read_all(read_docx, saved(document))
    assert record.strapline == "Neuf kilomètres"
    assert record.text == f"{text_of(FRENCH)}\n\n• un point"
    made = row(record)
    assert (str(made["date"]), made["date_basis"]) == ("2026-02-05", "page")


def test_headers_footers_and_comments_are_not_read_but_tables_are():
    document = written(FRENCH)
    document.sections[0].header.paragraphs[0].text = "Header line"
    document.sections[0].footer.paragraphs[0].text = "Footer line"
    document.add_table(1, 2).cell(0, 1).text = "In a table."
    document.add_comment(document.paragraphs[1].runs, "A comment")
    (record,) = read_all(read_docx, saved(document))
    assert record.text == f"{text_of(FRENCH)}\n\nIn a table."


def test_tracked_changes_links_breaks_and_boxes():
    document = docx.Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/></w:r>"
            "<w:ins><w:r><w:t>three</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
            "<w:hyperlink><w:r><w:tab/><w:t>four</w:t></w:r></w:hyperlink>"
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r></w:p>"
        ),
    )
    (record,) = read_all(read_docx, saved(document))
    assert record.text == "One\ntwo-three four\n\nIn a box."


def test_a_document_without_text_is_told():
    with pytest.raises(InputError, match="without text"):
        read_all(read_docx, saved(docx.Document()))
    with pytest.raises(InputError, match="without text"):
        read_all(read_docx, saved(written(FRENCH._replace(body=()))))


SAMPLE = saved(written(ENGLISH))


@pytest.mark.parametrize("end", [100, len(SAMPLE) // 2, len(SAMPLE) - 30])
def test_a_document_that_is_cut_off(end):
    with pytest.raises(InputError, match="damaged"):
        read_all(read_docx, SAMPLE[:end])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(SAMPLE), mutated(part(SAMPLE, "word/document.xml")))
def test_whatever_is_broken_is_told(data, content):
    told_in_a_sentence(read_docx, data)
    told_in_a_sentence(read_docx, with_part(SAMPLE, "word/document.xml", content))
    assert looks_like_docx(data) in (True, False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(part(SAMPLE, "docProps/core.xml")), mutated(part(SAMPLE, "[Content_Types].xml")))
def test_broken_properties_and_types_are_told(properties, types):
    told_in_a_sentence(read_docx, with_part(SAMPLE, "docProps/core.xml", properties))
    told_in_a_sentence(read_docx, with_part(SAMPLE, "[Content_Types].xml", types))
