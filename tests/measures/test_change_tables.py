"""Method, moved passages, vocabulary, drift and timeline."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from runs_for_tests import QUICK, make_run, make_run_of, move, read_terms

from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import CompareSettings
from press_themes.measures.changes.drift import measure_drift
from press_themes.measures.changes.method_differences import compare_methods, have_one_encoder
from press_themes.measures.changes.moved import list_moved
from press_themes.measures.changes.run_series import trace_timeline
from press_themes.measures.changes.word_changes import compare_vocabulary

SIZES = {"sea": 30, "loom": 30, "field": 30}
NO_METHODS = pd.DataFrame(columns=["area", "what", "before", "after", "reach"])


def _with(run, **summary):
    return run._replace(summary={**run.summary, **summary})


def test_equal_methods_have_no_row() -> None:
    assert compare_methods(make_run("a", SIZES), make_run("b", SIZES, 100)).empty


def test_every_difference_of_method_is_listed_with_its_reach() -> None:
    run = make_run("a", SIZES)
    other = _with(
        run,
        encoder={"name": "other", "revision": "0", "engine": "none"},
        seed=8,
        settings={"themes": {"threshold": 0.2, "runner_up": 0.04}, "topics": {"n_neighbors": 15}},
        versions={"pandas": "4", "matplotlib": "3", "umap-learn": "1"},
    )
    rows = compare_methods(run, other).set_index("what")
    assert rows["reach"].to_dict() == {
        "name": "everything",
        "themes: threshold": "themes",
        "seed": "topics",
        "pandas": "wording",
        "umap-learn": "topics",
    }
    assert rows.loc["themes: threshold", ["before", "after"]].tolist() == ["0.1", "0.2"]
    assert rows.loc["umap-learn", "before"] == ""
    assert not have_one_encoder(run.summary, other.summary)


def test_another_engine_of_the_same_encoder_has_the_same_space() -> None:
    run = make_run("a", SIZES)
    other = _with(run, encoder={**run.summary["encoder"], "engine": "another"})
    assert have_one_encoder(run.summary, other.summary)
    assert compare_methods(run, other)["reach"].tolist() == ["wording"]


def test_a_theme_added_reaches_itself_and_all_themes() -> None:
    rows = compare_methods(make_run("a", SIZES), make_run("b", {**SIZES, "mine": 3}))
    assert dict(zip(rows["what"], rows["reach"], strict=True)) == {
        "mine": "theme",
        "themes": "themes",
    }


def test_other_answers_of_the_analyst_reach_all_themes() -> None:
    run = make_run("a", SIZES)
    rows = compare_methods(run, _with(run, files={"labels.csv": "abc"}))
    assert rows[["what", "before", "after", "reach"]].to_numpy().tolist() == [
        ["labels.csv", "", "abc", "themes"]
    ]


def test_moved_passages_are_those_of_both_runs_read_otherwise() -> None:
    before = make_run("before", SIZES)
    after = make_run("after", {**SIZES, "sea": 35})
    passages = after.tables.passages.copy()
    themes = passages["themes"].tolist()
    themes[0] = ["loom"]
    passages["themes"] = pd.Series(themes, dtype=object)
    passages.loc[1, "topic"] = passages["topic"].iloc[-1]
    after = after._replace(tables=after.tables._replace(passages=passages))
    changed = compare_runs([before, after], read_terms, QUICK)
    moved = list_moved(before, after, changed.matches).set_index("passage_id")
    assert len(moved) == 2
    first, second = (moved.loc[passages["passage_id"].iloc[row]] for row in (0, 1))
    assert (first["gained"], first["lost"], first["how"]) == (["loom"], ["sea"], "theme")
    assert (second["gained"], second["how"]) == ([], "topic")


def test_new_and_gone_words_are_found_and_common_ones_are_not() -> None:
    before = make_run("before", {**SIZES, "mine": 30})
    after = make_run("after", {**SIZES, "volcano": 30}, 100)
    table = compare_vocabulary(before, after, read_terms, QUICK).set_index("term")
    assert table["direction"].to_dict() == {
        "mine": "gone",
        "mineness": "gone",
        "volcano": "new",
        "volcanoness": "new",
    }
    assert table.loc["volcano", ["n_before", "stories_before"]].tolist() == [0, 120]


def test_a_word_of_stories_that_both_runs_tell_is_neither_new_nor_gone() -> None:
    old = [(subject, i) for subject in (*SIZES, "mine") for i in range(30)]
    plain = [(subject, 100 + i) for subject in SIZES for i in range(30)]
    mines = [("mine", 100 + i) for i in range(30)]
    fewer, more = make_run_of("fewer", old + plain), make_run_of("more", old + mines)
    for runs, direction in (((fewer, more), "rising"), ((more, fewer), "falling")):
        table = compare_vocabulary(*runs, read_terms, QUICK).set_index("term")
        assert table.loc["mine", "direction"] == direction
        assert 0 in table.loc["mine", ["n_before", "n_after"]].tolist()


def test_words_of_a_language_that_one_run_alone_speaks_are_not_new() -> None:
    before = make_run("before", SIZES)
    rows = [(subject, 100 + i) for subject in SIZES for i in range(30)]
    after = make_run_of("after", rows, language="fr")
    assert compare_vocabulary(before, after, read_terms, QUICK).empty


def test_words_of_stories_that_both_tell_are_no_change() -> None:
    before = make_run("before", SIZES)
    assert compare_vocabulary(before, make_run("after", SIZES), read_terms, QUICK).empty


def test_a_theme_whose_passages_moved_has_drifted_and_shows_them() -> None:
    before = make_run("before", SIZES)
    after = move(make_run("after", SIZES, 100), "sea", "volcano")
    drift = measure_drift(before, after, NO_METHODS, QUICK)
    themes = drift.themes.set_index("theme")
    assert themes["verdict"].to_dict() == {
        "sea": "drifted",
        "loom": "within chance",
        "field": "within chance",
    }
    assert themes.loc["sea", "distance"] > themes.loc["sea", "chance"]
    shown = drift.passages
    assert shown.groupby("direction").size().to_dict() == {"towards": 3, "away": 3}
    new = set(after.tables.passages["passage_id"])
    assert shown.loc[shown["direction"] == "towards", "passage_id"].isin(new).all()


def test_another_mix_of_languages_is_no_drift() -> None:
    def mixed(name: str, first: int, french: int):
        english = make_run_of(name, [("sea", first + i) for i in range(60 - french)])
        other = make_run_of(name, [("sea", first + 500 + i) for i in range(french)], language="fr")
        moved = move(other, "sea", "volcano", 0.6)
        tables = english.tables._replace(
            passages=pd.concat([english.tables.passages, moved.tables.passages], ignore_index=True),
            articles=pd.concat([english.tables.articles, moved.tables.articles], ignore_index=True),
        )
        return english._replace(
            tables=tables, vectors=np.concatenate([english.vectors, moved.vectors])
        )

    drift = measure_drift(mixed("before", 0, 10), mixed("after", 2000, 40), NO_METHODS, QUICK)
    assert drift.themes["verdict"].tolist() == ["within chance"]


def test_too_few_stories_are_not_tested_for_drift() -> None:
    drift = measure_drift(make_run("a", SIZES), make_run("b", {"sea": 3}, 100), NO_METHODS, QUICK)
    assert drift.themes["verdict"].tolist() == ["too few stories"]
    assert drift.passages.empty


def test_the_timeline_has_every_run_and_says_what_varies() -> None:
    sizes = [dict(SIZES, sea=n) for n in (30, 34, 60, 120)]
    runs = [make_run(f"week {i}", own, 200 * i) for i, own in enumerate(sizes)]
    timeline = trace_timeline(runs, QUICK)
    assert len(timeline) == 12
    sea = timeline[timeline["theme"] == "sea"]
    assert sea["run"].tolist() == ["week 0", "week 1", "week 2", "week 3"]
    assert sea["share"].tolist() == [n / (n + 60) for n in (30, 34, 60, 120)]
    assert sea["p_adjusted"].iloc[0] <= 0.05
    flat = trace_timeline([make_run(f"week {i}", SIZES, 200 * i) for i in range(4)], QUICK)
    assert (flat["p_adjusted"] > 0.05).all()


def test_a_theme_that_a_codebook_lacks_has_no_row_there() -> None:
    runs = [make_run("a", SIZES), make_run("b", {**SIZES, "mine": 9}, 100)]
    mine = trace_timeline(runs, QUICK).query("theme == 'mine'")
    assert mine["run"].tolist() == ["b"]
    assert mine["p_adjusted"].isna().all()


@pytest.mark.parametrize("seed", [0, 5])
def test_equal_runs_and_settings_give_equal_tables(seed: int) -> None:
    settings = CompareSettings(resamples=200, redraws=20, seed=seed)
    runs = [make_run("a", SIZES), make_run("b", {**SIZES, "mine": 20}, 100)]
    first, second = (compare_runs(runs, read_terms, settings) for _ in range(2))
    for name in first._fields:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
