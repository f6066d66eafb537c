"""Formats of news agencies, corpora and databases, after their documentation, with invented articles."""

import json
from datetime import date
from pathlib import Path

import pytest

from press_themes.articles.article_rows import ReadSettings, make_rows
from press_themes.articles.formats import Record, read_file

LATEST = date(2026, 3, 1)
TITLES = ("Bakers of Lund close on Mondays", "A tram line that nobody had ordered")
OUTLETS = ("Lund Courier", "Morning Tide")
DAYS = ("2024-03-12", "2024-03-14")
TEXTS = (
    (
        "The bakers of the old town will close on Mondays from April, their guild decided.",
        "Two shops will stay open for the hospital, which buys four hundred rolls a day.",
    ),
    (
        "The council found a tram line on its books that nobody remembers ordering.",
        "The rails were laid in 1961 and lead into a wood, where a walk is planned.",
    ),
)
JAPANESE = {
    "パン屋が月曜休みに": (
        "旧市街のパン屋は四月から毎週月曜日に休業することを決めた。組合が夜の会合で決定した。",
        "病院向けの二店舗だけは営業を続ける。病院は一日四百個のパンを購入しているという。",
    ),
    "港の橋、手動で開閉": (
        "港の橋の電動機が火曜日に故障し、作業員が手動で橋を上げ下げして開閉している。",
        "新しい電動機は三週間後に届く予定で、それまで船は港の外で満潮を待つことになる。",
    ),
}


def rows(name, data):
    _, items = read_file(Path(name), data.encode(), LATEST)
    records = [item for item in items if isinstance(item, Record)]
    found = [make_rows(record, LATEST, None, ReadSettings()) for record in records]
    return [article for made in found for article in made.articles]


def marked(texts, tag):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def check(articles):
    assert [article["title"] for article in articles] == list(TITLES)
    assert [article["outlet"] for article in articles] == list(OUTLETS)
    assert [str(article["date"]) for article in articles] == list(DAYS)
    assert [tuple(article["body"].split("\n\n")) for article in articles] == list(TEXTS)


def test_factiva_xml():
    items = "".join(
        f"<article accessionNo='A{i}'><headline><paragraph>{TITLES[i]}</paragraph></headline>"
        f"<sourceName>{OUTLETS[i]}</sourceName><publicationDate><date>{DAYS[i]}</date>"
        f"</publicationDate><wordCount>60</wordCount><baseLanguage>en</baseLanguage>"
        f"<leadParagraph>{marked(TEXTS[i][:1], 'paragraph')}</leadParagraph>"
        f"<tailParagraphs>{marked(TEXTS[i][1:], 'paragraph')}</tailParagraphs></article>"
        for i in (0, 1)
    )
    check(rows("a.xml", f"<?xml version='1.0'?><response><list>{items}</list></response>"))


def test_news_items_bear_a_headline_beside_the_title_of_the_item():
    items = "".join(
        f"<newsItem guid='urn:{i}'><itemMeta><provider><name>{OUTLETS[i]}</name></provider>"
        f"<versionCreated>{DAYS[i]}T08:00:00Z</versionCreated><title>item {i}</title></itemMeta>"
        f"<contentMeta><headline>{TITLES[i]}</headline></contentMeta><contentSet><inlineXML>"
        f"<nitf><body><body.head><hedline><hl1>{TITLES[i]}</hl1></hedline></body.head>"
        f"<body.content>{marked(TEXTS[i], 'p')}</body.content></body></nitf></inlineXML>"
        "</contentSet></newsItem>"
        for i in (0, 1)
    )
    check(
        rows("a.xml", f"<?xml version='1.0'?><newsMessage><itemSet>{items}</itemSet></newsMessage>")
    )


@pytest.mark.parametrize(
    "item",
    [
        {
            "headline": TITLES[0],
            "body_text": "\n\n".join(TEXTS[0]),
            "infosource": [{"name": OUTLETS[0]}],
        },
        {
            "headlines": [{"role": "main", "value": TITLES[0]}],
            "bodies": [{"role": "main", "value": "\n\n".join(TEXTS[0])}],
            "infosources": [{"name": OUTLETS[0]}],
        },
    ],
)
def test_ninjs_names_its_outlet_as_a_source_of_information(item):
    (article,) = rows("a.json", json.dumps(item | {"versioncreated": f"{DAYS[0]}T08:00:00Z"}))
    assert (article["title"], article["outlet"]) == (TITLES[0], OUTLETS[0])
    assert str(article["date"]) == DAYS[0]


def test_the_day_of_a_sitting_stands_before_that_of_its_edition():
    header = (
        "<teiHeader><fileDesc><titleStmt><title>Minutes</title></titleStmt><publicationStmt>"
        "<date when='2024-05-01'>2024-05-01</date></publicationStmt><sourceDesc><bibl>"
        f"<date when='{DAYS[0]}'>12.03.2024</date></bibl></sourceDesc></fileDesc></teiHeader>"
    )
    said = "".join(f"<u who='P{i}' ana='chair'>{marked(TEXTS[i] * 2, 'seg')}</u>" for i in (0, 1))
    document = (
        f"<?xml version='1.0'?><TEI>{header}<text><body><div>{said}</div></body></text></TEI>"
    )
    articles = rows("a.xml", document)
    assert [str(article["date"]) for article in articles] == [DAYS[0]] * 2
    assert articles[0]["groups"]["who"] == "P0"


@pytest.mark.parametrize(
    "form",
    [
        "<table><tr><td>{number:05d}</td><td>{day}　朝刊　社会面　30ページ　98文字</td></tr>"
        "<tr><td><b>{title}</b></td></tr><tr><td>{text}</td></tr></table><hr>",
        "<div class='article'><h3>{title}</h3><p>[新聞社] {day} 東京朝刊 30頁 （98字）</p>{text}</div>",
    ],
)
def test_exports_of_japanese_archives_are_divided_and_dated(form):
    parts = "".join(
        form.format(number=i, day=f"2024年03月{11 + i}日", title=title, text=marked(texts, "p"))
        for i, (title, texts) in enumerate(JAPANESE.items(), start=1)
    )
    articles = rows("a.html", f"<html><body><h1>記事一覧</h1>{parts}</body></html>")
    assert [article["title"] for article in articles] == list(JAPANESE)
    assert [str(article["date"]) for article in articles] == ["2024-03-12", "2024-03-13"]
    assert [tuple(article["body"].split("\n\n")) for article in articles] == [*JAPANESE.values()]
