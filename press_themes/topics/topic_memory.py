"""What a run remembers of its topics, so that a later run finds them again, even after a silent week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.continuity import Former
from press_themes.topics.topics import OUTLIER

MEMORY_COLUMNS = ["topic", "label", "label_source", "status", "n_passages"]
EXEMPLAR_COLUMNS = ["passage_id", "article_id", "text", "language", "topic", "vector"]
_CHOSEN_BY = [*EXEMPLAR_COLUMNS[:-1], "order", "row"]
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
    counts = passages["topic"].value_counts()
    merged = set(passages["topic_raw"]) | {n for n in old if old[n]["status"] == "merged"}
    rows = []
    for number in sorted(set(named) | set(old)):
        row = {**old.get(number, {}), **named.get(number, {})}
        row["n_passages"] = int(counts.get(number, 0))
        if number not in old:
            row["status"] = "new"
        elif row["n_passages"]:
            row["status"] = "continued"
        else:
            row["status"] = "merged" if number in merged else "silent"
        rows.append(row)
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
    tables = [passages.assign(order=1, row=np.arange(len(passages)))]
    if former is not None:
        kept = former.passages.assign(order=0, row=np.arange(len(former.passages)))
        tables.append(kept[~kept["passage_id"].isin(passages["passage_id"])])
    both = pd.concat([table[_CHOSEN_BY] for table in tables], ignore_index=True)
    merged = memory.loc[memory["status"] == "merged", "topic"]
    both = both[(both["topic"] != OUTLIER) & ~both["topic"].isin(merged)]
    # An identifier is a hash of the text: its order is a draw that the next run makes likewise.
    both = both.sort_values(["topic", "order", "passage_id"], kind="stable")
    chosen = both.groupby("topic").head(_MOST_EXEMPLARS).reset_index(drop=True)
    sources = [vectors if former is None else former.vectors, vectors]
    vector = [
        sources[order][row] for order, row in zip(chosen["order"], chosen["row"], strict=True)
    ]
    return chosen.assign(vector=pd.Series(vector, dtype=object))[EXEMPLAR_COLUMNS]
