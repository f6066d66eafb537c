"""What a view lists and counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import build_collection

from press_themes.desk.collection import Collection
from press_themes.desk.filters import Filter, measure_strength
from press_themes.desk.view import GROUPINGS, View, count_shown, list_shown


@pytest.fixture(scope="module")
def collection() -> Collection:
    return build_collection(Path("nowhere"))


def test_without_a_search_the_strongest_come_first(collection: Collection) -> None:
    theme = collection.scores.columns[0]
    listed = list_shown(collection, View(Filter(themes=(theme,))))
    assert listed["strength"].is_monotonic_decreasing
    assert listed["strength"].tolist() == pytest.approx(
        collection.scores[theme].iloc[listed["row"]].tolist()
    )
    assert listed["nearness"].isna().all()


def test_a_search_orders_and_narrows(collection: Collection) -> None:
    found = pd.DataFrame({"row": [7, 3, 11], "nearness": [0.9, 0.8, 0.7]})
    language = collection.passages["language"][3]
    view = View(Filter(languages=(language,)), found)
    listed = list_shown(collection, view)
    expected = [r for r in (7, 3, 11) if collection.passages["language"][r] == language]
    assert listed["row"].tolist() == expected


def test_a_selection_narrows_what_is_listed(collection: Collection) -> None:
    listed = list_shown(collection, View(selection=(4, 2, 40)))
    assert sorted(listed["row"]) == [2, 4, 40]


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_counts_of_everything_are_the_whole(collection: Collection, grouping: str) -> None:
    counts = count_shown(collection, np.arange(60), grouping)
    assert (counts["n_passages"] == counts["n_all"]).all()
    assert (counts["share"] == 1).all()
    expected = collection.bears.sum() + (~collection.bears.any(axis=1)).sum()
    assert counts["n_passages"].sum() == (expected if grouping == "theme" else 60)


def test_counts_by_outlet_are_of_articles_and_stories_too(collection: Collection) -> None:
    rows = list_shown(collection, View(Filter(topics=(0, 1))))["row"].to_numpy()
    counts = count_shown(collection, rows, "outlet").set_index("group")
    shown = collection.passages.iloc[rows]
    for outlet, own in shown.groupby("outlet"):
        everything = (collection.passages["outlet"] == outlet).sum()
        assert counts.loc[outlet, "n_passages"] == len(own)
        assert counts.loc[outlet, "n_articles"] == own["article_id"].nunique()
        assert counts.loc[outlet, "n_stories"] == own["family_id"].nunique()
        assert counts.loc[outlet, "share"] == pytest.approx(len(own) / everything)
    assert counts["n_passages"].is_monotonic_decreasing


def test_nothing_shown_counts_nothing(collection: Collection) -> None:
    for grouping in GROUPINGS:
        assert count_shown(collection, np.array([], int), grouping).empty


def test_strength_without_a_codebook_is_that_of_the_topic(collection: Collection) -> None:
    bare = collection._replace(scores=collection.scores.iloc[:, :0], bears=np.zeros((60, 0), bool))
    expected = collection.passages["topic_strength"].to_numpy(dtype="float32")
    assert measure_strength(bare).tolist() == expected.tolist()
