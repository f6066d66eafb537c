import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables, story_tables

from press_themes.measures.bursts import count_stories_by_period
from press_themes.measures.counts import count_groups
from press_themes.measures.ranking import (
    STABLE,
    UNSTABLE,
    cover_topics,
    find_concentration,
    find_peak,
    rank_themes,
)
from press_themes.measures.trends import count_trends
from press_themes.telling.wording import load_wording


def _rank(themes_of, seed=7):
    passages, articles = story_tables(themes_of, [0] * len(themes_of))
    themes = count_groups(passages, articles, "themes")
    return rank_themes(themes, passages, articles, seed), themes.set_index("theme")


def test_a_rival_is_a_theme_whose_distance_to_the_first_may_be_nothing():
    lead, _ = _rank([["b"]] * 40 + [["a"]] * 36 + [["c"]] * 10 + [[]] * 14)
    assert (lead.first, lead.rivals, lead.can_say) == ("b", ["a"], True)


def test_shares_that_rise_and_fall_together_are_compared_by_their_distance():
    lead, counted = _rank([["a", "b"]] * 40 + [["a"]] * 12 + [[]] * 48)
    assert counted.loc["b", "share_high"] > counted.loc["a", "share_low"]
    assert (lead.first, lead.rivals) == ("a", [])


def test_themes_that_exclude_each_other_need_a_larger_distance():
    lead, _ = _rank([["a"]] * 35 + [["b"]] * 22 + [[]] * 43)
    assert lead.rivals == ["b"]


def test_a_tie_is_no_lead():
    lead, _ = _rank([["a", "b"]] * 50)
    assert (lead.first, lead.rivals) == ("a", ["b"])


@pytest.mark.parametrize(("n_passages", "n_stories"), [(29, 29), (100, 4)])
def test_a_small_corpus_ranks_nothing(n_passages, n_stories):
    passages, articles = story_tables([["a"]] * n_passages, [0] * n_passages)
    articles["family_id"] = [f"f{i % n_stories}" for i in range(n_passages)]
    themes = count_groups(passages, articles, "themes")
    lead = rank_themes(themes, passages, articles, 7)
    assert (lead.first, lead.can_say) == ("a", False)


def test_no_theme_found_means_no_lead():
    lead, _ = _rank([[]] * 100)
    assert lead.first is None


def test_a_real_peak_is_found_and_counted_in_stories():
    days = np.repeat([0, 1, 2, 3], 15)
    themes = [["x"] if day == 2 else ["y"] if i % 2 else [] for i, day in enumerate(days)]
    passages, articles = story_tables(themes, days)
    peak = find_peak(passages, articles, count_trends(passages, articles))
    assert (peak.theme, str(peak.period.date())) == ("x", "2026-02-03")
    assert (peak.n_inside, peak.n_outside) == (15, 45)
    assert (peak.share_inside, peak.share_outside) == (1.0, 0.0)


def test_passages_of_one_story_are_no_peak():
    passages, articles = story_tables([["x"], [], []], [0, 1, 2])
    passages = pd.concat([passages, *[passages.iloc[:1]] * 50], ignore_index=True)
    assert find_peak(passages, articles, count_trends(passages, articles)) is None


def test_chance_alone_seldom_makes_a_peak():
    found = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        days = generator.integers(0, 6, 60)
        themes = [[t for t in "xyz" if generator.random() < 0.3] for _ in days]
        passages, articles = story_tables(themes, days)
        found += find_peak(passages, articles, count_trends(passages, articles)) is not None
    assert found <= 5


def test_stories_are_counted_in_every_period_they_are_told_in():
    passages, articles = story_tables([["x"], ["x"], []], [0, 1, 1])
    articles["family_id"] = ["f", "f", "g"]
    told = count_stories_by_period(passages, articles, count_trends(passages, articles))
    assert told[["n_stories", "n_with"]].to_numpy().tolist() == [[1, 1], [2, 1]]


@pytest.mark.parametrize(("n_rest", "concentrated"), [(1, True), (2, False)])
def test_a_period_with_nearly_everything_is_named(n_rest, concentrated):
    days = [1] * 8 + [0] * n_rest
    passages, articles = story_tables([["x"]] * len(days), days)
    found = find_concentration(count_trends(passages, articles))
    assert (found is not None) == concentrated
    if found:
        assert found.share == pytest.approx(8 / 9)
        assert str(found.period.date()) == "2026-02-02"


def test_coverage_of_topics_is_recounted():
    tables = build_tables(Shape(n_passages=150))
    covered = cover_topics(tables.passages, tables.topics).set_index("topic")
    assert -1 not in covered.index
    for topic, row in covered.iterrows():
        inside = tables.passages[tables.passages["topic"] == topic]
        bears = sum(len(names) > 0 for names in inside["themes"])
        assert (row["n_passages"], row["n_with_theme"]) == (len(inside), bears)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", ["method.stability", "glossary.stability"])
def test_the_bounds_of_stability_are_told_as_they_are_drawn(key, language):
    words = load_wording(language)
    for bound in (UNSTABLE, STABLE):
        assert words.number(bound, 2).rstrip("0") in words(key)
