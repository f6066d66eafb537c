from hypothesis import given
from hypothesis import strategies as st

from press_themes.articles.lines import split_lines
from press_themes.articles.paragraphs import derive_title, join_lines


def paragraphs(text):
    return join_lines(split_lines(text))


def test_a_line_broken_in_mid_sentence_goes_on():
    assert paragraphs("La mairie a dit « oui\nà tout\n ».\nElle a tort.") == [
        "La mairie a dit « oui à tout ».",
        "Elle a tort.",
    ]


def test_paragraphs_one_a_line_stay_apart():
    assert len(paragraphs("Une phrase.\nUne autre phrase.\nUn intertitre\nUne fin.")) == 4


def test_text_broken_at_a_fixed_width_is_joined():
    wrapped = (
        "Der neue Speicher fasst vierzigtausend Kubikmeter Wasser und soll im Winter\n"
        "zwölftausend Haushalte versorgen. Die Stadtwerke haben am Dienstag einen\n"
        "Vertrag mit einem Unternehmen aus der Region unterzeichnet, das die ganzen\n"
        "Leitungen verlegt."
    )
    assert len(paragraphs(wrapped)) == 1
    assert "Winter zwölftausend" in paragraphs(wrapped)[0]


def test_list_items_stay_apart_and_lose_their_bullet():
    assert paragraphs("Deux points :\n• l'un\n• l'autre") == ["Deux points :", "l'un", "l'autre"]


def test_derived_titles():
    assert derive_title("Le port ferme ce soir à vingt heures. Demain aussi.") == (
        "Le port ferme ce soir à vingt heures"
    )
    long = derive_title("Le port " + "ferme encore " * 20 + "ce soir.")
    assert long.endswith("…")
    assert len(long) <= 101
    assert not long.endswith(" …")
    assert derive_title("图书馆" * 60).endswith("…")
    assert derive_title("Que faire du port de Lérac ? Rien.") == "Que faire du port de Lérac ?"


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_a_derived_title_is_never_long(text):
    assert len(derive_title(text)) <= 101


@given(
    st.lists(st.sampled_from(["Un mot.", "et la suite", "• point", "", "Titre", "»."]), max_size=12)
)
def test_no_word_is_lost(lines):
    text = "\n".join(lines)
    kept = "".join(paragraphs(text)).replace(" ", "")
    assert kept == text.replace("\n", "").replace(" ", "").replace("•", "")
