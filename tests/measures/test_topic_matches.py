"""Topics matched from run to run: continued, split, merged, born, silent."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from runs_for_tests import QUICK, make_run, move, read_terms

from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import ComparedRun

SIZES = {"sea": 25, "loom": 25, "field": 25, "forge": 25}


def _match(before: ComparedRun, after: ComparedRun) -> pd.DataFrame:
    return compare_runs([before, after], read_terms, QUICK).matches


def test_topics_continue_whatever_their_numbers() -> None:
    before = make_run("before", SIZES)
    after = make_run("after", SIZES, 100, {"sea": 3, "loom": 2, "field": 1, "forge": 0})
    matches = _match(before, after)
    assert (matches["kind"] == "continued").all()
    assert (matches["label_before"] == matches["label_after"]).all()
    assert (matches["confidence"] > 0.9).all()
    assert (matches["vectors"] > 0.9).all()
    assert (matches["verdict"] == "within chance").all()


def test_a_new_and_a_vanished_subject_are_born_and_silent_beyond_chance() -> None:
    before = make_run("before", {**SIZES, "mine": 25})
    after = make_run("after", {**SIZES, "volcano": 25}, 100)
    matches = _match(before, after)
    alone = matches[matches["kind"] != "continued"].set_index("kind")
    assert alone.loc["born", "label_after"] == "volcano"
    assert alone.loc["silent", "label_before"] == "mine"
    assert (alone["verdict"] == "changed").all()
    assert alone.loc["born", "topic_before"] is pd.NA


def test_two_topics_that_were_one_are_split_and_the_other_way_merged() -> None:
    joined = {"sea": 0, "loom": 1, "field": 2, "forge": 2}
    one = make_run("one", SIZES, 0, joined)
    two = make_run("two", SIZES, 100)
    split = _match(one, two)
    assert sorted(split.loc[split["kind"] == "split", "label_after"]) == ["field", "forge"]
    merged = _match(two, one._replace(name="later"))
    assert sorted(merged.loc[merged["kind"] == "merged", "label_before"]) == ["field", "forge"]


def test_a_line_drawn_otherwise_through_the_same_content_is_within_chance() -> None:
    one = make_run("one", SIZES, 0, {"sea": 0, "loom": 1, "field": 2, "forge": 2})
    matches = _match(one, make_run("two", SIZES, 100))
    assert (matches["verdict"] == "within chance").all()


def test_other_content_read_by_another_method_is_a_change_of_method() -> None:
    before = make_run("before", SIZES)
    after = move(make_run("after", SIZES, 100), "sea", "volcano", 0.2)
    for most_tokens, verdict in ((None, "changed"), (60, "method changed")):
        settings = {**after.summary["settings"]}
        if most_tokens:
            settings["passages"] = {"most_tokens": most_tokens}
        run = after._replace(summary={**after.summary, "settings": settings})
        matches = _match(before, run).set_index("label_after")
        assert matches.loc["sea", ["kind", "verdict"]].tolist() == ["continued", verdict]
        assert matches.loc["loom", "verdict"] == "within chance"


def test_passages_of_both_runs_are_known_by_their_identifier() -> None:
    before, after = make_run("before", SIZES), make_run("after", SIZES)
    matches = _match(before, after)
    assert matches["n_shared"].tolist() == [25] * 4
    np.testing.assert_allclose(matches[["passed_on", "drawn_from", "confidence"]], 1)


def test_without_common_vectors_topics_are_matched_by_words() -> None:
    before = make_run("before", SIZES)._replace(vectors=None)
    after = make_run("after", SIZES, 100)._replace(vectors=None)
    matches = _match(before, after)
    assert (matches["kind"] == "continued").all()
    assert (matches["label_before"] == matches["label_after"]).all()
    assert matches["vectors"].isna().all()
    assert (matches["words"] > 0.3).all()
    assert (matches["verdict"] == "not tested").all()


@pytest.mark.parametrize("sizes", [{}, {"sea": 1}, {"sea": 2, "loom": 1}])
def test_the_smallest_runs_can_be_compared(sizes: dict[str, int]) -> None:
    whole = make_run("whole", SIZES)
    small = make_run("small", sizes or {"sea": 1}, 200)
    if not sizes:
        small.tables.passages["topic"] = -1
        small = small._replace(tables=small.tables._replace(topics=small.tables.topics.head(0)))
    for pair in ((whole, small), (small, whole), (small, small)):
        changed = compare_runs(pair, read_terms, QUICK)
        assert len(changed.matches) >= max(len(run.tables.topics) for run in pair)
