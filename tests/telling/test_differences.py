"""Differences are told where chance does not explain them, in true sentences, or not drawn."""

import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.differences import draw_group_effects, draw_share_differences


def _tables(**changes):
    return build_tables(Shape(90, 30, languages=("fr", "ar")))._replace(**changes)


def test_the_strongest_difference_is_told_with_both_shares():
    table = _tables().share_differences
    table.loc[2, ["share", "share_against", "difference"]] = [0.1, 0.6, -0.5]
    drawn = draw_share_differences(_tables(share_differences=table), "en")
    assert drawn.takeaway == (
        "Gazette B: “Régulation des plateformes” in 10% of passages, against 60% in all others"
    )
    assert drawn.numbers["difference"].tolist() == [-0.5, 0.2, 0.2]
    assert (drawn.numbers["error"] < 0.05).all()


@pytest.mark.parametrize(("kept", "said"), [("read", "not estimated"), ("judged", "Estimated")])
def test_what_the_numbers_rest_on_is_said(kept, said):
    table = _tables().share_differences
    drawn = draw_share_differences(
        _tables(share_differences=table[table["basis"] == kept].reset_index(drop=True)), "en"
    )
    assert said in drawn.caption
    both = draw_share_differences(_tables(), "en")
    assert "diamonds: estimated" in both.caption


def test_a_period_is_told_beside_the_one_before():
    table = _tables().share_differences.head(1)
    table = table.assign(grouping="period", group="2026-02-04", against="2026-02-03")
    drawn = draw_share_differences(_tables(share_differences=table), "en")
    assert drawn.takeaway.startswith("4 Feb 2026: ")
    assert drawn.takeaway.endswith("against 10% in the period before")


def test_an_effect_names_what_is_held_equal_only_where_something_is():
    drawn = draw_group_effects(_tables(), "en")
    assert drawn.takeaway == (
        "“Régulation des plateformes” is 20 points less frequent in Gazette B than in Gazette A, "
        "with language held equal"
    )
    effects = _tables().group_effects
    alone = effects[effects["column"] == "outlet"]
    drawn = draw_group_effects(_tables(group_effects=alone), "en")
    assert drawn.takeaway.endswith("in Gazette B than in Gazette A")


def test_what_chance_explains_or_nothing_compares_is_one_line():
    table = _tables().share_differences.assign(error=0.7, beyond_chance=False)
    drawn = draw_share_differences(_tables(share_differences=table), "en")
    assert drawn.reason == (
        "Not drawn: chance explains each of the 6 differences that were compared."
    )
    for empty in (table.assign(error=float("nan")), table.head(0), pd.DataFrame()):
        drawn = draw_share_differences(_tables(share_differences=empty), "en")
        assert drawn.reason.startswith("Not drawn: no two groups have enough stories")
    drawn = draw_group_effects(_tables(group_effects=pd.DataFrame()), "en")
    assert drawn.reason.startswith("Not drawn: no two groups have enough stories")
