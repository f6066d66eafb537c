"""The tables that pass between the stages and lie in a run folder, with their columns.

A stage may add columns at its end of the way; nobody removes or renames one.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class RunTables(NamedTuple):
    """What a finished run knows, as tables.

    Attributes
    ----------
    articles : DataFrame
        One row an article: ``article_id, path, position, format, title, title_derived, strapline,
        body, date, date_basis, outlet, url, language, truncated, share_missing, family_id,
        family_role, n_chars``.
    skipped : DataFrame
        Every input not used and every field not trusted: ``path, position, reason``.
    discarded : DataFrame
        What was peeled off scraped pages: ``path, line, kind, text``.
    passages : DataFrame
        ``passage_id, article_id, position, text, language, n_tokens, topic, topic_raw,
        topic_strength, themes, x, y``. A topic of -1 is an outlier; ``x`` and ``y`` are without unit.
    theme_scores : DataFrame
        ``passage_id, theme, score, assigned``; scores are margins in cosine, 0 is the threshold.
    themes : DataFrame
        ``theme, label, color, definition, keywords, n_passages, n_articles, n_stories, share,
        share_low, share_high, stability, representatives``; the share is of all passages, its
        interval 95 % by resampling stories.
    topics : DataFrame
        ``topic, label, keywords, n_passages, n_articles, n_stories, share, share_low, share_high,
        stability, representatives, label_source, label_computed``; the source of a label is
        "computed", "rewritten" by a model or the "analyst".
    trends : DataFrame
        ``theme, period, period_end, n_passages, n_period, n_articles, share, share_low, share_high,
        status``.
    alignment : DataFrame
        ``language, n_passages, n_pairs, n_candidates, shift_length, note``.
    events : DataFrame
        ``date, label, theme, source, source_title``; ``source`` is an article_id.
    """

    articles: pd.DataFrame
    skipped: pd.DataFrame
    discarded: pd.DataFrame
    passages: pd.DataFrame
    theme_scores: pd.DataFrame
    themes: pd.DataFrame
    topics: pd.DataFrame
    trends: pd.DataFrame
    alignment: pd.DataFrame
    events: pd.DataFrame
