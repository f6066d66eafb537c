"""A run folder whose checksums fit may still hold anything: each slip costs one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from press_themes.errors import InputError
from press_themes.runs.results import read_checked
from press_themes.stored_checks import check_rows, check_stored

PASSAGES = pd.DataFrame(
    {
        "passage_id": ["p1", "p2"], "article_id": ["a1", "a1"], "text": ["One.", "Two."],
        "language": "en", "position": [0, 1], "topic": [0, -1], "topic_raw": [0, -1],
        "topic_strength": [0.9, np.nan], "themes": [["tolls"], []], "x": 0.0, "y": 0.0,
    }
)  # fmt: skip
VECTORS = np.ones((2, 3), np.float32)


def write(folder: Path, value: Any) -> tuple[Path, type]:
    if isinstance(value, pd.DataFrame):
        value.to_parquet(folder / "passages.parquet")
        return folder / "passages", pd.DataFrame
    np.save(folder / "embeddings.npy", value, allow_pickle=True)
    return folder / "embeddings", np.ndarray


class Opens:
    """An object that makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


@pytest.mark.parametrize("value", [PASSAGES, PASSAGES.iloc[:0], VECTORS, np.array(["a1", "a2"])])
def test_what_a_run_writes_is_read(tmp_path: Path, value: Any) -> None:
    place, kind = write(tmp_path, value)
    assert len(read_checked(place.name, place, kind)) == len(value)


MAY_BE_MISSING = ("topic_strength", "x", "y")
EDITS = {
    "left out": PASSAGES.columns,
    "emptied": [name for name in PASSAGES if name not in MAY_BE_MISSING],
    "of another kind": PASSAGES.columns,
}


@pytest.mark.parametrize(
    ("edit", "column"), [(edit, column) for edit, columns in EDITS.items() for column in columns]
)
def test_a_table_that_no_run_wrote_is_refused_with_the_column(
    tmp_path: Path, edit: str, column: str
) -> None:
    other = 7 if PASSAGES[column].map(type).eq(str).all() else "x"
    changed = {
        "left out": PASSAGES.drop(columns=column),
        "emptied": PASSAGES.assign(**{column: None}),
        "of another kind": PASSAGES.assign(**{column: other}),
    }[edit]
    place, kind = write(tmp_path, changed)
    with pytest.raises(InputError, match=f"'{column}'") as told:
        read_checked(place.name, place, kind)
    assert "\n" not in str(told.value)


def test_a_key_that_comes_twice_is_refused() -> None:
    twice = pd.concat([PASSAGES, PASSAGES])
    with pytest.raises(InputError, match="several rows of one 'passage_id'"):
        check_stored("passages", twice, Path("p"))


@pytest.mark.parametrize(
    "array",
    [VECTORS * np.nan, VECTORS * np.inf, VECTORS.astype(int), VECTORS > 0,
     VECTORS.ravel(), VECTORS[:, :, None], VECTORS.astype(str), VECTORS.astype(complex)],
    ids=["nan", "inf", "int", "bool", "flat", "cube", "text", "complex"],
)  # fmt: skip
def test_an_array_that_no_run_wrote_is_refused(tmp_path: Path, array: np.ndarray) -> None:
    place, kind = write(tmp_path, array)
    with pytest.raises(InputError):
        read_checked(place.name, place, kind)


def test_an_array_with_an_object_in_it_is_refused_and_nothing_runs(tmp_path: Path) -> None:
    place, kind = write(tmp_path, np.array([Opens(tmp_path / "opened")], dtype=object))
    with pytest.raises(InputError, match="cannot be read"):
        read_checked(place.name, place, kind)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("value", [PASSAGES, VECTORS])
@pytest.mark.parametrize("kept", [0, 5, 40])
def test_what_was_cut_off_is_refused(tmp_path: Path, value: Any, kept: int) -> None:
    place, kind = write(tmp_path, value)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError, match="cannot be read"):
        read_checked(place.name, place, kind)


@pytest.mark.parametrize("vectors", [VECTORS[:1], np.ones((2, 4))])
def test_vectors_that_do_not_fit_are_refused(vectors: np.ndarray) -> None:
    check_rows(VECTORS, PASSAGES, [np.zeros(3)], Path("run"))
    with pytest.raises(InputError):
        check_rows(vectors, PASSAGES, [np.zeros(3)], Path("run"))
