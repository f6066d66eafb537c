import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.findings.ranking import (
    compare_outlets,
    count_stories_by_period,
    cover_topics,
    find_concentration,
    find_departure,
    find_peak,
    rank_themes,
)
from press_themes.findings.trends import count_trends


def _themes(rows):
    columns = ["theme", "n_passages", "share", "share_low", "share_high"]
    return pd.DataFrame(rows, columns=columns)


def _corpus(themes_of, days, outlets=None):
    """One article and passage a story; `themes_of` and `days` are by story."""
    names = [f"a{i:03d}" for i in range(len(days))]
    articles = pd.DataFrame(
        {
            "article_id": names,
            "family_id": names,
            "outlet": outlets if outlets is not None else ["A"] * len(days),
            "date": pd.Timestamp("2026-02-01") + pd.to_timedelta(days, unit="D"),
        }
    )
    return pd.DataFrame({"article_id": names, "themes": themes_of}), articles


def test_rivals_are_the_themes_the_interval_does_not_exclude():
    themes = _themes(
        [("b", 40, 0.4, 0.35, 0.45), ("a", 36, 0.36, 0.3, 0.42), ("c", 10, 0.1, 0.05, 0.15)]
    )
    lead = rank_themes(themes, 100, 40)
    assert (lead.first, lead.rivals, lead.can_say) == ("b", ["a"], True)


@pytest.mark.parametrize(("n_passages", "n_stories"), [(29, 40), (100, 4)])
def test_a_small_corpus_ranks_nothing(n_passages, n_stories):
    lead = rank_themes(_themes([("a", 5, 0.5, 0.4, 0.6)]), n_passages, n_stories)
    assert (lead.first, lead.can_say) == ("a", False)


def test_no_theme_found_means_no_lead():
    lead = rank_themes(_themes([("a", 0, 0.0, 0.0, 0.0)]), 100, 40)
    assert lead.first is None


def test_a_real_peak_is_found_and_counted_in_stories():
    days = np.repeat([0, 1, 2, 3], 15)
    themes = [["x"] if day == 2 else ["y"] if i % 2 else [] for i, day in enumerate(days)]
    passages, articles = _corpus(themes, days)
    peak = find_peak(passages, articles, count_trends(passages, articles))
    assert (peak.theme, str(peak.period.date())) == ("x", "2026-02-03")
    assert (peak.n_inside, peak.n_outside) == (15, 45)
    assert (peak.share_inside, peak.share_outside) == (1.0, 0.0)


def test_passages_of_one_story_are_no_peak():
    passages, articles = _corpus([["x"], [], []], [0, 1, 2])
    passages = pd.concat([passages, *[passages.iloc[:1]] * 50], ignore_index=True)
    assert find_peak(passages, articles, count_trends(passages, articles)) is None


def test_chance_alone_seldom_makes_a_peak():
    found = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        days = generator.integers(0, 6, 60)
        themes = [[t for t in "xyz" if generator.random() < 0.3] for _ in days]
        passages, articles = _corpus(themes, days)
        found += find_peak(passages, articles, count_trends(passages, articles)) is not None
    assert found <= 5


def test_stories_are_counted_in_every_period_they_are_told_in():
    passages, articles = _corpus([["x"], ["x"], []], [0, 1, 1])
    articles["family_id"] = ["f", "f", "g"]
    told = count_stories_by_period(passages, articles, count_trends(passages, articles))
    assert told[["n_stories", "n_with"]].to_numpy().tolist() == [[1, 1], [2, 1]]


def test_expected_articles_follow_from_the_margins():
    outlets = ["A"] * 30 + ["B"] * 10
    themes = [["x"] if i < 6 or i >= 32 else [] for i in range(40)]
    passages, articles = _corpus(themes, [0] * 40, outlets)
    compared = compare_outlets(passages, articles).set_index("outlet")
    assert compared["n_articles"].to_dict() == {"A": 6, "B": 8}
    assert compared["expected"].to_dict() == {"A": 10.5, "B": 3.5}
    spread = np.sqrt(10.5 * (1 - 0.35) * (1 - 0.75))
    assert compared.loc["A", "residual"] == pytest.approx((6 - 10.5) / spread)
    assert compared["residual"].sum() == pytest.approx(0)
    departure = find_departure(compare_outlets(passages, articles))
    assert (departure["outlet"], departure["n_articles"]) == ("A", 6)


def test_one_outlet_or_none_cannot_be_compared():
    passages, articles = _corpus([["x"]] * 10, [0] * 10)
    assert compare_outlets(passages, articles).empty
    assert compare_outlets(passages, articles.assign(outlet=None)).empty
    assert find_departure(compare_outlets(passages, articles)) is None


def test_outlets_with_few_articles_are_not_compared():
    outlets = ["A"] * 10 + ["B"] * 5 + ["C"] * 4
    passages, articles = _corpus([["x"]] * 19, [0] * 19, outlets)
    assert set(compare_outlets(passages, articles)["outlet"]) == {"A", "B"}
    few = articles[articles["outlet"] != "B"]
    assert compare_outlets(passages, few).empty


@pytest.mark.parametrize(("n_rest", "concentrated"), [(1, True), (2, False)])
def test_a_period_with_nearly_everything_is_named(n_rest, concentrated):
    days = [1] * 8 + [0] * n_rest
    passages, articles = _corpus([["x"]] * len(days), days)
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
