"""The commands, run as a user runs them, on the shipped corpus and on bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser import check_page_is_self_contained, open_page
from conftest import ROOT

from press_themes.runs.folder import FORMAT
from press_themes.vectors.store import VectorStore, text_keys


def press_themes(*arguments: str | Path, cwd: Path = ROOT, **environment: str):
    return subprocess.run(
        [sys.executable, "-m", "press_themes", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def _check_in_browser(path: Path) -> None:
    for width, scheme in ((1280, "light"), (320, "dark")):
        with open_page(path, width, scheme) as opened:
            check_page_is_self_contained(opened, path, width)


def _one_sentence(text: str) -> bool:
    lines = [line for line in text.splitlines() if line and not line.startswith("  ")]
    return len(lines) == 1 and lines[0].startswith("press-themes: ") and lines[0].endswith(".")


def test_help_names_the_commands() -> None:
    done = press_themes("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("read", "run", "compare", "doctor"))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "no/such/folder"], 1, "does not exist"),
        (["read", "no/such/folder", "--out", "x"], 1, "does not exist"),
        (["run", "corpus", "--seed", "-3"], 2, "whole number"),
        (["compare", "corpus"], 2, "two or more are compared"),
        (["compare", "corpus", "no/such/run"], 1, "is not a whole run folder"),
        (["run", "corpus", "--codebook", "no-such.yml"], 2, "is not a file"),
        (["run", "corpus", "--engine", "onnx"], 2, "auto, int8, half, torch"),
        (["cache", "--prune", "-1"], 2, "days from 0"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], code: int, words: str) -> None:
    done = press_themes(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert _one_sentence(done.stderr), done.stderr


def test_the_cache_is_listed_and_pruned(tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "vectors", {"model": "some/model", "engine": "int8"})
    store.append(text_keys(["a"]), np.ones((1, 250_000), np.float32))
    listed = press_themes("cache", PRESS_THEMES_CACHE=str(tmp_path))
    assert "some/model, int8, 1 shards" in listed.stdout
    assert listed.stdout.strip().endswith(f"cache: {tmp_path}, 1.0 MB.")
    pruned = press_themes("cache", "--prune", "0", PRESS_THEMES_CACHE=str(tmp_path))
    assert "removed: 1 of them, 1.0 MB." in pruned.stdout
    assert not store.folder.exists()


def test_an_unknown_option_is_wrong_usage() -> None:
    assert press_themes("run", "corpus", "--granularity", "x").returncode == 2


def test_an_unknown_key_in_the_codebook_is_wrong_configuration(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The harbour opened on Monday. " * 20)
    (corpus / "themes.yml").write_text("themes:\n  sea:\n    defintion: ships\n")
    done = press_themes("run", corpus, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert "did you mean 'definition'" in done.stderr
    assert _one_sentence(done.stderr), done.stderr
    assert not (tmp_path / "run").exists()


def test_nothing_usable_is_one_sentence(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "empty.txt").write_text("")
    done = press_themes("run", corpus, "--out", tmp_path / "run")
    assert done.returncode == 1
    assert _one_sentence(done.stderr), done.stderr


def test_read_writes_tables_and_counts(tmp_path: Path) -> None:
    done = press_themes("read", "corpus", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("articles 67 (distinct stories 67) from files 67; dated 61")
    assert len(pd.read_parquet(tmp_path / "articles.parquet")) == 67
    assert {"skipped.csv", "discarded.csv"} <= {path.name for path in tmp_path.iterdir()}


def _finished(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{}")
    return folder


def test_read_never_writes_into_a_run_or_into_the_corpus(tmp_path: Path) -> None:
    run = _finished(tmp_path / "run")
    corpus = tmp_path / "five"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The harbour opened on Monday. " * 20)
    for out in (run, run / "deeper", corpus, corpus / "tables"):
        done = press_themes("read", corpus, "--out", out)
        assert done.returncode == 2
        assert _one_sentence(done.stderr), done.stderr
    assert [path.name for path in run.iterdir()] == ["run.json"]
    assert [path.name for path in corpus.iterdir()] == ["a.txt"]


def test_a_run_does_not_continue_the_run_it_replaces(tmp_path: Path) -> None:
    run = _finished(tmp_path / "runs" / "corpus")
    done = press_themes("run", ROOT / "corpus", "--like", run, cwd=tmp_path)
    assert done.returncode == 2
    assert "is the run that would be replaced; name another folder with --out." in done.stderr
    assert _one_sentence(done.stderr), done.stderr


def test_a_run_does_not_replace_that_of_another_corpus_of_its_name(tmp_path: Path) -> None:
    corpus = tmp_path / "there" / "week"
    corpus.mkdir(parents=True)
    out = tmp_path / "runs" / "week"
    out.mkdir(parents=True)
    other = tmp_path / "elsewhere" / "week"
    other.mkdir(parents=True)
    content = {"format": FORMAT, "corpus": str(other), "files": {}, "stages": []}
    (out / "run.json").write_text(json.dumps(content), encoding="utf-8")
    done = press_themes("run", corpus, cwd=tmp_path)
    assert done.returncode == 2
    assert f"another corpus of the same name, {other}" in done.stderr
    assert json.loads((out / "run.json").read_text("utf-8")) == content
    other.rmdir()
    assert "same name" not in press_themes("run", corpus, cwd=tmp_path).stderr
    other.mkdir()
    content["format"] = FORMAT - 1
    (out / "run.json").write_text(json.dumps(content), encoding="utf-8")
    assert "same name" not in press_themes("run", corpus, cwd=tmp_path).stderr


def test_notebooks_of_the_folder_one_stands_in(tmp_path: Path) -> None:
    done = press_themes("notebooks", ".", cwd=_finished(tmp_path / "run"))
    assert done.returncode == 1
    assert "run.json" in done.stderr
    assert _one_sentence(done.stderr), done.stderr


def _read_sentences(path: Path) -> list[str]:
    """Return the sentences that a notebook computed."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    said = [output.get("data", {}).get("text/markdown", "") for output in outputs]
    return ["".join(sentence) for sentence in said if sentence]


