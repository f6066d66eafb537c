"""Topics at every size: regime, seconds, memory and number of topics from 1 passage to 100,000.

Vectors above 6,000 passages are simulated: sentences of SIB-200 with noise around them, in words drawn
from them. Run: python bench/topic_sizes.py
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time

import numpy as np
import pandas as pd
from sib200 import read_sentences

from press_themes.identifiers import content_id
from press_themes.topics.clustering import TopicSettings
from press_themes.topics.stability import measure_topic_stability
from press_themes.topics.topics import discover_topics

SIZES = (*range(1, 31), 100, 1000, 10_000, 20_000, 50_000, 100_000)


def simulate_passages(count: int, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """Return passages and vectors of any number, like those of the sentences.

    Parameters
    ----------
    count : int
        Passages wanted.
    seed : int
        Seed of the draw and the noise.

    Returns
    -------
    passages : DataFrame
        ``passage_id, text, language``.
    vectors : ndarray of float32, shape (count, n_dimensions)
        Unit vectors; the first 1,000 or so are those of English sentences as they are.
    """
    passages, embeddings = read_sentences()
    english = np.flatnonzero((passages["language"] == "en").to_numpy())
    random = np.random.default_rng(seed)
    copies = random.permutation(np.resize(english, max(count, len(english))))[:count]
    if count <= len(english):
        vectors = embeddings[copies]
        texts = passages["text"].to_numpy()[copies].tolist()
    else:
        noise = random.normal(scale=0.25 / np.sqrt(embeddings.shape[1]), size=(count, 384))
        vectors = embeddings[copies] + noise.astype(np.float32)
        # A word of its own keeps every text distinct, as passages of a real corpus are.
        texts = [f"{passages['text'].iloc[row]} w{i}" for i, row in enumerate(copies)]
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [content_id(text, str(i)) for i, text in enumerate(texts)]
    table = pd.DataFrame({"passage_id": ids, "text": texts, "language": "en"})
    return table, vectors.astype(np.float32)


def measure_size(count: int, resamples: int) -> dict[str, object]:
    """Find topics and their stability in a corpus of one size.

    Parameters
    ----------
    count : int
        Passages.
    resamples : int
        Resamples behind the stability; each has at most 2,000 texts.

    Returns
    -------
    dict
        ``passages, regime, topics, outliers, seconds, stability_seconds, added_mb``: seconds of the
        processor, because a machine may be shared, and the peak of memory above what the process
        held before the topics were looked for.
    """
    passages, vectors = simulate_passages(count)
    settings = TopicSettings(resamples=resamples)
    # Compiled functions and libraries are paid for once, not by the size.
    discover_topics(*(part[:20] for part in simulate_passages(20)), settings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    found = discover_topics(passages, vectors, settings)
    seconds = time.process_time() - begun
    begun = time.process_time()
    measure_topic_stability(passages, vectors, found.assignments, settings)
    again = time.process_time() - begun
    topics = found.assignments["topic"]
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "passages": count,
        "regime": found.regime["name"],
        "topics": topics[topics >= 0].nunique(),
        "outliers": float((topics < 0).mean()),
        "seconds": seconds,
        "stability_seconds": again,
        "added_mb": (after - before) / 1024,
    }


def main() -> None:
    """Print one row a size; from 1,000 on each is measured in a process of its own, for its memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--least", type=int, default=min(SIZES))
    parser.add_argument("--most", type=int, default=max(SIZES))
    parser.add_argument("--resamples", type=int, default=TopicSettings().resamples)
    options = parser.parse_args()
    rows = []
    for size in [size for size in SIZES if options.least <= size <= options.most]:
        if size < 1000:
            rows.append(measure_size(size, options.resamples))
        else:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                rows.append(pool.apply(measure_size, (size, options.resamples)))
        print(
            *(
                f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
                for name, value in rows[-1].items()
            ),
            sep=", ",
            flush=True,
        )
    print(pd.DataFrame(rows).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
