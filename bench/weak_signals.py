"""A simulated year in ten weekly runs: when a small growing topic is flagged, and how often nothing is.

Each week is a run of its own; the watch looks after every week from the fourth on. The other
subjects are told unevenly, as in the press. Run: python bench/weak_signals.py [--years 20]
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from planted_runs import Pool, make_run, simulate_pool

from press_themes.measures.changes.compared import ComparedRun, CompareSettings
from press_themes.measures.changes.watch import FEWEST_RUNS, watch_signals

GROWTH = (0, 1, 1, 2, 3, 4, 5, 7, 9, 12)
SIGNAL = "subject 11"
_STORIES = 120


def draw_year(pool: Pool, growth: tuple[int, ...], seed: int) -> list[ComparedRun]:
    """Draw ten weeks of stories, none twice; the numbers of the signal are given."""
    random = np.random.default_rng(seed)
    subjects = sorted(set(pool.texts["subject"]) - {SIGNAL})
    left = {
        subject: list(random.permutation(np.flatnonzero(pool.texts["subject"] == subject)))
        for subject in [*subjects, SIGNAL]
    }
    base = random.dirichlet(np.full(len(subjects), 3.0))
    weeks = []
    for week, grown in enumerate(growth):
        # Shares waver from week to week about twice as much as draws of stories would.
        shares = random.dirichlet(_STORIES * base)
        counts = dict(zip(subjects, random.multinomial(_STORIES - grown, shares), strict=True))
        counts[SIGNAL] = grown
        rows = [left[subject].pop() for subject, n in counts.items() for _ in range(int(n))]
        weeks.append(make_run(f"week {week + 1}", pool, np.array(rows), seed))
    return weeks


def watch_year(weeks: list[ComparedRun], settings: CompareSettings) -> pd.DataFrame:
    """Watch after every week; a row for each flag."""
    rows = []
    for last in range(FEWEST_RUNS, len(weeks) + 1):
        signals = watch_signals(weeks[:last], settings=settings)
        for row in signals[signals["signal"].astype(bool)].itertuples():
            rows.append((last, row.label, row.share, row.stories[-1], row.p_adjusted))
    return pd.DataFrame(rows, columns=["week", "subject", "share", "stories", "p_adjusted"])


def main() -> None:
    """Watch years with a signal and without, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=20)
    options = parser.parse_args()
    settings = CompareSettings()
    looks = len(GROWTH) - FEWEST_RUNS + 1
    found, alarms = [], []
    for seed in range(options.years):
        pool = simulate_pool(n=6_000, seed=seed)
        flags = watch_year(draw_year(pool, GROWTH, seed), settings)
        right = flags[flags["subject"] == SIGNAL]
        first = right.iloc[0] if len(right) else None
        found.append(
            {
                "year": seed,
                "first flagged in week": None if first is None else int(first["week"]),
                "share then": None if first is None else round(first["share"], 3),
                "other flags": len(flags) - len(right),
            }
        )
        quiet = watch_year(draw_year(pool, (3,) * len(GROWTH), 1_000 + seed), settings)
        alarms.append(len(quiet))
        print(found[-1], "flags in a year without a signal:", len(quiet), flush=True)
    table = pd.DataFrame(found)
    weeks = table["first flagged in week"]
    print(
        f"\nfound in {weeks.notna().sum()} of {len(table)} years, median week {weeks.median():g} "
    )
    print(f"of {len(GROWTH)}, at a share of {table['share then'].median():.1%} of stories;")
    print(
        f"flags without a signal: {sum(alarms)} in {len(alarms) * looks} looks "
        f"({sum(alarms) / (len(alarms) * looks):.1%}), in {sum(n > 0 for n in alarms)} of "
        f"{len(alarms)} years."
    )


if __name__ == "__main__":
    main()
