from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.measures.crosswalk import NO_THEME, cross_themes, find_uncovered

TABLES = build_tables(Shape(200, 30))


def test_every_passage_is_in_the_crosswalk() -> None:
    table = cross_themes(TABLES.passages, TABLES.articles)
    assert (
        table["n_passages"].sum() == TABLES.passages["themes"].map(lambda t: max(1, len(t))).sum()
    )
    bare = table[table["theme"] == NO_THEME]["n_passages"].sum()
    assert bare == (TABLES.passages["themes"].map(len) == 0).sum()
    by_theme = table.groupby("theme")["share_of_theme"].sum()
    np.testing.assert_allclose(by_theme, 1)
    one = table.iloc[0]
    n_topic, n_theme = (
        one["n_passages"] / one["share_of_topic"],
        one["n_passages"] / one["share_of_theme"],
    )
    assert one["expected"] == pytest.approx(n_topic * n_theme / len(TABLES.passages))


def test_a_steady_topic_without_theme_deserves_one_and_a_shaky_or_covered_one_does_not() -> None:
    passages = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(60)],
            "topic": np.repeat([0, 1, 2], 20),
            "themes": [[]] * 40 + [["sea"]] * 20,
        }
    )
    articles = pd.DataFrame(
        {"article_id": passages["article_id"], "family_id": passages["article_id"]}
    )
    topics = pd.DataFrame({"topic": [0, 1, 2], "stability": [0.9, 0.2, 0.9]})
    table = find_uncovered(passages, articles, topics).set_index("topic")
    assert table["deserves_theme"].to_dict() == {0: True, 1: False, 2: False}
    assert table["share_without"].to_dict() == {0: 1.0, 1: 1.0, 2: 0.0}
    one_story = find_uncovered(passages, articles.assign(family_id="f"), topics)
    assert not one_story["deserves_theme"].any()
    assert one_story["share_without_low"].isna().all()
