from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.topic_keywords import MOST_TOPICS, draw_topic_keywords
from press_themes.telling.keyword_lists import list_keywords
from press_themes.telling.wording import load_wording


def _chart(tables, language="en"):
    return draw_topic_keywords(tables, language)


def test_each_topic_has_a_row_for_each_of_its_languages():
    tables = build_tables(Shape(200, 40, languages=("fr", "ar")))
    frame = _chart(tables).numbers
    assert sorted(set(frame["language"])) == ["ar", "fr"]
    assert len(frame) == 2 * len(tables.topics)
    first = frame[(frame["topic"] == 0) & (frame["language"] == "fr")]["keywords"].iloc[0]
    listed = list_keywords(tables.topics.set_index("topic").loc[0, "keywords"])["fr"]
    assert first == ", ".join(listed[:6])


def test_only_the_largest_topics_are_shown_and_the_rest_counted():
    tables = build_tables(Shape(600, 60, n_topics=40))
    drawing = _chart(tables)
    shown = drawing.numbers["topic"].unique()
    assert len(shown) == MOST_TOPICS
    sizes = tables.topics.set_index("topic")["n_passages"]
    assert sizes[shown].min() >= sizes.drop(shown).max()
    assert f"{len(tables.topics) - MOST_TOPICS} smaller topics are not shown" in drawing.caption


def test_three_languages_a_topic_are_drawn_and_all_are_in_the_numbers():
    tables = build_tables(Shape(200, 40, n_topics=1, languages=("fr", "ar", "zh", "en")))
    drawing = _chart(tables)
    assert "The 3 most spoken languages of each topic." in drawing.caption
    assert set(drawing.numbers["language"]) == {"fr", "ar", "zh", "en"}
    names = [load_wording("en").language_name(x) for x in drawing.numbers["language"]]
    texts = [text.get_text() for text in drawing.axes[0].texts]
    assert [name in texts for name in names] == [True, True, True, False]


def test_one_language_stands_once_in_the_heading():
    texts = [text.get_text() for text in _chart(build_tables(Shape(100, 30))).axes[0].texts]
    assert texts.count("French") == 1
