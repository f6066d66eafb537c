from __future__ import annotations

import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.measures.aggregation import aggregate_themes, name_strongest


def test_an_article_bears_what_its_passages_bear_and_the_strongest_comes_first() -> None:
    passages = pd.DataFrame(
        {"passage_id": ["p1", "p2", "p3"], "article_id": ["a", "a", "b"], "text": ["x", "y", "y"]}
    )
    articles = pd.DataFrame({"article_id": ["a", "b"], "family_id": ["f", "f"]})
    rows = [("p1", "sea", 0.2, True), ("p1", "loom", 0.4, False)]
    rows += [("p2", "sea", 0.0, False), ("p2", "loom", -0.1, False)]
    rows += [("p3", "sea", -0.2, False), ("p3", "loom", -0.1, False)]
    scores = pd.DataFrame(rows, columns=["passage_id", "theme", "score", "assigned"])
    table = aggregate_themes(passages, articles, scores).set_index(["level", "id", "theme"])
    assert table.loc[("article", "a", "sea"), ["n_bearing", "rank", "bears"]].tolist() == [
        1,
        1,
        True,
    ]
    assert table.loc[("article", "a", "loom"), "rank"] == 2
    assert table.loc[("story", "f", "sea"), "n_passages"] == 2
    assert name_strongest(table.reset_index()) == {"a": "sea"}
    assert name_strongest(table.reset_index(), "story") == {"f": "sea"}


def test_a_theme_that_is_second_throughout_is_not_first() -> None:
    names = ["p1", "p2", "p3", "p4"]
    passages = pd.DataFrame({"passage_id": names, "article_id": "a", "text": names})
    articles = pd.DataFrame({"article_id": ["a"], "family_id": ["a"]})
    scores = pd.DataFrame(
        [(name, "second", 0.22, True) for name in names]
        + [(name, "sea", 0.38, True) for name in names[:3]]
        + [(name, "sea", -0.4, False) for name in names[3:]],
        columns=["passage_id", "theme", "score", "assigned"],
    )
    table = aggregate_themes(passages, articles, scores).query("level == 'article'")
    assert table.set_index("theme")["score"].idxmax() == "second"
    assert name_strongest(table) == {"a": "sea"}
    assert table["weight"].sum() < 1


def test_counts_agree_with_the_table_of_themes() -> None:
    tables = build_tables(Shape(200, 30))
    table = aggregate_themes(tables.passages, tables.articles, tables.theme_scores)
    bearing = table[table["bears"]].groupby(["level", "theme"]).size()
    for row in tables.themes.itertuples():
        assert bearing.get(("article", row.theme), 0) == row.n_articles
        assert bearing.get(("story", row.theme), 0) == row.n_stories


def test_of_two_copies_judged_apart_the_one_that_bears_counts_in_any_order() -> None:
    passages = pd.DataFrame({"passage_id": ["p1", "p2"], "article_id": ["a", "b"], "text": "x"})
    articles = pd.DataFrame({"article_id": ["a", "b"], "family_id": "f"})
    scores = pd.DataFrame(
        [("p1", "sea", 0.1, False), ("p2", "sea", 0.1, True)],
        columns=["passage_id", "theme", "score", "assigned"],
    )
    table = aggregate_themes(passages, articles, scores)
    assert table.query("level == 'story'")["bears"].tolist() == [True]
    pd.testing.assert_frame_equal(table, aggregate_themes(passages, articles, scores.iloc[::-1]))
