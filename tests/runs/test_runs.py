from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stand_ins import WordEncoder, make_passages

from press_themes.errors import ConfigurationError, InputError
from press_themes.runs.folder import FORMAT, build_run, read_run
from press_themes.runs.graph import Graph, source, stage
from press_themes.runs.results import Results
from press_themes.runs.run import bind_run
from press_themes.vectors.embeddings import embed_passages


@dataclass(frozen=True)
class _Settings:
    texts: tuple[str, ...]
    loudness: int = 1


def _list_passages(texts: tuple[str, ...]) -> pd.DataFrame:
    return make_passages(list(texts))


def _measure_lengths(embeddings: np.ndarray, loudness: int) -> pd.DataFrame:
    return pd.DataFrame({"length": loudness * np.linalg.norm(embeddings, axis=1)})


def _name_nothing() -> str:
    return ""


GRAPH = Graph(
    [
        source(_name_nothing, "", "encoder"),
        stage(_list_passages, "settings.texts", "passages"),
        stage(embed_passages, "passages encoder place.embeddings", ".embeddings"),
        stage(_measure_lengths, "embeddings settings.loudness", "lengths.csv"),
    ]
)


def _build(target: Path, texts: list[str], encoder: object, loudness: int = 1) -> list[dict]:
    settings = _Settings(tuple(texts), loudness)
    build_run(GRAPH, settings, target, lambda results: {}, given={"encoder": encoder})
    return read_run(target)["stages"]


def _open(folder: Path, texts: list[str], encoder: object) -> Results:
    known = (folder, read_run(folder))
    return Results(GRAPH, _Settings(tuple(texts)), known, given={"encoder": encoder})


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_an_unchanged_stage_is_loaded_and_a_changed_one_computed(tmp_path: Path) -> None:
    encoder = WordEncoder()
    _build(tmp_path / "run", ["a b", "c"], encoder)
    first = np.load(tmp_path / "run/.stages/embeddings.npy")
    stages = _build(tmp_path / "run", ["a b", "c"], encoder)
    assert encoder.encoded == ["a b", "c"]
    np.testing.assert_array_equal(np.load(tmp_path / "run/.stages/embeddings.npy"), first)
    assert {entry["how"] for entry in stages} == {"loaded"}
    _build(tmp_path / "run", ["a b", "d"], encoder)
    assert encoder.encoded == ["a b", "c", "a b", "d"]


