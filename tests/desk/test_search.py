"""Search by meaning, with the stand-in encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import FOUR, build_collection
from stand_ins import WordEncoder, make_subject_texts

from press_themes.desk.collection import Collection
from press_themes.desk.search import SearchSettings, measure_nearness, search_passages

TEXTS, SUBJECTS = make_subject_texts(60)


@pytest.fixture(scope="module")
def collection() -> Collection:
    return build_collection(Path("nowhere"), FOUR, TEXTS)


def test_the_nearest_passages_speak_of_what_was_asked(collection: Collection) -> None:
    found = search_passages("weaver cotton spindle", collection, WordEncoder())
    assert {SUBJECTS[row] for row in found["row"].head(10)} == {"loom"}
    assert found["nearness"].is_monotonic_decreasing


def test_every_language_brings_its_nearest(collection: Collection) -> None:
    found = search_passages("harbour tide", collection, WordEncoder(), SearchSettings(nearest=4))
    languages = collection.passages["language"].iloc[found["row"]]
    assert languages.value_counts().to_dict() == {"en": 4, "fr": 4}
    for language in ("en", "fr"):
        own = np.flatnonzero(collection.passages["language"] == language)
        nearness = measure_nearness("harbour tide", collection, WordEncoder())
        best = set(own[np.argsort(-nearness[own], kind="stable")][:4])
        assert set(found.loc[(languages == language).to_numpy(), "row"]) == best


def test_of_equal_texts_one_is_shown() -> None:
    collection = build_collection(Path("nowhere"), FOUR, TEXTS[:3])
    found = search_passages("harbour tide", collection, WordEncoder())
    assert sorted(found["row"]) == [0, 1, 2]


def test_the_sentence_is_shifted_as_its_language_was(collection: Collection) -> None:
    moved = np.zeros(48, np.float32)
    moved[0] = 5
    shifts = pd.DataFrame({"language": ["en"], "shift": [moved]})
    plain = measure_nearness("the anchor and the sailor", collection, WordEncoder())
    shifted = collection._replace(shifts=shifts)
    assert not np.allclose(
        measure_nearness("the anchor and the sailor", shifted, WordEncoder()), plain
    )


def test_nearness_is_a_cosine_about_the_common_mean(collection: Collection) -> None:
    nearness = measure_nearness("barley tractor", collection, WordEncoder())
    mean = collection.vectors.mean(axis=0)
    centred = collection.vectors - mean
    asked = WordEncoder().encode(["barley tractor"])[0] - mean
    lengths = np.linalg.norm(centred, axis=1) * np.linalg.norm(asked)
    assert np.allclose(nearness, centred @ asked / lengths, atol=1e-4)


def test_a_search_in_nothing_finds_nothing(collection: Collection) -> None:
    empty = collection._replace(
        passages=collection.passages.iloc[:0], vectors=collection.vectors[:0]
    )
    assert search_passages("anything", empty, WordEncoder()).empty
