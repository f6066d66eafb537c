from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.topic_trends import count_topic_trends, find_topic_bursts
from press_themes.measures.trends import TrendSettings, count_trends

_BY_MONTH = TrendSettings(period="month", resamples=50)


def _make(topics: list[int], months: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = [f"a{number:03d}" for number in range(len(topics))]
    passages = pd.DataFrame({"passage_id": names, "article_id": names, "topic": topics})
    dates = [f"2026-{month:02d}-15" for month in months]
    articles = pd.DataFrame(
        {
            "article_id": names,
            "family_id": names,
            "date": pd.to_datetime(dates, format="%Y-%m-%d"),
        }
    )
    return passages, articles


def test_shares_are_of_all_passages_of_a_period_those_outside_topics_too():
    trends = count_topic_trends(*_make([0, 0, 12, -1, 12, 12], [1, 1, 1, 1, 3, 3]), _BY_MONTH)
    assert trends["topic"].tolist() == [0, 0, 0, 12, 12, 12]
    assert trends["status"].tolist() == ["partial", "empty", "partial"] * 2
    expected = [0.5, np.nan, 0.0, 0.25, np.nan, 1.0]
    np.testing.assert_allclose(trends["share"], expected)


def test_topics_are_counted_as_themes_are():
    passages, articles = _make([0, 1, 1, 2, 10, 2, 1, 0], [1, 1, 2, 2, 2, 3, 3, 3])
    trends = count_topic_trends(passages, articles, _BY_MONTH)
    themed = passages.assign(themes=[[f"{topic:02d}"] for topic in passages["topic"]])
    expected = count_trends(themed, articles, _BY_MONTH)
    same = ["period", "period_end", "n_passages", "n_period", "share", "share_low", "share_high"]
    pd.testing.assert_frame_equal(trends[same], expected[same])
    assert trends["topic"].astype(str).str.zfill(2).tolist() == expected["theme"].tolist()


def test_a_topic_told_by_many_stories_of_one_month_bursts_there_and_nowhere_else():
    topics = [1] * 12 + [0, 2] * 30
    months = [2] * 12 + [month for month in (1, 2, 3, 4, 5) for _ in range(12)]
    passages, articles = _make(topics, months)
    bursts = find_topic_bursts(
        passages, articles, count_topic_trends(passages, articles, _BY_MONTH)
    )
    beyond = bursts[bursts["beyond_chance"]]
    assert beyond[["topic", "period"]].to_numpy().tolist() == [[1, pd.Timestamp("2026-02-01")]]


def test_a_corpus_without_topics_or_dates_has_no_courses():
    passages, articles = _make([-1, -1, -1], [1, 2, 3])
    assert count_topic_trends(passages, articles).empty
    undated = articles.assign(date=pd.NaT)
    trends = count_topic_trends(passages.assign(topic=0), undated)
    assert trends.empty
    assert find_topic_bursts(passages.assign(topic=0), undated, trends).empty
