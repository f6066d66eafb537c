import pytest

from press_themes.articles.evidence import find_text
from press_themes.articles.lines import split_lines
from press_themes.articles.noise import label_lines, line_kind

PROSE = "La régie portuaire de Lérac a voté mercredi un plan pour brancher les navires à quai."
MORE = "Les riverains attendaient cette mesure depuis des années, disent les associations."
GERMAN = "Der Speicher am See fasst viel Wasser und soll im Winter zwölftausend Haushalte heizen."


def kept(text):
    lines = split_lines(text)
    labels = label_lines(lines)
    return [line.text for line, label in zip(lines, labels, strict=True) if label is None]


@pytest.mark.parametrize(
    "tail",
    [
        "Les plus lus\nUne baleine au large\nLe prix du pain recule",
        "More from Harbour Lane\nFerry operator drops tickets\nCargo Weekly · 4 days ago",
        "Mehr zum Thema\nWas die Wärme kostet\nHoroskop",
        "Lo más leído\nEl viento cierra la feria\nTres recetas con pan",
        "Altri articoli di Carla Finzi\nLa burocrazia che ci meritiamo",
        "Mais lidas\n1. O preço da luz\n2. Incêndio na serra",
        "الأكثر قراءة\n1. مهرجان التمور ينطلق السبت\n2. صورة اليوم",
        "热门文章\n滨江地铁四号线开通\n本周末有雨",
        "Reuse this content\nSix charts on harbour noise",
        "Com tecnologia do Blogger.",
        "本文网址：http://www.example.org/a.html\n【打印】【关闭窗口】",
    ],
)
def test_lists_and_footers_below_the_last_sentence_are_furniture(tail):
    assert kept(f"{PROSE}\n\n{MORE}\n\n{tail}") == [PROSE, MORE]


def test_teasers_with_their_own_sentence_are_furniture_below_a_heading():
    teasers = "Une baleine au large de Morin\nElle mesure onze mètres et dort au soleil.\n"
    assert kept(f"{PROSE}\n\n{MORE}\n\nÀ lire aussi\n{teasers}\n{teasers[:-2]} ici.") == [
        PROSE,
        MORE,
    ]


def test_an_article_goes_on_below_a_box_in_its_middle():
    box = "Lire aussi\nLe retour discret du pin d'altitude"
    last = "Reste une inconnue que personne ne sait lever, reconnaît la chercheuse du parc."
    assert kept(f"{PROSE}\n\n{box}\n\n{MORE} {MORE}\n\n{last}") == [PROSE, f"{MORE} {MORE}", last]


def test_what_a_paywall_offers_is_no_text_but_a_subhead_above_it_is():
    offer = "Sie haben 30 % des Artikels gelesen.\nDanach 9,90 € im Monat\nAlle Artikel in der App"
    assert kept(f"{GERMAN}\n\nDas Werk lebt auf\n\n{offer}") == [GERMAN, "Das Werk lebt auf"]


def test_a_signature_behind_the_last_full_stop_is_prose():
    signed = "La campaña comenzó en la comarca el 4 de noviembre y terminará pronto. Meridiana"
    assert kept(f"{PROSE}\n\n{signed}\n\n1010482\narc/mlt/jpq") == [PROSE, signed]


def test_nothing_ends_where_nothing_reads_as_prose():
    lines = split_lines("Un titre\nUn autre titre du jour\nPartager")
    assert find_text(lines, [line_kind(line) for line in lines]).end == 0


def test_a_list_at_the_end_of_an_article_is_kept():
    steps = ["• ouvrir les vannes", "• prévenir les riverains"]
    assert kept("\n".join([PROSE, MORE, *steps, "", "Partager", "Facebook", "X"])) == [
        PROSE, MORE, *steps,
    ]  # fmt: skip


def test_a_lede_that_a_list_of_contents_parts_from_the_text_is_kept():
    contents = "Inhalt\n" + "\n".join(f"* Frage {number} zum Speicher" for number in range(1, 9))
    text = "\n\n".join(
        f"Das Becken {place} liegt unter dem Platz und ist so tief wie das Haus daneben hoch ist."
        for place in ("am See", "am Markt", "an der Schule", "am Bahnhof", "im Park", "am Tor")
    )
    assert kept(f"{GERMAN}\n\n{contents}\n\n{text}") == [GERMAN, *text.split("\n\n")]
