"""What a run remembers of its topics, so that a later run finds them again, even after a silent week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.continuity import Former
from press_themes.themes.topics import OUTLIER

MEMORY_COLUMNS = ["topic", "label", "label_source", "status", "n_passages"]
EXEMPLAR_COLUMNS = ["passage_id", "article_id", "text", "language", "topic", "vector"]
# Passages of each topic that travel from run to run.
_MOST_EXEMPLARS = 30


def remember_topics(
    passages: pd.DataFrame, topics: pd.DataFrame, former: Former | None = None
) -> pd.DataFrame:
    """Keep what a later run needs to know the same topics again.

    Parameters
    ----------
    passages : DataFrame
        With ``topic`` and ``topic_raw``.
    topics : DataFrame
        ``topic, label, label_source`` of this run.
    former : Former, optional
        The run this one continues; its topics that fell silent are remembered on.

    Returns
    -------
    DataFrame
        ``topic, label, label_source, status`` and ``n_passages`` here. The status is "new",
        "continued", "silent" where no passage was found, or "merged" where an analyst put all of
        them into other topics.
    """
    old = {} if former is None else {row["topic"]: row for row in former.memory.to_dict("records")}
    named = {row["topic"]: row for row in topics.to_dict("records")}
    of_topic = passages["topic"].to_numpy()
    found = set(passages["topic_raw"])
    rows = []
    for number in sorted(set(named) | set(old)):
        members = np.flatnonzero(of_topic == number)
        row = {**old.get(number, {}), **named.get(number, {}), "n_passages": len(members)}
        if number in old:
            status = "continued" if len(members) else "merged" if number in found else "silent"
            rows.append({**row, "status": status})
            continue
        rows.append({**row, "status": "new"})
    return pd.DataFrame(rows, columns=MEMORY_COLUMNS)


def remember_exemplars(
    passages: pd.DataFrame, vectors: np.ndarray, memory: pd.DataFrame, former: Former | None = None
) -> pd.DataFrame:
    """Keep some passages of every topic, for runs after the next: a week may tell little of it.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id, article_id, text, language`` and ``topic``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors, rows as in `passages`.
    memory : DataFrame
        From `remember_topics`.
    former : Former, optional
        The run this one continues; its passages are kept before those of this run.

    Returns
    -------
    DataFrame
        ``passage_id, article_id, text, language, topic, vector``, at most thirty a topic that was
        not merged into another.
    """
    tables = [passages.assign(vector=list(vectors), order=1)]
    if former is not None:
        gone = former.passages["passage_id"].isin(passages["passage_id"]).to_numpy()
        kept = former.passages.assign(vector=list(former.vectors), order=0)
        tables = [kept[~gone], *tables]
    both = pd.concat([table[[*EXEMPLAR_COLUMNS, "order"]] for table in tables], ignore_index=True)
    merged = memory.loc[memory["status"] == "merged", "topic"]
    both = both[(both["topic"] != OUTLIER) & ~both["topic"].isin(merged)]
    # An identifier is a hash of the text: its order is a draw that the next run makes likewise.
    both = both.sort_values(["topic", "order", "passage_id"], kind="stable")
    return both.groupby("topic").head(_MOST_EXEMPLARS)[EXEMPLAR_COLUMNS].reset_index(drop=True)