@pytest.mark.slow
def test_the_whole_way_on_the_shipped_corpus_with_notebooks_and_no_network(
    tmp_path: Path, encoder_cache: Path
) -> None:
    # A proxy that refuses: any attempt to reach a host fails the run.
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
    environment = {"PRESS_THEMES_CACHE": str(encoder_cache), **closed}
    run = tmp_path / "run"
    done = press_themes("run", "corpus", "--out", run, **environment)
    assert done.returncode == 0, done.stderr
    assert "report:" in done.stdout
    content = json.loads((run / "run.json").read_text("utf-8"))
    assert content["counts"]["articles"] == 67
    themes = pd.read_parquet(run / "tables/themes.parquet")
    assert (themes["n_passages"] > 0).all(), "every theme of the codebook is present"
    for name in ("01-corpus", "02-languages", "03-themes", "04-coverage"):
        page = (run / "notebooks" / f"{name}.html").read_text("utf-8")
        assert "<script" not in page
        assert "Traceback (most recent" not in page
        _check_in_browser(run / "notebooks" / f"{name}.html")
        # What is committed is what this machine computes: `make report` and `make outputs` renew it.
        committed = _read_sentences(ROOT / "notebooks" / f"{name}.ipynb")
        assert committed == _read_sentences(run / "notebooks" / f"{name}.ipynb"), name
    for path in (ROOT / "figures").glob("*.[ct][sx][vt]"):
        assert path.read_bytes() == (run / "figures" / path.name).read_bytes(), path.name
    _check_in_browser(run / "report.html")
    figures = list((run / "figures").glob("*.svg"))
    assert len(figures) >= 5
    again = press_themes("run", "corpus", "--out", run, **environment)
    stages = json.loads((run / "run.json").read_text("utf-8"))["stages"]
    assert {stage["how"] for stage in stages} == {"loaded"}, again.stderr
