import numpy as np
import pandas as pd
import pytest
from tables_for_tests import story_tables

from press_themes.measures.departures import compare_pairs, compare_stories, find_departure


def test_expected_articles_follow_from_the_margins():
    outlets = ["A"] * 30 + ["B"] * 10
    themes = [["x"] if i < 6 or i >= 32 else [] for i in range(40)]
    passages, articles = story_tables(themes, [0] * 40, outlets)
    compared = compare_stories(passages, articles, "outlet").set_index("outlet")
    assert compared["n_stories"].to_dict() == {"A": 6, "B": 8}
    assert compared["expected"].to_dict() == {"A": 10.5, "B": 3.5}
    spread = np.sqrt(10.5 * (1 - 0.35) * (1 - 0.75))
    assert compared.loc["A", "residual"] == pytest.approx((6 - 10.5) / spread)
    assert compared["residual"].sum() == pytest.approx(0)
    departure = find_departure(compare_stories(passages, articles, "outlet"))
    assert (departure["outlet"], departure["n_stories"]) == ("A", 6)


def test_one_outlet_or_none_cannot_be_compared():
    passages, articles = story_tables([["x"]] * 10, [0] * 10)
    assert compare_stories(passages, articles, "outlet").empty
    assert compare_stories(passages, articles.assign(outlet=None), "outlet").empty
    assert find_departure(compare_stories(passages, articles, "outlet")) is None


def test_outlets_with_few_articles_are_not_compared():
    outlets = ["A"] * 10 + ["B"] * 5 + ["C"] * 4
    passages, articles = story_tables([["x"]] * 19, [0] * 19, outlets)
    assert set(compare_stories(passages, articles, "outlet")["outlet"]) == {"A", "B"}
    few = articles[articles["outlet"] != "B"]
    assert compare_stories(passages, few, "outlet").empty


def test_languages_are_compared_like_outlets():
    passages, articles = story_tables([["x"]] * 8 + [[]] * 8, [0] * 16)
    articles["language"] = ["en"] * 8 + ["ar"] * 8
    compared = compare_stories(passages, articles, "language").set_index("language")
    assert compared["n_stories"].to_dict() == {"ar": 0, "en": 8}
    assert compared["n_language"].to_dict() == {"ar": 8, "en": 8}
    assert (compared["expected"] == 4).all()


def _chance(seed, copies):
    """Two outlets of sixty stories, a theme drawn by chance, every article several times."""
    generator = np.random.default_rng(seed)
    themes = [["x"] if generator.random() < 0.3 else [] for _ in range(120)]
    passages, articles = story_tables(themes, [0] * 120, ["A"] * 60 + ["B"] * 60)
    several = [
        (passages.assign(article_id=name), articles.assign(article_id=name))
        for number in range(copies)
        for name in [articles["article_id"] + f"-{number}"]
    ]
    return (pd.concat(part, ignore_index=True) for part in zip(*several, strict=True))


@pytest.mark.parametrize("copies", [1, 4])
def test_copies_add_no_certainty(copies):
    once = compare_stories(*_chance(0, 1), "outlet")
    assert compare_stories(*_chance(0, copies), "outlet").equals(once)
    found = [find_departure(compare_stories(*_chance(x, copies), "outlet")) for x in range(100)]
    assert sum(x is not None for x in found) <= 10


def test_a_story_of_two_outlets_counts_once_in_each():
    outlets = ["A"] * 10 + ["B"] * 10
    passages, articles = story_tables([["x"]] * 10 + [[]] * 10, [0] * 20, outlets)
    articles["family_id"] = [*articles["family_id"][:10], "a000", *articles["family_id"][11:]]
    compared = compare_stories(passages, articles, "outlet").set_index("outlet")
    assert compared["n_outlet"].to_dict() == {"A": 10, "B": 10}
    assert compared["n_stories"].to_dict() == {"A": 10, "B": 0}


def _pairs(themes_of):
    passages, articles = story_tables(themes_of, [0] * len(themes_of))
    return compare_pairs(passages, articles).set_index(["first", "second"])


def test_expected_meetings_agree_with_an_enumeration():
    themes = [["a", "b"]] * 6 + [["a", "c"]] * 3 + [["b", "c"]] * 1 + [["a"]] * 10 + [["b"]] * 5
    pairs = _pairs(themes + [[]] * 5)
    # One number a pair is free: the three pairs share ten stories, and each theme keeps its
    # stories with one theme plus those with two, so weights a, b, c of the pairs solve by hand.
    from scipy.optimize import fsolve

    def gap(logs):
        a, b, c = np.exp([*logs, 0])
        one, two = np.array([a, b, c]) / (a + b + c), np.array([a * b, a * c, b * c])
        two = two / two.sum()
        bearing = 15 * one + 10 * np.array([two[0] + two[1], two[0] + two[2], two[1] + two[2]])
        return (bearing - [19, 12, 4])[:2]

    a, b, c = np.exp([*fsolve(gap, [1.0, 0.5]), 0])
    weights = np.array([a * b, a * c, b * c])
    assert pairs["expected"].to_numpy() == pytest.approx(10 * weights / weights.sum(), rel=1e-3)
    assert pairs["expected"].sum() == pytest.approx(10)


def test_two_themes_alone_say_nothing_of_each_other():
    pairs = _pairs([["a", "b"], ["a"], ["b"], []] * 25)
    row = pairs.loc[("a", "b")]
    assert (row["n_stories"], row["n_first"], row["n_second"]) == (25, 50, 50)
    assert (row["expected"], row["residual"]) == (25, 0)


def test_long_stories_alone_make_no_company():
    found = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        sizes = generator.choice([0.1, 0.7], 120)
        themes = [[t for t in "abcdef" if generator.random() < size] for size in sizes]
        found += find_departure(_pairs(themes).reset_index()) is not None
    assert found <= 4


def test_themes_that_go_together_and_themes_that_keep_apart_are_found():
    generator = np.random.default_rng(5)
    themes = [["a", "b"] if generator.random() < 0.5 else ["c", "d"] for _ in range(80)]
    pairs = _pairs(themes)
    assert pairs.loc[("a", "b"), "residual"] > 3
    assert pairs.loc[("a", "c"), "residual"] < -3


def test_pairs_need_two_themes_and_five_stories():
    assert _pairs([["a"]] * 20).empty
    assert _pairs([["a", "b"]] * 4).empty
    assert _pairs([["a", "b"]] * 5)["residual"].tolist() == [0.0]
