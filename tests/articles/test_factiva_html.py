from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from exports_for_tests import (
    ARTICLES,
    ENGLISH,
    FRENCH,
    GERMAN,
    SPANISH,
    Article,
    assert_same,
    assert_told,
    mutated,
    read_back,
)
from hypothesis import given, settings

from press_themes.articles.formats.factiva_html import looks_like_factiva_html, read_factiva_html
from press_themes.articles.formats.records import Unusable
from press_themes.errors import InputError

DATES = {
    "fr": "28 janvier 2013",
    "en": "13 November 2015",
    "de": "5. März 2020",
    "es": "9 de mayo de 2021",
}
COUNTS = {"fr": "295 mots", "en": "1,295 words", "de": "95 Wörter", "es": "95 palabras"}


def number(article):
    return f"Document TESTSO00{article.day:%Y%m%d}e7ct0001r"


def paragraphs(article, lines):
    kind = f"articleParagraph {article.language}articleParagraph"
    return "\n".join(f'<p class="{kind}">{line}\n</p>' for line in lines)


def coded(article, name=0, left_out=(), **changed):
    language = article.language
    rows = {
        "SE": "Local",
        "HD": f"<b class='{language}Headline'>{article.title}</b>\n",
        "BY": article.byline,
        "WC": COUNTS[article.language],
        "PD": DATES[article.language],
        "ET": "15:32",
        "SN": article.outlet,
        "SC": "TESTSO",
        "LA": article.language_names[name],
        "CY": f"(c) 2013 {article.outlet}.  ",
        "LP": paragraphs(article, article.body[:1]),
        "TD": paragraphs(article, article.body[1:]),
        "NS": "<br/>gpol : Domestic Politics | gcat : General News",
        "AN": f"<br/>{number(article)}",
        **changed,
    }
    cells = "".join(
        f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>\n'
        for code, value in rows.items()
        if code not in left_out
    )
    return f'<span></span><div class="article {language}Article"><table>{cells}</table><br/></div>'


def placed(article, name=0):
    language = article.language
    lines = (
        COUNTS[article.language], DATES[article.language], "15:32", article.outlet, "TESTSO",
        article.language_names[name], f"(c) 2013 {article.outlet}.",
    )  # fmt: skip
    inner = "".join(f"<div>{line}</div>" for line in lines)
    return (
        f'<div class="article {language}Article"><p></p><div id="hd"><span class="{language}Headline">'
        f"{article.title}</span></div><div class='author'>{article.byline}</div>{inner}"
        f"{paragraphs(article, article.body)}<p>{number(article)}</p></div>"
    )


def page(*articles):
    return (
        '<!DOCTYPE html><html><head><meta charset="UTF-8"><title>Factiva</title><style>'
        ".article {page-break-after:always;}</style></head><body><div id='contentLeft'>"
        f"{''.join(articles)}</div><table><tr><td>Search Summary</td></tr></table></body></html>"
    )


def read(text):
    data = text.encode()
    assert looks_like_factiva_html(data)
    return list(read_factiva_html(data, Path("Factiva.html")))


@pytest.mark.parametrize("form", [coded, placed])
@pytest.mark.parametrize("name", [0, 1, 2])
def test_both_displays_are_read_back_whole_and_in_order(form, name):
    found = read(page(*(form(article, name) for article in ARTICLES)))
    assert len(found) == len(ARTICLES)
    for position, (item, article) in enumerate(zip(found, ARTICLES, strict=True)):
        assert_same(item, article, position)


OTHERS = [
    # Date and word count as shown, names of the language, then the article.
    ("2026年1月25日 12:37", "1,204 字", ("中文 - 简体", "简体中文", "Chinese - Simplified"), Article(
        "港口渡轮恢复夜间航班", "海湾晚报", date(2026, 1, 25), "", "zh", (), "李明",
        ("经过九周的谈判,港口渡轮公司星期四宣布恢复夜间航班,首班船将于下周一晚上十点出发。",
         "公司表示,新的时刻表将试行三个月,之后再听取乘客和沿岸居民的意见。"),
    )),
    ("25 يناير 2026", "310 كلمة", ("العربية", "Arabic", "Arabe"), Article(
        "عودة العبارات الليلية إلى الميناء", "صحيفة الخليج الجديد", date(2026, 1, 25), "", "ar", (),
        "ليلى حداد",
        ("أعلنت شركة العبارات يوم الخميس عودة الرحلات الليلية إلى الميناء بعد تسعة أسابيع من التوقف.",
         "وقالت الشركة إن الجدول الجديد سيطبق لمدة ثلاثة أشهر قبل مراجعته."),
    )),
    ("25 gennaio 2026", "310 parole", ("Italiano", "Italian", "Italien"), Article(
        "Tornano i traghetti notturni al porto", "Il Molo", date(2026, 1, 25), "", "it", (),
        "Di Carla Brezza",
        ("La compagnia dei traghetti ha annunciato giovedì il ritorno delle corse notturne dopo nove "
         "settimane di sciopero.",),
    )),
    ("25 de janeiro de 2026", "310 palavras", ("Português", "Portuguese", "Portugais"), Article(
        "Barcas noturnas voltam ao porto", "Folha do Cais", date(2026, 1, 25), "", "pt", (),
        "Por Rui Marés",
        ("A empresa das barcas anunciou na quinta-feira a volta das viagens noturnas depois de nove "
         "semanas de greve.",),
    )),
]  # fmt: skip


