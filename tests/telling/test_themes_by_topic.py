from tables_for_tests import Shape, build_summary, build_tables

from press_themes.telling.charts.drawing import Basis
from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.charts.themes_by_topic import (
    MOST_TOPICS,
    chart_themes_by_topic,
    cross_themes_and_topics,
)
from press_themes.telling.wording import load_wording


def _basis(shape):
    tables = build_tables(shape)
    return Basis(tables, build_summary(tables, "en"), load_wording("en"))


def test_every_cell_is_a_recount_of_the_passages():
    basis = _basis(Shape(200, 40))
    passages = basis.tables.passages
    for row in cross_themes_and_topics(basis).itertuples():
        inside = passages[passages["topic"] == row.topic]["themes"]
        bears = [row.theme in names if row.theme else len(names) == 0 for names in inside]
        assert (row.n_passages, row.n_topic) == (sum(bears), len(inside))
        assert row.share == sum(bears) / len(inside)


def test_small_topics_are_summed_so_no_passage_is_lost():
    basis = _basis(Shape(600, 60, n_topics=40))
    frame = cross_themes_and_topics(basis)
    assert frame["topic"].nunique() == MOST_TOPICS + 2
    assert frame.drop_duplicates("topic")["n_topic"].sum() == 600


def test_the_title_names_a_missed_topic_only_if_there_is_one():
    basis = _basis(Shape(200, 40))
    with use_house_style():
        assert "covers every topic; “" in chart_themes_by_topic(basis).title
        full = basis.tables.passages.assign(themes=[["open_source"]] * 200)
        whole = basis._replace(tables=basis.tables._replace(passages=full))
        assert "all passages of the larger topics" in chart_themes_by_topic(whole).title
        passages = basis.tables.passages
        themes = [
            [] if topic == 0 else list(names)
            for topic, names in zip(passages["topic"], passages["themes"], strict=True)
        ]
        missed = basis.tables._replace(passages=passages.assign(themes=themes))
        title = chart_themes_by_topic(basis._replace(tables=missed)).title
    assert "misses the topic" in title
    assert basis.tables.topics.set_index("topic").loc[0, "label"] in title
