from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from press_themes.topics.words import extract_terms, read_stop_words, split_term


@pytest.mark.parametrize(
    ("language", "text", "wanted", "unwanted"),
    [
        (
            "fr",
            "L’intelligence artificielle n’est qu’un outil, affirme-t-il le 3 mars 2026.",
            {"intelligence artificielle", "outil"},
            {"est", "un", "affirme-t-il", "mars", "2026", "3", "l’intelligence"},
        ),
        (
            "en",
            "The regulator's report said on Monday that 40% of the platforms' users left.",
            {"regulator", "platforms", "users"},
            {"the", "said", "monday", "40", "regulator's", "of"},
        ),
        (
            "de",
            "Die Plattform wurde am Dienstag von der Behörde geprüft.",
            {"Plattform"},
            {"Dienstag", "der"},
        ),
        (
            "es",
            "El gobierno anunció que la ley entrará en vigor en enero.",
            {"gobierno"},
            {"el", "que", "enero"},
        ),
        (
            "ar",
            "أعلنت الحكومة أن المنصات الرقمية ستخضع للرقابة",
            {"المنصات الرقمية"},
            {"أن", "أعلنت"},
        ),
        ("zh", "科学家宣布，他们发明了一种新型诊断工具", {"诊断"}, {"的", "了", "他们"}),
    ],
)
def test_terms_of_a_language(
    language: str, text: str, wanted: set[str], unwanted: set[str]
) -> None:
    terms = extract_terms(text, language)
    assert wanted <= set(terms)
    assert not unwanted & {term.casefold() for term in terms}


def test_markup_addresses_and_numbers_are_no_terms() -> None:
    text = '<div class="x">see https://example.org/a?b=1 or me@example.org&nbsp;123 href</div>'
    assert extract_terms(text, "en") == []


def test_linking_words_stand_inside_terms_only() -> None:
    terms = extract_terms("Le droit d’auteur et la protection de l’enfance protège l’artiste", "fr")
    assert {"droit d’auteur", "protection de l’enfance"} <= set(terms)
    assert not {"droit auteur", "protège artiste", "de", "de l’enfance"} & set(terms)
    assert "Bank of England" in extract_terms("The Bank of England met", "en")
    assert split_term("protection de l’enfance") == ["protection", "enfance"]


def test_a_term_does_not_cross_punctuation() -> None:
    assert "harbour lighthouse" not in extract_terms("the harbour. Lighthouse keepers", "en")


@example("A&", "zh")
@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200), st.sampled_from(["fr", "en", "es", "de", "it", "pt", "ar", "zh", "xx"])
)
def test_no_term_is_a_stop_word_or_a_number(text: str, language: str) -> None:
    stop_words = read_stop_words(language)
    for term in extract_terms(text, language):
        for word in split_term(term):
            assert word.casefold() not in stop_words
            assert not word.isdigit()
            # "R&D" is a word, "R&" is what is left of markup.
            assert not set(word) & set('<>="/\\{}')
            assert not word.endswith("&")


def test_marks_written_on_letters_stay_in_their_words() -> None:
    assert "प्रधानमंत्री" in extract_terms("प्रधानमंत्री ने संसद में बजट पेश किया।", "hi")
    assert "বাংলাদেশের" in extract_terms("বাংলাদেশের প্রধানমন্ত্রী আজ সংসদে", "bn")
    assert "முதலமைச்சர்" in extract_terms("தமிழ்நாடு முதலமைச்சர் இன்று", "ta")


def test_no_term_goes_across_the_end_of_a_sentence_in_any_script() -> None:
    for mark in ".。、،؟؛।።…!?":
        assert "harbour trawler" not in extract_terms(f"harbour{mark} trawler", "en"), mark


def test_a_link_joins_what_belongs_together_only() -> None:
    assert "Bank of England" in extract_terms("the Bank of England", "en")
    assert "Portugal the centre-right" not in extract_terms("in Portugal the centre-right", "en")
