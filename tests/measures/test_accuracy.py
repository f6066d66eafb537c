from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from press_themes.measures.accuracy import COLUMNS, measure_accuracy


def _checked(rows: list[tuple], stands_for: float = 1.0) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["theme", "story", "label", "predicted"])
    return frame.assign(stands_for=stands_for, predicted_zero_shot=True)


def test_precision_and_recall_are_what_they_say() -> None:
    rows = [("sea", f"s{i}", i < 12, i < 16) for i in range(20)]
    rows += [("sea", f"s{20 + i}", True, False) for i in range(4)]
    every, sea, loom = measure_accuracy(_checked(rows), ["sea", "loom"]).to_dict("records")
    assert sea["precision"] == pytest.approx(12 / 16)
    assert sea["recall"] == pytest.approx(12 / 16)
    assert sea["precision_zero_shot"] == pytest.approx(16 / 24)
    assert sea["recall_zero_shot"] == 1
    assert sea["precision_low"] < 12 / 16 < sea["precision_high"]
    assert (every["n_judged"], every["n_yes"], every["n_given"]) == (24, 16, 16)
    assert loom["n_judged"] == 0
    assert np.isnan(loom["precision"])


def test_rows_count_for_what_they_stand_for_and_corrections_not_at_all() -> None:
    checked = _checked([("sea", f"s{i}", i == 0, True) for i in range(12)])
    checked["stands_for"] = [25.0] + [1.0] * 11
    corrections = checked.assign(stands_for=np.nan, label=True)
    row = measure_accuracy(pd.concat([checked, corrections], ignore_index=True), ["sea"]).iloc[1]
    assert (row["basis"], row["n_judged"], row["n_corrections"]) == ("sheet", 12, 12)
    assert row["precision"] == pytest.approx(25 / 36)
    alone = measure_accuracy(corrections, ["sea"]).iloc[1]
    assert alone["basis"] == "judged"
    assert alone[["precision", "recall", "precision_zero_shot"]].isna().all()


def test_nine_stories_say_nothing_and_four_yes_are_no_recall() -> None:
    nine = measure_accuracy(_checked([("sea", f"s{i}", True, True) for i in range(9)]), ["sea"])
    assert nine[["precision", "recall", "precision_low", "recall_high"]].isna().all(axis=None)
    four = measure_accuracy(_checked([("sea", f"s{i}", i < 4, True) for i in range(40)]), ["sea"])
    assert four["recall"].isna().all()
    assert four["precision"].tolist() == [0.1, 0.1]


def test_passages_of_one_story_count_as_one() -> None:
    apart = _checked([("sea", f"s{i}", i % 2 == 0, True) for i in range(60)])
    together = apart.assign(story=[f"s{i // 5}" for i in range(60)])
    wide, narrow = (measure_accuracy(table, ["sea"]).iloc[1] for table in (together, apart))
    assert wide["precision"] == narrow["precision"]
    assert wide["precision_low"] < narrow["precision_low"] - 0.05


def test_without_judgements_there_is_no_row() -> None:
    table = measure_accuracy(_checked([]), ["sea"])
    assert table.empty
    assert list(table.columns) == COLUMNS
