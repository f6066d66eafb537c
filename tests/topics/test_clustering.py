from __future__ import annotations

import numpy as np
import pytest

from press_themes.topics.clustering import Clusterer


def _blobs(centres: list[tuple[float, float]], each: list[int], seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.concatenate(
        [np.array(c) + 0.1 * random.normal(size=(n, 2)) for c, n in zip(centres, each, strict=True)]
    ).astype(np.float32)


def test_a_cluster_that_holds_nearly_everything_is_divided() -> None:
    # Four groups close together and one far away: the most persistent clusters are two.
    near = [(0, 0), (0, 0.8), (0.8, 0), (0.8, 0.8)]
    points = _blobs([*near, (60, 60)], [50, 50, 50, 50, 20])
    labels = Clusterer(10).fit_predict(points)
    assert len(np.unique(labels[labels >= 0])) == 5
    assert sorted(np.unique(labels[labels >= 0])) == [0, 1, 2, 3, 4]


def test_a_large_cluster_without_parts_stays_whole() -> None:
    points = _blobs([(0, 0), (9, 9)], [150, 50])
    labels = Clusterer(40).fit_predict(points)
    assert (labels[:150] == labels[0]).mean() > 0.8
    assert labels[0] != labels[-1]


@pytest.mark.parametrize("n", [4, 5, 9])
def test_a_handful_of_points_is_clustered_without_complaint(n: int) -> None:
    points = np.random.default_rng(n).normal(size=(n, 2)).astype(np.float32)
    labels = Clusterer(2).fit(points).labels_
    assert labels.shape == (n,)
    assert labels.min() >= -1
