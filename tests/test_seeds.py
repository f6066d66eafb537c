from datetime import date
from pathlib import Path

import pytest

from press_themes.articles.read import Reading, ReadSettings, read_articles
from press_themes.identifiers import content_id
from press_themes.stories.families import link_families

# Page, fingerprint of the title, day, share missing, paragraphs, first and last words of the body:
# enough to know each article by, without quoting it.
EXPECTED = [
    ("000", "89c01fee869da2a7", "2026-01-20", None, 8, "L'alerte vient", "de faille."),
    ("001", "c11f95857a1dd98a", None, None, 11, "L’intelligence artificielle", "des enfants."),
    ("002", "9202fe9bee347f2c", "2026-02-05", None, 15, "Les services", "le territoire."),
    ("002", "b558f2ac28ead0ab", "2026-02-05", None, 30, "En 2025,", "été épargnés."),
    ("002", "2f7182d28c9d4ad9", "2026-02-05", None, 14, "Alors que", "leurs intérêts."),
    ("002", "2c16287359e23336", "2026-02-05", 0.8, 4, "Deepfakes, agents", "sa doctrine."),
    ("002", "623ff059a1f68d52", "2026-02-05", None, 15, "Le Washington", "vues remercier."),
    ("002", "a630d023e4bb61e1", "2026-02-05", None, 9, "La startup", "sa documentation."),
    ("002", "ad19021411c0de2c", "2026-02-05", 0.72, 10, "Sur Next,", "paiement mensuel."),
    ("002", "407928e04142cc9b", "2026-02-04", None, 12, "Deezer a", "la plateforme."),
    ("002", "a35788f2b8f5c5eb", "2026-02-04", None, 5, "Poids lourd", "l’été 2025."),
    ("002", "608fa74e534fbd13", "2026-02-04", None, 15, "D’après Windows", "en général."),
    ("002", "8e6e575e0e445fcb", "2026-02-04", None, 18, "En générant", "ces plateformes."),
    ("002", "c0d4f1dd154cf5bd", "2026-02-04", None, 5, "L’idée faisait", "deux rivaux."),
    ("002", "5eb46532caf5e845", "2026-02-04", 0.63, 7, "De plus", "laissent passer"),
    ("002", "0552ad6e56afc662", "2026-02-04", None, 4, "Firefox 148,", "un clic."),
    ("002", "37ee3da6cce9ef41", "2026-02-04", 0.8, 7, "Le secteur", "sont syndiqués"),
    ("002", "9db7ffa7ecd74e70", "2026-02-04", None, 3, "Le premier", "réseaux sociaux."),
    ("002", "a91af76c3ef1c7a1", "2026-02-04", None, 6, "Ariane 6", "vol inaugural."),
    ("002", "97fa14a207efd3eb", "2026-02-03", 0.82, 4, "Après une", "manipulations inutiles."),
    (
        "002",
        "1c892327eb30083c",
        "2026-02-03",
        None,
        12,
        "Deux plateformes",
        "d’intelligence artificielle.",
    ),
    ("002", "3337839728ca6c0b", "2026-02-03", 0.88, 10, "Centre des", "par EuroHPC."),
    ("003", "8e04e0e4c79d0933", "2025-10-22", None, 7, "Netflix ne", "numérique d’acteurs."),
    ("004", "8aa2ab2d31d4334f", None, None, 19, "À court", "le pire…"),
]
FURNITURE = (
    "à découvrir.", "abonné•e", "Patreon", "newsletter", "lettre gratuite", "Shutterstock",
    "capture d", "crédit Mozilla", "Merci d'avoir", "depuis sa source", "Suivez-nous", "Laisser un",
    "Votre adresse", "prolétaire", "votes", "guest", "Facebook et", "Copyright", "Vue normale",
    "❌", "Jack Lang", "Moshinaly", "Publié dans", "Tesla lance",
)  # fmt: skip


@pytest.fixture(scope="module")
def reading(seeds: Path) -> Reading:
    return read_articles(seeds, ReadSettings(latest_date=date(2026, 3, 1)), link_families)


@pytest.fixture(scope="module")
def articles(reading):
    return reading.articles.sort_values(["path", "position"], ignore_index=True)


def test_twenty_four_articles_each_known_by_its_marks(articles):
    assert len(articles) == len(EXPECTED) == 24
    for row, expected in zip(articles.itertuples(), EXPECTED, strict=True):
        page, title, day, share, paragraphs, first, last = expected
        words = row.body.split()
        assert row.path.startswith(page)
        assert content_id(row.title) == title, row.title
        assert " ".join(words[:2]) == first
        assert " ".join(words[-2:]) == last
        assert len(row.body.split("\n\n")) == paragraphs
        assert (row.date.date().isoformat() if row.date_basis == "page" else None) == day
        assert row.truncated == (share is not None)
        assert (row.share_missing if row.truncated else None) == share


def test_only_the_page_without_headline_has_a_derived_title(articles):
    assert articles.loc[articles["title_derived"], "path"].str[:3].tolist() == ["003"]


def test_dates_and_outlets_are_only_those_the_pages_state(articles):
    assert articles.loc[articles["date"].isna(), "path"].str[:3].tolist() == ["001", "004"]
    assert set(articles.loc[articles["date"].isna(), "date_basis"]) == {"absent"}
    outlets = articles.dropna(subset="outlet").set_index("path")["outlet"]
    assert {page[:3]: outlet for page, outlet in outlets.items()} == {
        "000": "InfoMagazine",
        "004": "Juste Milieu",
    }


def test_all_are_french_and_none_is_a_reprint(articles):
    assert set(articles["language"]) == {"fr"}
    assert set(articles["family_role"]) == {"single"}


def test_no_furniture_in_any_body(articles):
    bodies = "\n".join(articles["body"])
    assert [words for words in FURNITURE if words in bodies] == []


def test_briefs_have_no_strapline_and_longer_pieces_their_kicker(articles):
    feed = articles[articles["path"].str.startswith("002")]
    assert feed["strapline"].notna().sum() == 14
    assert feed["strapline"].dropna().str.len().max() < 60


def test_no_line_is_lost_and_no_sentence_is_discarded(reading, seeds):
    for path in sorted(seeds.glob("*.txt")):
        rows = reading.articles[reading.articles["path"] == path.name]
        told = " ".join(
            " ".join(f"{row.title} {row.strapline} {row.body}".split()) for row in rows.itertuples()
        )
        removed = reading.discarded[reading.discarded["path"] == path.name]
        numbers = set(removed["line"])
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            kept = " ".join(line.split()).lstrip("•☕\ufe0f ")
            assert not kept or number in numbers or kept in told, (path.name, number)
    prose = reading.discarded["text"].str.len() > 160
    assert set(reading.discarded.loc[prose, "kind"]) <= {
        "headline wall",
        "newsletter",
        "donation appeal",
        "author note",
    }


def test_nothing_is_skipped(reading):
    assert reading.skipped.empty
