import numpy as np
import pandas as pd
import pytest

from press_themes.stories.candidates import find_neighbours, gather_passages


def unit(rows, dimensions=16, seed=0):
    found = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def one_language(n):
    return np.zeros(n, dtype=int)


def test_the_nearest_are_those_of_a_full_comparison():
    vectors = unit(50)
    found = find_neighbours(vectors, one_language(50), np.full(50, np.nan), 5, 30)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    for row in range(50):
        nearest = np.argsort(-cosines[row])
        assert set(found.places[row, :3]) <= set(nearest[:6])


def test_articles_weeks_apart_are_not_compared_and_undated_ones_are():
    vectors = np.repeat(unit(1), 4, axis=0) + 0.01 * unit(4, seed=1)
    days = np.array([0.0, 10.0, 100.0, np.nan])
    found = find_neighbours(vectors, one_language(4), days, 3, 30)
    others = [set(row[row >= 0]) for row in found.places.tolist() for row in [np.array(row)]]
    assert others == [{1, 3}, {0, 3}, {3}, {0, 1, 2}]


def test_the_order_of_rows_does_not_matter():
    vectors, days = unit(40), np.arange(40.0) % 7
    languages = np.arange(40) % 3
    order = np.random.default_rng(1).permutation(40)
    one = find_neighbours(vectors, languages, days, 4, 3)
    other = find_neighbours(vectors[order], languages[order], days[order], 4, 3)
    back = np.array([set(order[row]) for row in other.places])
    assert [set(one.places[at]) for at in order] == back.tolist()


def test_a_language_set_apart_still_gives_neighbours():
    subjects = unit(30, 64)
    apart = subjects + 3 * unit(1, 64, seed=3)
    vectors = np.vstack([subjects, apart / np.linalg.norm(apart, axis=1, keepdims=True)])
    languages = np.repeat([0, 1], 30)
    found = find_neighbours(vectors, languages, np.full(60, np.nan), 5, 30)
    assert np.mean([row + 30 in found.places[row] for row in range(30)]) > 0.9


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_articles(n):
    found = find_neighbours(unit(max(n, 1))[:n], one_language(n), np.full(n, np.nan), 5, 30)
    assert len(found.places) == n


def test_only_the_head_of_a_long_article_is_looked_at():
    articles = pd.DataFrame({"article_id": ["a", "b"]})
    passages = pd.DataFrame({"article_id": ["a"] * 20 + ["b"], "position": [*range(20), 0]})
    heads, counts, own = gather_passages(articles, passages, unit(21))
    assert counts.tolist() == [8, 1]
    assert heads.shape[:2] == (2, 8)
    assert np.allclose(np.linalg.norm(own, axis=1), 1, atol=1e-5)
