from dataclasses import replace
from pathlib import Path

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

from press_themes.articles.formats.europresse import looks_like_europresse, read_europresse
from press_themes.articles.formats.records import Unusable
from press_themes.errors import InputError

HEADS = {
    # Section, weekday, date and page stand in any order.
    FRENCH: "Agglomération, lundi 28 janvier 2013, p. 93_T_17",
    ENGLISH: "World, Friday, November 13, 2015 - 10:21 UTC +0100, p. A4",
    GERMAN: "p. 3, 5. März 2020",
    SPANISH: "domingo 9 de mayo de 2021, Local, p. LOC12",
}


def number(article, code="LIT"):
    return f"news·{article.day:%Y%m%d}·{code}·4711_x"


def new_article(article, head=None, outlet=None):
    body = "".join(f"<p>{line}</p>\n" for line in article.body)
    body = body.replace("bains", "<mark>bains</mark>", 1)
    return f"""
<article>
  <header>
    <div class="rdp__DocPublicationName"><span class="DocPublicationName">
        {outlet or article.outlet + ", no. 20 917"}
                     Édition du soir
    </span></div>
    <div><span class="DocHeader">{HEADS[article] if head is None else head}</span></div>
    <div class="titreArticle">
      <p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{article.title} </p>
      <p class="sm-margin-TopNews rdp__subtitle">Ce que l’on sait</p>
    </div>
    <p class="sm-margin-bottomNews">{article.byline}</p>
  </header>
  <section><div class="DocText clearfix"><div class="docOcurrContainer">
    {body}
    <p>Illustration(s) :</p><p>Vue du port</p>
  </div></div></section>
  <aside>Thèmes associés</aside>
  <footer><small>© 2013 tous droits réservés</small>
    <div class="publiC-lblNodoc">{number(article)}</div></footer>
</article>"""


def old_article(article, head=None):
    parts = (HEADS[article] if head is None else head).split(", ")
    spans = "".join(f'<span class="DocHeader">{part}, </span>' for part in parts)
    body = "<br><br>\n".join(article.body).replace("bains", '<span style="color:red">bains</span>')
    return f"""
<tr><td><span class="DocPublicationName">{article.outlet}, no. 12</span><br>{spans}<br><br>
<span class="TitreArticleVisu">{article.title}</span><br>
{article.byline}<br><br>{body}<br><br>
© 2013 {article.outlet}. Tous droits réservés.<br></td></tr>
<tr><td align="center">{number(article)}<br>Émis à titre de visualisation personnelle</td></tr>"""


def new_page(*articles, charset="utf-8"):
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>Europresse</title>'
        f"<style>article {{margin: 0}}</style></head><body>{''.join(articles)}</body></html>"
    )


def old_page(*articles):
    return f"<html><body><table><tbody>{''.join(articles)}</tbody></table></body></html>"


def read(page, encoding="utf-8"):
    data = page if isinstance(page, bytes) else page.encode(encoding, "xmlcharrefreplace")
    assert looks_like_europresse(data)
    return list(read_europresse(data, Path("export.html")))


@pytest.mark.parametrize(("page", "article"), [(new_page, new_article), (old_page, old_article)])
def test_both_layouts_are_read_back_whole_and_in_order(page, article):
    found = read(page(*map(article, ARTICLES)))
    assert len(found) == len(ARTICLES)
    for position, (item, expected) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, expected, position)


def test_the_strapline_is_kept_apart():
    found = read(new_page(new_article(FRENCH)))
    assert read_back(found[0])["strapline"] == "Ce que l’on sait"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-8-sig", "windows-1252"),
        ("utf-16", "utf-8"),
    ],
)
@pytest.mark.parametrize("article", [FRENCH, GERMAN])
def test_a_wrong_declared_encoding_changes_nothing(encoding, declared, article):
    page = new_page(new_article(article), charset=declared)
    data = page.replace("·", "&middot;").encode(encoding)
    assert_same(read(data)[0], article, 0)


def test_a_page_encoded_twice_is_repaired():
    # As when a page of UTF-8 was opened as Latin and saved again.
    data = new_page(new_article(GERMAN)).encode("utf-8").decode("latin-1").encode("utf-8")
    assert_same(read(data)[0], GERMAN, 0)


def test_a_head_encoded_twice_is_repaired_before_its_date_is_read():
    page = new_page(new_article(GERMAN)).replace(number(GERMAN), "")
    data = page.encode("utf-8").decode("latin-1").encode("utf-8")
    assert read_back(read(data)[0])["date"] == GERMAN.day


def test_older_pages_saved_without_their_table_end_at_the_number():
    page = old_page(*map(old_article, ARTICLES))
    for tag in ("table", "tbody", "tr", "td"):
        page = page.replace(f"<{tag}>", "<div>").replace(f"</{tag}>", "</div>")
    found = read(page.replace('<td align="center">', '<div align="center">'))
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


def test_the_number_of_the_document_dates_an_article_whose_head_does_not():
    for head in ("Agglomération, p. 4", "28/01/13", ""):
        found = read(new_page(new_article(FRENCH, head=head)))
        assert read_back(found[0])["date"] == FRENCH.day
        found = read(old_page(old_article(FRENCH, head=head)))
        assert read_back(found[0])["date"] == FRENCH.day


