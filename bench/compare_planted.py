"""Planted changes, found or missed, and what is flagged where nothing was planted.

Run: python bench/compare_planted.py [--text real|simulated] [--repeats 5] [--empty 20] [--size 500]
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from planted_runs import Pool, make_run, read_sib_pool, simulate_pool

from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import CompareSettings, Comparison
from press_themes.topics.words import extract_terms

CASES = ("new", "vanished", "doubled", "split", "drifted")


def draw_rows(
    pool: Pool, case: str, subject: str, random: np.random.Generator, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the passages of two runs, none in both, between which one change is planted."""
    order = random.permutation(len(pool.texts))
    before, after = order[:size], order[size : 2 * size]
    own = (pool.texts["subject"] == subject).to_numpy()
    part = pool.texts["part"].to_numpy()
    lot = random.random(len(pool.texts))
    if case == "new":
        before = before[~own[before]]
    elif case == "vanished":
        after = after[~own[after]]
    elif case == "doubled":
        before = before[~own[before] | (lot[before] < 0.5)]
    elif case == "split":
        before = before[~own[before] | (part[before] == 0)]
        after = after[~own[after] | ((part[after] != 0) & (lot[after] < 0.5))]
    elif case == "drifted":
        before = before[~own[before] | (part[before] < 1) | (lot[before] < 0.25)]
        after = after[~own[after] | (part[after] > -1) | (lot[after] < 0.25)]
    return before, after


def was_found(case: str, subject: str, changed: Comparison) -> dict[str, bool]:
    """Say in which table the planted change stands."""
    matches, changes = changed.matches, changed.changes
    sure = changes[changes["verdict"] == "changed"]
    known = matches[matches["verdict"] == "changed"]
    told = {
        kind: subject in set(sure.loc[sure["kind"] == kind, "label"]) for kind in ("theme", "topic")
    }
    if case == "new":
        born = known.loc[known["kind"] == "born", "label_after"]
        return {"born": subject in set(born), **told}
    if case == "vanished":
        silent = known.loc[known["kind"] == "silent", "label_before"]
        return {"silent": subject in set(silent), **told}
    if case == "doubled":
        return told
    if case == "split":
        split = matches.loc[matches["kind"].isin(["split", "rearranged"]), "label_before"]
        content = known.loc[~known["kind"].isin(["born", "silent"]), "label_before"]
        alone = known[known["kind"].isin(["born", "silent"])]
        ends = {*alone["label_before"], *alone["label_after"]}
        return {
            "split": subject in set(split),
            "content": subject in set(content),
            "born or silent": subject in ends,
        }
    drifted = changed.drift.loc[changed.drift["verdict"] == "drifted", "theme"]
    return {"drifted": subject in set(drifted)}


def count_alarms(changed: Comparison, subject: str | None = None) -> dict[str, int]:
    """Count what is flagged as beyond chance about anything but the planted subject."""
    matches = changed.matches
    labels = matches["label_after"].fillna(matches["label_before"])
    sure = matches[(labels != subject) & (matches["verdict"] == "changed")]
    alone = sure["kind"].isin(["born", "silent"])
    changes = changed.changes[changed.changes["label"] != subject]
    shares = changes.loc[changes["verdict"] == "changed", "kind"]
    drifted = changed.drift.loc[changed.drift["verdict"] == "drifted", "theme"]
    signals = changed.signals[changed.signals["signal"].astype(bool)]
    return {
        "born or silent": int(alone.sum()),
        "content": int(sure.loc[~alone, "group"].nunique()),
        "theme shares": int((shares == "theme").sum()),
        "topic shares": int((shares == "topic").sum()),
        "drift": int((drifted != subject).sum()),
        "words": len(changed.vocabulary) if subject is None else 0,
        "signals": int((signals["label"] != subject).sum()),
    }


def main() -> None:
    """Plant, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", choices=("real", "simulated"), default="simulated")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--empty", type=int, default=20)
    parser.add_argument("--size", type=int, default=500, help="stories a run")
    parser.add_argument("--cases", nargs="*", choices=CASES, default=CASES)
    options = parser.parse_args()
    real = options.text == "real"
    pool = read_sib_pool() if real else simulate_pool()
    size = min(options.size, len(pool.texts) // 2)
    subjects = sorted(pool.texts["subject"].unique())
    settings = CompareSettings()

    def compare(before: np.ndarray, after: np.ndarray, seed: int) -> Comparison:
        runs = [make_run("before", pool, before, seed), make_run("after", pool, after, seed)]
        return compare_runs(runs, extract_terms, settings)

    empty = []
    for seed in range(options.empty):
        rows = draw_rows(pool, "nothing", "", np.random.default_rng(seed), size)
        empty.append(count_alarms(compare(*rows, seed)))
    if empty:
        print(f"nothing planted, {options.text} text, {len(empty)} pairs of runs of {size}:")
        table = pd.DataFrame(empty)
        told = {"flagged in all": table.sum(), "pairs with any": (table > 0).sum()}
        print(pd.DataFrame(told).T.to_string(), flush=True)
    for case in options.cases:
        found, alarms = [], []
        for seed in range(options.repeats):
            subject = subjects[seed % len(subjects)]
            random = np.random.default_rng(100 + seed)
            changed = compare(*draw_rows(pool, case, subject, random, size), seed)
            found.append({"subject": subject, **was_found(case, subject, changed)})
            alarms.append(count_alarms(changed, subject))
        print(f"\n{case}:")
        print(pd.DataFrame(found).to_string(index=False))
        print("about other subjects:", pd.DataFrame(alarms).sum().to_dict(), flush=True)


if __name__ == "__main__":
    main()
