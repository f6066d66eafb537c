"""The passages that both runs have and read otherwise: another theme, or another topic.

Their text is the same, so the reason lies in the method or in the company they keep.
"""

from __future__ import annotations

import pandas as pd

from press_themes.measures.changes.compared import OUTLIER, ComparedRun, label_topics

COLUMNS = [
    "passage_id", "text", "language", "gained", "lost", "topic_before", "topic_after",
    "label_before", "label_after", "how",
]  # fmt: skip


def list_moved(before: ComparedRun, after: ComparedRun, matches: pd.DataFrame) -> pd.DataFrame:
    """List the passages of both runs that changed theme or topic."""
    columns = ["passage_id", "text", "language", "themes", "topic"]
    both = before.tables.passages[columns].merge(
        after.tables.passages[["passage_id", "themes", "topic"]],
        on="passage_id",
        suffixes=("_before", "_after"),
    )
    old_themes, new_themes = both["themes_before"].map(set), both["themes_after"].map(set)
    pairs = zip(old_themes, new_themes, strict=True)
    changes = [(sorted(new - old), sorted(old - new)) for old, new in pairs]
    both["gained"] = pd.Series([gained for gained, _ in changes], dtype=object)
    both["lost"] = pd.Series([lost for _, lost in changes], dtype=object)
    theme_moved = pd.Series([bool(gained or lost) for gained, lost in changes], dtype=bool)
    matched = matches.dropna(subset=["topic_before", "topic_after"])
    same = {
        (OUTLIER, OUTLIER),
        *zip(matched["topic_before"].astype(int), matched["topic_after"].astype(int), strict=True),
    }
    topics = zip(both["topic_before"].astype(int), both["topic_after"].astype(int), strict=True)
    topic_moved = pd.Series([pair not in same for pair in topics], dtype=bool)
    for end, run in (("before", before), ("after", after)):
        both[f"label_{end}"] = both[f"topic_{end}"].map(label_topics(run)).fillna("")
    both["how"] = "topic"
    both.loc[theme_moved, "how"] = "theme"
    both.loc[theme_moved & topic_moved, "how"] = "both"
    moved = both[theme_moved | topic_moved].sort_values("passage_id", kind="stable")
    return moved[COLUMNS].reset_index(drop=True)
