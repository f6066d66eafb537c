from __future__ import annotations

import pandas as pd
import pytest
from stand_ins import WordEncoder, make_passages

from press_themes.topics.levels import list_levels
from press_themes.topics.topic_naming import label_topics

_TEXTS = [
    "The strike of the teachers closed the schools. A teacher spoke of the salary.",
    "In the schools the teachers want a salary. The strike goes on in Lyon.",
    "The teachers and the schools: a strike for the salary, said Dupont.",
    "The orchard lost its harvest to the drought. The farmers fear for the orchard.",
    "A drought over the orchard, and the harvest of the farmers is gone.",
    "For the farmers the drought is a harvest without an orchard in Lyon.",
]


def _label(texts: list[str], languages: list[str], topics: list[int], wished: str) -> pd.DataFrame:
    passages = make_passages(texts, languages).assign(topic=topics)
    articles = pd.DataFrame({"article_id": passages["article_id"], "title": [""] * len(texts)})
    encoder = WordEncoder()
    return label_topics(passages, articles, encoder.encode(texts), encoder, wished)


def test_a_name_is_what_most_of_the_topic_says_in_at_most_four_words() -> None:
    labels = _label(_TEXTS, ["en"] * 6, [0, 0, 0, 1, 1, 1], "en").set_index("topic")["label"]
    assert not {"Lyon", "Dupont"} & set(" ".join(labels).replace(",", "").split())
    assert all(2 <= len(label.replace(",", "").split()) <= 4 for label in labels)
    assert {w.casefold() for w in labels[0].split(", ")} <= {
        "teachers",
        "schools",
        "strike",
        "salary",
    }
    assert len(set(labels)) == 2


def test_a_headline_weighs_as_much_as_the_texts_below_it() -> None:
    passages = make_passages(_TEXTS, "en").assign(topic=[0, 0, 0, 1, 1, 1])
    articles = pd.DataFrame(
        {
            "article_id": passages["article_id"],
            "title": ["A salary for the teachers"] * 3 + [""] * 3,
        }
    )
    encoder = WordEncoder()
    found = label_topics(passages, articles, encoder.encode(_TEXTS), encoder, "en")
    assert set(found["label"][0].casefold().split(", ")) >= {"salary", "teachers"}


def test_a_topic_that_does_not_speak_the_report_says_in_which_language_it_is_named() -> None:
    found = _label(_TEXTS, ["en"] * 6, [0, 0, 0, 1, 1, 1], "fr")
    assert found["label"].str.endswith("(en)").all()
    assert (found["language"] == "en").all()


def test_a_term_that_all_languages_of_a_topic_share_names_it_where_the_report_does_not() -> None:
    texts = [
        "Die Ariane fliegt heute.",
        "Eine Ariane startet.",
        "La Ariane vuela hoy.",
        "Una Ariane despega.",
    ]
    found = _label(texts, ["de", "de", "es", "es"], [0] * 4, "en")
    assert found["label"].tolist() == ["Ariane"]


@pytest.mark.parametrize("language", ["hi", "am", "zh", "ar", "th"])
def test_every_script_has_names(language: str) -> None:
    texts = {
        "hi": "किसानों का विरोध संसद में जारी है।",
        "am": "ማንቸስተር ሲቲ ድል ተቀዳጅቷል።",
        "zh": "中国政府宣布新的经济政策。",
        "ar": "أعلن البرلمان ميزانية الحكومة.",
        "th": "รัฐบาลไทยประกาศนโยบายใหม่",
    }[language]
    label = _label([texts] * 3, [language] * 3, [0] * 3, language)["label"][0]
    assert label != "—"
    assert "(" not in label


def test_levels_name_their_topics_and_those_above() -> None:
    passages = make_passages(_TEXTS, "en").assign(
        topic_broad=[0] * 6, topic_middle=[0, 0, 0, 1, 1, 1], topic_fine=[0, 0, -1, 1, 1, 1]
    )
    articles = pd.DataFrame({"article_id": passages["article_id"], "title": [""] * 6})
    encoder = WordEncoder()
    levels = list_levels(passages, articles, encoder.encode(_TEXTS), encoder, "en")
    assert levels["level"].tolist() == ["coarse", "medium", "medium", "fine", "fine"]
    assert levels["parent"].tolist() == [-1, 0, 0, 0, 1]
    assert levels["n_passages"].tolist() == [6, 3, 3, 2, 3]


def test_two_words_side_by_side_are_no_name_unless_they_are_said_again() -> None:
    once = _label(["The orchard fears drought here."] + ["The orchard. The drought."] * 2,
                  ["en"] * 3, [0] * 3, "en")["label"][0]  # fmt: skip
    assert "orchard fears" not in once.casefold()
    again = _label(["The cherry orchard is dry.", "In the cherry orchard.", "An orchard of the cherry."],
                   ["en"] * 3, [0] * 3, "en")["label"][0]  # fmt: skip
    assert "cherry orchard" in again.casefold()


def test_a_word_is_not_cut_out_of_the_phrase_it_is_always_said_in() -> None:
    texts = ["Children leave social media.", "On social media no child.", "A law on social media."]
    label = _label(texts, ["en"] * 3, [0] * 3, "en")["label"][0].casefold()
    assert "social media" in label
    assert not {"social", "media"} & set(label.split(", "))


def test_a_name_does_not_stand_alone() -> None:
    texts = [
        "Today Deezer removes a stream.",
        "So Deezer pays a stream.",
        "Here Deezer counts a stream.",
    ]
    label = _label(texts, ["en"] * 3, [0] * 3, "en")["label"][0]
    assert set(label.casefold().split(", ")) == {"deezer", "stream"}


def test_a_topic_that_does_not_speak_the_report_is_named_in_letters_that_can_be_read() -> None:
    texts = ["أعلن البرلمان ميزانية الحكومة."] * 3 + ["El parlamento y el presupuesto."] * 2
    found = _label(texts, ["ar"] * 3 + ["es"] * 2, [0] * 5, "en")
    assert found["language"].tolist() == ["es"]
    assert found["label"][0].endswith("(es)")


def test_one_passage_is_enough_where_each_language_of_a_topic_has_one() -> None:
    texts = [
        "The orchard lost its harvest.",
        "Der Obstgarten ohne Ernte.",
        "El huerto sin cosecha.",
    ]
    languages = ["en", "de", "es"]
    assert _label(texts, languages, [0] * 3, "en")["language"].tolist() == ["en"]
    # Beside four passages of another language one in English is odd.
    more = [*texts, "Der Garten ohne Obst.", "Die Ernte im Garten.", "Der Garten."]
    assert _label(more, [*languages, "de", "de", "de"], [0] * 6, "en")["language"].tolist() == [
        "de"
    ]
