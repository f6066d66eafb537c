"""What is told of each compared run beside what changed: its size, its method, what it shares."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from press_themes.measures.changes.compared import ComparedRun
from press_themes.measures.changes.method_differences import compare_methods
from press_themes.measures.changes.watch import list_watched

COLUMNS = [
    "run", "title", "language", "quote_characters", "n_passages", "n_stories", "n_topics",
    "n_shared_passages", "n_shared_stories", "has_vectors", "made_otherwise", "is_watched",
    "tells_first",
]  # fmt: skip


def describe_runs(runs: Sequence[ComparedRun], signals: pd.DataFrame) -> pd.DataFrame:
    """Describe compared runs, one row a run in their order."""
    watched = list_watched(runs)
    told = list(signals["told"].iloc[0]) if len(signals) else [0] * len(watched)
    telling = {place for place, n in zip(watched, told, strict=True) if n > 0}
    passages = [set(run.tables.passages["passage_id"]) for run in runs]
    stories = [set(run.tables.articles["family_id"]) for run in runs]
    rows = []
    for place, run in enumerate(runs):
        reach = compare_methods(run, runs[-1])["reach"]
        shared = [len(own[place] & own[place - 1]) if place else 0 for own in (passages, stories)]
        summary = run.summary
        rows.append(
            (
                run.name,
                summary["title"],
                summary["language"],
                int(summary["quote_characters"]),
                len(run.tables.passages),
                len(stories[place]),
                len(run.tables.topics),
                *shared,
                run.vectors is not None,
                bool(reach.isin(["themes", "everything"]).any()),
                place in watched,
                place in telling,
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def list_themes(before: ComparedRun, after: ComparedRun) -> pd.DataFrame:
    """List the themes of both runs with their label and, where the later has them, their colour."""
    columns = ["theme", "label", "color"]
    last, former = (run.tables.themes[columns] for run in (after, before))
    gone = former[~former["theme"].isin(last["theme"])].assign(color=None)
    return pd.concat([last, gone], ignore_index=True) if len(gone) else last.reset_index(drop=True)


def quote_passages(shown: pd.DataFrame, before: ComparedRun, after: ComparedRun) -> pd.DataFrame:
    """Put beside the passages that show a drift what they say and where they stand."""
    parts = []
    for direction, run in (("towards", after), ("away", before)):
        own = shown[shown["direction"] == direction]
        articles = run.tables.articles[["article_id", "outlet", "date", "title", "url"]]
        texts = run.tables.passages[["passage_id", "article_id", "text", "language"]]
        joined = own.merge(texts, on="passage_id").merge(articles, on="article_id")
        parts.append(joined.drop(columns="article_id").set_index(own.index))
    filled = [part for part in parts if len(part)]
    return pd.concat(filled).sort_index() if filled else parts[0]