def test_a_changed_setting_computes_what_hangs_on_it_and_nothing_else(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a"], WordEncoder())
    stages = _build(tmp_path / "run", ["a"], WordEncoder(), loudness=2)
    assert [entry["how"] for entry in stages] == ["loaded", "loaded", "computed"]


def test_a_run_folder_shows_an_analyst_tables_and_hides_what_the_machine_needs(
    tmp_path: Path,
) -> None:
    _build(tmp_path / "run", ["a"], WordEncoder())
    shown = ["lengths.csv", "run.json", "tables/passages.parquet"]
    hidden = [".stages/embeddings.npy", ".stages/lengths.parquet"]
    names = _files(tmp_path / "run")
    assert sorted(set(names) - {".stages"}) == sorted(hidden + shown)


def test_a_failing_run_leaves_the_former_one_and_nothing_else(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a"], WordEncoder())
    before = (tmp_path / "run/.stages/embeddings.npy").read_bytes()
    with pytest.raises(TypeError):
        _build(tmp_path / "run", ["z"], "not an encoder")
    assert (tmp_path / "run/.stages/embeddings.npy").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_run_cut_off_between_the_renames_is_found_again(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a"], WordEncoder())
    (tmp_path / "run").rename(tmp_path / ".run.former")
    encoder = WordEncoder()
    _build(tmp_path / "run", ["a"], encoder)
    assert encoder.encoded == []
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_notebook_loads_what_is_there_and_writes_nothing(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a", "b"], WordEncoder())
    names = _files(tmp_path / "run")
    encoder = WordEncoder()
    assert _open(tmp_path / "run", ["a", "b"], encoder).get("embeddings").shape == (2, 48)
    assert encoder.encoded == []
    changed = _open(tmp_path / "run", ["a", "c"], encoder)
    assert len(changed.get("lengths")) == len(changed.get("lengths")) == 2
    assert encoder.encoded == ["a", "c"]
    assert _files(tmp_path / "run") == names


def test_a_run_says_what_it_has_and_computes_only_what_a_change_touches(tmp_path: Path) -> None:
    encoder = WordEncoder()
    _build(tmp_path / "run", ["a", "b"], encoder)
    run = bind_run(GRAPH)(_open(tmp_path / "run", ["a", "b"], encoder), "a run")
    assert {"passages", "embeddings", "lengths", "with_settings"} <= set(dir(run))
    assert run.describe()["state"].unique().tolist() == ["stored"]
    louder = run.with_settings(loudness=3)
    assert louder.describe().set_index("result")["state"]["lengths"] == "to compute"
    assert louder.lengths["length"].round(3).tolist() == [3.0, 3.0]
    assert run.lengths["length"].round(3).tolist() == [1.0, 1.0]
    assert encoder.encoded == ["a", "b"]
    assert "lengths" in louder._repr_html_()
    with pytest.raises(AttributeError, match="describe"):
        _ = run.nothing
    with pytest.raises(ConfigurationError, match="loudnes"):
        run.with_settings(loudnes=3)


def test_a_result_of_one_s_own_takes_the_place_of_a_computed_one(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a", "b"], WordEncoder())
    run = bind_run(GRAPH)(_open(tmp_path / "run", ["a", "b"], WordEncoder()), "a run")
    other = run.with_results(embeddings=np.full((2, 4), 2.0, np.float32))
    assert other.lengths["length"].tolist() == [4.0, 4.0]
    assert other.with_settings(loudness=2).lengths["length"].tolist() == [8.0, 8.0]
    assert run.lengths["length"].round(3).tolist() == [1.0, 1.0]
    with pytest.raises(ConfigurationError, match="embedding"):
        run.with_results(embedding=1)


def test_a_graph_refuses_what_nothing_gives_and_what_is_given_twice() -> None:
    with pytest.raises(ValueError, match="nothing before it gives"):
        Graph([stage(_measure_lengths, "embeddings settings.loudness", "lengths")])
    with pytest.raises(ValueError, match="two stages give"):
        Graph([source(_name_nothing, "", "name"), source(_name_nothing, "", "name")])


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
    _build(tmp_path / "run", ["a"], WordEncoder())
    assert read_run(tmp_path / "run")["stages"][0]["how"] == "computed"


def test_what_is_no_run_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    for name in ("precious", "file", "."):
        with pytest.raises(ConfigurationError, match="is not a run folder"):
            _build(tmp_path / name, ["a"], WordEncoder())
    assert (tmp_path / "precious" / "thesis.txt").read_text() == "x"


def test_a_folder_that_holds_other_runs_is_never_replaced(tmp_path: Path) -> None:
    _build(tmp_path / "runs" / "corpus", ["a"], WordEncoder())
    (tmp_path / "runs" / "run.json").write_text("{}")
    with pytest.raises(ConfigurationError, match=r"holds .*corpus, which would be replaced"):
        _build(tmp_path / "runs", ["a"], WordEncoder())
    assert read_run(tmp_path / "runs" / "corpus")["stages"]


def test_a_finished_run_gets_no_run_within_it(tmp_path: Path) -> None:
    _build(tmp_path / "run", ["a"], WordEncoder())
    names = sorted(path.name for path in (tmp_path / "run").iterdir())
    with pytest.raises(ConfigurationError, match=r"lies in .*run, which is finished"):
        _build(tmp_path / "run" / "deeper" / "another", ["a"], WordEncoder())
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == names


FORMER = sorted((Path(__file__).parents[1] / "data/run_formats").glob("*.run.json"))


@pytest.mark.parametrize("former", FORMER, ids=lambda path: path.name)
def test_a_run_of_every_former_format_is_refused_with_its_version(
    tmp_path: Path, former: Path
) -> None:
    (tmp_path / "run.json").write_bytes(former.read_bytes())
    with pytest.raises(InputError, match=r"by version \S+ in format \d, and this version reads"):
        read_run(tmp_path)


def test_there_are_former_formats() -> None:
    assert len(FORMER) >= 4


@pytest.mark.parametrize("harm", ["missing", "truncated", "tampered"])
def test_a_harmed_table_is_told_to_a_reader_and_computed_anew_by_a_run(
    tmp_path: Path, harm: str
) -> None:
    _build(tmp_path / "run", ["a", "b"], WordEncoder())
    file = tmp_path / "run/.stages/embeddings.npy"
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-4] if harm == "truncated" else content[:-1] + b"\x07")
    said = "is missing" if harm == "missing" else "is not the file that the run wrote"
    with pytest.raises(InputError, match=rf"embeddings.*{said}.*; run the corpus again\.$"):
        _open(tmp_path / "run", ["a", "b"], WordEncoder()).get("embeddings")
    encoder = WordEncoder()
    _build(tmp_path / "run", ["a", "b"], encoder)
    assert file.read_bytes() == content
    assert encoder.encoded == ["a", "b"]
