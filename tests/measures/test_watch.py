"""Weak signals: growth beyond the noise, and no alarm without it."""

from __future__ import annotations

import numpy as np
from runs_for_tests import QUICK, make_run, make_run_of

from press_themes.measures.changes.compared import ComparedRun
from press_themes.measures.changes.watch import count_telling, list_watched, watch_signals

STEADY = {"sea": 30, "loom": 30, "field": 30}


def _weeks(signal: list[int], noise: dict[str, list[int]] | None = None) -> list[ComparedRun]:
    weeks = []
    for week, n in enumerate(signal):
        sizes = {**STEADY, **{name: own[week] for name, own in (noise or {}).items()}, "mine": n}
        sizes = {name: own for name, own in sizes.items() if own}
        topics = {name: place for place, name in enumerate([*STEADY, *(noise or {}), "mine"])}
        weeks.append(make_run(f"week {week}", sizes, 1000 * week, topics))
    return weeks


def test_a_small_topic_that_grows_from_week_to_week_is_a_signal() -> None:
    signals = watch_signals(_weeks([0, 1, 2, 3, 5, 8]), settings=QUICK).set_index("label")
    row = signals.loc["mine"]
    assert row["signal"]
    assert row["basis"] == "own noise"
    assert row["told"] == [90, 91, 92, 93, 95, 98]
    assert sum(row["stories"]) >= 12
    assert row["share"] < 0.1
    assert row["n_outlets"] == 3


def test_a_steady_topic_is_none() -> None:
    signals = watch_signals(_weeks([6, 5, 7, 6, 5, 6]), settings=QUICK)
    assert not signals["signal"].any()


def test_growth_within_its_own_noise_is_none() -> None:
    bursts = {"storm": [1, 9, 0, 8, 1, 9]}
    signals = watch_signals(_weeks([6, 5, 7, 6, 5, 6], bursts), settings=QUICK).set_index("label")
    assert signals.loc["storm", "noise"] > 2
    assert not signals.loc["storm", "signal"]


def test_a_large_topic_is_not_watched() -> None:
    assert set(watch_signals(_weeks([5, 5, 5, 5]), settings=QUICK)["label"]) == {"mine"}


def test_a_story_is_counted_where_it_is_first_told() -> None:
    rows = [(s, i) for s in STEADY for i in range(30)] + [("mine", i) for i in range(6)]
    grown = [make_run_of(f"week {i}", [*rows, ("sea", 900 + i)]) for i in range(5)]
    signals = watch_signals(grown, settings=QUICK)
    assert signals["told"].iloc[0] == [97, 1, 1, 1, 1]
    assert signals["stories"].iloc[0][1:] == [0, 0, 0, 0]


def test_with_two_runs_the_basis_is_drawing_alone() -> None:
    signals = watch_signals(_weeks([3, 4]), settings=QUICK)
    assert signals["basis"].tolist() == ["drawing alone"]


def test_a_run_with_nothing_new_counts_for_nothing() -> None:
    weeks = _weeks([0, 1, 10])
    twice = watch_signals([weeks[0], *weeks], settings=QUICK).set_index("label")
    once = watch_signals(weeks, settings=QUICK).set_index("label")
    assert twice.loc["mine", "told"] == [90, 0, 91, 100]
    assert set(twice["basis"]) == set(once["basis"]) == {"drawing alone"}
    assert twice["signal"].to_dict() == once["signal"].to_dict() == {"mine": True}
    assert count_telling(twice) == 3


def test_a_run_made_otherwise_is_left_out_but_what_it_told_is_known() -> None:
    steady = [[(name, 100 * week + i) for name in STEADY for i in range(30)] for week in range(4)]
    mines = [[1, 2], [3, 4, 5], [6, 7], [3, 4, 5, 8]]
    weeks = [
        make_run_of(f"week {week}", steady[week] + [("mine", number) for number in mines[week]])
        for week in range(4)
    ]
    weeks[1] = weeks[1]._replace(summary={**weeks[1].summary, "versions": {"torch": "another"}})
    assert list_watched(weeks) == [0, 2, 3]
    mine = watch_signals(weeks, settings=QUICK).set_index("label").loc["mine"]
    assert mine["told"] == [92, 92, 91]
    assert mine["stories"][-1] == 1
    assert watch_signals(weeks[1:3], settings=QUICK).empty


def test_alarms_without_a_signal_are_as_rare_as_stated() -> None:
    alarms = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        weeks = random.poisson(5, 6) + 1
        runs = _weeks([int(n) for n in weeks])
        runs = [run._replace(name=f"{seed} {run.name}") for run in runs]
        alarms += watch_signals(runs, settings=QUICK)["signal"].any()
    # Five per cent of 40 is 2; more than 7 happen once in a thousand times.
    assert alarms <= 7


def test_nothing_is_watched_without_topics_or_vectors() -> None:
    weeks = _weeks([1, 2, 3, 4])
    assert watch_signals([*weeks[:-1], weeks[-1]._replace(vectors=None)], settings=QUICK).empty
