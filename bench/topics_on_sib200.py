"""Topics on parallel sentences: whether the same sentence is in the same topic in every language.

Beside plain BERTopic on the same vectors in the same run. Run: python bench/topics_on_sib200.py
"""

from __future__ import annotations

import argparse
import time
from itertools import combinations

import numpy as np
import pandas as pd
from sib200 import read_sentences
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

from press_themes.topics.clustering import GRANULARITIES, TopicSettings
from press_themes.topics.topics import discover_topics
from press_themes.vectors.alignment import align_languages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences


def describe(passages: pd.DataFrame, topics: np.ndarray) -> dict[str, float]:
    """Describe how topics agree with sentences, languages and categories.

    Parameters
    ----------
    passages : DataFrame
        With ``sentence, language, category``.
    topics : ndarray of int, shape (n_passages,)
        -1 is an outlier.

    Returns
    -------
    dict of str to float
        ``same_topic`` counts pairs of translations of which both are in a topic, ``same_strict``
        all pairs, with an outlier as different from everything; ``ami`` takes outliers as a group
        of their own, ``ami_placed`` leaves them out.
    """
    table = passages.assign(topic=topics).pivot(
        index="sentence", columns="language", values="topic"
    )
    values = table.to_numpy()
    both, same = 0, 0
    for a, b in combinations(range(values.shape[1]), 2):
        placed = (values[:, a] >= 0) & (values[:, b] >= 0)
        both += placed.sum()
        same += (placed & (values[:, a] == values[:, b])).sum()
    pairs = len(values) * values.shape[1] * (values.shape[1] - 1) / 2
    placed = topics >= 0
    category, language = passages["category"].to_numpy(), passages["language"].to_numpy()
    return {
        "topics": len(np.unique(topics[placed])),
        "outliers": float((~placed).mean()),
        "same_topic": same / max(both, 1),
        "same_strict": same / pairs,
        "information": normalized_mutual_info_score(language[placed], topics[placed]),
        "ami": adjusted_mutual_info_score(category, topics),
        "ami_placed": adjusted_mutual_info_score(category[placed], topics[placed]),
    }


def run_plain_bertopic(passages: pd.DataFrame, embeddings: np.ndarray, seed: int) -> np.ndarray:
    """Return the topics of BERTopic with its own defaults, but for a seed."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from umap import UMAP

    # BERTopic's own UMAP settings; it has none for the seed.
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(embedding_model=BaseEmbedder(), umap_model=reducer)
    return np.array(model.fit_transform(passages["text"].tolist(), embeddings)[0])


def main() -> None:
    """Print one row for plain BERTopic and two for each granularity."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    seeds = range(parser.parse_args().seeds)
    passages, embeddings = read_sentences()
    parallel = embed_parallel_sentences(passages, load_encoder())
    begun = time.perf_counter()
    aligned, shifts = align_languages(embeddings, passages, parallel=parallel)
    print(f"alignment: {time.perf_counter() - begun:.1f} s")
    print(shifts.drop(columns="shift").round(3).to_string(index=False))
    rows = []
    for seed in seeds:
        begun = time.perf_counter()
        topics = run_plain_bertopic(passages, embeddings, seed)
        seconds = time.perf_counter() - begun
        rows.append({"way": "plain BERTopic", "seconds": seconds, **describe(passages, topics)})
        for granularity in GRANULARITIES:
            begun = time.perf_counter()
            settings = TopicSettings(granularity=granularity, seed=seed)
            found = discover_topics(passages, aligned, settings).assignments
            seconds = time.perf_counter() - begun
            for column in ("topic_raw", "topic"):
                described = describe(passages, found[column].to_numpy())
                rows.append({"way": f"{granularity}, {column}", "seconds": seconds, **described})
    table = pd.DataFrame(rows).groupby("way", sort=False).mean()
    print(table.round(3).to_string())


if __name__ == "__main__":
    main()
