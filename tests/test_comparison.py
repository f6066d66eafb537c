"""Run folders compared on disk: the page, the files, the refusals, the notebook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser import check_page_is_self_contained, open_page
from conftest import ROOT
from runs_for_tests import QUICK, make_run, make_run_of, move, read_terms

from press_themes.comparison import (
    Changes,
    check_apart,
    compare_folders,
    name_comparison,
    read_runs,
)
from press_themes.errors import ConfigurationError, InputError
from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import ComparedRun, CompareSettings
from press_themes.runs.checksums import digest_files
from press_themes.runs.folder import FORMAT
from press_themes.runs.formats import write_result
from press_themes.stages import STAGES
from press_themes.tables import RunTables
from press_themes.telling.changes.change_sentences import write_changes, write_trust
from press_themes.telling.changes.page import write_page
from press_themes.telling.charts.chart_list import CHARTS_OF_CHANGES, draw_changes
from press_themes.telling.charts.share_slopes import spread_out
from press_themes.telling.charts.topic_shifts import draw_topic_shifts
from press_themes.telling.wording import load_wording
from press_themes.themes.codebook_vectors import CodebookVectors
from press_themes.topics.continuity import Former

SIZES = {"sea": 30, "loom": 30, "field": 30, "forge": 30}


def complete(tables: RunTables) -> RunTables:
    """Add what a run's passages and topics hold beside what is compared."""
    passages, topics = tables.passages.assign(x=0.0, y=0.0), tables.topics.copy()
    for column in ("position", "topic_raw", "topic_strength"):
        passages[column] = passages.get(column, 0)
    for column in ("keywords", "representatives"):
        topics[column] = topics.get(column, pd.Series([[]] * len(topics), topics.index))
    return tables._replace(passages=passages, topics=topics)


def write_run(folder: Path, run: ComparedRun) -> Path:
    """Write what a comparison reads of a run folder."""
    folder.mkdir(parents=True)
    tables = run.tables
    articles = tables.articles.assign(
        body=[f"A text of its own, number {i}." for i in tables.articles["article_id"]],
        truncated=False,
        n_chars=40,
    )
    tables = complete(tables)
    languages = sorted(tables.passages["language"].unique())
    shift = np.full(run.vectors.shape[1], 0.03, np.float32)
    names = ("passages", "theme_scores", "themes", "topics", "trends", "skipped", "discarded")
    results = {name: getattr(tables, name) for name in names}
    results["articles"] = articles
    results["codebook_vectors"] = CodebookVectors(run.codebook, np.zeros((len(run.codebook), 2)))
    results["embeddings"] = run.vectors
    results["former"] = None
    write_results(folder, results)
    write_shifts(folder, dict.fromkeys(languages, shift))
    return sign_run(folder, {"format": FORMAT, **run.summary, "stages": []})


def write_results(folder: Path, results: dict[str, object]) -> None:
    """Write results where a run keeps them."""
    for name, value in results.items():
        _, result, kind = STAGES.find(name)
        write_result(value, folder / result.place, kind)


def write_shifts(folder: Path, shifts: dict[str, np.ndarray]) -> None:
    table = pd.DataFrame({"language": list(shifts), "shift": list(shifts.values())})
    write_results(folder, {"alignment": table})


def sign_again(folder: Path, **changes: object) -> Path:
    """Write run.json anew, with what is said otherwise, after files of the run were replaced."""
    return sign_run(folder, {**json.loads((folder / "run.json").read_text("utf-8")), **changes})


def continue_run(folder: Path, former: Path) -> Path:
    """Write into a run the passages of the run it continued, and some that are remembered."""
    columns = ["passage_id", "language", "topic"]
    passages = pd.read_parquet(former / "tables/passages.parquet")[columns]
    remembered = passages.head(3).assign(passage_id=["r1", "r2", "r3"])
    both = pd.concat([passages, remembered.assign(text="Told before.")])
    (folder / ".stages/former.none").unlink()
    nothing = pd.DataFrame({"topic": []})
    held = Former(both, nothing, np.zeros((len(both), 2)), nothing)
    write_results(folder, {"former": held})
    return sign_again(folder)


def sign_run(folder: Path, content: dict) -> Path:
    """Write run.json with the checksums of the files as they are now."""
    signed = {**content, "files": digest_files(folder, without=["run.json"])}
    (folder / "run.json").write_text(json.dumps(signed), encoding="utf-8")
    return folder


def compare(folders: list[Path], out: Path, settings: CompareSettings) -> Path:
    check_apart(folders, out)
    return compare_folders(*folders, settings=settings).write(out)


