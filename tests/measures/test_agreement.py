from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from press_themes.measures.agreement import COLUMNS, measure_agreement


def _judge(n_passages: int, error: float, seed: int = 0) -> pd.DataFrame:
    """Two coders who each mistake a share of what is half the time a yes."""
    generator = np.random.default_rng(seed)
    truth = np.arange(n_passages) % 2 == 0
    rows = [
        (f"p{number}", "passage", "sea", bool(said), coder, False)
        for coder in ("Ada", "Bo")
        for number, said in enumerate(truth ^ (generator.random(n_passages) < error))
    ]
    return pd.DataFrame(rows, columns=["id", "kind", "theme", "label", "coder", "adjudicated"])


@pytest.mark.parametrize("error", [0.0, 0.05, 0.2])
def test_a_planted_agreement_is_found(error: float) -> None:
    table = measure_agreement(_judge(4_000, error), ["sea", "loom"]).agreement.set_index("theme")
    planted = (1 - 2 * error) ** 2
    assert table.loc["sea", "alpha"] == pytest.approx(planted, abs=0.03)
    assert table.loc["sea", "agreement"] == pytest.approx((1 + planted) / 2, abs=0.02)
    assert table.loc["loom", "n_double"] == 0
    assert np.isnan(table.loc["loom", "alpha"])


def test_the_interval_holds_the_planted_agreement_about_as_often_as_it_says() -> None:
    planted, held = 0.64, 0
    for seed in range(100):
        row = measure_agreement(_judge(60, 0.1, seed), [], seed).agreement.iloc[0]
        held += row["alpha_low"] <= planted <= row["alpha_high"]
    assert 90 <= held <= 99


def test_resampled_alpha_is_the_library_s() -> None:
    from press_themes.measures.agreement import _resample

    krippendorff = pytest.importorskip("krippendorff")
    judged = _judge(40, 0.2)
    wide = judged.pivot(index="coder", columns="id", values="label").to_numpy(dtype=float)
    yes, no = wide.sum(axis=0), 2 - wide.sum(axis=0)
    counts = np.column_stack([yes * no, yes, no])
    low, high = _resample(counts.sum(axis=0)[None, :], np.zeros(1, int), 0)
    expected = krippendorff.alpha(wide, level_of_measurement="nominal")
    assert (low, high) == pytest.approx((expected, expected))


def test_disagreements_are_listed_with_what_decided_them() -> None:
    judged = _judge(12, 0.0)
    judged.loc[0, "label"] = False
    final = judged.iloc[[0]].assign(coder="Cy", adjudicated=True, label=True)
    listed = measure_agreement(pd.concat([judged, final]), ["sea"]).disagreements
    assert listed.to_dict("records") == [
        {
            "id": "p0",
            "kind": "passage",
            "theme": "sea",
            "said_yes": "Bo",
            "said_no": "Ada",
            "adjudicated": "yes",
        }
    ]


def test_few_double_judgements_or_one_coder_say_nothing() -> None:
    few = measure_agreement(_judge(9, 0.0), ["sea"]).agreement
    assert few["n_double"].tolist() == [9, 9]
    assert few["alpha"].isna().all()
    alone = measure_agreement(_judge(20, 0.0).head(20), ["sea"])
    assert alone.agreement.empty
    assert list(alone.agreement.columns) == COLUMNS
    assert alone.disagreements.empty


def test_all_alike_is_full_agreement_and_no_alpha() -> None:
    row = measure_agreement(_judge(20, 0.0).assign(label=True), []).agreement.iloc[0]
    assert row["agreement"] == 1
    assert np.isnan(row["alpha"])
