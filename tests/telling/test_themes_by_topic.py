from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.themes_by_topic import MOST_TOPICS, draw_themes_by_topic

CODES = {"outliers, in no topic": -1, "smaller topics together": -2}


def test_every_cell_is_a_recount_of_the_passages():
    tables = build_tables(Shape(200, 40))
    passages = tables.passages
    for row in draw_themes_by_topic(tables).numbers.itertuples():
        inside = passages[passages["topic"] == CODES.get(row.topic, row.topic)]["themes"]
        bears = [row.theme in names if row.theme else len(names) == 0 for names in inside]
        assert (row.n_passages, row.n_topic) == (sum(bears), len(inside))
        assert row.share == sum(bears) / len(inside)


def test_small_topics_are_summed_so_no_passage_is_lost():
    frame = draw_themes_by_topic(build_tables(Shape(600, 60, n_topics=40))).numbers
    assert frame["topic"].nunique() == MOST_TOPICS + 2
    assert frame.drop_duplicates("topic")["n_topic"].sum() == 600


def test_the_title_names_a_missed_topic_only_if_there_is_one():
    tables = build_tables(Shape(200, 40))
    assert "covers every topic; “" in draw_themes_by_topic(tables).takeaway
    full = tables.passages.assign(themes=[["open_source"]] * 200)
    whole = draw_themes_by_topic(tables._replace(passages=full))
    assert "all passages of the larger topics" in whole.takeaway
    passages = tables.passages
    themes = [
        [] if topic == 0 else list(names)
        for topic, names in zip(passages["topic"], passages["themes"], strict=True)
    ]
    missed = tables._replace(passages=passages.assign(themes=themes))
    title = draw_themes_by_topic(missed).takeaway
    assert "misses the topic" in title
    assert tables.topics.set_index("topic").loc[0, "label"] in title
