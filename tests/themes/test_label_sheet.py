from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.safe_cells import defuse_formulas
from press_themes.themes.label_sheet import COLUMNS, LabelSheetSettings, draw_label_sheet
from press_themes.themes.labels import read_labels


def _scores(passages: pd.DataFrame, n_themes: int = 5, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    room = random.normal(-0.25, 0.2, len(passages) * n_themes)
    themes = [f"t{i}" for i in range(n_themes)]
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), n_themes),
            "theme": np.tile(themes, len(passages)),
            "room": room,
            "probability": np.nan,
            "judged": "",
        }
    )


TABLES = build_tables(Shape(400, 40))


def _draw(scores: pd.DataFrame, **settings: int) -> pd.DataFrame:
    return draw_label_sheet(
        TABLES.passages, TABLES.articles, scores, LabelSheetSettings(**settings)
    )


def test_fifty_questions_about_fifty_passages_that_stand_for_all_pairs() -> None:
    sheet = _draw(_scores(TABLES.passages))
    assert list(sheet.columns) == COLUMNS
    assert len(sheet) == sheet["id"].nunique() == 50
    assert (sheet["label"] == "").all()
    assert sheet["stands_for"].sum() == pytest.approx(400 * 5, rel=0.4)


def test_the_less_sure_a_decision_the_more_often_it_is_asked() -> None:
    scores = _scores(TABLES.passages)
    sheet = _draw(scores).merge(scores, left_on=["id", "theme"], right_on=["passage_id", "theme"])
    assert sheet["room"].abs().mean() < 0.6 * scores["room"].abs().mean()
    assert set(sheet["theme"]) == set(scores["theme"])


def test_weighted_answers_estimate_the_corpus_without_bias() -> None:
    scores = _scores(TABLES.passages)
    true = scores["room"] + np.random.default_rng(1).normal(0, 0.1, len(scores)) > 0
    truth = pd.Series(
        true.to_numpy(), index=pd.MultiIndex.from_frame(scores[["passage_id", "theme"]])
    )
    estimates = []
    for seed in range(60):
        sheet = _draw(scores, seed=seed)
        yes = truth.loc[list(zip(sheet["id"], sheet["theme"], strict=True))].to_numpy()
        estimates.append((sheet["stands_for"] * yes).sum())
    standard_error = np.std(estimates) / np.sqrt(60)
    assert abs(np.mean(estimates) - truth.sum()) < 4 * standard_error
    assert standard_error < 0.05 * truth.sum()


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    scores = _scores(TABLES.passages)
    pd.testing.assert_frame_equal(_draw(scores, seed=3), _draw(scores, seed=3))
    assert set(_draw(scores, seed=3)["id"]) != set(_draw(scores, seed=4)["id"])


def test_what_was_judged_is_not_asked_again_and_few_pairs_are_asked_all() -> None:
    scores = _scores(TABLES.passages).assign(judged="yes")
    scores.loc[:6, "judged"] = ""
    sheet = _draw(scores)
    assert len(sheet) == 7
    assert (sheet["stands_for"] == 1).all()
    assert _draw(scores.assign(judged="no")).empty


def test_a_filled_sheet_is_a_labels_file(tmp_path) -> None:
    sheet = defuse_formulas(_draw(_scores(TABLES.passages))).assign(label="yes")
    sheet.to_csv(tmp_path / "labels.csv", index=False)
    labels = read_labels(
        tmp_path / "labels.csv", TABLES.passages, TABLES.articles, set(sheet["theme"])
    )
    assert len(labels.answers) == 50
    assert labels.problems == []
    assert labels.answers["stands_for"].sum() == pytest.approx(sheet["stands_for"].sum())
