from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.bursts import ERROR, find_bursts
from press_themes.measures.trends import count_trends


def _corpus(bears: np.ndarray, dates: pd.DatetimeIndex) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = [f"a{i:03d}" for i in range(len(dates))]
    passages = pd.DataFrame({"article_id": names, "themes": [["sea"] if b else [] for b in bears]})
    articles = pd.DataFrame({"article_id": names, "family_id": names, "date": dates})
    return passages, articles


DATES = pd.DatetimeIndex(np.repeat(pd.date_range("2026-01-01", periods=12), 10))


def test_a_burst_is_found_in_its_period() -> None:
    day = np.arange(120) // 10
    bears = (day == 4) | (np.arange(120) % 11 == 0)
    passages, articles = _corpus(bears, DATES)
    bursts = find_bursts(passages, articles, count_trends(passages, articles))
    assert bursts["period"].iloc[0] == pd.Timestamp("2026-01-05")
    assert bursts["beyond_chance"].tolist() == [True] + [False] * 11
    assert bursts["n_with"].iloc[0] > 2 * bursts["expected"].iloc[0]
    assert bursts["error"].is_monotonic_increasing


def test_chance_alone_makes_no_burst_more_often_than_allowed() -> None:
    found = 0
    for seed in range(100):
        bears = np.random.default_rng(seed).random(120) < 0.3
        passages, articles = _corpus(bears, DATES)
        trends = count_trends(passages, articles)
        found += bool(find_bursts(passages, articles, trends)["beyond_chance"].any())
    assert found <= 100 * ERROR + 4


def test_reprints_of_one_story_make_no_burst() -> None:
    day = np.arange(120) // 10
    passages, articles = _corpus(day == 4, DATES)
    articles["family_id"] = np.where(day == 4, "one", articles["family_id"])
    bursts = find_bursts(passages, articles, count_trends(passages, articles))
    assert not bursts["beyond_chance"].any()


def test_one_period_has_no_burst() -> None:
    passages, articles = _corpus(np.ones(3, bool), DATES[:3])
    assert find_bursts(passages, articles, count_trends(passages, articles)).empty
