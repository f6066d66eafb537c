import pytest

from press_themes.articles.lines import Line, split_lines
from press_themes.articles.noise import is_wall, label_lines, missing_share

PROSE = "La régie portuaire de Lérac a voté mercredi un plan pour brancher les navires à quai."


def kinds(text, is_page=True):
    lines = split_lines(text)
    return list(zip([line.text for line in lines], label_lines(lines, is_page), strict=True))


def test_walls_of_headlines():
    wall = "    ".join(f"Le titre numéro {i} de la page" for i in range(12))
    assert is_wall(Line(1, wall, True))
    assert is_wall(Line(1, "Un titre sans fin " * 100, True))
    assert not is_wall(Line(1, (PROSE + " ") * 40, True))
    assert not is_wall(Line(1, "   ".join([PROSE] * 12), True))


def test_a_widget_spreads_to_its_neighbours_but_a_subhead_is_kept():
    widget = "\n".join(["0 votes", "guest", "0 commentaires", "Plume d'or", "Répondre"])
    labels = dict(kinds(f"{PROSE}\n\nUn plan contesté\n\n{PROSE[:-1]} hier.\n\n{widget}"))
    assert labels["guest"]
    assert labels["Plume d'or"]
    assert labels["Un plan contesté"] is None


def test_the_last_subhead_of_a_truncated_article_is_kept():
    labels = dict(kinds(f"{PROSE}\n\nUn plan contesté\n\n\nIl reste 63% de l'article à découvrir."))
    assert labels["Un plan contesté"] is None


def test_captions_boxes_and_biographies():
    labels = dict(
        kinds(
            f"{PROSE}\nQuai des Forges\n\nCrédits photo : Marc Ohlin\n\nLe grand secret\n\n"
            "Inscrivez-vous à la newsletter et recevez « Le grand secret ».\n\n"
            f"{PROSE[:-1]} aussi.\n\nAline Corbeau\n\n"
            "Aline Corbeau est journaliste au Littoral depuis dix ans et aime les bateaux."
        )
    )
    assert labels["Quai des Forges"] == "caption"
    assert labels["Le grand secret"] == "newsletter"
    assert labels["Aline Corbeau"] == "author note"


def test_readers_comments_run_to_the_end():
    comment = "J'étais dans la salle et c'était long, très long."
    text = f"{PROSE}\n{PROSE[:-1]} hier.\n2 commentaires\nPeter\n{comment}"
    assert [label for _, label in kinds(text)][2:] == [
        "comment section",
        "comment form",
        "comment form",
    ]


def test_a_paragraph_told_twice_is_kept_once():
    assert [label for _, label in kinds(f"{PROSE}\n\n{PROSE}")] == [None, "repeated paragraph"]


def test_headlines_after_the_end():
    more = "\n".join(f"Un autre titre du jour numéro {n}" for n in "abcdef")
    assert {label for _, label in kinds(f"{PROSE}\n\n{more}")} == {None, "headline wall"}


def test_structured_text_loses_only_what_its_words_give_away():
    transcript = "word " * 2_000
    more = "\n".join(f"Un vers libre du poème numéro {n}" for n in "abcdef")
    assert kinds(transcript, is_page=False)[0][1] is None
    assert all(label is None for _, label in kinds(f"{PROSE}\n{more}", is_page=False))
    assert kinds("Il reste 20 % de l'article", is_page=False)[0][1] == "paywall note"


def test_missing_share():
    assert missing_share(Line(1, "Il reste 72 % de l'article", True)) == 0.72
    assert missing_share(Line(1, "تبقى ٤٠٪ من المقال", True)) == 0.4
    assert missing_share(Line(1, "Vous devez être abonné", True)) is None


@pytest.mark.parametrize(
    "note",
    [
        "Vous avez lu 40 % de cet article.",
        "You have read 40% of this article.",
        "Has leído el 40 % del artículo.",
        "Sie haben 40 % des Artikels gelesen.",
        "Hai letto il 40% dell'articolo.",
        "Leu 40% deste artigo.",
        "لقد قرأت ٤٠٪ من المقال",
        "您已阅读本文的40%",
    ],
)
def test_what_has_been_read_is_not_missing(note):
    assert kinds(f"{PROSE}\n\n{note}")[1][1] == "paywall note"
    assert missing_share(Line(1, note, True)) == 0.6
