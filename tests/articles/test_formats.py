import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from press_themes.articles.formats import Record, Unusable, read_file
from press_themes.articles.formats.columns import plain_value, recognise_columns
from press_themes.articles.formats.html import has_markup, without_markup
from press_themes.errors import InputError

LATEST = date(2026, 3, 1)
PROSE = (
    "The council approved a nine-kilometre tram line on Sunday night after six hours of debate. "
)


def read(name, data):
    found, records = read_file(
        Path(name), data if isinstance(data, bytes) else data.encode(), LATEST
    )
    return found, list(records)


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", "Just words.", "plain text"),
        ("a.html", "Just words.", "plain text"),
        ("a.md", "# Title\n\nWords.", "markdown"),
        ("a.txt", "---\ntitle: T\n---\nWords.", "markdown"),
        ("a.txt", "titre;texte\nT;Des mots", "delimited"),
        ("a.dat", '{"text": "words"}\n', "json"),
        ("a.txt", "<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        ("a.txt", "---\nA scraped page opens with a rule.\n---\nWords.", "plain text"),
    ],
)
def test_content_decides_before_the_name(name, data, format):
    found, _ = read_file(Path(name), data.encode(), LATEST)
    assert found == format


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"%PDF-1.7", "damaged PDF"),
        (b"PK\x03\x04zip", "damaged archive"),
        (bytes(range(256)) * 8, "is no text"),
        (b"PAR1 broken", "damaged Parquet"),
    ],
)
def test_what_is_no_article_is_told(data, cause):
    with pytest.raises(InputError, match=cause):
        read("x.bin", data)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_with_any_separator(separator):
    rows = [["Titre", "Texte", "Date", "Source"], ["T", '"a, b; c"', "2026-02-05", "X"]]
    data = "\n".join(separator.join(row) for row in rows)
    _, found = read("a.csv", data if separator != "|" else data.replace("|", "|"))
    assert (found[0].title, found[0].text, found[0].outlet) == ("T", "a, b; c", "X")


def test_rows_without_text_have_the_number_of_the_spreadsheet():
    _, found = read("a.csv", "text,title\nwords,A\n,B\nmore,C\n")
    assert isinstance(found[1], Unusable)
    assert (found[1].place, found[1].position) == ("row 3", 1)
    assert found[2].title == "C"


def test_rows_are_counted_as_a_spreadsheet_does_also_below_blank_ones():
    table = "\n;;\ntitle;date;text\n\nA;2026-02-05;\n; ;\nB;2026-02-06;words\n"
    for mark in ("", "\ufeff"):
        _, found = read("a.csv", mark + table)
        assert [item.place for item in found] == ["row 5", "row 7"]
        assert (found[1].title, found[1].text) == ("B", "words")


def test_commas_of_prose_that_nobody_quoted_stay_in_the_text():
    text = f"{PROSE}Works reach the suburbs, the mayor said, and cost 1.5 million."
    _, found = read("a.csv", f"title,date,text\nTram,2026-01-05,{text}\n")
    assert (found[0].title, found[0].date, found[0].text) == ("Tram", "2026-01-05", text)


@pytest.mark.parametrize(
    "row",
    [
        f"Tram, again,2026-01-05,{PROSE}",
        f"Tram,2026-01-05,{PROSE},page 4",
        f"Tram,2026-01-05,{PROSE} at 1,500 a metre",
    ],
)
def test_a_row_with_too_many_cells_is_told(row):
    _, found = read("a.csv", f"title,date,text\n{row}\nB,2026-01-06,words,,\n")
    assert found[0] == Unusable(
        0, "row 2", "has more cells than the header", "put quotation marks around its text"
    )
    assert found[1].text == "words"
    _, found = read("a.csv", f"text,title\n{PROSE},{PROSE},B\n")
    assert found[0].cause == "has more cells than the header"


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quotation_mark_that_is_never_closed_is_told(end):
    rows = f'A,"{PROSE}"\nB,"{PROSE}\nC,{PROSE}\nD,{PROSE}{end}'
    _, found = read("a.csv", f"title,text\n{rows}")
    assert [item.place for item in found] == ["row 2", "row 3"]
    assert found[1].cause.startswith("opens a quotation mark")


def test_a_table_without_text_column_names_its_columns():
    with pytest.raises(InputError, match=r"row 1: no column .* \(columns: id, code\)"):
        read("a.csv", "id,code\n1,T\n")


def test_tables_in_other_encodings_and_languages():
    table = "العنوان,النص\nسوق,نص طويل\n"
    for encoding in ("utf-8-sig", "utf-16"):
        _, found = read("a.csv", table.encode(encoding))
        assert (found[0].title, found[0].text) == ("سوق", "نص طويل")


def test_cells_over_several_lines():
    _, found = read("a.csv", 'title,text\n"T","one\n\ntwo"\n"U","x"\n')
    assert found[0].text == "one\n\ntwo"
    assert found[1].place == "row 3"


def test_json_in_its_shapes():
    article = {"headline": "T", "body": ["one", "two"], "source": {"name": "X"}}
    lines = "\n".join(json.dumps(article) for _ in range(2))
    for data in (lines, json.dumps([article] * 2), json.dumps({"articles": [article] * 2})):
        _, found = read("a.json", data)
        assert len(found) == 2
        assert (found[0].title, found[0].text, found[0].outlet) == ("T", "one\n\ntwo", "X")
    _, found = read("a.json", json.dumps({"meta": {"title": "T"}, "text": "x"}))
    assert found[0].title == "T"


