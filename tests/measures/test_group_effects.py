import numpy as np
import pandas as pd
import pytest

from press_themes.measures.group_effects import GroupEffectSettings, count_bearing, model_groups


def planted(n_stories=120, effect=0.3, seed=0):
    """Articles of two countries; one outlet writes mostly from the first, and adds nothing."""
    rng = np.random.default_rng(seed)
    rows = []
    for story in range(n_stories):
        for _ in range(3):
            country = "A" if rng.random() < 0.5 else "B"
            outlet = "x" if rng.random() < (0.8 if country == "A" else 0.3) else "y"
            size = int(rng.integers(3, 8))
            chance = 0.2 + effect * (country == "B")
            rows.append((f"s{story}", country, outlet, size, rng.binomial(size, chance)))
    table = pd.DataFrame(rows, columns=["story_id", "country", "outlet", "n_passages", "n_bearing"])
    table["article_id"] = [f"{n:04}" for n in range(len(table))]
    bearing = table[["article_id", "n_passages", "n_bearing"]].assign(name="law")
    return bearing, table.drop(columns=["n_passages", "n_bearing"])


BOTH = GroupEffectSettings(groups=("country", "outlet"))


def effects(found):
    return {(row.column, row.group): row for row in found.itertuples()}


def test_an_effect_is_given_to_the_country_and_not_to_the_outlet_that_goes_with_it():
    bearing, articles = planted()
    found = effects(model_groups(bearing, articles, BOTH))
    country = next(row for key, row in found.items() if key[0] == "country")
    outlet = next(row for key, row in found.items() if key[0] == "outlet")
    sign = 1 if country.group == "B" else -1
    assert country.effect_low < sign * 0.3 < country.effect_high
    assert country.beyond_chance
    assert outlet.effect_low < 0 < outlet.effect_high
    assert not outlet.beyond_chance


def test_one_column_alone_blames_the_outlet():
    bearing, articles = planted()
    alone = model_groups(bearing, articles, GroupEffectSettings(groups=("outlet",)))
    assert alone["beyond_chance"].any()


def test_the_effect_of_one_column_is_the_difference_of_shares():
    bearing, articles = planted()
    found = model_groups(bearing, articles, GroupEffectSettings(groups=("country",))).iloc[0]
    joined = bearing.merge(articles, on="article_id")
    sums = joined.groupby("country")[["n_bearing", "n_passages"]].sum()
    shares = sums["n_bearing"] / sums["n_passages"]
    assert found["effect"] == pytest.approx(shares[found["group"]] - shares[found["reference"]])


def test_a_group_told_in_few_stories_is_named_and_not_compared():
    bearing, articles = planted()
    articles.loc[articles["story_id"].isin(["s0", "s1"]), "outlet"] = "small"
    found = model_groups(bearing, articles, BOTH)
    row = found[found["group"] == "small"].iloc[0]
    assert row["note"] == "few stories"
    assert np.isnan(row["effect"])
    assert row["n_articles"] == 6


def test_a_group_that_never_bears_the_theme_gets_no_effect():
    bearing, articles = planted()
    never = articles.loc[articles["country"] == "B", "article_id"]
    bearing.loc[bearing["article_id"].isin(never), "n_bearing"] = 0
    found = model_groups(bearing, articles, GroupEffectSettings(groups=("country",)))
    assert found["effect"].isna().all()
    assert set(found["note"]) == {"bears always or never"}


def test_columns_that_tell_the_same_groups_apart_cannot_be_held_equal():
    bearing, articles = planted()
    articles["copy"] = articles["country"].map({"A": "north", "B": "south"})
    found = model_groups(bearing, articles, GroupEffectSettings(groups=("country", "copy")))
    assert set(found["note"]) == {"told by other columns"}


def test_a_column_with_one_group_is_said_and_the_others_go_on():
    bearing, articles = planted()
    settings = GroupEffectSettings(groups=("country", "language"))
    found = model_groups(bearing, articles.assign(language="fr"), settings)
    assert found[found["column"] == "language"]["note"].tolist() == ["one group"]
    assert found[found["column"] == "country"]["effect"].notna().all()


def test_passages_of_one_story_are_not_independent_witnesses():
    bearing, articles = planted()
    alone = articles.assign(story_id=articles["article_id"])
    in_fours = articles.assign(story_id=[f"s{n // 40}" for n in range(len(articles))])
    width = {}
    for name, table in (("alone", alone), ("together", in_fours)):
        found = model_groups(
            bearing, table, GroupEffectSettings(groups=("country",), fewest_stories=5)
        )
        width[name] = float((found["effect_high"] - found["effect_low"]).iloc[0])
    assert width["alone"] != width["together"]


def test_dates_are_taken_by_month_and_order_does_not_matter():
    bearing, articles = planted()
    articles["date"] = pd.Timestamp("2026-01-15") + pd.to_timedelta(
        np.arange(len(articles)) % 2 * 31, "D"
    )
    settings = GroupEffectSettings(groups=("country", "date"))
    one = model_groups(bearing, articles, settings)
    assert set(one[one["column"] == "date"]["group"]) <= {"2026-01", "2026-02"}
    shuffled = bearing.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=2)
    mixed = model_groups(*shuffled, settings)
    pd.testing.assert_frame_equal(one, mixed)


def test_errors_are_held_over_all_themes_together():
    bearing, articles = planted(effect=0.1)
    many = pd.concat([bearing.assign(name=f"theme {n}") for n in range(10)])
    one = model_groups(bearing, articles, BOTH)["error"].dropna().min()
    ten = model_groups(many, articles, BOTH)["error"].dropna().min()
    assert ten > one


def test_nothing_to_model():
    bearing, articles = planted(n_stories=3)
    assert model_groups(bearing, articles, BOTH)["effect"].isna().all()
    assert model_groups(bearing.iloc[:0], articles, BOTH).empty


def test_themes_and_topics_are_counted_by_article_with_their_zeros():
    passages = pd.DataFrame(
        {"article_id": ["a", "a", "b"], "themes": [["x", "y"], ["x"], []], "topic": [0, -1, 0]}
    )
    themes = count_bearing(passages).set_index(["article_id", "name"])
    assert themes["n_bearing"].to_dict() == {
        ("a", "x"): 2,
        ("a", "y"): 1,
        ("b", "x"): 0,
        ("b", "y"): 0,
    }
    assert themes["n_passages"].to_dict()[("b", "x")] == 1
    topics = count_bearing(passages, "topic").set_index(["article_id", "name"])["n_bearing"]
    assert topics.to_dict() == {("a", "0"): 1, ("b", "0"): 1}


def test_a_corpus_in_which_nothing_is_borne_has_no_row() -> None:
    passages = pd.DataFrame({"article_id": ["a", "b"], "themes": [[], []]})
    assert count_bearing(passages).empty
