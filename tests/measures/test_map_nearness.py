import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.measures.map_nearness import measure_nearness
from press_themes.measures.margins import measure_margins


def _place(tables, apart):
    rest = np.random.default_rng(1).normal(0, 5, (len(tables.passages), 2))
    moved = np.where(np.asarray(apart)[:, None], 0.01 * rest + 60, rest)
    return tables.passages.assign(x=moved[:, 0], y=moved[:, 1])


def test_a_theme_apart_from_all_others_lies_close():
    tables = build_tables(Shape(150, 30))
    led = tables.theme_scores[tables.theme_scores["assigned"]].sort_values("score")
    first = led.drop_duplicates("passage_id", keep="last").set_index("passage_id")["theme"]
    apart = tables.passages["passage_id"].map(first) == "child_safety"
    near = measure_nearness(_place(tables, apart), tables.theme_scores).set_index("theme")
    assert near.loc["child_safety", "n"] == apart.sum()
    assert near.loc["child_safety", "share"] == apart.mean()
    assert near.loc["child_safety", "near"] == 1
    assert near.loc["child_safety", "lies_close"]
    assert near["n"].sum() == 150


def test_mixed_themes_lie_close_nowhere():
    tables = build_tables(Shape(400, 30))
    near = measure_nearness(_place(tables, [False] * 400), tables.theme_scores)
    assert not near["lies_close"].any()


def test_passages_without_a_place_are_left_out():
    tables = build_tables(Shape(30, 10))
    assert measure_nearness(tables.passages.assign(x=np.nan), tables.theme_scores).empty


def test_margins_are_thirds_and_halves_of_what_was_assigned():
    tables = build_tables(Shape(200, 30))
    margins = measure_margins(tables.theme_scores).set_index("theme")
    scores = sorted(tables.theme_scores.query("assigned")["score"])
    assert margins.loc["", "n"] == len(scores)
    for name, part in (("lower_third", 1 / 3), ("middle", 1 / 2), ("upper_third", 2 / 3)):
        below = np.searchsorted(scores, margins.loc["", name]) / len(scores)
        assert abs(below - part) < 0.02
    assert measure_margins(tables.theme_scores.assign(assigned=False)).empty
