"""Filters: choices of one kind widen, choices of different kinds narrow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import FOUR, build_collection
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.desk.collection import Collection
from press_themes.desk.filters import (
    NO_THEME,
    Filter,
    filter_passages,
    measure_strength,
    split_words,
)

TEXTS = ["The Élysée cut jobs", "Job cuts in Paris", "des emplois supprimés", 'a "quoted" word']


@pytest.fixture(scope="module")
def collection() -> Collection:
    return build_collection(Path("nowhere"), FOUR, TEXTS)


def test_nothing_asked_shows_everything(collection: Collection) -> None:
    assert filter_passages(collection, Filter()).all()


def test_themes_widen_each_other(collection: Collection) -> None:
    one, two = collection.scores.columns[:2]
    kept = filter_passages(collection, Filter(themes=(one, two)))
    assert kept.tolist() == [one in t or two in t for t in collection.passages["themes"]]


def test_passages_without_a_theme_can_be_shown(collection: Collection) -> None:
    kept = filter_passages(collection, Filter(themes=(NO_THEME,)))
    assert kept.any()
    assert kept.tolist() == [len(themes) == 0 for themes in collection.passages["themes"]]


def test_near_misses_join_those_that_bear_the_theme(collection: Collection) -> None:
    near = np.zeros_like(collection.near)
    missed = int(np.flatnonzero(~collection.bears[:, 0])[0])
    near[missed, 0] = near[missed, 1] = True
    theme = collection.scores.columns[0]
    asked = Filter(themes=(theme,))
    plain = filter_passages(collection._replace(near=near), asked)
    wider = filter_passages(collection._replace(near=near), replace(asked, near_misses=True))
    assert np.flatnonzero(plain != wider).tolist() == [missed]


def test_kinds_narrow_each_other(collection: Collection) -> None:
    passages = collection.passages
    topic, outlet, language = passages.loc[0, ["topic", "outlet", "language"]]
    asked = Filter(topics=(topic,), outlets=(outlet,), languages=(language,))
    expected = (
        (passages["topic"] == topic)
        & (passages["outlet"] == outlet)
        & (passages["language"] == language)
    )
    assert filter_passages(collection, asked).tolist() == expected.tolist()


def test_bounds_hold_their_days_and_leave_out_what_is_undated(collection: Collection) -> None:
    dates = pd.to_datetime(["2026-02-03", "2026-02-04", "2026-02-05", None])
    dates += pd.Timedelta(hours=18)
    passages = collection.passages.assign(date=[dates[i % 4] for i in range(60)])
    kept = filter_passages(
        collection._replace(passages=passages),
        Filter(since=date(2026, 2, 4), until=date(2026, 2, 4)),
    )
    assert kept.tolist() == [i % 4 == 1 for i in range(60)]


def test_strength_is_that_of_the_themes_chosen(collection: Collection) -> None:
    theme = collection.scores.columns[2]
    assert measure_strength(collection, (theme,)).tolist() == collection.scores[theme].tolist()
    strongest = measure_strength(collection)
    assert strongest.tolist() == collection.scores.max(axis=1).tolist()
    kept = filter_passages(collection, Filter(strength=0.0))
    assert kept.tolist() == (strongest >= 0).tolist()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elysee", [0]),
        ("CUT JOB", [0, 1]),
        ('"job cuts"', [1]),
        ("« Supprimés »", [2]),
        ("quoted", [3]),
        ("cut emplois", []),
        ("   ", [0, 1, 2, 3]),
        ('""', [0, 1, 2, 3]),
    ],
)
def test_words_are_found_in_any_case_and_order(
    collection: Collection, words: str, found: list[int]
) -> None:
    kept = filter_passages(collection, Filter(words=words))
    assert sorted(set(np.flatnonzero(kept) % 4)) == found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_search_is_answered(asked: str) -> None:
    collection = build_collection(Path("nowhere"), replace(FOUR, n_passages=6), TEXTS)
    kept = filter_passages(collection, Filter(words=asked))
    words = split_words(asked)
    assert kept.tolist() == [all(word in text for word in words) for text in collection.folded]
