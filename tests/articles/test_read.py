import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press_themes.articles.corpus_files import list_files
from press_themes.articles.file_rows import read_file_rows
from press_themes.articles.read import (
    ARTICLE_COLUMNS,
    DISCARDED_COLUMNS,
    SKIPPED_COLUMNS,
    ReadSettings,
    read_articles,
)
from press_themes.errors import ConfigurationError, InputError
from press_themes.identifiers import content_id
from press_themes.stories.families import link_families

PAGES = Path(__file__).parents[1] / "data" / "pages"
FIXED = ReadSettings(latest_date=date(2026, 3, 1))
BODY = "The council approved a nine-kilometre tram line on Sunday night after six hours of debate."


def corpus(folder, **files):
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def test_the_invented_pages():
    reading = read_articles(PAGES, FIXED)
    articles = reading.articles
    assert list(articles) == ARTICLE_COLUMNS
    assert list(reading.skipped) == SKIPPED_COLUMNS
    assert list(reading.discarded) == DISCARDED_COLUMNS
    assert len(articles) == 16
    assert articles["article_id"].is_monotonic_increasing
    assert articles["article_id"].is_unique
    assert articles["date"].dtype == "datetime64[s]"
    assert sorted(articles["language"].unique()) == ["ar", "de", "en", "es", "fr", "it", "pt", "zh"]
    assert (articles["n_chars"] == articles["body"].str.len()).all()
    assert articles["share_missing"].between(0, 1).sum() == 4
    assert len(reading.skipped) == 1
    assert "not a day of the calendar" in reading.skipped["reason"][0]
    assert "header line" in set(reading.discarded["kind"])


def test_reading_twice_gives_the_same():
    first, second = (read_articles(PAGES, FIXED) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_mixed_formats_in_one_corpus(tmp_path):
    reading = read_articles(
        corpus(
            tmp_path,
            a_dot_txt=f"A town votes for trams\n\n{BODY}",
            b__c_dot_csv=f"title,text\nT,{BODY}\nU,\n",
            b__d_dot_jsonl=json.dumps({"text": f"{BODY} Again.", "title": "V"}),
            e_dot_md=f"---\ntitle: W\n---\n{BODY}\n\nMore.",
            f_dot_pdf=b"%PDF-1.7",
            g_dot_txt=b"",
            themes_dot_yml="themes: {}",
        ),
        FIXED,
    )
    found = reading.articles.sort_values("path")
    assert found["path"].tolist() == ["a.txt", "b/c.csv", "b/d.jsonl", "e.md"]
    assert found["format"].tolist() == ["plain text", "delimited", "json", "markdown"]
    reasons = dict(zip(reading.skipped["path"], reading.skipped["reason"], strict=True))
    assert reasons["f.pdf"] == "is a damaged PDF; download or print it again."
    assert reasons["g.txt"] == "is empty; fill it or remove it."
    assert reasons["b/c.csv"].startswith("row 3: has no text; ")
    assert reading.skipped["position"].tolist()[0] == 1
    assert str(reading.skipped["position"].dtype) == "Int64"


def test_identical_articles_stay_apart_in_one_family(tmp_path):
    table = f"title,text\nT,{BODY}\nT,{BODY}\nT,{BODY}\n"
    articles = read_articles(corpus(tmp_path, a_dot_csv=table), FIXED, link_families).articles
    base = content_id("T", BODY)
    assert articles["article_id"].tolist() == [base, f"{base}-2", f"{base}-3"]
    assert articles["position"].tolist() == [0, 1, 2]
    assert articles["family_role"].tolist() == ["original", "reprint", "reprint"]
    assert set(articles["family_id"]) == {base}


def test_the_order_of_day_and_month_is_learned_from_the_column(tmp_path):
    table = f"text,date\n{BODY},05/02/2025\n{BODY} And,02/25/2025\n"
    articles = read_articles(corpus(tmp_path, a_dot_csv=table), FIXED).articles
    assert set(articles["date"].dt.month) == {5, 2}


def test_nothing_usable_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match=r"holds no files; put articles there"):
        read_articles(tmp_path)
    corpus(tmp_path, a_dot_txt=b"", b_dot_txt=b"Menu")
    with pytest.raises(InputError, match=r"holds no article that can be used \(a\.txt: is empty"):
        read_articles(tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        read_articles(tmp_path / "nowhere")


def test_a_parser_that_breaks_stops_only_its_file(tmp_path, monkeypatch):
    corpus(
        tmp_path, a_dot_html="<html><body><p>x</p></body></html>", b_dot_txt=f"T t t t\n\n{BODY}"
    )

    def breaks(*_args, **_named):
        raise RuntimeError("deep inside")

    monkeypatch.setattr("trafilatura.bare_extraction", breaks)
    files, _ = list_files(tmp_path)
    broken, whole = (list(read_file_rows(file, date(2026, 3, 1), FIXED)) for file in files)
    assert len(whole[0].rows.articles) == 1
    assert "RuntimeError: deep inside" in broken[0].rows.skipped[0][1]


def test_unknown_language_in_the_settings(tmp_path):
    with pytest.raises(ConfigurationError, match="unknown language xx"):
        read_articles(tmp_path, ReadSettings(plausible_languages=("fr", "xx")))


def test_a_line_of_many_megabytes_is_read_in_bounded_time(tmp_path):
    corpus(tmp_path, a_dot_txt=b"word " * 2_000_000, b_dot_txt=f"T t t t\n\n{BODY}")
    reading = read_articles(tmp_path, FIXED)
    assert reading.articles["path"].tolist() == ["b.txt"]
    assert reading.skipped["path"].tolist() == ["a.txt"]
    assert reading.discarded["text"].str.len().max() <= 10_000


SAMPLES = [path.read_bytes() for path in sorted(PAGES.glob("*.txt"))] + [
    b'{"text": "words and words", "title": "T", "date": "2026-02-05"}\n{"text": 1}',
    b"title;text;date\nA;words and words;05/02/2026\n",
    b"---\ntitle: T\n---\nwords and words",
    b"<html><body><article><p>words and words</p></article></body></html>",
]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_mutated_bytes_raise_nothing_but_input_errors(tmp_path, data):
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(sample)))
        length = data.draw(st.sampled_from([0, 1, 40]))
        sample[place : place + length] = data.draw(st.binary(max_size=8))
    name = data.draw(st.sampled_from(["a.txt", "a.csv", "a.json", "a.md", "a.html", "a.parquet"]))
    path = tmp_path / name
    path.write_bytes(bytes(sample))
    try:
        reading = read_articles(path, ReadSettings(min_body_characters=1))
        reasons = " ".join(reading.skipped["reason"])
        assert list(reading.articles)[: len(ARTICLE_COLUMNS)] == ARTICLE_COLUMNS
    except InputError as error:
        reasons = str(error)
    # A parser that broke in a way nobody foresaw would be told in these words.
    assert "could not be read" not in reasons
