from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.articles.scraped import peel, split_page

PAGES = Path(__file__).parents[1] / "data" / "pages"


def page(name):
    return split_page((PAGES / f"{name}.txt").read_text(encoding="utf-8"))


# name: titles (beginning), days, outlet, truncated with share, number of paragraphs
LAYOUTS = {
    "fr_feed": (
        ["Le port de Lérac", "Bibliothèques : la ville", "Les trains de nuit"],
        [date(2025, 3, 12), date(2025, 3, 12), date(2025, 3, 11)],
        "La Dépêche du Littoral",
        [(False, None), (True, 0.64), (False, None)],
        [4, 2, 2],
    ),
    "en_newspaper": (
        ["Town Votes For Tram"],
        [date(2025, 3, 3)],
        "The Harbour Gazette",
        [(False, None)],
        [5],
    ),
    "es_portal": (
        ["El embalse de Valdoria", "Una cooperativa de Almarza", "El tren de cercanías"],
        [date(2025, 6, 4), date(2025, 6, 4), date(2025, 6, 3)],
        None,
        [(False, None), (True, None), (False, None)],
        [3, 1, 2],
    ),
    "de_export": (
        ["Stadtwerke Lindau", "Mehr Nachtbusse", "Museum zeigt"],
        [date(2025, 2, 5), date(2025, 2, 4), None],
        "Bodenbote",
        [(True, 0.35), (False, None), (False, None)],
        [2, 2, 2],
    ),
    "ar_page": (
        ["بلدية السفح تفتح"],
        [date(2025, 2, 5)],
        "صحيفة الضفة",
        [(True, 0.4)],
        [3],
    ),
    "zh_portal": (
        ["青岭市新建", "山区公交线路"],
        [date(2025, 3, 3), date(2025, 3, 2)],
        "青岭日报",
        [(False, None), (True, 0.3)],
        [3, 2],
    ),
    "it_chronology": (
        ["La lunga battaglia"],
        [date(2025, 5, 20)],
        "Il Corriere della Laguna",
        [(False, None)],
        [7],
    ),
    "pt_export": (
        ["A câmara de Ribalta", "Os pescadores de Ribalta"],
        [date(2025, 1, 9), date(2025, 1, 10)],
        None,
        [(False, None), (False, None)],
        [2, 2],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name):
    titles, days, outlet, truncated, paragraphs = LAYOUTS[name]
    pieces, _ = page(name)
    assert len(pieces) == len(titles)
    for piece, title in zip(pieces, titles, strict=True):
        assert piece.title.startswith(title)
        assert piece.fields.get("outlet") == outlet
    assert [piece.date.day for piece in pieces] == days
    assert [(piece.truncated, piece.share_missing) for piece in pieces] == truncated
    assert [len(piece.paragraphs) for piece in pieces] == paragraphs


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_line_goes_somewhere_once(name):
    pieces, discarded = page(name)
    told = " ".join(
        " ".join([piece.title, piece.strapline or "", *piece.paragraphs]) for piece in pieces
    )
    removed = {entry.line for entry in discarded}
    text = (PAGES / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            assert number in removed or " ".join(line.split()) in told, line


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        ("fr_feed", ["cookies", "crédit photo", "À lire aussi", "baleine", "abonné", "Aline"]),
        (
            "en_newspaper",
            ["Photograph", "donation", "newsletter", "Long", "joke", "ferries stopped in"],
        ),
        ("es_portal", ["Compartir", "Te puede", "Suscr", "Calatrava"]),
        ("de_export", ["Quelle", "Artikels", "Lesen Sie", "---"]),
        ("ar_page", ["تصوير", "اقرأ", "المشتركين", "شارك المقال"]),
        ("zh_portal", ["责任编辑", "来源", "分享", "相关阅读"]),
    ],
)
def test_no_furniture_in_a_body(name, noise):
    pieces, _ = page(name)
    bodies = "\n".join("\n".join(piece.paragraphs) for piece in pieces)
    assert not [word for word in noise if word in bodies]


def test_the_strapline_of_a_page_has_its_own_place():
    pieces, _ = page("en_newspaper")
    assert pieces[0].strapline.startswith("The new line")
    assert pieces[0].paragraphs[0].startswith("Councillors")


def test_a_title_is_derived_where_a_page_has_none():
    pieces, _ = page("pt_export")
    assert all(piece.title_derived for piece in pieces)
    pieces, _ = page("fr_feed")
    assert not any(piece.title_derived for piece in pieces)


def test_hard_wrapped_paragraphs_are_whole():
    pieces, _ = page("de_export")
    assert "soll im Winter zwölftausend Haushalte" in pieces[0].paragraphs[0]


