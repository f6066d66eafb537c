import pytest

from press_themes.articles.boxes import is_credited, opens_list
from press_themes.articles.lines import Line, split_lines
from press_themes.articles.noise import label_lines
from press_themes.articles.scraped import split_page

PROSE = "La régie portuaire de Lérac a voté mercredi un plan pour brancher les navires à quai."
LONGER = "Les armateurs, qui demandaient deux ans de plus pour leurs vieilles coques, s'y opposent."
LAST = "Les dockers demandent un calendrier et des garanties avant de signer cet accord."


def kinds(text, **options):
    lines = split_lines(text)
    return dict(zip([line.text for line in lines], label_lines(lines, **options), strict=True))


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("Vecinos de Hontalba en el arranque de la rueda. / Lucía Bermejo", True),
        ("La maquinaria, antes y después. L. B.", True),
        ("El muelle de Hontalba, el martes (REUTERS/Lucía Bermejo)", True),
        ("Der Rat stimmte am Montag zu. (dpa/AFP)", False),
        ("Le port compte deux quais et/ou une jetée.", False),
        ("He lives in the U.S.", False),
        ("Der Rat tagt am 3. Mai in Lindau.", False),
    ],
)
def test_credits_at_the_end_of_a_caption(text, credited):
    assert is_credited(Line(1, text, True)) is credited


def test_a_name_in_brackets_ends_a_caption_only_above_the_text():
    caption = "باحثة تطلق طائرة من قارب صغير قبالة الميناء (المرفأ)"
    item = "Les experts du centre national pour les enfants disparus (NCMEC)"
    found = kinds(f"{caption}\n\n{PROSE}\n\n{item}\n\n{LAST}")
    assert found[caption] == "caption"
    assert found[item] is None


@pytest.mark.parametrize(
    "box",
    [
        "Ne manquez rien des sciences\nChaque jeudi, nos articles dans votre boîte mail.\n"
        "Votre adresse e-mail\nJe m'inscris",
        "The Digest for busy people\nOur editor picks her stories in this weekly newsletter.",
        "Die Woche am See\nErhalten Sie jeden Freitag das Beste in Ihr Postfach.\nIhre E-Mail-Adresse",
        "Te has suscrito a nuestro boletín\nRecibe las noticias en tu correo\nSuscribirme",
        "النشرة الأسبوعية\nللاشتراك في النشرة أدخل بريدك الإلكتروني\nاشترك",
    ],
)
def test_a_box_of_several_lines_is_furniture_as_a_whole(box):
    found = kinds(f"{PROSE}\n\n{box}\n\n{LAST}")
    assert [text for text, kind in found.items() if kind is None] == [PROSE, LAST]


def test_a_subhead_between_widgets_heads_its_paragraph():
    entry = f"Partager\n14:20\nLes quais rouvrent\n{PROSE}\nPartager\n13:05\nUn second plan\n{LONGER} {LAST}"
    found = kinds(f"Partager\nCopier le lien\n{entry}\nPartager")
    kept = [text for text, kind in found.items() if kind is None]
    assert kept == ["Les quais rouvrent", PROSE, "Un second plan", f"{LONGER} {LAST}"]


def test_the_writer_at_the_end_is_known_from_the_byline():
    note = "Ottavio Serralunga insegna storia all'università e scrive su questo giornale da anni."
    page = (
        f"Elogio della fila\ndi Ottavio Serralunga\n28 ottobre 2024\n\n{PROSE}\n\n{LAST}\n\n{note}"
    )
    pieces, discarded = split_page(page)
    assert pieces[0].paragraphs == (PROSE, LAST)
    assert ("author note", note) in [(entry.kind, entry.text) for entry in discarded]
    assert kinds(f"{PROSE}\n{LAST}\n{note}")[note] is None


def test_a_heading_opens_a_list_but_a_link_is_one():
    assert opens_list(Line(1, "Lire aussi :", True))
    assert not opens_list(Line(1, "Lire aussi : Les dockers réclament", True))
