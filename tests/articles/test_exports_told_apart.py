import json

import pytest
import test_europresse
import test_factiva_html
import test_factiva_rtf
import test_nexis
from exports_for_tests import ARTICLES

from press_themes.articles.formats.europresse import looks_like_europresse
from press_themes.articles.formats.factiva_html import looks_like_factiva_html
from press_themes.articles.formats.factiva_rtf import looks_like_factiva_rtf
from press_themes.articles.formats.nexis import looks_like_nexis

LOOKS = {
    "europresse": looks_like_europresse,
    "factiva html": looks_like_factiva_html,
    "factiva rtf": looks_like_factiva_rtf,
    "nexis": looks_like_nexis,
}
SAMPLES = [
    *(("europresse", data) for data in test_europresse.SAMPLES),
    *(("factiva html", data) for data in test_factiva_html.SAMPLES),
    *(("factiva rtf", data) for data in test_factiva_rtf.SAMPLES),
    ("nexis", test_nexis.SAMPLE),
    *((None, "\n\n".join(article.body).encode()) for article in ARTICLES),
    (None, b"<!DOCTYPE html><html><body><article class='article'><p>Words</p></article></body>"),
    (None, b"title,url,publish_date,text\nT,u,2026-02-05,Words\n"),
    (None, json.dumps([{"html": test_europresse.SAMPLES[0].decode()}]).encode()),
    (None, rb"{\rtf1\ansi A letter.\par}"),
    (None, b"\xef\xbb\xbf"),
]


@pytest.mark.parametrize(("name", "data"), SAMPLES)
def test_each_export_is_taken_by_its_own_reader_alone(name, data):
    assert [other for other, looks in LOOKS.items() if looks(data)] == ([name] if name else [])
