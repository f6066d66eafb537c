"""A run joined into one table to explore."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import FOUR, build_collection
from tables_for_tests import Shape, build_tables

from press_themes.desk.collection import Parts, fold_texts, open_collection
from press_themes.errors import InputError
from press_themes.runs.checksums import digest_files
from press_themes.runs.folder import FORMAT


def test_each_passage_has_what_is_known_of_its_article(tmp_path: Path) -> None:
    collection, tables = build_collection(tmp_path), build_tables(FOUR)
    owners = tables.articles.set_index("article_id")
    for column in ("title", "outlet", "family_id"):
        expected = [owners.loc[a, column] for a in tables.passages["article_id"]]
        assert collection.passages[column].tolist() == expected
    assert collection.passages["passage_id"].tolist() == tables.passages["passage_id"].tolist()


def test_scores_stand_in_the_rows_of_the_passages(tmp_path: Path) -> None:
    collection, tables = build_collection(tmp_path), build_tables(FOUR)
    score = tables.theme_scores.set_index(["passage_id", "theme"])
    for row in (0, 17, 59):
        identifier = collection.passages["passage_id"][row]
        for column, theme in enumerate(collection.scores.columns):
            expected = score.loc[(identifier, theme)]
            assert collection.scores.iloc[row, column] == pytest.approx(expected["score"], rel=1e-5)
            assert collection.bears[row, column] == expected["assigned"]


def test_a_run_without_themes_topics_and_outlets_can_be_explored(tmp_path: Path) -> None:
    bare = Shape(n_passages=4, n_articles=2, n_themes=0, n_topics=0, n_outlets=0, dates=(None,))
    collection = build_collection(tmp_path, bare)
    assert collection.scores.shape == collection.bears.shape == (4, 0)
    assert collection.passages["outlet"].tolist() == [""] * 4


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève À L’ÉCOLE", "eleve a l’ecole"),
        ("مُدَرِّسة", "مدرسة"),
        ("أحمد", "احمد"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁnance", "finance"),
    ],
)
def test_texts_are_folded_for_searching(text: str, folded: str) -> None:
    assert fold_texts([text, "a\0b"]).tolist() == [folded, "a b"]


def test_no_texts_fold_to_no_texts() -> None:
    assert fold_texts([]).shape == (0,)
    assert fold_texts(["", ""]).tolist() == ["", ""]


def test_a_place_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: does not exist; make the run first"):
        open_collection(tmp_path / "nowhere")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text("{}")
    with pytest.raises(InputError, match="states no format of a run"):
        open_collection(tmp_path / "broken")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder as far as it is explored."""
    tables, folder = build_tables(FOUR), tmp_path / "run"
    folder.mkdir()
    for name in Parts._fields:
        getattr(tables, name).to_parquet(folder / f"{name}.parquet")
    spoken = sorted(tables.passages["language"].unique())
    shifts = pd.DataFrame({"language": spoken, "shift": [np.zeros(2)] * len(spoken)})
    shifts.to_parquet(folder / "alignment.parquet")
    np.save(folder / "embeddings.npy", np.tile(np.float32([1, 0]), (len(tables.passages), 1)))
    content = {
        "format": FORMAT,
        "title": "",
        "language": "en",
        "command": {"encoder": "packaged"},
        "corpus": str(tmp_path),
        "stages": [],
        "files": digest_files(folder),
    }
    (folder / "run.json").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    "name", [f"{name}.parquet" for name in (*Parts._fields, "alignment")] + ["embeddings.npy"]
)
def test_a_run_with_a_file_cut_off_is_told(run: Path, name: str) -> None:
    assert len(open_collection(run).passages) == FOUR.n_passages
    content = (run / name).read_bytes()
    (run / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match=rf"{name}: is not the file that the run wrote"):
        open_collection(run)


def test_a_run_with_passages_in_another_order_is_told(run: Path) -> None:
    passages = pd.read_parquet(run / "passages.parquet")
    passages.iloc[::-1].to_parquet(run / "passages.parquet")
    with pytest.raises(InputError, match="changed since"):
        open_collection(run)


def test_vectors_stand_in_the_rows_of_the_passages(tmp_path: Path) -> None:
    collection = build_collection(tmp_path)
    assert collection.vectors.shape[0] == len(collection.passages) == len(collection.folded)
    assert np.allclose(np.linalg.norm(collection.vectors, axis=1), 1, atol=1e-5)
