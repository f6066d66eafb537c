from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.measures.representatives import (
    INSIDE,
    NEAR_MISS,
    TYPICAL,
    RepresentativeSettings,
    choose_representatives,
    list_representatives,
)


def _tables(n: int = 40) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray, pd.DataFrame]:
    random = np.random.default_rng(0)
    # Two clouds of passages of one theme, the first larger.
    middle = np.where(np.arange(n) < 0.7 * n, 0.0, 1.2)
    angles = middle + random.normal(0, 0.2, n)
    vectors = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    names = [f"p{i:02d}" for i in range(n)]
    passages = pd.DataFrame(
        {
            "passage_id": names,
            "article_id": [f"a{i // 2}" for i in range(n)],
            "topic": np.where(np.arange(n) < n // 2, 0, -1),
            "topic_strength": random.random(n),
        }
    )
    articles = pd.DataFrame({"article_id": passages["article_id"].unique()})
    articles["family_id"] = articles["article_id"].str.replace("a", "f")
    room = np.where(np.arange(n) < n - 4, random.random(n), -0.01 * np.arange(n))
    scores = pd.DataFrame({"passage_id": names, "theme": "sea", "room": room})
    scores["assigned"] = scores["room"] > 0
    scores["near_miss"] = ~scores["assigned"]
    return passages, articles, vectors, scores


def test_the_first_is_the_medoid_and_the_next_stands_for_what_is_far_from_it() -> None:
    passages, articles, vectors, scores = _tables()
    chosen = list_representatives(
        choose_representatives(passages, articles, vectors, scores), "theme", TYPICAL
    )["sea"]
    rows = passages.set_index("passage_id").index.get_indexer(chosen)
    members = np.flatnonzero(scores["assigned"])
    assert rows[0] == members[np.argmax((vectors[members] @ vectors[members].T).sum(axis=1))]
    assert rows[0] < 28 <= rows[1]


def test_no_two_of_a_role_tell_the_same_story_and_borders_are_in_order() -> None:
    passages, articles, vectors, scores = _tables()
    table = choose_representatives(passages, articles, vectors, scores)
    story = table["passage_id"].map(passages.set_index("passage_id")["article_id"])
    assert not table.assign(story=story).duplicated(["kind", "name", "role", "story"]).any()
    inside = table[(table["kind"] == "theme") & (table["role"] == INSIDE)]
    assert inside["room"].is_monotonic_increasing
    assert inside["room"].iloc[0] == scores.loc[scores["assigned"], "room"].min()
    missed = table[table["role"] == NEAR_MISS]
    assert missed["room"].is_monotonic_decreasing
    assert (missed["room"] <= 0).all()
    assert table[table["kind"] == "topic"]["name"].unique().tolist() == ["0"]


def test_rows_in_another_order_give_the_same_passages() -> None:
    passages, articles, vectors, scores = _tables()
    order = np.random.default_rng(1).permutation(len(passages))
    mixed = passages.iloc[order].reset_index(drop=True)
    settings = RepresentativeSettings(typical=5)
    first = choose_representatives(passages, articles, vectors, scores, settings)
    again = choose_representatives(
        mixed, articles, vectors[order], scores.sample(frac=1, random_state=2), settings
    )
    pd.testing.assert_frame_equal(first, again)


def test_a_group_of_thousands_is_represented_by_a_sample_of_it() -> None:
    passages, articles, vectors, scores = _tables(5_000)
    table = choose_representatives(passages, articles, vectors, scores)
    assert (table[table["role"] == TYPICAL].groupby(["kind", "name"]).size() == 3).all()


def test_nothing_to_represent_gives_an_empty_table() -> None:
    passages, articles, vectors, scores = _tables()
    table = choose_representatives(
        passages.assign(topic=-1), articles, vectors, scores.assign(assigned=False, near_miss=False)
    )
    assert table.empty
