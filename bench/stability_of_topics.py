"""What stability is worth: on known clusters amid noise, the unstable topics should be the spurious.

A topic is real when most of it is most of a known cluster. Run: python bench/stability_of_topics.py
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from press_themes.topics.clustering import TopicSettings
from press_themes.topics.stability import measure_topic_stability
from press_themes.topics.topics import discover_topics

NOISE = -1


def simulate_clusters(
    noise: float, spread: float, seed: int, count: int = 300
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Simulate passages of known clusters, of unequal sizes, amid passages of none.

    Parameters
    ----------
    noise : float
        Share of passages in no cluster.
    spread : float
        Length of the noise around a cluster's centre; the centre itself has length 1.
    seed : int
        Seed of everything.
    count : int
        Passages.

    Returns
    -------
    passages : DataFrame
        ``passage_id, text, language``.
    vectors : ndarray of float32, shape (count, 64)
        Unit vectors with a common direction, as those of encoders have.
    clusters : ndarray of int, shape (count,)
        -1 is noise.
    """
    random = np.random.default_rng(seed)
    n_clusters = 8
    weights = random.dirichlet(np.full(n_clusters, 3.0))
    clusters = random.choice(n_clusters, count, p=weights)
    clusters[random.random(count) < noise] = NOISE
    centres = _unit(random.normal(size=(n_clusters, 64)))
    own = _unit(random.normal(size=(count, 64)))
    vectors = np.where((clusters == NOISE)[:, None], own, centres[clusters] + spread * own)
    vectors = _unit(_unit(vectors) + 1.5 * _unit(np.ones(64)))
    passages = pd.DataFrame(
        {"passage_id": [f"{i:05d}" for i in range(count)], "language": "en"}
    ).assign(text=lambda table: "word" + table["passage_id"])
    return passages, vectors.astype(np.float32), clusters


def judge_topics(topics: np.ndarray, clusters: np.ndarray) -> pd.Series:
    """Say for each topic whether it is a known cluster: a Jaccard overlap of at least one half."""
    real = {}
    for topic in np.unique(topics[topics >= 0]):
        overlaps = [
            ((topics == topic) & (clusters == c)).sum()
            / ((topics == topic) | (clusters == c)).sum()
            for c in np.unique(clusters[clusters != NOISE])
        ]
        real[topic] = max(overlaps) >= 0.5
    return pd.Series(real, dtype=bool)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def main() -> None:
    """Print the topics of all draws by stability, the area under the curve and the cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=4)
    parser.add_argument("--resamples", type=int, default=TopicSettings().resamples)
    options = parser.parse_args()
    rows, fit, again = [], 0.0, 0.0
    for noise in (0.2, 0.5):
        for spread in (0.9, 1.3):
            for draw in range(options.draws):
                passages, vectors, clusters = simulate_clusters(noise, spread, draw)
                settings = TopicSettings(seed=draw, resamples=options.resamples)
                begun = time.perf_counter()
                found = discover_topics(passages, vectors, settings).assignments
                fit += time.perf_counter() - begun
                begun = time.perf_counter()
                stability = measure_topic_stability(passages, vectors, found, settings)
                again += time.perf_counter() - begun
                raw = found["topic_raw"].to_numpy()
                real = judge_topics(raw, clusters)
                sizes = pd.Series(raw).value_counts()
                rows.extend(
                    (noise, spread, draw, t, sizes[t], stability[t], real[t]) for t in real.index
                )
    columns = ["noise", "spread", "draw", "topic", "size", "stability", "real"]
    table = pd.DataFrame(rows, columns=columns)
    by = table.groupby(["noise", "spread"]).agg(topics=("real", "size"), real=("real", "mean"))
    print(by.round(2).to_string())
    bands = pd.cut(table["stability"], [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], include_lowest=True)
    print(table.groupby(bands, observed=False)["real"].agg(["size", "mean"]).round(2).to_string())
    print(f"AUC of stability: {roc_auc_score(table['real'], table['stability']):.3f}")
    print(f"AUC of size alone: {roc_auc_score(table['real'], table['size']):.3f}")
    print(f"Seconds: fits {fit:.1f}, {options.resamples} resamples each {again:.1f}.")


if __name__ == "__main__":
    main()