def test_broken_json_lines_are_told_by_number():
    _, found = read("a.jsonl", '{"text": "x"}\n{broken\n[1]\n{"text": ""}\n{"text": "y"}\n')
    assert [type(item).__name__ for item in found] == ["Record", *["Unusable"] * 3, "Record"]
    assert found[1].place == "line 2"
    assert "not valid JSON" in found[1].cause


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"id": 1}', "no object has a key"),
        ("{}", "no object has a key"),
        ("[]", "JSON without an article"),
    ],
)
def test_json_without_text(data, cause):
    with pytest.raises(InputError, match=cause):
        read("a.json", data)


def test_a_file_of_objects_without_text_has_one_reason():
    _, records = read_file(Path("a.json"), b'[{"id": 1}, {"id": 2}]', LATEST)
    with pytest.raises(InputError, match="no object has a key"):
        next(records)


def test_markdown_with_front_matter():
    _, found = read(
        "a.md",
        "---\ntitre: Un titre\nmédia: Le Littoral\ndate: 2026-02-05\nlangue: no\n---\n"
        "## Sous-titre\n\nUn *mot* [lié](http://x.y) et **gras**.\n\n![image](a.png)\n\n"
        "- un point\n",
    )
    record = found[0]
    assert (record.title, record.outlet) == ("Un titre", "Le Littoral")
    assert (record.date, record.language) == ("2026-02-05", "no")
    assert "Un mot lié et gras." in record.text
    assert not set("#*[]") & set(record.text)


def test_what_markdown_leaves_out():
    markdown = (
        "Words <!-- a note --> stay.[^1] ![a quay](quay.png) and **bold _italic_** [link](x.html).\n"
        "\n[^1]: A footnote.\n<!-- open"
    )
    _, (record,) = read("a.md", markdown)
    assert record.text.split("\n") == [
        "Words  stay.  and bold italic link.", "", " A footnote.", "<!-- open",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["**", "__", "[", "![", "[^", "<!--", "`", "* "])
def test_a_megabyte_of_one_mark_is_read(mark):
    # In time that grows with its length alone: with its square, this would take minutes.
    (record,) = read("a.md", f"# T\n\nWords.\n\n{mark * (1_000_000 // len(mark))}")[1]
    assert record.text.startswith("Words.")


def test_markdown_without_front_matter_takes_its_heading():
    _, found = read("a.md", "# Un titre\n\nDes mots.")
    assert (found[0].title, found[0].text) == ("Un titre", "Des mots.")


def test_invalid_front_matter_has_a_line():
    with pytest.raises(InputError, match=r"a\.md, line 3: the front matter opens a quotation mark"):
        read("a.md", '---\ntitle: x\nmedia: "open\n---\nWords.')


def test_aliases_in_front_matter_are_refused_before_they_multiply():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 40)]
    block = "\n".join(["l0: &l0 word", *levels, "title: *l39"])
    with pytest.raises(InputError, match=r"a\.md, line 3: .* alias"):
        read("a.md", f"---\n{block}\n---\nWords.")
    _, found = read("a.md", "---\ntitle: '*T* & more'\n---\nWords.")
    assert found[0].title == "*T* & more"


def test_front_matter_alone_is_no_article():
    _, found = read("a.md", "---\ntitle: x\n---\n")
    assert isinstance(found[0], Unusable)


def test_html_pages():
    meta = {"@type": "NewsArticle", "headline": "Town votes", "datePublished": "2026-02-05"}
    _, found = read(
        "a.html",
        f'<html lang="en"><head><title>Town votes | Gazette</title>'
        f'<meta property="og:site_name" content="Gazette">'
        f'<script type="application/ld+json">{json.dumps(meta)}</script></head>'
        f"<body><nav>Menu</nav><article><h1>Town votes</h1><p>{PROSE * 3}</p>"
        f"<p>{PROSE * 2}<script>alert(1)</script></p><p>Unclosed",
    )
    record = found[0]
    assert (record.title, record.outlet, record.date) == ("Town votes", "Gazette", "2026-02-05")
    assert "alert" not in record.text
    assert PROSE.strip() in record.text


def test_html_without_article_says_so():
    _, found = read("a.html", "<html><body><nav></nav></body></html>")
    assert "no article could be found" in found[0].cause


def test_markup_in_a_field():
    text = "<p>One &amp; two.</p><script>alert(1)</script><p>Three</p>"
    assert has_markup(text)
    assert without_markup(text).split() == ["One", "&", "two.", "Three"]
    assert not has_markup("if a < b and b > c")
    assert without_markup("<p>One</p>\x01 two&#2; three").split() == ["One", "two", "three"]


def test_parquet():
    buffer = io.BytesIO()
    table = {
        "title": ["T", "U"],
        "content": ["words", None],
        "date": pd.to_datetime(["2026-02-05"] * 2),
    }
    pd.DataFrame(table).to_parquet(buffer)
    found, records = read("a.bin", buffer.getvalue())
    assert found == "parquet"
    assert records[0].title == "T"
    assert pd.Timestamp(records[0].date) == pd.Timestamp("2026-02-05")
    assert isinstance(records[1], Unusable)
    empty = io.BytesIO()
    pd.DataFrame({"id": [1]}).to_parquet(empty)
    with pytest.raises(InputError, match="no column is recognised"):
        read("a.parquet", empty.getvalue())


def test_columns():
    assert recognise_columns(
        ["ID", "Titre de l'article", "Titre", "TEXTE", "Publication date"]
    ) == {
        "title": "Titre",
        "text": "TEXTE",
        "date": "Publication date",
    }
    assert recognise_columns(["content", "text"])["text"] == "text"
    assert plain_value({"name": "X"}) == "X"
    assert plain_value(float("nan")) == ""


def test_a_record_is_immutable():
    with pytest.raises(AttributeError):
        Record("x").text = "y"
