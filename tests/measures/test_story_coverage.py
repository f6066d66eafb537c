import pandas as pd
import pytest

from press_themes.measures.story_coverage import (
    StoryCoverageSettings,
    compare_leads,
    list_left_out,
)

DAY = pd.Timestamp("2026-02-01")


def articles(rows):
    table = pd.DataFrame(rows, columns=["article_id", "story_id", "outlet", "day"])
    return table.assign(date=DAY + pd.to_timedelta(table["day"], "D"))


def led(n, days=2):
    rows = []
    for story in range(n):
        rows += [(f"a{story}", f"s{story}", "First", story)]
        rows += [(f"b{story}", f"s{story}", "Second", story + days)]
    return articles(rows)


NO_LINKS = pd.DataFrame(columns=["article_id", "other_id", "probability", "linked"])


def test_the_outlet_that_tells_stories_first_leads():
    row = compare_leads(led(10)).iloc[0]
    assert (row["leader"], row["follower"]) == ("First", "Second")
    assert (row["n_leading"], row["n_following"], row["median_days"]) == (10, 0, 2)
    assert row["error"] == pytest.approx(2 / 2**10)
    assert row["beyond_chance"]


def test_one_day_has_no_leader_and_few_stories_are_not_compared():
    assert compare_leads(led(10, days=0)).empty
    assert compare_leads(led(3)).empty


def test_errors_are_held_over_all_pairs_of_outlets():
    third = led(6).assign(
        outlet=lambda t: t["outlet"] + " B", story_id=lambda t: t["story_id"] + "b"
    )
    third["article_id"] += "b"
    alone = compare_leads(led(6))["error"].iloc[0]
    together = compare_leads(pd.concat([led(6), third]))["error"]
    assert together.min() == pytest.approx(2 * alone)


def test_a_story_that_two_tell_and_a_third_leaves_out():
    rows = [("a", "s", "A", 3), ("b", "s", "B", 4), ("c", "t", "C", 0), ("d", "u", "C", 9)]
    found = list_left_out(articles(rows), NO_LINKS)
    assert found[["outlet", "story_id", "n_outlets"]].to_numpy().tolist() == [["C", "s", 2]]
    assert found["chance_missed"].tolist() == [0]


def test_an_outlet_is_not_blamed_for_days_of_which_nothing_is_known():
    rows = [("a", "s", "A", 30), ("b", "s", "B", 31), ("c", "t", "C", 0)]
    assert list_left_out(articles(rows), NO_LINKS).empty


def test_the_likeliest_unlinked_article_and_the_measured_misses_are_the_error():
    rows = [("a", "s", "A", 3), ("b", "s", "B", 4), ("c", "t", "C", 0), ("d", "u", "C", 9)]
    links = pd.DataFrame(
        {"article_id": ["a", "a"], "other_id": ["c", "b"], "probability": [0.7, 0.99],
         "linked": [False, True]}
    )  # fmt: skip
    settings = StoryCoverageSettings(miss_rate=0.1)
    found = list_left_out(articles(rows), links, settings).iloc[0]
    assert (found["chance_missed"], found["nearest_article"]) == (0.7, "c")
    without = list_left_out(articles(rows), NO_LINKS, settings).iloc[0]
    assert without["chance_missed"] == 0.1
