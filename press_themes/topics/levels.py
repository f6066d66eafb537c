"""Levels: broad subjects, topics and sub-topics, each with its name and the one it lies in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.topic_naming import Encodes, label_topics
from press_themes.topics.topics import LEVEL_COLUMNS, OUTLIER

COLUMNS = ["level", "topic", "parent", "label", "language", "n_passages", "n_articles"]


def list_levels(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    vectors: np.ndarray,
    encoder: Encodes,
    language: str,
) -> pd.DataFrame:
    """List the topics of every level.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, text, language`` and a column of topics for each level:
        ``topic_broad, topic_middle, topic_fine``.
    articles : DataFrame
        ``article_id, title``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors, rows as in `passages`.
    encoder : Encoder
        What embedded the passages.
    language : str
        Language of the names.

    Returns
    -------
    DataFrame
        ``level`` ("coarse", "medium" or "fine"), ``topic``, ``parent`` (its topic one level up, -1
        at the top), ``label, language, n_passages, n_articles``, from broad to fine.
    """
    tables, above = [], None
    for level, column in LEVEL_COLUMNS.items():
        own = passages.assign(topic=passages[column])
        labels = label_topics(own, articles, vectors, encoder, language).set_index("topic")
        groups = own[own["topic"] != OUTLIER].groupby("topic", sort=True)
        table = groups.agg(n_passages=("text", "size"), n_articles=("article_id", "nunique"))
        table["parent"] = OUTLIER if above is None else groups[above].agg(_most)
        table = table.join(labels[["label", "language"]]).reset_index().assign(level=level)
        tables.append(table[COLUMNS])
        above = column
    return pd.concat(tables, ignore_index=True).astype({"topic": "int64", "parent": "int64"})


def _most(values: pd.Series) -> int:
    counts = values.value_counts()
    return int(min(counts[counts == counts.max()].index))
