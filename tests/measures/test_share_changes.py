"""Changes of shares: what beats chance, what does not, and what the method did."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from runs_for_tests import QUICK, make_run, make_run_of, read_terms

from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import ComparedRun

SIZES = {"sea": 30, "loom": 30, "field": 30, "forge": 30}


def _changes(before: ComparedRun, after: ComparedRun, kind: str = "theme") -> pd.DataFrame:
    changes = compare_runs([before, after], read_terms, QUICK).changes
    return changes[changes["kind"] == kind].set_index("label" if kind == "topic" else "name")


@pytest.mark.parametrize("kind", ["theme", "topic"])
def test_a_share_that_trebled_changed_and_one_that_wavered_did_not(kind: str) -> None:
    after = make_run("after", {**SIZES, "sea": 90, "loom": 33}, 100)
    changes = _changes(make_run("before", SIZES), after, kind)
    assert changes.loc["sea", "verdict"] == "changed"
    assert changes.loc["sea", "low"] > 0
    assert changes.loc["loom", "verdict"] == "within chance"
    # The share of all passages, of which there are more now.
    if kind == "theme":
        assert changes.loc["loom", "share_after"] == pytest.approx(33 / 183)
        assert changes.loc["loom", "difference"] == pytest.approx(33 / 183 - 30 / 120)


@pytest.mark.parametrize("kind", ["theme", "topic"])
def test_the_same_corpus_twice_changes_nothing(kind: str) -> None:
    changes = _changes(make_run("before", SIZES), make_run("after", SIZES), kind)
    assert (changes["difference"] == 0).all()
    assert (changes["p"] == 1).all()
    assert (changes["verdict"] == "within chance").all()


def test_a_growing_corpus_is_judged_by_what_it_adds() -> None:
    before = make_run("before", SIZES)
    old = [(subject, i) for subject, n in SIZES.items() for i in range(n)]
    alike = [(subject, 100 + i) for subject in SIZES for i in range(8)]
    more_sea = [("sea", 100 + i) for i in range(32)]
    assert _changes(before, make_run_of("after", old + alike)).loc["sea", "p"] > 0.3
    assert _changes(before, make_run_of("after", old + more_sea)).loc["sea", "verdict"] == "changed"


def test_passages_read_otherwise_make_it_a_change_of_method() -> None:
    before, after = make_run("before", SIZES), make_run("after", {**SIZES, "sea": 90})
    lists = after.tables.passages["themes"].tolist()
    lists[-1] = ["sea"]
    passages = after.tables.passages.assign(themes=pd.Series(lists, dtype=object))
    changes = _changes(before, after._replace(tables=after.tables._replace(passages=passages)))
    assert changes.loc["sea", "n_reassigned"] == 1
    assert changes.loc["sea", "verdict"] == "method changed"


def test_a_theme_defined_otherwise_is_not_compared() -> None:
    before, after = make_run("before", SIZES), make_run("after", {**SIZES, "sea": 90}, 100)
    book = after.codebook.replace("Passages on loom.", "Passages on weaving.")
    changes = _changes(before, after._replace(codebook=book))
    assert changes.loc["loom", "verdict"] == "definition changed"
    assert changes.loc["sea", "verdict"] == "method changed"


def test_topics_are_not_tested_without_common_vectors() -> None:
    runs = (make_run("before", SIZES), make_run("after", {**SIZES, "sea": 90}, 100))
    changes = _changes(*(run._replace(vectors=None) for run in runs), "topic")
    assert (changes["verdict"] == "not tested").all()
    assert changes["difference"].isna().all()


def test_a_theme_of_one_codebook_only_has_a_share_of_zero_in_the_other() -> None:
    changes = _changes(make_run("before", SIZES), make_run("after", {**SIZES, "mine": 5}, 100))
    assert changes.loc["mine", "share_before"] == 0
    assert changes.loc["mine", "verdict"] == "definition changed"


def test_intervals_hold_what_they_are_of() -> None:
    changes = compare_runs(
        [make_run("before", SIZES), make_run("after", {**SIZES, "sea": 50}, 100)], read_terms, QUICK
    ).changes
    for end in ("before", "after"):
        inside = changes[f"share_{end}"].between(changes[f"low_{end}"], changes[f"high_{end}"])
        assert inside.all()
    assert changes["difference"].between(changes["low"], changes["high"]).all()
    assert np.isfinite(changes["p_adjusted"]).all()


def _give_themes(runs: list[ComparedRun], known: ComparedRun) -> list[ComparedRun]:
    """Look in every run for the themes of one, found or not."""
    themes = known.tables.themes
    return [
        run._replace(codebook=known.codebook, tables=run.tables._replace(themes=themes))
        for run in runs
    ]


def test_a_share_of_none_has_the_interval_of_the_report_and_of_the_timeline() -> None:
    before, after = make_run("before", {"sea": 20}), make_run("after", {"sea": 20, "loom": 4}, 100)
    changed = compare_runs(_give_themes([before, after], after), read_terms, QUICK)
    changes = changed.changes[changed.changes["kind"] == "theme"].set_index("name")
    # The exact binomial bound on none of twenty.
    assert changes.loc["loom", "high_before"] >= 1 - 0.025 ** (1 / 20)
    assert changes.loc["sea", "low_before"] <= 0.025 ** (1 / 20)
    assert changes.loc["loom", "low"] < 0 < changes.loc["loom", "high"]
    for end, position in (("before", 0), ("after", 1)):
        row = changed.timeline[changed.timeline["position"] == position].set_index("theme")
        for column, own in (("share", "share"), ("low", "share_low"), ("high", "share_high")):
            expected = row.loc[changes.index, own]
            np.testing.assert_allclose(changes[f"{column}_{end}"], expected)


def test_under_five_stories_a_run_has_no_interval_and_no_difference_has_one() -> None:
    before = make_run("before", {"sea": 4})
    changes = _changes(before, make_run("after", {"sea": 90, "loom": 30}, 100))
    assert changes.loc["sea", ["low_before", "high_before", "low", "high"]].isna().all()
    assert changes.loc["sea", "low_after"] < 90 / 120 < changes.loc["sea", "high_after"]


def test_the_interval_of_a_difference_narrows_with_what_both_runs_tell() -> None:
    old = [(subject, i) for subject in SIZES for i in range(30)]
    new = [(subject, 100 + i) for subject in SIZES for i in range(30)]
    before = make_run_of("before", old)
    widths = []
    for place, rows in enumerate((new, old + new[::10], old)):
        changes = _changes(before, make_run_of(f"after {place}", rows))
        widths.append(changes.loc["sea", "high"] - changes.loc["sea", "low"])
    assert widths[0] > 2 * widths[1] > 0
    assert widths[2] == 0
