"""The share of each topic over time, counted as that of themes is, and the periods in which it bursts.

A codebook is not needed: without one these are the only courses there are.
"""

from __future__ import annotations

import pandas as pd

from press_themes.measures.bursts import find_bursts
from press_themes.measures.trends import COLUMNS, TrendSettings, count_trends

_OUTLIER = -1
#: Columns that speak of the reading of themes, and say nothing of topics.
_OF_THEMES = ("basis", "share_read", "n_judged")


def count_topic_trends(
    passages: pd.DataFrame, articles: pd.DataFrame, settings: TrendSettings = TrendSettings()
) -> pd.DataFrame:
    """Count the coverage of each topic in every period between the first and the last date.

    Parameters
    ----------
    passages : DataFrame
        Needs ``article_id`` and ``topic``; -1 is outside every topic.
    articles : DataFrame
        As for `count_trends`.
    settings : TrendSettings
        Period, draws and seed.

    Returns
    -------
    DataFrame
        ``topic, period, period_end, n_passages, n_period, n_articles, share, share_low,
        share_high, status``, as in `count_trends`; the periods are the same.
    """
    counted = count_trends(_as_themes(passages), articles, settings)
    kept = [name for name in COLUMNS if name not in _OF_THEMES]
    return _as_topics(counted[kept]).sort_values(["topic", "period"], ignore_index=True)


def find_topic_bursts(
    passages: pd.DataFrame, articles: pd.DataFrame, topic_trends: pd.DataFrame
) -> pd.DataFrame:
    """Compare every topic and period with what chance would give.

    Parameters
    ----------
    passages, articles : DataFrame
        As for `count_topic_trends`.
    topic_trends : DataFrame
        From `count_topic_trends`.

    Returns
    -------
    DataFrame
        One row a topic and period with stories, the most surprising first: ``topic, period,
        n_stories, n_with, n_outside, expected, share, share_outside, error, beyond_chance``, as in
        `find_bursts`.
    """
    themed = topic_trends.rename(columns={"topic": "theme"})
    return _as_topics(find_bursts(_as_themes(passages), articles, themed))


def _as_themes(passages: pd.DataFrame) -> pd.DataFrame:
    topics = passages["topic"].tolist()
    # Padded, so that names are in the order of numbers.
    borne = [[] if topic == _OUTLIER else [f"{topic:08d}"] for topic in topics]
    return passages.assign(themes=pd.Series(borne, index=passages.index, dtype=object))


def _as_topics(counted: pd.DataFrame) -> pd.DataFrame:
    table = counted.rename(columns={"theme": "topic"})
    return table.assign(topic=table["topic"].astype("int64"))
