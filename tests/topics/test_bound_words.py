from __future__ import annotations

from press_themes.topics.bound_words import complete, find_bound


def test_a_word_said_only_beside_another_stands_for_both():
    bound = find_bound(
        [
            "Spain bars children from social media. Ministers fear social media.",
            "The social media of the young: children use media, ministers say.",
        ],
        "en",
    )
    assert complete("social", bound) == "social media"
    assert complete("media", bound) == "social media"
    assert complete("children", bound) == "children"
    assert complete("social media", bound) == "social media"


def test_a_name_needs_fewer_places_and_takes_a_stop_word_with_a_capital():
    bound = find_bound(
        ["A certificate from Let’s Encrypt is free.", "Let’s Encrypt warned Donald Trump today."],
        "en",
    )
    assert complete("Encrypt", bound) == "Let’s Encrypt"
    # Once is too rarely to tell.
    assert complete("Donald", bound) == "Donald"


def test_an_article_at_the_head_of_a_sentence_is_no_part_of_a_name():
    texts = ["The Guardian reports it.", "He told the Guardian so.", "In the Guardian it is read."]
    assert complete("Guardian", find_bound(texts, "en")) == "Guardian"


def test_a_term_grows_to_four_words_at_most():
    bound = find_bound(["The North Sea Gas Field Board met."] * 3, "en")
    assert complete("Sea", bound) == "North Sea Gas Field"


def test_words_of_scripts_without_spaces_are_left_as_they_are():
    assert find_bound(["中国政府宣布新的经济政策。"] * 4, "zh") == ({}, {})
