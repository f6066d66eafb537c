import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.measures.counts import count_groups, list_members

ARTICLES = pd.DataFrame({"article_id": ["a", "b", "c"], "family_id": ["f", "f", "g"]})
PASSAGES = pd.DataFrame(
    {
        "article_id": ["a", "a", "b", "c"],
        "themes": [["x", "y"], ["x"], ["x"], []],
        "topic": [0, 0, 1, -1],
    }
)


def test_a_passage_counts_for_each_of_its_themes():
    counted = count_groups(PASSAGES, ARTICLES, "themes").set_index("theme")
    assert counted.loc["x", ["n_passages", "n_articles", "n_stories"]].tolist() == [3, 2, 1]
    assert counted.loc["y", ["n_passages", "n_articles", "n_stories"]].tolist() == [1, 1, 1]
    assert counted["share"].to_dict() == {"x": 0.75, "y": 0.25}


def test_outliers_have_no_row_but_count_among_all_passages():
    counted = count_groups(PASSAGES, ARTICLES, "topic").set_index("topic")
    assert counted.index.tolist() == [0, 1]
    assert counted["share"].to_dict() == {0: 0.5, 1: 0.25}


def test_one_story_has_no_interval():
    counted = count_groups(PASSAGES, ARTICLES, "themes")
    assert counted[["share_low", "share_high"]].isna().all(axis=None)


def test_nothing_assigned_gives_an_empty_table_with_its_columns():
    bare = PASSAGES.assign(themes=[[], [], [], []])
    counted = count_groups(bare, ARTICLES, "themes")
    assert counted.empty
    assert counted.columns[:2].tolist() == ["theme", "n_passages"]


def test_lists_may_be_arrays_and_repeat_a_theme():
    arrays = PASSAGES.assign(themes=[np.array(["x", "x"]), np.array(["x"]), [], np.array([])])
    assert count_groups(arrays, ARTICLES, "themes")["n_passages"].tolist() == [2]


def test_an_article_without_a_family_is_its_own_story():
    articles = ARTICLES.assign(family_id=[None, None, "g"])
    assert list_members(PASSAGES, articles, "themes")["story"].tolist() == ["a", "a", "a", "b"]


def test_counts_agree_with_a_plain_recount():
    tables = build_tables(Shape(n_passages=200, n_articles=50))
    counted = count_groups(tables.passages, tables.articles, "themes").set_index("theme")
    stories = tables.articles.set_index("article_id")["family_id"]
    for theme, row in counted.iterrows():
        bears = tables.passages[[theme in names for names in tables.passages["themes"]]]
        assert row["n_passages"] == len(bears)
        assert row["n_articles"] == bears["article_id"].nunique()
        assert row["n_stories"] == bears["article_id"].map(stories).nunique()
        assert row["share"] == pytest.approx(len(bears) / 200)
        assert row["share_low"] <= row["share"] <= row["share_high"]


def test_row_order_does_not_change_the_counts():
    tables = build_tables(Shape(n_passages=60))
    shuffled = tables.passages.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        count_groups(tables.passages, tables.articles, "topic"),
        count_groups(shuffled, tables.articles, "topic"),
    )