def _open(folders: list[Path]) -> tuple[list[ComparedRun], Changes]:
    changes = compare_folders(*folders, settings=QUICK)
    return changes.compared, changes


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    after = move(make_run("after", {**SIZES, "loom": 90, "mine": 25}, 100), "sea", "volcano")
    return [
        write_run(tmp_path / "runs" / "week-1", make_run("before", {**SIZES, "mine": 2})),
        write_run(tmp_path / "runs" / "week-2", after),
    ]


def test_a_comparison_is_a_folder_of_tables_figures_and_a_page(two: list[Path]) -> None:
    out = compare(two, name_comparison(two), QUICK)
    assert out == two[1].resolve().parent / "week-2-since-week-1"
    names = {path.name for path in out.iterdir()}
    tables = (
        "changes",
        "matches",
        "moved",
        "vocabulary",
        "drift",
        "methods",
        "signals",
        "timeline",
    )
    assert names >= {"compare.json", "compare.html", "figures"}
    assert names >= {f"{name}.{kind}" for name in tables for kind in ("csv", "parquet")}
    content = json.loads((out / "compare.json").read_text("utf-8"))
    assert [run["name"] for run in content["runs"]] == ["week-1", "week-2"]
    page = (out / "compare.html").read_text("utf-8")
    assert all(finding["sentence"] in page for finding in content["findings"])
    assert sorted(path.name for path in two[0].iterdir() if "compare" in path.name) == []