def test_a_lede_told_twice_is_strapline_and_lede():
    lede = "La ville de Sorel veut fermer trois ponts sur quatre à partir du mois de mai prochain."
    pieces, _ = split_page(
        f"Sorel ferme ses ponts de mai à juin\n\n{lede}\n\n{lede}\n\nLe maire parle d'une mesure "
        "provisoire que les riverains attendaient depuis longtemps."
    )
    assert pieces[0].strapline == lede
    assert pieces[0].paragraphs[0] == lede
    assert len(pieces[0].paragraphs) == 2


def test_an_article_above_the_first_date_is_not_lost_to_a_dated_teaser():
    prose = (
        "La régie du port numéro {} a voté mercredi un plan de quarante millions d'euros pour "
        "brancher les navires à quai, malgré l'avis contraire des armateurs, qui demandent un "
        "délai de deux ans pour équiper leurs vieilles coques."
    )
    first = "\n\n".join(prose.format(n) for n in range(4))
    pieces, _ = split_page(
        f"Le port de Lérac change d'air\n\n{first}\n\nLes quais de Sorel font de même\n"
        f"3 mars 2025 à 10:00\n{prose.format(9)}"
    )
    # One dated paragraph below an article of four is a teaser of another.
    assert [len(piece.paragraphs) for piece in pieces] == [4]


def test_records_are_peeled_but_not_split():
    piece, discarded = peel(
        "Le port change d'air\n\nUne première phrase.\n\n3 mars 2025 à 10:00\n\n"
        "Il reste 20 % de l'article",
        "Le port change d'air",
    )
    assert piece.paragraphs == ("Une première phrase.", "3 mars 2025 à 10:00")
    assert piece.share_missing == 0.2
    assert [entry.kind for entry in discarded] == ["repeated title", "paywall note"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["", "3 mars 2025 à 10:00", "Un titre de quatre mots", "Partager", "2 commentaires",
             "Une phrase qui finit par un point, enfin.", "Titre : x", "Date : y", "• point", "***",
             "date 2025-01-01 Un texte"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_order_of_lines_is_survived(lines):
    pieces, discarded = split_page("\n".join(lines))
    assert all(piece.paragraphs and piece.title for piece in pieces)
    assert all(1 <= entry.line <= len(lines) for entry in discarded)


PARAGRAPHS = [
    "The council will open the old tram depot to painters for two years, it said on Monday.",
    "The rent pays for the roof, which has leaked since the last winter of the war.",
    "A vote on the plan is due in May, when the new council has taken its seats.",
]


def _body(page):
    (piece,), _ = split_page(page)
    return piece, list(piece.paragraphs)


def test_badges_on_links_below_an_article_do_not_cut_it():
    page = "\n\n".join(
        ["Depot opens to painters in spring", "12 March 2026", *PARAGRAPHS, "Read also"]
    )
    piece, body = _body(f"{page}\nThis article is for subscribers  A bell is found\nA fair")
    assert body == PARAGRAPHS
    assert not piece.truncated


def test_a_text_that_a_feed_cut_is_truncated():
    page = "\n\n".join(
        ["Depot opens to painters in spring", "12 March 2026", *PARAGRAPHS, "The keys […]"]
    )
    piece, _ = split_page(page.replace("\n\nThe keys", " The keys"))
    assert piece[0].truncated


def test_dated_comments_are_no_articles():
    said = "I have seen four plans like this one come and go, and each of them was to be the last."
    comments = "\n\n".join(
        f"{name} says:\nMarch {day}, 2026 6:11 AM\n\n{said} {name}"
        for day, name in enumerate(("gull77", "tide9", "oldsalt"), start=13)
    )
    page = "\n\n".join(["Depot opens to painters in spring", "March 12, 2026 5:33 AM", *PARAGRAPHS])
    _, body = _body(f"{page}\n\n3 responses to “Depot opens to painters in spring”\n\n{comments}")
    assert body == PARAGRAPHS


def test_a_row_of_actions_that_returns_heads_no_articles():
    row = "Whatsapp Facebook Pint Keep"
    page = "\n\n".join(f"{row}\n{row}\n{text}" for text in PARAGRAPHS)
    assert len(split_page(page)[0]) == 1


def test_a_bare_name_below_the_text_signs_it():
    page = "\n\n".join(
        ["Depot opens to painters in spring", "12 March 2026", *PARAGRAPHS, "Isla Penhallow"]
    )
    assert _body(page)[1] == PARAGRAPHS


def test_comments_named_between_lede_and_text_do_not_end_the_article():
    page = "\n".join(
        [
            "We may earn a commission when you purchase something through the links on our site.",
            "Depot opens to painters in spring",
            "12 March 2026",
            "Painters move into the old depot, and the council pays for the light.",
            "Comments",
            *PARAGRAPHS,
        ]
    )
    piece, body = _body(page)
    assert piece.title == "Depot opens to painters in spring"
    assert body[-len(PARAGRAPHS) :] == PARAGRAPHS
