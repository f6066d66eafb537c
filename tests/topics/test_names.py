from __future__ import annotations

from press_themes.topics.names import is_kept_out, name_groups
from press_themes.topics.nouns import Nouns, find_nouns


def test_names_are_unique_and_in_the_language_asked_for() -> None:
    keywords = {
        0: {"en": ["tide", "reef", "whale", "anchor"], "fr": ["marée", "récif", "baleine"]},
        1: {"en": ["tide", "reef", "whale", "sailor"]},
        2: {"en": ["tide", "reef", "whale"]},
        3: {},
    }
    names = name_groups(keywords, {0: "fr", 1: "fr", 2: "en", 3: "en"})
    assert names[0] == "Marée, récif, baleine"
    assert names[1] == "Tide, reef, whale"
    assert names[2] == "Tide, reef, whale (2)"
    assert len(set(names.values())) == 4


def test_a_name_has_nouns_first_and_one_proper_name() -> None:
    nouns = {"en": Nouns(frozenset({"chatbots", "advertising"}), frozenset({"openai", "google"}))}
    keywords = {0: {"en": ["OpenAI", "Google", "started", "chatbots", "advertising"]}}
    assert name_groups(keywords, {0: "en"}, nouns)[0] == "OpenAI, chatbots, advertising"


def test_words_about_abuse_stay_in_the_keywords_and_out_of_names() -> None:
    keywords = {0: {"fr": ["contenus pédopornographiques", "Grok", "enquête", "plateforme"]}}
    assert name_groups(keywords, {0: "fr"})[0] == "Grok, enquête, plateforme"
    assert is_kept_out("sexual content", "fr")
    assert not is_kept_out("protection de l’enfance", "fr")
    assert name_groups({0: {"en": ["porn"]}}, {0: "en"})[0] == "—"


def test_arabic_and_chinese_names_have_their_own_comma() -> None:
    keywords = {0: {"zh": ["医院", "医生"]}, 1: {"ar": ["مدرسة", "طبيب"]}}
    names = name_groups(keywords, {0: "zh", 1: "ar"})
    assert names == {0: "医院、医生", 1: "مدرسة، طبيب"}


def test_nouns_and_proper_names_are_seen_from_where_they_stand() -> None:
    french = find_nouns(
        [
            "La fusée doit emporter des satellites et le lanceur peut emporter Galileo.",
            "Pour emporter un satellite, Galileo a choisi la fusée.",
        ],
        "fr",
    )
    assert french.things is not None
    assert {"fusée", "satellites", "lanceur"} <= french.things
    assert "emporter" not in french.things
    assert french.names == {"galileo"}
    english = find_nouns(["Started in May, the museum started a show of the city."], "en")
    assert english.things is not None
    assert "museum" in english.things
    assert "started" not in english.things
    assert find_nouns(["医院和医生"], "zh").things is None
