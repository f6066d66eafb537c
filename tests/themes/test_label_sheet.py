from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.safe_text import defuse_formulas
from press_themes.themes.label_sheet import COLUMNS, LabelSheetSettings, draw_label_sheet
from press_themes.themes.labels import SAMPLE_COLUMNS, read_labels

TABLES = build_tables(Shape(400, 40))
NOTHING = pd.DataFrame(columns=SAMPLE_COLUMNS)


def _scores(passages: pd.DataFrame, n_themes: int = 5, seed: int = 0) -> pd.DataFrame:
    room = np.random.default_rng(seed).normal(-2, 1.5, (len(passages), n_themes))
    room[:, 0] -= 2
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), n_themes),
            "theme": np.tile([f"t{i}" for i in range(n_themes)], len(passages)),
            "read": 1 / (1 + np.exp(-room.ravel())),
            "borne": room.ravel() > 0,
        }
    )


def _draw(scores: pd.DataFrame, sample: pd.DataFrame = NOTHING, **settings: int) -> pd.DataFrame:
    return draw_label_sheet(
        TABLES.passages, TABLES.articles, scores, sample, LabelSheetSettings(**settings)
    )


def test_fifty_passages_are_asked_for_all_themes_with_their_chances() -> None:
    sheet = _draw(_scores(TABLES.passages))
    assert list(sheet.columns) == COLUMNS
    assert len(sheet) == sheet["id"].nunique() == 50
    assert (sheet["themes"] == "").all()
    assert set(sheet["asked"]) == {"t0; t1; t2; t3; t4"}
    assert set(sheet["drawn_from"]) == {TABLES.passages["text"].nunique()}
    assert set(sheet["stratum"]) == {"borne", "unsure", "not borne"}
    assert set(sheet["language"]) == set(TABLES.passages["language"])


def test_a_longer_sheet_begins_with_the_shorter_one() -> None:
    scores = _scores(TABLES.passages)
    pd.testing.assert_frame_equal(_draw(scores, passages=100).head(50), _draw(scores))


def test_what_was_judged_is_not_asked_again_and_the_draw_goes_on() -> None:
    scores = _scores(TABLES.passages)
    first = _draw(scores)
    sample = pd.DataFrame({"passage_id": first["id"], "theme": "t0"})
    again = _draw(scores, sample)
    assert again["id"].tolist() == _draw(scores, passages=100)["id"].tolist()[50:]


def test_the_order_of_rows_does_not_matter_and_the_seed_does() -> None:
    scores = _scores(TABLES.passages)
    shuffled = draw_label_sheet(
        TABLES.passages.sample(frac=1, random_state=1),
        TABLES.articles.sample(frac=1, random_state=2),
        scores.sample(frac=1, random_state=3),
        NOTHING,
    )
    pd.testing.assert_frame_equal(shuffled, _draw(scores))
    assert set(_draw(scores, seed=3)["id"]) != set(_draw(scores, seed=4)["id"])


def test_chances_are_what_they_say() -> None:
    scores = _scores(TABLES.passages)
    drawn = pd.Series(0.0, index=sorted(TABLES.passages["passage_id"]))
    repeats = 400
    for seed in range(repeats):
        drawn[_draw(scores, seed=seed, passages=40)["id"]] += 1 / repeats
    stated = _draw(scores, passages=10_000).set_index("id")["probability"] * 40
    drawn = drawn.loc[stated.index]
    assert stated.max() < 0.5
    groups = pd.qcut(stated, 8, labels=False)
    assert drawn.groupby(groups).mean().to_numpy() == pytest.approx(
        stated.groupby(groups).mean().to_numpy(), rel=0.08
    )
    assert stated.min() > 0.4 * stated.mean()


def test_a_rare_theme_is_drawn_more_often() -> None:
    scores = _scores(TABLES.passages)
    rare = scores[(scores["theme"] == "t0") & scores["borne"]]["passage_id"]
    chances = _draw(scores, passages=10_000).set_index("id")["probability"]
    assert chances.loc[chances.index.isin(rare)].mean() > 1.15 * chances.mean()


def test_a_filled_sheet_is_a_sample_that_stands_for_all_passages(tmp_path) -> None:
    sheet = defuse_formulas(_draw(_scores(TABLES.passages))).assign(themes="t1; t3", coder="Ada")
    sheet.loc[0, "themes"] = "none"
    sheet.loc[1, "themes"] = ""
    sheet.to_csv(tmp_path / "labels.csv", index=False)
    themes = [f"t{i}" for i in range(5)]
    labels = read_labels(tmp_path / "labels.csv", TABLES.passages, TABLES.articles, themes)
    assert labels.problems == []
    assert len(labels.answers) == 49 * 5
    assert set(labels.answers["basis"]) == {"sample"}
    assert labels.answers.groupby("theme")["label"].sum().tolist() == [0, 48, 0, 48, 0]
    assert labels.answers.groupby("theme")["stands_for"].sum().tolist() == pytest.approx(
        [TABLES.passages["text"].nunique()] * 5, rel=1e-4
    )


def test_no_themes_or_no_passages_give_an_empty_sheet() -> None:
    scores = _scores(TABLES.passages)
    assert list(_draw(scores.head(0)).columns) == COLUMNS
    empty = draw_label_sheet(TABLES.passages.head(0), TABLES.articles, scores.head(0), NOTHING)
    assert empty.empty
