"""Small runs to be compared, made of invented subjects: no clustering, so that they take no time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.identifiers import content_id
from press_themes.measures.changes.compared import ComparedRun, CompareSettings
from press_themes.measures.counts import count_groups
from press_themes.tables import RunTables

QUICK = CompareSettings(resamples=400, redraws=40)
WORDS = "amber birch cedar dune ember fjord grove heath islet jetty knoll lagoon".split()  # noqa: SIM905
_DIMENSIONS = 24


def read_terms(text: str, language: str) -> list[str]:
    """Stand in for the terms of a text."""
    return [word for word in text.split() if word.isalpha() and len(word) > 3]


def make_run(
    name: str,
    stories: Mapping[str, int],
    first: int = 0,
    topics: Mapping[str, int] | None = None,
    **changes: Any,
) -> ComparedRun:
    """Make a run with so many stories of each subject, one passage each.

    Stories of a subject are numbered from `first`, so that runs with other numbers share none.
    Every subject is a theme and, unless `topics` says otherwise, a topic.
    """
    rows = [(subject, first + i) for subject, n in stories.items() for i in range(n)]
    return make_run_of(name, rows, topics, **changes)


def make_run_of(
    name: str,
    rows: Sequence[tuple[str, int]],
    topics: Mapping[str, int] | None = None,
    language: str = "en",
) -> ComparedRun:
    """Make a run of passages, each given by its subject and its number."""
    subjects = sorted({subject for subject, _ in rows})
    numbers = topics or {subject: place for place, subject in enumerate(subjects)}
    texts = [_text(subject, number) for subject, number in rows]
    ids = [content_id(text) for text in texts]
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [f"a{i}" for i in ids],
            "position": 0,
            "text": texts,
            "language": language,
            "n_tokens": 20,
            "topic": [numbers[subject] for subject, _ in rows],
            "topic_strength": 0.9,
            "themes": pd.Series([[subject] for subject, _ in rows], dtype=object),
        }
    )
    passages["topic_raw"] = passages["topic"]
    articles = pd.DataFrame(
        {
            "article_id": passages["article_id"],
            "family_id": passages["article_id"],
            "title": [f"On {subject}" for subject, _ in rows],
            "outlet": [f"Gazette {number % 3}" for _, number in rows],
            "url": None,
            "date": pd.NaT,
            "language": language,
        }
    )
    vectors = np.array([_vector(subject, number) for subject, number in rows], np.float32)
    return ComparedRun(
        name, _tables(passages, articles, subjects), _summary(language), vectors, _book(subjects)
    )


def move(run: ComparedRun, subject: str, towards: str, part: float = 0.4) -> ComparedRun:
    """Return the run with the passages of a subject moved towards another."""
    assert run.vectors is not None
    own = np.array([subject in themes for themes in run.tables.passages["themes"]])
    vectors = run.vectors.copy()
    vectors[own] += part * _centre(towards).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return run._replace(vectors=vectors)


def _text(subject: str, number: int) -> str:
    random = np.random.default_rng(number)
    common = " ".join(random.choice(WORDS, 6))
    return f"{subject} {subject}ness {common} no{number}"


def _centre(subject: str) -> np.ndarray:
    seed = int(content_id(subject)[:8], 16)
    centre = np.random.default_rng(seed).normal(size=_DIMENSIONS)
    return centre / np.linalg.norm(centre)


def _vector(subject: str, number: int) -> np.ndarray:
    seed = int(content_id(subject, str(number))[:8], 16)
    vector = _centre(subject) + np.random.default_rng(seed).normal(0, 0.08, _DIMENSIONS)
    return vector / np.linalg.norm(vector)


def _tables(passages: pd.DataFrame, articles: pd.DataFrame, subjects: list[str]) -> RunTables:
    themes = count_groups(passages, articles, "themes").assign(color="#004DE1")
    topics = count_groups(passages, articles, "topic")
    first = passages.drop_duplicates("topic").set_index("topic")["themes"].str[0]
    topics["label"] = [first[topic] for topic in topics["topic"]]
    empty = build_tables(Shape(n_passages=4, n_articles=2))
    return empty._replace(
        articles=articles,
        passages=passages,
        themes=themes.assign(label=themes["theme"]),
        topics=topics,
    )


def _summary(language: str) -> dict[str, Any]:
    summary = build_summary(build_tables(Shape(n_passages=4, n_articles=2)), "en")
    return {**summary, "corpus_hash": "0" * 32}


def _book(subjects: list[str]) -> pd.DataFrame:
    rows = [(subject, "definition", "en", f"Passages on {subject}.") for subject in subjects]
    return pd.DataFrame(rows, columns=["theme", "kind", "language", "text"])
