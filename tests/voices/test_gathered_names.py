import pandas as pd
import pytest

from press_themes.errors import ConfigurationError
from press_themes.voices.gathered_names import (
    MENTION_COLUMNS,
    NAME_COLUMNS,
    NameSettings,
    gather_names,
)
from press_themes.voices.quotations import find_quotations

# One person in one story: four spellings in three scripts.
STORY = {
    "en": "Bohdan Shevchuk opened the dam. Shevchuk said that the lake would rise. The farmers thanked "
    "Shevchuk.",
    "de": "Der Ingenieur Bohdan Schewtschuk öffnete den Damm. „Der See wird um zwei Meter steigen“, sagte "
    "Schewtschuk.",
    "ru": "Богдан Шевчук открыл плотину. «Озеро поднимется на два метра за год», – сказал Шевчук.",
    "ar": "افتتح المهندس بوهدان شيفتشوك السد صباح الأحد. وأضاف شيفتشوك أن البحيرة سترتفع.",
}


def _corpus(texts, story="s1"):
    passages = pd.DataFrame(
        [
            {
                "passage_id": f"p{n}",
                "article_id": f"a{n}",
                "position": 0,
                "text": text,
                "language": language,
            }
            for n, (language, text) in enumerate(texts)
        ]
    )
    return passages, pd.DataFrame({"article_id": passages["article_id"], "story_id": story})


def _gather(*texts, story="s1", settings=NameSettings()):
    passages, articles = _corpus(texts, story)
    return gather_names(passages, articles, find_quotations(passages), settings)


def _row(found, spelling):
    rows = [row for row in found.names.to_dict("records") if spelling in row["spellings"]]
    assert len(rows) == 1, found.names[["name", "spellings"]]
    return rows[0]


def test_one_person_is_one_name_under_four_spellings_in_three_scripts():
    row = _row(_gather(*STORY.items()), "Bohdan Shevchuk")
    assert {"Bohdan Shevchuk", "Bohdan Schewtschuk", "Богдан Шевчук", "بوهدان شيفتشوك"} <= set(
        row["spellings"]
    )
    assert row["kind"] == "person"
    assert row["languages"] == ["ar", "de", "en", "ru"]
    assert (row["n_articles"], row["n_stories"]) == (4, 1)


def test_the_same_sound_in_other_stories_joins_nobody():
    passages, articles = _corpus(list(STORY.items()))
    articles["story_id"] = ["s1", "s2", "s3", "s4"]
    found = gather_names(passages, articles, find_quotations(passages))
    assert "Богдан Шевчук" not in _row(found, "Bohdan Shevchuk")["spellings"]


def test_a_surname_means_the_one_person_of_the_article_who_bears_it():
    found = _gather(
        ("en", "Clara Dunmore won. Dunmore thanked her team, and the crowd cheered Dunmore.")
    )
    assert _row(found, "Clara Dunmore")["n_mentions"] == 3


def test_a_surname_that_two_people_bear_is_given_to_neither():
    text = "Clara Dunmore met Peter Dunmore. The crowd cheered Dunmore and again Dunmore."
    found = _gather(("en", text))
    assert _row(found, "Clara Dunmore")["n_mentions"] == 1
    assert _row(found, "Dunmore")["n_mentions"] == 2


def test_an_acronym_is_joined_to_the_name_it_stands_for():
    text = "The Harbour Safety Board (HSB) met on Friday. Members of the HSB voted twice."
    row = _row(_gather(("en", text)), "HSB")
    assert set(row["spellings"]) == {"HSB", "Harbour Safety Board"}
    assert row["kind"] == "organisation"


def test_letters_that_stand_for_nothing_in_the_text_are_no_body():
    assert (
        _row(_gather(("en", "Sensors use GPS. Without GPS they drift.")), "GPS")["kind"]
        == "unknown"
    )


def test_a_name_in_brackets_is_the_name_before_it_in_another_script():
    text = "قالت كلارا دنمور (Clara Dunmore) إن السباق كان صعبا."
    assert len(_row(_gather(("ar", text)), "Clara Dunmore")["spellings"]) == 2


def test_cases_of_a_name_are_one_name():
    text = "Марта Квилева открыла мост. Мэр поблагодарил Марту Квилеву за работу."
    assert _row(_gather(("ru", text)), "Марта Квилева")["n_mentions"] == 2


def test_titles_are_no_part_of_a_name_and_tell_a_person():
    row = _row(_gather(("en", "They met Foreign Minister Olek Brandt in the hall.")), "Olek Brandt")
    assert row["kind"] == "person"


def test_german_nouns_are_no_names():
    text = "Der Rat hat am Montag die Brücke gesperrt. Die Brücke bleibt nach dem Unfall gesperrt."
    assert not len(_gather(("de", text)).names)


def test_days_months_and_languages_are_no_names():
    text = "It rained on Monday and on Friday in March. On Monday and in March they spoke French and French."
    assert not len(_gather(("en", text)).names)


def test_mentions_point_to_what_is_printed():
    passages, articles = _corpus(list(STORY.items()))
    found = gather_names(passages, articles, find_quotations(passages))
    texts = passages.set_index("passage_id")["text"]
    assert list(found.names.columns) == NAME_COLUMNS
    assert list(found.name_mentions.columns) == MENTION_COLUMNS
    assert set(found.name_mentions["name_id"]) == set(found.names["name_id"])
    for row in found.name_mentions.itertuples():
        assert texts[row.passage_id][row.start : row.end] == row.text


def test_the_order_of_rows_changes_nothing():
    passages, articles = _corpus(list(STORY.items()))
    quotations = find_quotations(passages)
    one = gather_names(passages, articles, quotations)
    other = gather_names(passages.iloc[::-1], articles.iloc[::-1], quotations.iloc[::-1])
    pd.testing.assert_frame_equal(one.names, other.names)
    pd.testing.assert_frame_equal(one.name_mentions, other.name_mentions)


def test_no_passages_give_empty_tables():
    passages, articles = _corpus([("en", "x")])
    found = gather_names(passages.iloc[:0], articles, find_quotations(passages.iloc[:0]))
    assert not len(found.names)
    assert not len(found.name_mentions)


def test_a_model_that_is_not_here_is_told_in_a_sentence():
    with pytest.raises(ConfigurationError, match=r"no_such_model.*; install it"):
        _gather(("en", "Clara Dunmore won."), settings=NameSettings(model="no_such_model"))
