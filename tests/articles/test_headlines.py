import pytest

from press_themes.articles.headlines import is_menu, pick_headline
from press_themes.articles.lines import Line
from press_themes.articles.scraped import split_page
from press_themes.articles.shared_words import shared_words, stems

FRENCH = (
    "La régie portuaire de Lérac a voté mercredi un plan pour brancher les navires à quai. Les "
    "moteurs resteront éteints pendant les escales.\n\nLes riverains de Lérac respirent la fumée "
    "des navires depuis cinquante ans, rappelle la directrice du port."
)
GERMAN = (
    "Der Speicher am See fasst vierzigtausend Kubikmeter Wasser und soll im Winter zwölftausend "
    "Haushalte heizen. Die Stadtwerke haben den Vertrag am Dienstag unterzeichnet."
)
ARABIC = (
    "افتتحت البلدية صباح اليوم سوقا دائمة للمزارعين على ضفة النهر، بمشاركة ستين بائعا من القرى "
    "المجاورة. وقال رئيس البلدية إن السوق سيعمل ثلاثة أيام في الأسبوع."
)
CHINESE = "青岭市三座图书馆昨日同时开馆，藏书共计十二万册。图书馆全年免费开放，周末延长到晚上九点。"
SPANISH = (
    "El tranvía de Almenar llegó ayer por primera vez al hospital comarcal. El tramo, de tres "
    "kilómetros, ha costado cuarenta millones de euros."
)
ITALIAN = (
    "Nel lago di Serpedo si può di nuovo nuotare, dicono le analisi dell'agenzia regionale. I "
    "divieti erano scattati quando una fabbrica scaricava nelle acque."
)
PORTUGUESE = (
    "As portas do teatro de Ponteval voltaram a abrir na sexta-feira, depois de seis anos de "
    "obras. A peça de estreia foi escrita por trinta vizinhos do bairro."
)
ENGLISH = (
    "Pumps that keep four villages dry will stay open after ministers dropped a plan to sell them. "
    "Residents had raised money to fight the sale in court."
)
# Name of the page: its lines above the text, the title and the strapline that they hold.
HEADS = {
    "strapline in sentences, byline, date with reading time": (
        ["Verkehr", "Stadtwerke bauen Speicher am See", "Das Wasser heizt. Im Winter zuerst.",
         "Von Jutta Kessler", "17.02.2025, 05:00 Uhr • Lesezeit: 6 Min."],
        GERMAN, "Stadtwerke bauen Speicher am See", "Das Wasser heizt. Im Winter zuerst.",
    ),
    "strapline without a stop, name with a place": (
        ["البلدية تفتح سوقا للمزارعين على النهر", "ستون بائعا من القرى المجاورة يشاركون في السوق الدائمة",
         "سلمى الحداد - السفح", "نشر في: 5 ديسمبر 2024 - 09:15"],
        ARABIC, "البلدية تفتح سوقا للمزارعين على النهر",
        "ستون بائعا من القرى المجاورة يشاركون في السوق الدائمة",
    ),
    "caption, desk and place before the date": (
        ["El tranvía de Almenar llega al hospital",
         "Vecinos de Almenar esperan el tranvía en la parada. / Rosa Medel",
         "El nuevo tramo, de tres kilómetros, evitará dos mil viajes en coche al día",
         "Juan Prado", "Almenar", "Sábado, 3 de mayo 2025, 00:12"],
        SPANISH, "El tranvía de Almenar llega al hospital",
        "El nuevo tramo, de tres kilómetros, evitará dos mil viajes en coche al día",
    ),
    "date above the headline, service lines above the date": (
        ["AGENZIA VALLE - SERVIZIO GENERALE", "AMBIENTE LAGHI", "22-01-2025 / 13:40", "",
         "Il lago di Serpedo torna balneabile per chi vuole nuotare"],
        ITALIAN, "Il lago di Serpedo torna balneabile per chi vuole nuotare", None,
    ),
    "no date, strapline above the name": (
        ["Folha do Sul", "Assine", "Cidades", "", "Teatro de Ponteval reabre depois de obras", "",
         "Peça escrita por vizinhos do bairro estreia esta semana; outras cidades querem copiar",
         "", "Jurema Castilho", "Da Reportagem em Ponteval", "", "Compartilhe"],
        PORTUGUESE, "Teatro de Ponteval reabre depois de obras",
        "Peça escrita por vizinhos do bairro estreia esta semana; outras cidades querem copiar",
    ),
    "player time and comments below the date": (
        ["Le port de Lérac va brancher ses navires", "Aline Corbeau - 6 mars 2025 à 06:30",
         "6 commentaires", "Écouter cet article", "00:00/05:12"],
        FRENCH, "Le port de Lérac va brancher ses navires", None,
    ),
    "Chinese masthead with the date and the source, then the headline": (
        ["晨江晚报网", "2025年3月3日 08:12 来源：晨江晚报", "【字号：大 中 小】",
         "青岭市三座图书馆同时开馆", "记者 徐立"],
        CHINESE, "青岭市三座图书馆同时开馆", None,
    ),
    "name with a place in the block of the date": (
        ["Villages win fight over drainage pumps",
         "Residents are relieved. Ministers say they never meant it.",
         "Priya Wexcombe in Northfold", "SEPTEMBER 3 2024", "37 comments"],
        ENGLISH, "Villages win fight over drainage pumps",
        "Residents are relieved. Ministers say they never meant it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_the_headline_is_found_whatever_stands_below_it(name):
    head, text, title, strapline = HEADS[name]
    pieces, _ = split_page("\n".join(head) + "\n\n" + text)
    assert [(piece.title, piece.strapline) for piece in pieces] == [(title, strapline)]
    assert pieces[0].paragraphs[0][:20] == text[:20]


def test_a_strapline_shares_more_words_than_the_headline_but_is_longer():
    lines = [Line(1, "Le port branche ses navires", True), Line(2, FRENCH[:100], True)]
    told = stems(FRENCH)
    assert shared_words(lines[1], told) > shared_words(lines[0], told)
    assert pick_headline([0, 1], lines, told) == 0


def test_mottos_and_sections_share_no_words_with_the_text():
    lines = [
        Line(1, "Toute la vérité, rien d'autre", True),
        Line(2, "Les navires de Lérac bientôt branchés à quai", True),
    ]
    assert pick_headline([0, 1], lines, stems(FRENCH)) == 1


@pytest.mark.parametrize(
    ("text", "menu"),
    [
        ("Inicio | Política | Deportes", True),
        ("Abo   E-Paper   Anmelden", True),
        ("Accueil > Régions > Direct", True),
        ("Crue de la Vaurenne : l'eau redescend à Saint-Aubrac", False),
        ("Le Phare - Les navires de Lérac bientôt branchés", False),
    ],
)
def test_menus(text, menu):
    assert is_menu(Line(1, text, True)) is menu
