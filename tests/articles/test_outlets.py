import pytest

from press_themes.articles.lines import Line
from press_themes.articles.outlets import find_outlet, one_spelling
from press_themes.articles.scraped import split_page


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("© 2025 La Dépêche du Littoral", "La Dépêche du Littoral"),
        ("Copyright © The Harbour Gazette. All rights reserved.", "The Harbour Gazette"),
        ("© The Harbour Gazette 2019-2025", "The Harbour Gazette"),
        ("Copyright © Tous droits réservés.", None),
        ("版权所有 未经授权不得转载", None),
    ],
)
def test_copyright_lines(text, outlet):
    assert find_outlet([], [text]) == outlet


def test_a_site_name_counts_only_when_the_boxes_repeat_it():
    above = [Line(1, "Politique", True), Line(2, "Le Phare", True)]
    assert find_outlet(above, ["Abonnez-vous à la lettre : Le Phare du soir"]) == "Le Phare"
    assert find_outlet(above, ["Abonnez-vous à la lettre du soir"]) is None


@pytest.mark.parametrize(
    ("above", "furniture", "page", "outlet"),
    [
        (["Le Fanal du Midi", "Menu", "Rechercher", "Régions"], [], "", "Le Fanal du Midi"),
        (["Lindenauer Rundschau", "Abo   E-Paper   Anmelden"], [], "", "Lindenauer Rundschau"),
        (["IL CORRIERE DELLE VALLI"], [], "", "Il Corriere delle Valli"),
        (["LA BUSSOLA"], ["Sostieni La Bussola. Dona ora"], "vive La Bussola", "La Bussola"),
        (["AGENCIA MERIDIANA - SERVICIO GENERAL"], [], "", "Agencia Meridiana"),
        (["Home News Sport", "The Fenland Echo"], [], "", "The Fenland Echo"),
        (["جريدة الساحل", "الرئيسية"], [], "", "جريدة الساحل"),
        (["滨江日报", "首页  新闻  财经"], [], "", "滨江日报"),
        (
            ["Caderno de Maré", "um blogue do litoral", "Início", "Contacto"],
            [],
            "",
            "Caderno de Maré",
        ),
        (["Cadernos", "Menu", "Início"], [], "", None),
        (["Intelligence artificielle"], [], "intelligence artificielle", None),
        (
            ["Skip to content", "THE LEDGER"],
            ["Copyright The Ledger Limited 2024."],
            "",
            "The Ledger",
        ),
        (["NewsBasket", "Sign in"], ["Read the original on Harbour & Lane"], "", "Harbour & Lane"),
        ([], ["© El Eco de Valdearcos, S.L."], "", "El Eco de Valdearcos"),
        ([], ["© Verlag am See GmbH"], "", "Verlag am See"),
        (["BBC NEWS"], [], "", "BBC News"),
    ],
)
def test_where_pages_name_themselves(above, furniture, page, outlet):
    lines = [Line(number, text, True) for number, text in enumerate(above, start=1)]
    assert find_outlet(lines, furniture, page) == outlet


def test_a_copyright_sign_names_the_outlet_only_in_the_last_lines():
    prose = "La régie de Lérac a voté un plan pour brancher les navires à quai avant deux ans."
    text = f"Le port change d'air\n3 mars 2025\n\n{{}}\n\n{prose}\n\nPartager\n\nImprimer\n\n{{}}"
    assert split_page(text.format(prose, "© Le Fanal"))[0][0].fields["outlet"] == "Le Fanal"
    assert "outlet" not in split_page(text.format("© Ilan Corvoisier", "Retour"))[0][0].fields


def test_one_outlet_has_one_spelling():
    counts = {"L’Écho": 3, "L'Echo": 1, "www.valdene.example": 1, "valdene.example": 1, None: 2}
    chosen = one_spelling(counts)
    assert chosen == {"L'Echo": "L’Écho", "www.valdene.example": "valdene.example"}
