from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from stand_ins import WordEncoder, make_passages

from press_themes.runs.checksums import digest_files
from press_themes.errors import ConfigurationError, InputError
from press_themes.runs.folder import FORMAT, Run, build_run, read_run
from press_themes.vectors.embeddings import embed_passages


def _finish(run: Run) -> None:
    assert run.folder is not None
    content = {"format": FORMAT, "stages": run.stages, "files": digest_files(run.folder)}
    (run.folder / "run.json").write_text(json.dumps(content))


def _embed(target: Path, texts: list[str], encoder: WordEncoder) -> np.ndarray:
    with build_run(target) as run:
        vectors = run.keep(embed_passages)(make_passages(texts), encoder)
        _finish(run)
    return vectors


def test_an_unchanged_stage_is_loaded_and_a_changed_one_computed(tmp_path: Path) -> None:
    encoder = WordEncoder()
    first = _embed(tmp_path / "run", ["a b", "c"], encoder)
    second = _embed(tmp_path / "run", ["a b", "c"], encoder)
    assert encoder.encoded == ["a b", "c"]
    np.testing.assert_array_equal(first, second)
    assert read_run(tmp_path / "run")["stages"][0]["how"] == "loaded"
    _embed(tmp_path / "run", ["a b", "d"], encoder)
    assert encoder.encoded == ["a b", "c", "a b", "d"]


def test_a_failing_run_leaves_the_former_one_and_nothing_else(tmp_path: Path) -> None:
    _embed(tmp_path / "run", ["a"], WordEncoder())
    before = (tmp_path / "run" / "embeddings.npy").read_bytes()
    with pytest.raises(TypeError), build_run(tmp_path / "run") as run:
        run.keep(embed_passages)(make_passages(["z"]), "not an encoder")
    assert (tmp_path / "run" / "embeddings.npy").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_run_cut_off_between_the_renames_is_found_again(tmp_path: Path) -> None:
    _embed(tmp_path / "run", ["a"], WordEncoder())
    (tmp_path / "run").rename(tmp_path / ".run.former")
    encoder = WordEncoder()
    _embed(tmp_path / "run", ["a"], encoder)
    assert encoder.encoded == []
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_notebook_loads_what_is_there_and_writes_nothing(tmp_path: Path) -> None:
    _embed(tmp_path / "run", ["a", "b"], WordEncoder())
    names = sorted(path.name for path in (tmp_path / "run").iterdir())
    encoder = WordEncoder()
    reading = Run(None, tmp_path / "run")
    reading.keep(embed_passages)(make_passages(["a", "b"]), encoder)
    assert encoder.encoded == []
    reading.keep(embed_passages)(make_passages(["a", "c"]), encoder)
    reading.keep(embed_passages)(make_passages(["a", "c"]), encoder)
    assert encoder.encoded == ["a", "c"]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == names


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "[]",
        '{"format": 999}',
        f'{{"format": {FORMAT}, "stages": []}}',
        f'{{"format": {FORMAT}, "files": {{}}}}',
    ],
)
def test_a_folder_that_is_no_whole_run_is_refused_in_one_sentence(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError, match="run the corpus again"):
        read_run(tmp_path)


def test_a_damaged_run_is_computed_anew(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text("{")
    _embed(tmp_path / "run", ["a"], WordEncoder())
    assert read_run(tmp_path / "run")["stages"][0]["how"] == "computed"


def test_what_is_no_run_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    for name in ("precious", "file", "."):
        with pytest.raises(ConfigurationError, match="is not a run folder"):
            _embed(tmp_path / name, ["a"], WordEncoder())
    assert (tmp_path / "precious" / "thesis.txt").read_text() == "x"


def test_a_folder_that_holds_other_runs_is_never_replaced(tmp_path: Path) -> None:
    _embed(tmp_path / "runs" / "corpus", ["a"], WordEncoder())
    (tmp_path / "runs" / "run.json").write_text("{}")
    with pytest.raises(ConfigurationError, match=r"holds .*corpus, which would be replaced"):
        _embed(tmp_path / "runs", ["a"], WordEncoder())
    assert read_run(tmp_path / "runs" / "corpus")["stages"]


def test_a_finished_run_gets_no_run_within_it(tmp_path: Path) -> None:
    _embed(tmp_path / "run", ["a"], WordEncoder())
    names = sorted(path.name for path in (tmp_path / "run").iterdir())
    with pytest.raises(ConfigurationError, match=r"lies in .*run, which is finished"):
        _embed(tmp_path / "run" / "deeper" / "another", ["a"], WordEncoder())
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == names


FORMER = sorted((Path(__file__).parents[1] / "data/run_formats").glob("*.run.json"))


@pytest.mark.parametrize("former", FORMER, ids=lambda path: path.name)
def test_a_run_of_every_former_format_is_refused_with_its_version(
    tmp_path: Path, former: Path
) -> None:
    (tmp_path / "run.json").write_bytes(former.read_bytes())
    with pytest.raises(InputError, match=r"by version \S+ in format 1, and this version reads"):
        read_run(tmp_path)


def test_there_are_former_formats() -> None:
    assert len(FORMER) >= 4


@pytest.mark.parametrize("harm", ["missing", "truncated", "tampered"])
def test_a_harmed_table_is_told_to_a_reader_and_computed_anew_by_a_run(
    tmp_path: Path, harm: str
) -> None:
    # A copy: the array lies in the file that is about to be harmed.
    whole = np.array(_embed(tmp_path / "run", ["a", "b"], WordEncoder()))
    file = tmp_path / "run" / "embeddings.npy"
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-4] if harm == "truncated" else content[:-1] + b"\x07")
    said = "is missing" if harm == "missing" else "is not the file that the run wrote"
    with pytest.raises(InputError, match=rf"embeddings.npy: {said}.*; run the corpus again\.$"):
        Run(None, tmp_path / "run").keep(embed_passages)(make_passages(["a", "b"]), WordEncoder())
    encoder = WordEncoder()
    np.testing.assert_array_equal(_embed(tmp_path / "run", ["a", "b"], encoder), whole)
    assert encoder.encoded == ["a", "b"]
