import numpy as np
import pandas as pd
import pytest

from press_themes.measures.story_themes import StoryThemeSettings, compare_tellings


def told(n_stories=20, chances=(("de", 0.8, 0.1), ("es", 0.2, 0.6)), seed=0):
    """Stories told in two languages: as law in one, as crime in the other."""
    rng = np.random.default_rng(seed)
    articles, passages = [], []
    for story in range(n_stories):
        for language, law, crime in chances:
            name = f"{story:02}{language}"
            articles.append((name, f"s{story}", language))
            for position in range(5):
                themes = [t for t, p in (("law", law), ("crime", crime)) if rng.random() < p]
                passages.append((f"{name}{position}", name, position, themes))
    return (
        pd.DataFrame(passages, columns=["passage_id", "article_id", "position", "themes"]),
        pd.DataFrame(articles, columns=["article_id", "story_id", "language"]),
    )


def test_a_story_told_as_law_in_one_language_and_as_crime_in_another():
    over, by_story = compare_tellings(*told())
    rows = over.set_index(["theme", "group"])
    assert rows.loc[("law", "de"), "difference"] > 0.3
    assert rows.loc[("crime", "de"), "difference"] < -0.2
    assert rows["beyond_chance"].all()
    assert rows.loc[("law", "de"), "difference"] == pytest.approx(
        -rows.loc[("law", "es"), "difference"]
    )
    assert by_story["difference"].abs().is_monotonic_decreasing


def test_the_passages_that_bear_the_theme_are_shown():
    passages, articles = told()
    _, by_story = compare_tellings(passages, articles)
    row = by_story[(by_story["theme"] == "law") & (by_story["group"] == "de")].iloc[0]
    bearing = passages.set_index("passage_id")["themes"]
    assert 0 < len(row["passage_ids"]) <= 3
    assert all("law" in bearing[passage] for passage in row["passage_ids"])


def test_a_choice_of_stories_is_no_way_of_telling():
    passages, articles = told(chances=(("de", 0.5, 0.5), ("es", 0.5, 0.5)))
    only = told(n_stories=40, chances=(("de", 1.0, 0.0),), seed=1)
    more = only[1].assign(
        article_id="x" + only[1]["article_id"], story_id="x" + only[1]["story_id"]
    )
    extra = only[0].assign(
        article_id="x" + only[0]["article_id"], passage_id="x" + only[0]["passage_id"]
    )
    one, _ = compare_tellings(passages, articles)
    both, _ = compare_tellings(pd.concat([passages, extra]), pd.concat([articles, more]))
    pd.testing.assert_frame_equal(one, both)


def test_groups_with_few_shared_stories_are_not_compared_and_no_theme_gives_no_row():
    assert compare_tellings(*told(n_stories=3))[0].empty
    passages, articles = told()
    nothing = passages.assign(themes=[[] for _ in range(len(passages))])
    assert [part.empty for part in compare_tellings(nothing, articles)] == [True, True]


def test_any_column_can_be_compared():
    passages, articles = told()
    articles["group_country"] = articles["language"].str.upper()
    over, _ = compare_tellings(passages, articles, StoryThemeSettings(column="group_country"))
    assert set(over["group"]) == {"DE", "ES"}
