"""Runs as they are compared: their tables, vectors in one space, and stories that are the same in all.

A story told in two runs is one story, so a text that both contain never counts as a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.tables import RunTables

OUTLIER = -1


@dataclass(frozen=True)
class CompareSettings:
    """How runs are compared.

    Attributes
    ----------
    error : float
        How often, in a table where nothing changed, chance may call anything a change.
    resamples : int
        Random reassignments of stories to runs behind each test.
    redraws : int
        Redrawings of stories behind the confidence of a match of topics.
    sample : int
        Passages a run that take part in the matching of topics, at most.
    small : float
        A topic in more than this share of the stories of the last run is no weak signal.
    seed : int
        Seed of every random step.
    """

    error: float = 0.05
    resamples: int = 2_000
    redraws: int = 200
    sample: int = 20_000
    small: float = 0.1
    seed: int = 0


class ComparedRun(NamedTuple):
    """A run, ready to be compared.

    Attributes
    ----------
    name : str
        How it is called, such as the name of its folder.
    tables : RunTables
        Its tables; ``family_id`` of the articles names the same story alike in every run.
    summary : dict
        The content of its ``run.json``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions), or None
        Vectors of unit length in a space common to all runs, rows as the passages; None where the
        runs were embedded by different encoders.
    codebook : DataFrame
        ``theme, kind, language, text``: what defines the themes; empty without a codebook.
    continues : str
        Name of the compared run whose topics this one took over, with their numbers; else empty.
    """

    name: str
    tables: RunTables
    summary: dict[str, Any]
    vectors: np.ndarray | None
    codebook: pd.DataFrame
    continues: str = ""


class Comparison(NamedTuple):
    """What changed; ``before`` is the last run but one, ``after`` the last.

    Attributes
    ----------
    matches : DataFrame
        From `match_topics`. ``kind`` is continued, split, merged, rearranged, born or silent;
        ``passed_on`` is the share of the earlier topic's passages that lead to the later one,
        ``drawn_from`` the reverse; ``vectors`` and ``words`` are cosines of the two; ``n_shared``
        counts the passages that both hold, ``confidence`` says in what share of redrawings of
        stories the match is found again. Beside them ``p_content`` and ``verdict``: whether the
        press changed, or only the line that the clustering draws.
    changes : DataFrame
        From `measure_theme_changes`: the themes, then the matched topics (``kind``). ``p_adjusted``
        is the chance with the error of the table held, ``low`` and ``high`` bound the difference
        (95 %), ``n_reassigned`` counts passages that both runs hold and read otherwise; ``verdict``
        is "changed", "within chance", "method changed", "definition changed" or "not tested".
    moved : DataFrame
        From `list_moved`. ``gained`` and ``lost`` are themes, ``how`` is "theme", "topic" or "both".
    vocabulary : DataFrame
        From `compare_vocabulary`. ``n_before`` and ``n_after`` count the stories with the term,
        ``stories_before`` and ``stories_after`` all stories in that language.
    drift : DataFrame
        From `measure_drift`. Stories are those told by one run alone; ``distance`` is that of the
        two means, ``chance`` what chance alone stays under in 95 of 100 cases, both in cosine
        units, squared.
    drift_passages : DataFrame
        The passages that show the drift: ``theme, direction`` ("towards", in the later run, or
        "away", in the earlier), ``rank, passage_id, pull`` (how far along the movement it lies),
        with ``text, language, outlet, date, title, url``.
    methods : DataFrame
        From `compare_methods`. ``reach`` is what the difference can touch: theme, themes, topics,
        everything or wording.
    timeline : DataFrame
        From `trace_timeline`: every run, not only the last two.
    signals : DataFrame
        From `watch_signals`. ``stories`` and ``told`` list, run by run, the topic's and all stories
        that were first told there; ``signal`` says whether the growth is beyond its noise,
        ``basis`` what the noise rests on.
    runs : DataFrame
        From `describe_runs`: every run, in order.
    themes : DataFrame
        ``theme, label, color`` of both runs; the colour is that of the last run, None without.
    """

    matches: pd.DataFrame
    changes: pd.DataFrame
    moved: pd.DataFrame
    vocabulary: pd.DataFrame
    drift: pd.DataFrame
    drift_passages: pd.DataFrame
    methods: pd.DataFrame
    timeline: pd.DataFrame
    signals: pd.DataFrame
    runs: pd.DataFrame
    themes: pd.DataFrame


def name_stories(run: ComparedRun) -> np.ndarray:
    """Return the story of each passage of a run."""
    families = run.tables.articles.set_index("article_id")["family_id"]
    owners = run.tables.passages["article_id"]
    return owners.map(families).fillna(owners).astype(str).to_numpy(dtype=object)


def mark_themes(run: ComparedRun, themes: Sequence[str]) -> np.ndarray:
    """Say which passages of a run bear which themes."""
    place = {theme: column for column, theme in enumerate(themes)}
    members = np.zeros((len(run.tables.passages), len(themes)), dtype=bool)
    for row, own in enumerate(run.tables.passages["themes"]):
        members[row, [place[theme] for theme in own if theme in place]] = True
    return members


def label_topics(run: ComparedRun) -> dict[int, str]:
    """Return the label of each topic of a run."""
    topics = run.tables.topics
    return {int(t): str(label) for t, label in zip(topics["topic"], topics["label"], strict=True)}