def test_an_ambiguous_date_is_settled_by_the_number():
    article = replace(FRENCH, day=FRENCH.day.replace(month=2, day=5))
    found = read(new_page(new_article(article, head="05/02/2013")))
    assert read_back(found[0])["date"] == article.day


def test_outlets_lose_their_issue_and_nothing_else():
    for shown, name in {
        "Le Littoral (site web)": "Le Littoral (site web)",
        "Le Littoral, no. 43018": "Le Littoral",
        "Le Littoral, nº 12": "Le Littoral",
        "No. 1, the magazine": "No. 1, the magazine",
    }.items():
        assert read(new_page(new_article(FRENCH, outlet=shown)))[0].outlet == name


def test_an_outlet_set_in_two_pieces_opens_one_article():
    page = old_page(old_article(FRENCH)).replace(
        ", no. 12</span>", '</span> <span class="DocPublicationName">2</span>'
    )
    found = read(page)
    assert len(found) == 1
    assert found[0].outlet == FRENCH.outlet


def test_the_address_of_the_original_is_kept_and_its_line_is_not():
    line = '<p><a href="https://littoral.example/a">Cet article est paru dans Le Littoral</a></p>'
    page = new_page(new_article(FRENCH)).replace("<p>Illus", f"{line}<p>Illus")
    row = read_back(read(page)[0])
    assert row["url"] == "https://littoral.example/a"
    assert row["body"] == "\n\n".join(FRENCH.body)


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="ImageAttach"><p>A photograph of the port</p></div>',
        '<div class="apd-wrapper"><div class="apd-title">Subjects</div></div>',
        '<div id="divPubliC" class="rdp__certificat"><p>Issued to a reader</p></div>',
        "<aside><p>More on this</p></aside>",
        "<footer>All rights</footer>",
    ],
)
def test_what_stands_beside_an_article_is_left_out(beside):
    page = new_page(new_article(FRENCH)).replace("<p>Illus", f"{beside}<p>Illus")
    assert_same(read(page)[0], FRENCH, 0)


def test_text_after_a_caption_is_kept():
    page = new_page(new_article(FRENCH))
    prose = "Les riverains, eux, demandent depuis trois ans que le quai soit aussi rouvert."
    page = page.replace("<p>Vue du port</p>", f"<p>Vue du port</p><p>{prose}</p>")
    body = read_back(read(page)[0])["body"]
    assert prose in body
    assert "Vue du port" not in body


@pytest.mark.parametrize(
    "damaged",
    [
        '<article><header><span class="DocPublicationName">Le Jour</span></header>',
        "<article></article>",
        '<article><header><div class="titreArticle"><p>T</p></div></header><section></section>',
        '<article><b><i><table><tr><td><!-- <div class="docOcurrContainer">',
    ],
)
def test_a_damaged_article_does_not_stop_the_rest(damaged):
    found = read(new_page(new_article(FRENCH), damaged, new_article(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert isinstance(found[1], Unusable)
    assert (found[1].position, found[1].place) == (1, "article 2")
    assert_same(found[2], ENGLISH, 2)


def test_unclosed_tags_stay_in_their_article():
    broken = new_article(GERMAN).replace("</p>", "").replace("</article>", "<b><i><div>")
    found = read(new_page(broken, new_article(ENGLISH)))
    assert_same(found[0], GERMAN, 0)
    assert_same(found[1], ENGLISH, 1)


def test_a_damaged_cell_does_not_stop_the_rest():
    damaged = '<tr><td><span class="DocPublicationName">Le Jour</span></td></tr>'
    found = read(old_page(old_article(FRENCH), damaged, old_article(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert isinstance(found[1], Unusable)
    assert found[1].place == "article 2"
    assert_same(found[2], ENGLISH, 2)


@pytest.mark.parametrize("name", ["DocPublicationName-footer", "DocPublicationName"])
def test_a_part_that_names_no_outlet_does_not_stop_the_rest(name):
    # The second is cut off within its tag, and so bears no class.
    footer = f'<div class="{name}' + ('">' if "-" in name else "<p>") + "Words. " * 100
    found = read(old_page(*map(old_article, ARTICLES)).replace("</tbody>", footer))
    for position, article in enumerate(ARTICLES):
        assert_same(found[position], article, position)
    assert all(isinstance(item, Unusable) for item in found[len(ARTICLES) :])


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><article><h1>T</h1><p>Words</p></article></body></html>",
        b"The class DocPublicationName names the outlet.",
        b"<p>Write &lt;span class='DocPublicationName'&gt; here.</p>",
        b'{"html": "<span class=\'DocPublicationName\'>x</span>"}',
        b"",
    ],
)
def test_other_files_are_not_taken(data):
    assert not looks_like_europresse(data)


def test_bytes_that_are_no_text_are_told():
    data = b'<span class="DocPublicationName">' + bytes(range(256)) * 8
    with pytest.raises(InputError, match="is no text"):
        list(read_europresse(data, Path("export.html")))


SAMPLES = [
    new_page(*map(new_article, ARTICLES)).encode(),
    old_page(*map(old_article, ARTICLES)).encode("cp1252"),
]


@settings(max_examples=60, deadline=None)
@given(mutated(SAMPLES))
def test_mutated_bytes(data):
    looks_like_europresse(data)
    assert_told(read_europresse, data)
