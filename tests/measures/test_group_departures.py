from tables_for_tests import Shape, build_tables

from press_themes.measures.departures import compare_stories, find_departure
from press_themes.measures.group_departures import compare_groups
from press_themes.measures.theme_pairs import pair_themes


def _favour(tables):
    outlets = tables.articles.set_index("article_id")["outlet"]
    favoured = tables.passages["article_id"].map(outlets) == "Gazette A"
    themes = [["child_safety"] if inside else [] for inside in favoured]
    return tables.passages.assign(themes=themes)


def test_the_cell_that_stands_out_is_the_one_that_beats_chance_among_all():
    tables = build_tables(Shape(120, 60, n_themes=3))
    passages = _favour(tables)
    compared = compare_groups(passages, tables.articles)
    best = compared[compared["stands_out"]]
    expected = find_departure(compare_stories(passages, tables.articles, "outlet"))
    assert best[["grouping", "group", "theme"]].to_numpy().tolist() == [
        ["outlet", expected["outlet"], "child_safety"]
    ]
    assert best["beyond_chance"].all()
    beyond = (compared["residual"].abs() >= 2) & (compared["expected"] >= 5)
    assert (compared["beyond_chance"] == beyond).all()


def test_one_group_is_not_compared():
    tables = build_tables(Shape(60, 20, n_outlets=1))
    assert compare_groups(tables.passages, tables.articles).empty


def test_a_pair_that_always_meets_stands_out():
    tables = build_tables(Shape(400, 100, 4))
    first = tables.passages["article_id"].str[-1].isin(list("01234"))
    themes = [["a", "b"] if inside else ["c", "d"] for inside in first]
    pairs = pair_themes(tables.passages.assign(themes=themes), tables.articles)
    assert pairs["stands_out"].sum() == 1
    read = tables.articles["article_id"].isin(tables.passages["article_id"])
    assert set(pairs["n_all"]) == {tables.articles.loc[read, "family_id"].nunique()}


def test_pairs_of_one_theme_are_no_table():
    tables = build_tables(Shape(60, 20, n_themes=1))
    assert pair_themes(tables.passages, tables.articles).empty
