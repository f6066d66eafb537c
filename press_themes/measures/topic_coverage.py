"""How much of each topic the codebook covers, and which topics it misses."""

from __future__ import annotations

import pandas as pd

from press_themes.measures.ranking import cover_topics, rank_by_coverage

COLUMNS = ["topic", "n_passages", "n_with_theme", "share_with_theme", "verdict"]


def cover_by_topic(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Rank the topics by how little of them the codebook covers.

    Parameters
    ----------
    passages, topics : DataFrame
        As in the run tables.

    Returns
    -------
    DataFrame
        ``topic, n_passages, n_with_theme, share_with_theme, verdict``: "missed" where less than
        half of the passages bear a theme, "covered" else, and "too small" for a topic of fewer
        than five passages. The least covered first, the larger before the smaller; those too
        small come last.
    """
    ranked = rank_by_coverage(passages, topics)
    verdicts = ranked["missed"].map({True: "missed", False: "covered"})
    rest = cover_topics(passages, topics)
    rest = rest[~rest["topic"].isin(ranked["topic"])].assign(verdict="too small")
    parts = [part for part in (ranked.assign(verdict=verdicts), rest) if len(part)]
    return pd.concat(parts or [rest], ignore_index=True)[COLUMNS]
