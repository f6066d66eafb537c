"""Shares under reassignment of stories, and the error that is held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press_themes.measures.changes.compared import CompareSettings
from press_themes.measures.changes.permutation import (
    gather_contents,
    hold_error,
    permute_shares,
    resample_shares_of_runs,
    share_by_run,
)

SETTINGS = CompareSettings(resamples=300)


def _contents(before: list[str], after: list[str], bears: set[str]):
    stories = [np.array(before, dtype=object), np.array(after, dtype=object)]
    return gather_contents(stories, [np.array([[s in bears] for s in own]) for own in stories])[1]


def test_shares_are_of_passages_and_a_story_counts_in_every_run_that_tells_it() -> None:
    contents = _contents(["a", "a", "b", "c"], ["c", "d"], {"a", "d"})
    np.testing.assert_allclose(share_by_run(contents)[:, 0], [0.5, 0.5])
    assert contents.told.tolist() == [[True, False], [True, False], [True, True], [False, True]]


def test_stories_that_both_runs_tell_stay_in_both_so_nothing_can_vary() -> None:
    names = [f"s{i}" for i in range(12)]
    contents = _contents(names, names, set(names[:4]))
    permuted = permute_shares(contents, SETTINGS)
    np.testing.assert_allclose(permuted[0], permuted[1])


def test_reassignment_keeps_the_number_of_stories_of_each_run() -> None:
    before, after = [f"b{i}" for i in range(30)], [f"a{i}" for i in range(10)]
    contents = _contents(before, after, set(after))
    permuted = permute_shares(contents, SETTINGS)[:, :, 0]
    # Ten of forty stories bear it, so the two shares always add up to ten stories.
    np.testing.assert_allclose(30 * permuted[0] + 10 * permuted[1], 10)
    assert share_by_run(contents)[1, 0] > permuted[1].max()


def test_equal_seeds_draw_equally() -> None:
    contents = _contents(["a", "b", "c"], ["d", "e"], {"a", "e"})
    for draw in (permute_shares, resample_shares_of_runs):
        np.testing.assert_array_equal(draw(contents, SETTINGS), draw(contents, SETTINGS))


def test_the_error_of_a_table_without_changes_is_held() -> None:
    random = np.random.default_rng(1)
    flagged = 0
    for _ in range(200):
        permuted = np.abs(random.normal(size=(300, 20)))
        observed = np.abs(random.normal(size=20))
        flagged += (hold_error(observed, permuted)[1] <= 0.05).any()
    # Five per cent of 200 is 10; more than 22 happen once in ten thousand times.
    assert flagged <= 22


@given(st.lists(st.floats(0, 8), min_size=1, max_size=8))
def test_adjusted_chances_are_no_smaller_and_keep_the_order(observed: list[float]) -> None:
    permuted = np.abs(np.random.default_rng(0).normal(size=(99, len(observed))))
    alone, adjusted = hold_error(np.array(observed), permuted)
    assert (adjusted >= alone - 1e-12).all()
    order = np.argsort(-np.array(observed), kind="stable")
    assert (np.diff(adjusted[order]) >= -1e-12).all()


def test_a_clear_difference_has_the_least_chance_there_is() -> None:
    _, adjusted = hold_error(
        np.array([50.0, 0.1]), np.abs(np.random.default_rng(0).normal(size=(199, 2)))
    )
    assert adjusted[0] == pytest.approx(1 / 200)
    assert adjusted[1] > 0.5
