"""What services, databases and tools write, after their documentation, with invented articles."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from press_themes.articles.batches import read_in_batches
from press_themes.articles.formats import Record, Unusable, read_file
from press_themes.articles.read import read_articles
from press_themes.errors import InputError

LATEST = date(2026, 3, 1)
TITLES = ("Bakers of Lund close on Mondays", "A tram line that nobody had ordered")
TEXTS = (
    "The bakers of the old town will close on Mondays from April, their guild decided last night. "
    "The mayor called it a loss for the morning trade.\n\n"
    "Two shops will stay open for the hospital.",
    "The council found a tram line on its books that nobody remembers ordering. "
    "The rails were laid in 1961 and lead into a wood.\n\n"
    "A walk along them is planned for the summer.",
)
DAYS = ("2024-03-12", "2024-03-14")


def read(name, data):
    found, items = read_file(Path(name), data if isinstance(data, bytes) else data.encode(), LATEST)
    items = list(items)
    return (
        found,
        [i for i in items if isinstance(i, Record)],
        [i for i in items if isinstance(i, Unusable)],
    )


def check(name, data, outlet="Lund Courier"):
    _, records, _ = read(name, data)
    assert [record.title for record in records] == list(TITLES)
    for record, text, day in zip(records, TEXTS, DAYS, strict=True):
        assert record.text.split() == text.split()
        assert str(record.date).startswith((day, day.replace("-", ""), day.replace("-", "/")))
        assert record.outlet == outlet
    return records


def objects(**names):
    values = {"title": TITLES, "text": TEXTS, "date": DAYS}
    return [{names[key]: values[key][i] for key in values} for i in (0, 1)]


@pytest.mark.parametrize(
    "whole",
    [
        {"articles": {"results": [o | {"source": {"uri": "u", "title": "Lund Courier"}}
                                  for o in objects(title="title", text="body", date="dateTime")]}},
        [o | {"provider": "Lund Courier"}
         for o in objects(title="headline", text="body_text", date="versioncreated")],
        [o | {"source-hostname": "Lund Courier", "source": "https://lund.example/1"}
         for o in objects(title="title", text="text", date="date")],
        [o | {"source_domain": "Lund Courier", "date_download": "2024-05-05"}
         for o in objects(title="title", text="maintext", date="date_publish")],
        {"response": {"results": [
            {"webTitle": t, "webPublicationDate": d, "fields": {"bodyText": x},
             "publication": "Lund Courier", "sectionName": "Local"}
            for t, x, d in zip(TITLES, TEXTS, DAYS, strict=True)]}},
        [{"title": t, "publishing_date": d, "source": "Lund Courier",
          "body": {"summary": [], "sections": [{"headline": [], "paragraphs": x.split("\n\n")}]}}
         for t, x, d in zip(TITLES, TEXTS, DAYS, strict=True)],
    ],
    ids=["event registry", "ninjs", "trafilatura", "news-please", "guardian", "fundus"],
)  # fmt: skip
def test_json_of_services_and_tools(whole):
    check("a.json", json.dumps(whole))


def test_a_text_that_a_service_cut_is_an_excerpt_without_its_mark():
    item = {
        "title": TITLES[0],
        "content": f"{TEXTS[0]} and th… [+412 chars]",
        "publishedAt": DAYS[0],
    }
    _, (record,), _ = read("a.json", json.dumps({"status": "ok", "articles": [item]}))
    assert record.is_excerpt
    assert record.text.endswith("and th")


@pytest.mark.parametrize(
    "names",
    [
        "kop,tekst,datum,krant", "overskrift,brødtekst,dato,avis", "Заголовок,Текст,Дата,Издание",
        "见出し,本文,日付,新聞".replace("见", "見"), "제목,본문,날짜,언론사", "başlık,metin,tarih,gazete",
        "הכותרת,טקסט,תאריך,עיתון".replace("ה", "", 1), "شीर्षक,पाठ,तारीख,स्रोत".replace("ش", "श"),
        "judul,isi,tanggal,sumber", "Tiêu đề,Nội dung,Ngày đăng,Nguồn", "หัวข้อ,เนื้อหา,วันที่,แหล่งที่มา",
        "cím,szöveg,dátum,forrás", "otsikko,teksti,päivämäärä,lähde", "titulek,obsah,datum,zdroj",
    ],
)  # fmt: skip
def test_columns_in_the_languages_of_the_world(names):
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(names.split(","))
    writer.writerows(zip(TITLES, TEXTS, DAYS, ["Lund Courier"] * 2, strict=True))
    check("a.csv", stream.getvalue())
    check("a.csv", ("sep=,\n" + stream.getvalue()).encode("utf-16"))


def test_columns_whose_names_say_nothing_are_told_by_what_they_hold():
    rows = [{"c1": i, "c2": TITLES[i], "c3": TEXTS[i]} for i in (0, 1)]
    _, records, told = read("a.json", json.dumps(rows))
    assert [record.title for record in records] == list(TITLES)
    assert any("'c3' was taken for the text" in item.cause for item in told)


def test_references_of_ris_and_bibtex():
    ris = "".join(
        f"TY  - NEWS\nTI  - {t}\nT2  - Lund Courier\nDA  - {d.replace('-', '/')}\nPY  - 2024\n"
        f"AB  - {' '.join(x.split())}\nKW  - bread\nER  - \n\n"
        for t, x, d in zip(TITLES, TEXTS, DAYS, strict=True)
    )
    assert check("a.ris", ris)[0].groups["keywords"] == "bread"
    bib = "".join(
        f'@article{{k{i},\n title = {{{{{TITLES[i]}}}}},\n journal = "Lund Courier",\n'
        f" date = {{{DAYS[i]}}},\n abstract = {{{TEXTS[i]}}}\n}}\n"
        for i in (0, 1)
    )
    check("a.bib", bib)


def test_xml_is_read_by_shape_whatever_its_elements_are_called():
    items = "".join(
        f"<record id='{i}'><hdr><headline>{TITLES[i]}</headline><date when='{DAYS[i]}'/>"
        f"<source>Lund Courier</source></hdr><matter><p>"
        + TEXTS[i].replace("\n\n", "</p><p>")
        + "</p></matter><party>centre</party></record>"
        for i in (0, 1)
    )
    records = check("a.xml", f"<?xml version='1.0'?><dump><made>today</made>{items}</dump>")
    assert records[0].groups["party"] == "centre"


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.xml", "<?xml version='1.0'?><svg><path d='M0'/></svg>", "no article can be told"),
        ("a.json", '[{"url": "https://a.example/1"}, {"url": "https://a.example/2"}]', "addresses"),
        ("a.txt", "{'title': 'x', 'text': 'y'}", "Python objects"),
        ("a.csv", "title,text\n", "header and no rows"),
    ],
)
def test_what_is_no_article_is_refused_by_name(name, data, cause):
    with pytest.raises(InputError, match=cause):
        read(name, data)


def test_variables_of_alceste_become_fields_and_groups():
    data = "\n\n".join(
        f"**** *source_LundCourier *date_{DAYS[i]} *party_left\n{TITLES[i]}\n{TEXTS[i]}"
        for i in (0, 1)
    )
    assert check("a.txt", data)[0].groups == {"party": "left"}


@pytest.mark.parametrize("form", ["Document {} of 2", "{} of 2 DOCUMENTS", "Dokument {} von 2"])
def test_heads_that_count_part_articles(form):
    parts = (
        f"{form.format(i + 1)}\n\n{TITLES[i]}\n\nPublication title: Lund Courier\n\n"
        f"Publication date: {DAYS[i]}\n\nFull text: {TEXTS[i]}\n\nSubject: Bread\n"
        for i in (0, 1)
    )
    check("a.txt", "\n".join(parts))


def test_a_page_with_rules_inside_one_article_is_not_divided():
    page = f"{TITLES[0]}\n\n{TEXTS[0]}\n\n* * *\n\n{TEXTS[1]}\n\n* * *\n\nShare\nPrint"
    assert len(read("a.txt", page)[1]) == 1


def test_paragraphs_broken_at_one_width_are_joined():
    import textwrap

    text = "\n\n".join(textwrap.fill(part, 60) for part in "\n\n".join(TEXTS).split("\n\n"))
    _, (record,), _ = read("a.txt", f"{TITLES[0]}\n\n{text}\n")
    assert [line for line in record.text.split("\n") if line][1:] == "\n\n".join(TEXTS).split(
        "\n\n"
    )


def test_subtitles_are_told_once_and_without_times():
    first = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe bakers\n\n"
    vtt = f"{first}00:02.000 --> 00:03.000\nThe bakers\nwill close.\n"
    _, (record,), _ = read("a.vtt", vtt)
    assert record.text == "The bakers will close."


def test_an_electronic_book_gives_its_chapters():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(
            "META-INF/container.xml", "<container><rootfile full-path='p.opf'/></container>"
        )
        book.writestr(
            "p.opf",
            "<package><title>Weekly</title><item id='a' href='a.xhtml'/>"
            "<item id='n' href='n.xhtml'/><itemref idref='n'/><itemref idref='a'/></package>",
        )
        book.writestr("n.xhtml", "<html><body><p>Contents</p></body></html>")
        book.writestr("a.xhtml", f"<html><body><h1>{TITLES[0]}</h1><p>{TEXTS[0]}</p></body></html>")
    _, (record,), told = read("a.epub", stream.getvalue())
    assert (record.title, record.groups) == (TITLES[0], {"book": "Weekly"})
    assert told[0].cause.startswith("is a cover")


def test_headlines_alone_are_articles_of_their_kind_and_further_columns_arrive(tmp_path):
    rows = "".join(f"{t},Lund Courier,{d},left,\n" for t, d in zip(TITLES, DAYS, strict=True))
    (tmp_path / "a.csv").write_text("title,media_name,publish_date,party,empty\n" + rows)
    (tmp_path / "b.csv").write_text(f'title,text\nT,"{TEXTS[0]}"\n')
    reading = read_articles(tmp_path)
    headlines = reading.articles.query("kind == 'headline'")
    assert sorted(headlines["body"]) == sorted(TITLES)
    assert set(headlines["group_party"]) == {"left"}
    assert "group_empty" not in reading.articles
    assert reading.skipped["reason"].str.contains("hold no value: empty").any()
    with read_in_batches(tmp_path) as batches:
        assert "kind: headline 2, article 1" in batches.describe()


def test_every_file_ends_as_articles_or_as_a_reason(tmp_path):
    (tmp_path / "a.csv").write_text(f'title,text\nT,"{TEXTS[0]}"\n')
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    assert list(read_articles(tmp_path).skipped["path"]) == ["empty.zip"]
