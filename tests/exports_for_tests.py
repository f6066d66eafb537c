"""Invented articles that tests write into the exports of press databases, and how they are read back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from press_themes.articles.article_rows import ReadSettings, make_rows
from press_themes.articles.formats.records import Record, Unusable
from press_themes.errors import InputError

LATEST = date(2026, 3, 1)


@dataclass(frozen=True)
class Article:
    """One invented article, with its date as `shown` in the language of the outlet."""

    title: str
    outlet: str
    day: date
    shown: str
    language: str
    language_names: tuple[str, ...]
    byline: str
    body: tuple[str, ...]


FRENCH = Article(
    "La ville rouvre l’été prochain ses « bains » du canal",
    "Le Littoral",
    date(2013, 1, 28),
    "lundi 28 janvier 2013",
    "fr",
    ("Français", "French", "Französisch"),
    "Par Odile Garance",
    (
        "Le conseil municipal a voté mardi soir la remise en eau des anciens bains, fermés depuis "
        "1974 à la suite d’une crue.",
        "Les travaux, estimés à 3,2 millions d’euros, dureront dix-huit mois selon la mairie.",
        "« Nous n’y croyions plus », a reconnu l’adjointe chargée des équipements sportifs.",
    ),
)
ENGLISH = Article(
    "Ferry workers vote to end nine-week strike",
    "The Harbour Gazette",
    date(2015, 11, 13),
    "Friday, November 13, 2015",
    "en",
    ("English", "Anglais", "ENGLISH"),
    "By Maud Ellery",
    (
        "Ferry workers on the northern line voted by a narrow margin on Thursday to return to "
        "their posts after nine weeks.",
        "The deal gives crews two more rest days a month and a review of night sailings.",
    ),
)
GERMAN = Article(
    "Rathaus prüft kürzere Öffnungszeiten für Bäder",
    "Nordblick Zeitung",
    date(2020, 3, 5),
    "5. März 2020",
    "de",
    ("Deutsch", "German", "Allemand"),
    "Von Jörg Weßling",
    (
        "Die Verwaltung schlägt vor, die städtischen Bäder ab Herbst an zwei Tagen in der Woche "
        "früher zu schließen.",
        "Für Vereine soll es Ausnahmen geben, über die der Ausschuss im Mai berät.",
    ),
)
SPANISH = Article(
    "El tranvía llegará al puerto en otoño",
    "La Voz del Muelle",
    date(2021, 5, 9),
    "9 de mayo de 2021",
    "es",
    ("Español", "Spanish", "Espagnol"),
    "Por Inés Carballo",
    (
        "La línea 4 del tranvía llegará al puerto en otoño, según anunció ayer la consejera de "
        "transportes en el pleno.",
        "El trazado sumará tres paradas y costará menos de lo previsto en el primer proyecto.",
    ),
)
ARTICLES = (FRENCH, ENGLISH, GERMAN, SPANISH)


def read_back(item):
    """Return the row that the reader makes of a record, which must give exactly one."""
    assert isinstance(item, Record), item
    rows = make_rows(item, LATEST, None, ReadSettings())
    assert len(rows.articles) == 1
    assert rows.skipped == []
    return rows.articles[0]


def assert_same(item, article, position):
    """Check title, date, outlet, language, body and place of an article read back."""
    row = read_back(item)
    assert row["title"] == article.title
    assert row["date"] == article.day
    assert row["outlet"] == article.outlet
    assert row["language"] == article.language
    assert row["body"] == "\n\n".join(article.body)
    assert row["position"] == position


@st.composite
def mutated(draw, samples):
    """Draw a sample with bytes changed, added or cut out."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 1, 8, 200]))
        data[place : place + length] = draw(st.binary(max_size=8))
    return bytes(data)


def assert_told(read, data):
    """Check that a reader gives articles, reasons or one sentence about the file, never a traceback."""
    sentence = ""
    try:
        found = list(read(data, Path("export")))
    except InputError as error:
        found, sentence = [], str(error)
    assert not sentence or sentence.startswith("export: ")
    for item in found:
        if isinstance(item, Unusable):
            assert item.cause
            assert item.mend
        else:
            assert item.text.strip()
            make_rows(item, LATEST, None, ReadSettings())
