"""Invented articles in four scripts, and what every test of a format does with a made file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from press_themes.articles.article_rows import ReadSettings, make_rows
from press_themes.articles.formats import Record, Unusable, read_file
from press_themes.errors import InputError

LATEST = date(2026, 3, 1)


class Article(NamedTuple):
    title: str
    date: str
    outlet: str
    language: str
    body: tuple[str, ...]


FRENCH = Article(
    "La ville portuaire dit oui au tramway",
    "2026-02-05",
    "Le Littoral",
    "fr",
    (
        "Le conseil a voté dimanche soir une ligne de tramway de neuf kilomètres, après six "
        "heures d’un débat où l’œuvre du maire sortant a été âprement discutée.",
        "« Les premiers rails seront posés avant l’hiver », promet l’élue chargée des transports, "
        "qui attend encore l’accord de la région sur le financement des stations.",
        "Les opposants craignent deux années de travaux sur la route du port. Ils annoncent un "
        "recours devant le tribunal administratif.",
    ),
)
ENGLISH = Article(
    "Harbour town votes for a tram",
    "2026-02-05",
    "The Harbour Gazette",
    "en",
    (
        "The council approved a nine-kilometre tram line on Sunday night after six hours of "
        "debate, in which the work of the outgoing mayor was fiercely disputed.",
        "“The first rails will be laid before winter,” promised the councillor for transport, who "
        "is still waiting for the region to agree to pay for the stations.",
        "Opponents fear two years of works on the harbour road. They have announced that they "
        "will appeal to the administrative court.",
    ),
)
ARABIC = Article(
    "مدينة الميناء تصوت لصالح الترام",
    "2026-02-05",
    "جريدة الساحل",
    "ar",
    (
        "وافق المجلس مساء الأحد على خط ترام بطول تسعة كيلومترات بعد ست ساعات من النقاش حول كلفة "
        "المشروع ومدة الأشغال في طريق الميناء.",
        "ويخشى المعارضون سنتين من الأشغال، وقد أعلنوا أنهم سيلجأون إلى المحكمة الإدارية.",
    ),
)
CHINESE = Article(
    "港口城市投票通过电车线路",
    "2026-02-05",
    "海岸日报",
    "zh",
    (
        "市议会在周日晚间经过六个小时的辩论之后，批准了一条全长九公里的电车线路，即将离任的市长的工作引发了激烈争论。",
        "反对者担心港口公路将施工两年，他们已经宣布将向行政法院提起上诉。",
    ),
)
ARTICLES = (FRENCH, ENGLISH, ARABIC, CHINESE)


def text_of(article: Article) -> str:
    return "\n\n".join(article.body)


def html_page(article: Article) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in article.body)
    return (
        f'<!DOCTYPE html><html lang="{article.language}"><head><meta charset="utf-8">'
        f"<title>{article.title}</title>"
        f'<meta property="og:site_name" content="{article.outlet}">'
        f'<meta property="article:published_time" content="{article.date}T08:00:00+00:00"></head>'
        f"<body><article><h1>{article.title}</h1>{paragraphs}</article></body></html>"
    )


def row(record: Record) -> dict[str, object]:
    """Return the row of the articles table that a record becomes."""
    (made,) = make_rows(record, LATEST, None, ReadSettings()).articles
    return made


def read_member(path: Path, data: bytes):
    return read_file(path, data, LATEST)[1]


def read_all(reader, data: bytes, *more) -> list[Record | Unusable]:
    return list(reader(data, Path("made"), *more))


def mutated(data: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy of the same bytes with some cut, changed or put in."""
    size = len(data)
    change = st.tuples(st.integers(0, size), st.integers(0, min(size, 60)), st.binary(max_size=8))

    def apply(drawn: tuple[list[tuple[int, int, bytes]], int]) -> bytes:
        changes, end = drawn
        changed = bytearray(data)
        for start, length, put in changes:
            changed[start : start + length] = put
        return bytes(changed[:end])

    return st.tuples(
        st.lists(change, min_size=1, max_size=6), st.one_of(st.just(size * 2), st.integers(0, size))
    ).map(apply)


def told_in_a_sentence(reader, data: bytes, *more) -> None:
    """Fail unless the reader gives records, reasons, or one sentence for the whole file."""
    try:
        found = read_all(reader, data, *more)
    except InputError as error:
        found, sentence = [], str(error)
    else:
        sentence = "made: is read; well."
    assert re.fullmatch(r"made(, [^:\n]+)?: [^\n]+; [^\n]+\.", sentence)
    assert all(isinstance(item, (Record, Unusable)) for item in found)
    for item in found:
        if isinstance(item, Unusable):
            assert item.cause
            assert item.mend
        else:
            assert item.text.strip()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return an archive with one member replaced, sound in every other way."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return made.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
