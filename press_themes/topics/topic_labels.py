"""What each topic is called: its most distinctive terms, in the language it is mostly written in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.keywords import group_members
from press_themes.topics.names import name_groups
from press_themes.topics.nouns import find_nouns


def label_topics(passages: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Name the topics.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id, text, language, topic``.
    terms : DataFrame
        From `find_name_terms`: of what, and in which language, each topic is named.

    Returns
    -------
    DataFrame
        ``topic, label``, by number; outliers are not a topic.
    """
    topics = list(group_members(passages, "topic"))
    spoken = dict(zip(terms["topic"], terms["language"], strict=True))
    words = {
        topic: {spoken.get(topic, ""): terms.loc[terms["topic"] == topic, "term"].tolist()}
        for topic in topics
    }
    texts = passages.sort_values("passage_id").groupby("language")["text"]
    nouns = {str(code): find_nouns(own.tolist(), str(code)) for code, own in texts}
    names = name_groups(words, spoken, nouns)
    labels = [names[topic] for topic in topics]
    return pd.DataFrame({"topic": np.array(topics, dtype="int64"), "label": labels})
