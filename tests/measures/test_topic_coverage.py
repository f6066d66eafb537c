import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.measures.topic_coverage import cover_by_topic


def test_topics_are_missed_covered_or_too_small_and_the_least_covered_comes_first():
    tables = build_tables(Shape(50, 20, n_topics=4))
    topic = np.repeat([0, 1, 2, 3], [20, 16, 10, 4])
    bears = [i < 19 for i in range(20)] + [i < 4 for i in range(16)] + [True] * 10 + [False] * 4
    passages = tables.passages.assign(topic=topic, themes=[["a"] if x else [] for x in bears])
    topics = tables.topics.head(1).loc[[0] * 4].assign(topic=range(4))
    covered = cover_by_topic(passages, topics)
    assert covered["topic"].tolist() == [1, 0, 2, 3]
    assert covered["verdict"].tolist() == ["missed", "covered", "covered", "too small"]
    assert covered["n_with_theme"].tolist() == [4, 19, 10, 0]
    assert covered["share_with_theme"].tolist() == [0.25, 0.95, 1.0, 0.0]
