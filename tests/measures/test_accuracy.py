from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from press_themes.measures.accuracy import COLUMNS, measure_accuracy


def _checked(rows: list[tuple], stands_for: float = np.nan) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["theme", "story", "label", "predicted"])
    return frame.assign(stands_for=stands_for, predicted_zero_shot=True)


def test_precision_and_recall_are_what_they_say() -> None:
    rows = [("sea", f"s{i}", i < 6, i < 8) for i in range(10)]
    rows += [("sea", "s10", True, False), ("sea", "s11", True, False)]
    every, sea, loom = measure_accuracy(_checked(rows), ["sea", "loom"]).to_dict("records")
    assert sea["precision"] == pytest.approx(6 / 8)
    assert sea["recall"] == pytest.approx(6 / 8)
    assert sea["precision_zero_shot"] == pytest.approx(8 / 12)
    assert sea["recall_zero_shot"] == 1
    assert sea["precision_low"] < 6 / 8 < sea["precision_high"]
    assert (every["n_judged"], every["n_yes"], every["n_stories"]) == (12, 8, 12)
    assert loom["n_judged"] == 0
    assert np.isnan(loom["precision"])


def test_rows_of_a_sheet_count_for_what_they_stand_for() -> None:
    checked = _checked([("sea", f"s{i}", i == 0, True) for i in range(6)])
    checked["stands_for"] = [25.0, 1, 1, 1, 1, 1]
    own = checked.assign(stands_for=np.nan)
    both = pd.concat([checked, own], ignore_index=True)
    row = measure_accuracy(both, ["sea"]).iloc[1]
    assert row["basis"] == "sheet"
    assert row["n_judged"] == 6
    assert row["precision"] == pytest.approx(25 / 30)
    assert measure_accuracy(own, ["sea"]).iloc[1]["basis"] == "judged"


def test_four_stories_have_no_interval() -> None:
    row = measure_accuracy(_checked([("sea", f"s{i}", True, True) for i in range(4)]), ["sea"])
    assert row["precision"].tolist() == [1, 1]
    assert row[["precision_low", "recall_high"]].isna().all(axis=None)


def test_without_judgements_there_is_no_row() -> None:
    table = measure_accuracy(_checked([]), ["sea"])
    assert table.empty
    assert list(table.columns) == COLUMNS


def test_a_few_rows_of_a_sheet_do_not_silence_other_judgements() -> None:
    checked = _checked([("sea", f"s{i}", i < 15, True) for i in range(20)])
    checked = pd.concat([checked, _checked([("loom", "s20", True, True)], 40.0)])
    every, sea, loom = measure_accuracy(checked, ["sea", "loom"]).to_dict("records")
    assert (sea["n_judged"], sea["basis"]) == (20, "judged")
    assert sea["precision"] == pytest.approx(15 / 20)
    assert (loom["n_judged"], loom["basis"]) == (1, "sheet")
    assert (every["n_judged"], every["basis"]) == (21, "judged")
    assert every["precision"] == pytest.approx(16 / 21)
