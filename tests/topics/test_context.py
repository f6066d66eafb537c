from __future__ import annotations

import numpy as np
import pandas as pd
from stand_ins import make_passages

from press_themes.topics.context import mix_with_article


def _vectors(n: int) -> np.ndarray:
    vectors = np.random.default_rng(0).normal(size=(n, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_a_passage_moves_towards_those_around_it_and_a_brief_stays() -> None:
    vectors = _vectors(7)
    passages = make_passages([str(i) for i in range(7)]).assign(
        article_id=["a"] * 6 + ["brief"], position=[0, 1, 2, 3, 4, 5, 0]
    )
    apart, mixed = mix_with_article(vectors, passages, 0.0), mix_with_article(vectors, passages)
    assert (mixed[0] * apart[1]).sum() > (apart[0] * apart[1]).sum()
    near, far = ((mixed[0] * apart[i]).sum() - (apart[0] * apart[i]).sum() for i in (1, 5))
    assert near > far
    np.testing.assert_allclose(mixed[6], apart[6])


def test_the_order_of_rows_does_not_matter() -> None:
    vectors = _vectors(9)
    passages = make_passages([str(i) for i in range(9)]).assign(
        article_id=["a", "b", "c"] * 3, position=[0, 0, 0, 1, 1, 1, 2, 2, 2]
    )
    order = np.random.default_rng(1).permutation(9)
    straight = mix_with_article(vectors, passages)
    shuffled = mix_with_article(vectors[order], passages.iloc[order].reset_index(drop=True))
    np.testing.assert_allclose(shuffled, straight[order], atol=1e-5)


def test_a_headline_is_heard_in_every_passage_of_its_article_only() -> None:
    vectors = _vectors(4)
    passages = make_passages(list("wxyz")).assign(article_id=["a", "a", "b", "c"])
    titles = pd.DataFrame({"article_id": ["a", "b"], "vector": list(_vectors(6)[4:])})
    plain, headed = (
        mix_with_article(vectors, passages),
        mix_with_article(vectors, passages, titles=titles),
    )
    assert (np.abs(headed - plain).max(axis=1) > 1e-3).tolist() == [True, True, True, False]
