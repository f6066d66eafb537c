"""What changed between runs: the verb that puts the tables of changes together.

The last run is compared with the one before; the timeline and the watch take the whole series.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.measures.changes.compared import (
    ComparedRun,
    CompareSettings,
    Comparison,
    name_stories,
)
from press_themes.measures.changes.drift import measure_drift
from press_themes.measures.changes.group_content import judge_matches
from press_themes.measures.changes.method_differences import compare_methods
from press_themes.measures.changes.moved import list_moved
from press_themes.measures.changes.run_facts import describe_runs, list_themes, quote_passages
from press_themes.measures.changes.run_series import trace_timeline
from press_themes.measures.changes.share_changes import (
    Readings,
    measure_theme_changes,
    measure_topic_changes,
)
from press_themes.measures.changes.topic_matches import match_topics
from press_themes.measures.changes.topic_words import compare_topic_words
from press_themes.measures.changes.traces import Traces, trace_passages
from press_themes.measures.changes.watch import watch_signals
from press_themes.measures.changes.word_changes import ReadTerms, compare_vocabulary
from press_themes.measures.changes.yardstick import Yardstick, build_yardstick, read_topics


def compare_runs(
    runs: Sequence[ComparedRun],
    read_terms: ReadTerms,
    settings: CompareSettings = CompareSettings(),
) -> Comparison:
    """Compare runs.

    Parameters
    ----------
    runs : sequence of ComparedRun
        At least two, in order of time.
    read_terms : callable
        Lists the terms of a text in a language.
    settings : CompareSettings
        Error, resamples, sample and seed.

    Returns
    -------
    Comparison
        Tables of changes. The same runs and settings give the same tables.

    Raises
    ------
    ConfigurationError
        With fewer than two runs.
    """
    if len(runs) < 2:
        raise ConfigurationError("compare", "one run has nothing to be compared with", "name two")
    before, after = runs[-2], runs[-1]
    methods = compare_methods(before, after)
    sticks = [
        None if run.vectors is None else build_yardstick(run, settings) for run in (before, after)
    ]
    readings = _read_both(before, after, sticks)
    traces = Traces(
        trace_passages(before, after, readings and readings.by_after[0]),
        trace_passages(after, before, readings and readings.by_before[1]),
    )
    words = compare_topic_words(before, after, read_terms, settings)
    matches = match_topics(before, after, traces, words, settings)
    themes = measure_theme_changes(before, after, methods, settings)
    topics = measure_topic_changes((before, after), matches, readings, methods, settings)
    drift = measure_drift(before, after, methods, settings)
    signals = watch_signals(runs, sticks[1], settings)
    return Comparison(
        matches=judge_matches((before, after), matches, topics, readings, methods, settings),
        changes=pd.concat([own for own in (themes, topics) if len(own)] or [themes]),
        moved=list_moved(before, after, matches),
        vocabulary=compare_vocabulary(before, after, read_terms, settings),
        drift=drift.themes,
        drift_passages=quote_passages(drift.passages, before, after),
        methods=methods,
        timeline=trace_timeline(runs, settings),
        signals=signals,
        runs=describe_runs(runs, signals),
        themes=list_themes(before, after),
    )


def _read_both(
    before: ComparedRun, after: ComparedRun, sticks: list[Yardstick | None]
) -> Readings | None:
    if before.vectors is None or after.vectors is None:
        return None
    vectors = (before.vectors, after.vectors)
    stories = (name_stories(before), name_stories(after))
    return Readings(
        *(
            [read_topics(stick, *own) for own in zip(vectors, stories, strict=True)]
            for stick in sticks
            if stick is not None
        )
    )
