"""The keywords of themes and of topics, as tables."""

from __future__ import annotations

import pandas as pd

from press_themes.topics.keywords import describe_groups, group_members


def find_theme_keywords(passages: pd.DataFrame) -> pd.DataFrame:
    """Find the words that set each theme apart.

    Parameters
    ----------
    passages : DataFrame
        With ``text, language, themes``.

    Returns
    -------
    DataFrame
        ``theme, keywords``: a list of ``language, words``, the most distinctive first; a theme
        that no passage bears has no row.
    """
    return _find_keywords(passages, "themes", "theme")


def find_topic_keywords(passages: pd.DataFrame) -> pd.DataFrame:
    """Find the words that set each topic apart.

    Parameters
    ----------
    passages : DataFrame
        With ``text, language, topic``.

    Returns
    -------
    DataFrame
        ``topic, keywords``, as from `find_theme_keywords`.
    """
    return _find_keywords(passages, "topic", "topic").astype({"topic": "int64"})


def _find_keywords(passages: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    found = describe_groups(passages, group_members(passages, column))
    entries = [
        [{"language": code, "words": words} for code, words in by_language.items()]
        for by_language in found.values()
    ]
    return pd.DataFrame({key: list(found), "keywords": pd.Series(entries, dtype=object)})