def test_equal_comparisons_give_equal_bytes(two: list[Path], tmp_path: Path) -> None:
    first, second = (compare(two, tmp_path / name, QUICK) for name in ("one", "two"))
    files = [path for path in sorted(first.rglob("*")) if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


def test_the_same_run_twice_says_that_nothing_changed(two: list[Path], tmp_path: Path) -> None:
    out = compare([two[0], two[0]], tmp_path / "same", QUICK)
    content = json.loads((out / "compare.json").read_text("utf-8"))
    assert [finding["sentence"] for finding in content["findings"]] == [
        "Nothing changed: both runs hold the same texts and read them alike."
    ]
    assert [run["name"] for run in content["runs"]] == ["week-1 (1)", "week-1 (2)"]
    assert content["rows"]["moved"] == content["rows"]["vocabulary"] == 0


@pytest.mark.parametrize(
    "file",
    [
        "tables/passages.parquet",
        ".stages/embeddings.npy",
        "tables/topics.parquet",
        ".stages/codebook_vectors.texts.parquet",
        ".stages/skipped.parquet",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_run_folder_that_is_not_whole_is_one_sentence(
    two: list[Path], tmp_path: Path, file: str, damage: str
) -> None:
    path = two[1] / file
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    told = {
        "missing": "is missing from the run folder",
        "cut": "is not the file that the run wrote",
    }
    with pytest.raises(InputError, match=rf"{file}: {told[damage]}"):
        compare(two, tmp_path / "out", QUICK)
    assert not (tmp_path / "out").exists()


def test_vectors_that_do_not_belong_to_the_passages_are_refused(two: list[Path]) -> None:
    np.save(two[1] / ".stages/embeddings.npy", np.zeros((3, 24), np.float32))
    sign_again(two[1])
    with pytest.raises(InputError, match="has 3 embeddings for 205 passages"):
        read_runs(two)


def test_a_compared_run_is_never_written_over(two: list[Path]) -> None:
    for out in (two[0], two[0] / "in", two[0].parent):
        with pytest.raises(ConfigurationError, match="name another folder"):
            compare(two, out, QUICK)


def test_another_folder_is_never_replaced(two: list[Path], tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("x")
    with pytest.raises(ConfigurationError, match="is not a comparison"):
        compare(two, tmp_path / "precious", QUICK)


def test_one_run_cannot_be_compared(two: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nothing to be compared with"):
        compare(two[:1], tmp_path / "out", QUICK)


def test_runs_of_different_encoders_are_compared_without_vectors(two: list[Path]) -> None:
    name_encoder(two[0], "another")
    runs, changed = _open(two)
    assert runs[0].vectors is None
    sentences = [finding["sentence"] for finding in write_changes(changed, load_wording("en"))]
    assert any("different encoders" in sentence for sentence in sentences)
    assert changed.drift.empty
    assert changed.signals.empty


def name_encoder(folder: Path, name: str) -> None:
    content = json.loads((folder / "run.json").read_text("utf-8"))
    sign_again(folder, encoder={**content["encoder"], "name": name})


@pytest.mark.parametrize("dimensions", [8, 24])
@pytest.mark.parametrize("foreign", [0, 1])
def test_runs_of_another_encoder_leave_the_vectors_of_the_last_alone(
    tmp_path: Path, dimensions: int, foreign: int
) -> None:
    runs = [make_run(f"week {week}", SIZES, 100 * week) for week in range(3)]
    random = np.random.default_rng(0)
    other = random.normal(size=(len(runs[foreign].vectors), dimensions)).astype(np.float32)
    runs[foreign] = runs[foreign]._replace(vectors=other)
    folders = [write_run(tmp_path / run.name, run) for run in runs]
    # A language more makes the foreign shifts those that the others would be joined to.
    shifts = random.normal(size=(2, dimensions)).astype(np.float32)
    write_shifts(folders[foreign], {"en": shifts[0], "fr": shifts[1]})
    name_encoder(folders[foreign], "another")
    own = [place for place in range(3) if place != foreign]
    read = read_runs(folders)
    expected = read_runs([folders[place] for place in own])
    assert read[foreign].vectors is None
    for place, run in zip(own, expected, strict=True):
        np.testing.assert_array_equal(read[place].vectors, run.vectors)


def test_a_continued_run_says_itself_which_topics_go_on(two: list[Path]) -> None:
    continue_run(two[1], two[0])
    runs, changed = _open(two)
    assert runs[1].continues == "week-1"
    continued = changed.matches[changed.matches["kind"] == "continued"]
    sea = continued[continued["label_before"] == "sea"]
    assert (sea["topic_before"] == sea["topic_after"]).all()
    # Its passages moved so far that without the word of the run it would be silent.
    assert sea["confidence"].tolist() == [1.0]


def test_topics_numbered_anew_since_they_were_continued_are_not_matched_by_number(
    tmp_path: Path,
) -> None:
    topics = {name: place for place, name in enumerate(SIZES)}
    first = make_run("first", SIZES, 0, topics)
    folders = [
        write_run(tmp_path / "first", first),
        write_run(tmp_path / "second", make_run("second", SIZES, 100, topics)),
    ]
    continue_run(folders[1], folders[0])
    assert read_runs(folders)[1].continues == "first"
    rotated = {name: (number + 1) % len(topics) for name, number in topics.items()}
    again = make_run("first", SIZES, 0, rotated)
    tables = complete(again.tables)
    write_results(folders[0], {"passages": tables.passages, "topics": tables.topics})
    sign_again(folders[0])
    runs, changed = _open(folders)
    assert runs[1].continues == ""
    assert (changed.matches["kind"] == "continued").all()
    assert (changed.matches["label_before"] == changed.matches["label_after"]).all()


def test_a_reprint_tells_the_story_that_the_earlier_run_told(tmp_path: Path) -> None:
    runs = [make_run("before", SIZES), make_run("after", SIZES, 100)]
    folders = [write_run(tmp_path / run.name, run) for run in runs]
    text = " ".join(f"word{i}" for i in range(80))
    for folder, ending in zip(folders, ("", " and one more sentence."), strict=True):
        articles = pd.read_parquet(folder / "tables/articles.parquet")
        articles.loc[0, "body"] = text + ending
        articles.loc[0, "n_chars"] = len(text + ending)
        articles.to_parquet(folder / "tables/articles.parquet", index=False)
        sign_again(folder)
    before, after = (set(run.tables.articles["family_id"]) for run in read_runs(folders))
    assert len(before & after) == 1


def test_shifts_of_a_language_that_one_run_lacks_are_put_into_the_same_space(
    tmp_path: Path,
) -> None:
    runs = [make_run("before", {"sea": 8}), make_run("after", {"sea": 8}, 100)]
    folders = [write_run(tmp_path / run.name, run) for run in runs]
    one, two = np.full(24, 0.1, np.float32), np.full(24, 0.3, np.float32)
    shifts = ({"en": one, "fr": two, "de": one}, {"en": two, "es": two})
    for folder, own in zip(folders, shifts, strict=True):
        write_shifts(folder, own)
        sign_again(folder)
    # English lies 0.2 further in the second run's frame, so both must still agree.
    read = read_runs(folders)
    alone = read_runs(folders[:1] * 2)
    np.testing.assert_allclose(read[0].vectors, alone[0].vectors)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_called_a_change_of_the_press_where_the_method_changed(language: str) -> None:
    topics = {"sea": 0, "loom": 1, "field": 2, "forge": 3, "mine": 4}
    runs = [make_run("before", SIZES, 0, topics)]
    after = make_run("after", {**SIZES, "loom": 90, "mine": 25}, 100, topics)
    runs.append(move(after, "sea", "volcano"))
    runs = [
        run._replace(summary={**run.summary, "language": language, "versions": {"torch": name}})
        for run, name in zip(runs, ("one", "two"), strict=True)
    ]
    changed = compare_runs(runs, read_terms, QUICK)
    assert "changed" not in {*changed.matches["verdict"], *changed.changes["verdict"]}
    words = load_wording(language)
    told = [finding["sentence"] for finding in write_changes(changed, words)]
    assert words("change.drift.none", n=4) not in told
    assert words("change.drift.method", n=1, themes=words.quote("sea")) in told
    named = changed.matches.loc[changed.matches["verdict"] == "method changed"]
    assert {"sea", "mine"} <= set(named["label_after"])
    of_topics = [x for x in told if all(words.quote(n) in x for n in ("sea", "mine", "loom"))]
    assert len(of_topics) == 1
    assert words("change.signals.method") in told
    for key in ("change.topics.lines", "change.topics.changed", "change.topics.born"):
        start = words(key, n=1, topics="").split(":")[0][-20:]
        assert not any(start in sentence for sentence in told)
    assert words("topic_shifts.title.method") in draw_topic_shifts(changed, language).alt


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("series", [2, 5])
def test_page_and_figures_serve_both_languages_and_any_series(
    tmp_path: Path, language: str, series: int
) -> None:
    runs = []
    for week in range(series):
        run = make_run(f"week {week}", {**SIZES, "sea": 30 + 12 * week}, 1_000 * week)
        runs.append(run._replace(summary={**run.summary, "language": language}))
    runs[-1] = move(runs[-1], "loom", "volcano")
    changed = compare_runs(runs, read_terms, QUICK)
    figures = draw_changes(changed, tmp_path / "figures", language)
    drawn = figures.set_index("name")["reason"] == ""
    assert drawn.to_dict() == {
        "share_slopes": True, "topic_shifts": True, "run_timeline": series > 2,
    }  # fmt: skip
    page = write_page(changed, figures, tmp_path, language, QUICK.error).read_text("utf-8")
    assert f'<html lang="{language}">' in page
    assert "week 0" in page or series > 2
    words = load_wording(language)
    for sentence in write_trust(changed, words, QUICK.error):
        assert sentence.split("”")[0][:40].replace("'", "&#39;") in page


def test_hostile_texts_are_shown_as_texts(tmp_path: Path) -> None:
    runs = [
        make_run("<script>alert(1)</script>", SIZES),
        make_run("=cmd()", {**SIZES, "sea": 99}, 100),
    ]
    themes = runs[1].tables.themes.replace({"label": {"sea": "<img src=x onerror=alert(1)>"}})
    runs[1] = runs[1]._replace(tables=runs[1].tables._replace(themes=themes))
    changed = compare_runs(runs, read_terms, QUICK)
    figures = draw_changes(changed, tmp_path / "figures", "en")
    page = write_page(changed, figures, tmp_path, "en", QUICK.error).read_text("utf-8")
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_page_opens_by_itself_in_a_browser(two: list[Path], width: int, scheme: str) -> None:
    out = compare(two, name_comparison(two), QUICK)
    with open_page(out / "compare.html", width, scheme) as opened:
        check_page_is_self_contained(opened, out / "compare.html", width)
        assert opened.page.locator("section").count() == 10


@pytest.mark.slow
def test_the_notebook_runs_on_two_runs(two: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "executed.ipynb"
    names = "\n".join(f"- {json.dumps(str(folder))}" for folder in two)
    done = subprocess.run(
        [sys.executable, "-m", "papermill", ROOT / "notebooks" / "compare.ipynb", target,
         "-k", "python3", "-y", f"RUNS:\n{names}", "--no-progress-bar"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "“loom” rose from" in target.read_text("utf-8")


def test_labels_of_slopes_keep_apart_and_in_order() -> None:
    for values in ([0.1, 0.1, 0.1], [0, 0, 0.5], [0.3, 0.31, 0.32, 0.9], [0.2]):
        spread = spread_out(values, 0.05)
        order = np.argsort(values, kind="stable")
        assert (np.diff(spread[order]) >= 0.05 - 1e-9).all()
    np.testing.assert_allclose(spread_out([0.1, 0.5], 0.05), [0.1, 0.5])


def test_every_chart_says_why_it_is_not_drawn() -> None:
    runs = [make_run_of(name, [("sea", i), ("sea", i + 1)]) for i, name in enumerate("ab")]
    bare = [run._replace(vectors=None, codebook=run.codebook.head(0)) for run in runs]
    bare = [
        run._replace(tables=run.tables._replace(themes=run.tables.themes.head(0))) for run in bare
    ]
    changed = compare_runs(bare, read_terms, QUICK)
    for chart in CHARTS_OF_CHANGES:
        assert chart.draw(changed).reason.startswith("Not drawn")
