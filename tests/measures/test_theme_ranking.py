import pandas as pd
import pytest
from tables_for_tests import story_tables

from press_themes.measures.counts import count_groups
from press_themes.measures.theme_ranking import rank_by_share


def _rank(themes_of, seed=7):
    passages, articles = story_tables(themes_of, [0] * len(themes_of))
    themes = count_groups(passages, articles, "themes")
    return rank_by_share(themes, passages, articles, seed)


def test_the_largest_theme_is_first_and_its_rivals_are_named():
    ranked = _rank([["b"]] * 40 + [["a"]] * 36 + [["c"]] * 10 + [[]] * 14)
    assert ranked["theme"].tolist() == ["b", "a", "c", ""]
    assert ranked["lead"].tolist() == ["first", "rival", "behind", ""]
    assert ranked["n_passages"].tolist() == [40, 36, 10, 14]
    assert ranked["share"].tolist() == pytest.approx([0.4, 0.36, 0.1, 0.14])
    assert (ranked["share_low"] < ranked["share"]).all()


@pytest.mark.parametrize("themes_of", [[["a"]] * 20, [[]] * 100])
def test_nothing_is_first_where_that_cannot_be_said(themes_of):
    ranked = _rank(themes_of)
    assert (ranked["lead"] == "").all()
    assert ranked["theme"].iloc[-1] == ""


def test_a_theme_that_was_not_found_has_no_interval():
    passages, articles = story_tables([["a"]] * 60, [0] * 60)
    themes = count_groups(passages, articles, "themes")
    absent = pd.DataFrame({"theme": ["z"], "n_passages": [0], "share_low": [0.0]})
    ranked = rank_by_share(pd.concat([themes, absent]), passages, articles).set_index("theme")
    assert ranked.loc["z", ["n_passages", "share", "lead"]].tolist() == [0, 0.0, ""]
    assert pd.isna(ranked.loc["z", "share_low"])
