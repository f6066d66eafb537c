import pytest

from press_themes.articles.lines import Line
from press_themes.articles.outlets import find_outlet


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
