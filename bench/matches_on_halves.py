"""Matches between the topics of two halves against one run of the whole: precision and recall.

Two topics belong together where most passages of both lie in the same topic of the joint run.
Run: python bench/matches_on_halves.py [--text real|simulated] [--repeats 5]
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from planted_runs import make_run, read_sib_pool, simulate_pool

from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import ComparedRun, CompareSettings
from press_themes.topics.words import extract_terms


def name_main_topics(half: ComparedRun, whole: ComparedRun) -> dict[int, int]:
    """Return the joint topic that holds most passages of each topic of a half, where one does."""
    joint = whole.tables.passages.set_index("passage_id")["topic"]
    passages = half.tables.passages
    places = passages["passage_id"].map(joint)
    found = {}
    for topic, own in places.groupby(passages["topic"].to_numpy()):
        shares = own.value_counts(normalize=True)
        if topic >= 0 and shares.index[0] >= 0 and shares.iloc[0] >= 0.5:
            found[int(topic)] = int(shares.index[0])
    return found


def main() -> None:
    """Halve, match, compare with the joint run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", choices=("real", "simulated"), default="real")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    pool = read_sib_pool() if options.text == "real" else simulate_pool(1_000)
    rows = []
    for seed in range(options.repeats):
        order = np.random.default_rng(seed).permutation(len(pool.texts))
        halves = np.array_split(order, 2)
        before, after = (
            make_run(name, pool, half, seed) for name, half in zip("ab", halves, strict=True)
        )
        whole = make_run("whole", pool, order, seed)
        old, new = name_main_topics(before, whole), name_main_topics(after, whole)
        wanted = {(i, j) for i in old for j in new if old[i] == new[j]}
        matches = compare_runs([before, after], extract_terms, CompareSettings()).matches
        paired = matches.dropna(subset=["topic_before", "topic_after"])
        pairs = zip(paired["topic_before"], paired["topic_after"], strict=True)
        # A topic that the joint run does not know as one has no truth to be judged by.
        found = {(int(i), int(j)) for i, j in pairs if i in old and j in new}
        right = len(found & wanted)
        rows.append(
            {
                "topics": f"{len(before.tables.topics)} and {len(after.tables.topics)}",
                "judged": f"{len(old)} and {len(new)}",
                "matches": len(found),
                "precision": right / max(1, len(found)),
                "recall": right / max(1, len(wanted)),
                "sure, precision": _precision(paired[paired["confidence"] >= 0.9], old, new),
            }
        )
        print(rows[-1], flush=True)
    table = pd.DataFrame(rows)
    print(table[["precision", "recall", "sure, precision"]].mean().round(2).to_dict())


def _precision(paired: pd.DataFrame, old: dict[int, int], new: dict[int, int]) -> float:
    pairs = zip(paired["topic_before"], paired["topic_after"], strict=True)
    judged = [(int(i), int(j)) for i, j in pairs if i in old and j in new]
    return sum(old[i] == new[j] for i, j in judged) / max(1, len(judged))


if __name__ == "__main__":
    main()
