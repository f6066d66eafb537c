"""The same topics again: another order of rows, copies of passages, another run, another seed.

Agreement is the adjusted Rand index and the share of passages with an identical label. Run:
python bench/same_topics_again.py
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from sib200 import read_sentences
from sklearn.metrics import adjusted_rand_score

from press_themes.topics.clustering import TopicSettings
from press_themes.topics.topics import Topics, discover_topics
from press_themes.vectors.alignment import align_languages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences


def compare(name: str, first: pd.DataFrame, second: pd.DataFrame) -> dict[str, object]:
    """Compare two assignments of the same passages, matched by passage_id.

    Parameters
    ----------
    name : str
        What was changed between them.
    first, second : DataFrame
        ``passage_id, topic, x, y``.

    Returns
    -------
    dict
        ``changed, topics, identical, agreement, same_map``.
    """
    joined = first.merge(second, on="passage_id", suffixes=("", "_again"), validate="one_to_one")
    same_map = np.array_equal(
        joined[["x", "y"]].to_numpy(), joined[["x_again", "y_again"]].to_numpy()
    )
    return {
        "changed": name,
        "topics": f"{first['topic'].nunique()} / {second['topic'].nunique()}",
        "identical": float((joined["topic"] == joined["topic_again"]).mean()),
        "agreement": adjusted_rand_score(joined["topic"], joined["topic_again"]),
        "same_map": same_map,
    }


def main() -> None:
    """Print one row for each thing that is changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--granularity", default="medium")
    granularity = parser.parse_args().granularity
    passages, embeddings = read_sentences()
    # One language a sentence: copies in six languages would make any clustering look steady.
    languages = sorted(passages["language"].unique())
    spoken = np.array([languages[s % len(languages)] for s in passages["sentence"]])
    rows = np.flatnonzero((passages["language"] == spoken).to_numpy())
    passages, embeddings = passages.iloc[rows].reset_index(drop=True), embeddings[rows]
    parallel = embed_parallel_sentences(passages, load_encoder())

    def find(table: pd.DataFrame, raw: np.ndarray, seed: int = 0) -> Topics:
        aligned = align_languages(raw, table, parallel=parallel).vectors
        return discover_topics(table, aligned, TopicSettings(granularity=granularity, seed=seed))

    first = find(passages, embeddings).assignments
    order = np.random.default_rng(0).permutation(len(passages))
    doubled = np.concatenate([np.arange(len(passages)), np.arange(0, len(passages), 5)])
    copies = passages.iloc[doubled].reset_index(drop=True)
    copies.loc[len(passages) :, "passage_id"] += "-2"
    cases = {
        "nothing, run again": find(passages, embeddings).assignments,
        "order of rows": find(
            passages.iloc[order].reset_index(drop=True), embeddings[order]
        ).assignments,
        "every fifth passage doubled": find(copies, embeddings[doubled]).assignments.iloc[
            : len(passages)
        ],
        **{f"seed {s}": find(passages, embeddings, s).assignments for s in (1, 2, 3)},
    }
    table = pd.DataFrame([compare(name, first, second) for name, second in cases.items()])
    print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