@pytest.mark.parametrize("form", [coded, placed])
@pytest.mark.parametrize("name", [0, 1, 2])
@pytest.mark.parametrize(("shown", "count", "names", "article"), OTHERS)
def test_other_languages(monkeypatch, form, name, shown, count, names, article):
    monkeypatch.setitem(DATES, article.language, shown)
    monkeypatch.setitem(COUNTS, article.language, count)
    markup = form(replace(article, language_names=names), name)
    assert_same(read(page(markup.replace("zhArticle", "zhcnArticle")))[0], article, 0)


def test_the_article_number_dates_what_is_not_dated():
    for changed in ({"PD": "?"}, {"left_out": ("PD",)}):
        assert read_back(read(page(coded(FRENCH, **changed)))[0])["date"] == FRENCH.day


def test_a_date_that_cannot_be_read_is_handed_on_to_be_reported():
    found = read(page(coded(FRENCH, PD="printemps 2013", left_out=("AN",))))
    assert found[0].date == "printemps 2013"


def test_the_class_tells_the_language_where_the_code_does_not():
    for stated in ({"left_out": ("LA",)}, {"LA": "Klingon"}):
        assert read(page(coded(GERMAN, **stated)))[0].language == "de"
    assert read(page(coded(SPANISH, LA="Spanish - Castilian")))[0].language == "Spanish"


def test_marked_words_stay_in_their_line():
    body = ("The strike <b>ended</b> on <a href='x'>Thursday</a> night after a long vote.",)
    row = read_back(read(page(coded(replace(ENGLISH, body=body), WC="9 words")))[0])
    assert row["body"] == "The strike ended on Thursday night after a long vote."


def coded_english(**changed):
    return coded(ENGLISH, **changed)


@pytest.mark.parametrize(
    "damaged",
    [
        coded(FRENCH, HD="This is a deletion", left_out=("LP", "TD")),
        '<div class="article frArticle">',
        '<div class="article frArticle"><table><tr><td><b>HD</b></td>',
        '<div class="article frArticle"><!-- <table><tr><td>HD</td><td>T</td></tr>',
    ],
)
@pytest.mark.parametrize("form", [coded, placed])
def test_a_damaged_article_does_not_stop_the_rest(damaged, form):
    found = read(page(form(FRENCH), damaged, form(ENGLISH)))
    assert_same(found[0], FRENCH, 0)
    assert isinstance(found[1], Unusable)
    assert (found[1].position, found[1].place) == (1, "article 2")
    assert_same(found[2], ENGLISH, 2)


@pytest.mark.parametrize("form", [coded, placed])
def test_the_article_number_is_no_part_of_the_body(form):
    last = paragraphs(FRENCH, FRENCH.body[-1:])
    found = read(page(form(FRENCH).replace(last, last + paragraphs(FRENCH, [number(FRENCH)]))))
    assert_same(found[0], FRENCH, 0)


def test_rows_that_are_not_closed_are_read():
    broken = coded(GERMAN).replace("</td></tr>", "").replace("</table>", "")
    found = read(page(broken, coded(ENGLISH)))
    assert_same(found[0], GERMAN, 0)
    assert_same(found[1], ENGLISH, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><div class='article'><p>Words</p></div></body></html>",
        b"<html><body><div class='article smartArticle'><p>Words</p></div></body></html>",
        b"Factiva calls it div class='article enArticle'.",
        b"",
    ],
)
def test_other_files_are_not_taken(data):
    assert not looks_like_factiva_html(data)


def test_bytes_that_are_no_text_are_told():
    data = b'<div class="article enArticle">' + bytes(range(256)) * 8
    with pytest.raises(InputError, match="is no text"):
        list(read_factiva_html(data, Path("Factiva.html")))


SAMPLES = [page(*map(coded, ARTICLES)).encode(), page(*map(placed, ARTICLES)).encode()]


@settings(max_examples=60, deadline=None)
@given(mutated(SAMPLES))
def test_mutated_bytes(data):
    looks_like_factiva_html(data)
    assert_told(read_factiva_html, data)
