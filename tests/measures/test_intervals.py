import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.measures.intervals import FEWEST_STORIES, resample_leads, resample_shares


def _draw_stories(rate: float, n_stories: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    totals = generator.integers(1, 6, n_stories)
    inclined = generator.beta(4 * rate, 4 * (1 - rate), n_stories)
    return generator.binomial(totals, inclined)[:, None], totals.astype(float)


def test_under_five_stories_there_is_no_interval():
    counts, totals = np.ones((FEWEST_STORIES - 1, 2)), np.full(FEWEST_STORIES - 1, 2.0)
    low, high = resample_shares(counts, totals, seed=0)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_same_seed_gives_same_interval():
    counts, totals = _draw_stories(0.3, 40, 1)
    first, again = resample_shares(counts, totals, 5), resample_shares(counts, totals, 5)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, resample_shares(counts, totals, 6))


def test_interval_covers_the_rate_about_as_often_as_it_says():
    covered = 0
    for seed in range(200):
        counts, totals = _draw_stories(0.3, 40, seed)
        low, high = resample_shares(counts, totals, seed, resamples=300)
        covered += low[0] <= 0.3 <= high[0]
    assert 0.92 <= covered / 200 <= 0.99


def test_interval_covers_with_few_stories_too():
    covered = 0
    for seed in range(200):
        counts, totals = _draw_stories(0.3, 7, seed)
        low, high = resample_shares(counts, totals, seed, resamples=300)
        covered += low[0] <= 0.3 <= high[0]
    assert covered / 200 >= 0.93


def test_a_lead_that_is_none_is_rarely_taken_for_one():
    wrong = 0
    for seed in range(200):
        generator = np.random.default_rng(seed)
        counts = generator.multinomial(4, [0.3, 0.3, 0.4], 10)[:, :2].astype(float)
        low, high = resample_leads(counts, np.full(10, 4.0), 0, seed)
        wrong += not low[1] <= 0 <= high[1]
    assert wrong / 200 <= 0.05


def test_whole_stories_are_drawn_so_clustering_widens_the_interval():
    spread = np.tile([[1.0], [0.0]], (50, 1))
    low, high = resample_shares(spread, np.ones(100), 0)
    clustered = np.tile([[10.0], [0.0]], (5, 1))
    wide_low, wide_high = resample_shares(clustered, np.full(10, 10.0), 0)
    assert wide_high[0] - wide_low[0] > 2 * (high[0] - low[0])


@pytest.mark.parametrize(("counted", "bound"), [(0.0, "high"), (1.0, "low")])
def test_nothing_or_everything_gets_the_exact_binomial_bound(counted, bound):
    low, high = resample_shares(np.full((20, 1), counted), np.ones(20), 0)
    expected = 1 - 0.025 ** (1 / 20)
    if bound == "high":
        assert (low[0], high[0]) == (0.0, pytest.approx(expected))
    else:
        assert (low[0], high[0]) == (pytest.approx(1 - expected), 1.0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=5, max_size=30))
def test_interval_always_holds_the_share(pairs):
    counts = np.array([[inside] for inside, _ in pairs], dtype=float)
    totals = np.array([inside + outside + 1 for inside, outside in pairs], dtype=float)
    low, high = resample_shares(counts, totals, 0, resamples=50)
    share = counts.sum() / totals.sum()
    assert 0 <= low[0] <= share <= high[0] <= 1


def test_cost_is_bounded_for_many_stories():
    counts, totals = _draw_stories(0.3, 60_000, 0)
    low, high = resample_shares(counts, totals, 0)
    assert 0 < high[0] - low[0] < 0.02
