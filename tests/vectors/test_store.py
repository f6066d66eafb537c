"""The store of vectors: found again, shared, damaged, full, read-only, killed."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.vectors import store as module
from press_themes.vectors.store import VectorStore, list_shards, text_keys

SPACE = {"model": "m", "revision": "1", "engine": "e", "prompt": "", "limit": "9"}


def vectors_of(texts: list[str]) -> np.ndarray:
    return np.array([[len(text), sum(map(ord, text)), 1] for text in texts], np.float32)


def keep(store: VectorStore, texts: list[str]) -> None:
    store.append(text_keys(texts), vectors_of(texts))


def found(store: VectorStore, texts: list[str]) -> dict[str, tuple[float, ...]]:
    rows = [
        (texts[row], tuple(vector))
        for part in store.find(text_keys(texts))
        for row, vector in zip(part.rows, part.vectors.tolist(), strict=True)
    ]
    assert len(dict(rows)) == len(rows), "a row came twice"
    return dict(rows)


def expected(texts: list[str]) -> dict[str, tuple[float, ...]]:
    return {text: tuple(v) for text, v in zip(texts, vectors_of(texts).tolist(), strict=True)}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=5), max_size=6, unique=True), max_size=4),
    st.lists(st.text(max_size=5), max_size=9, unique=True),
)
def test_what_was_kept_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, kept: list[list[str]], wanted: list[str]
) -> None:
    store = VectorStore(tmp_path_factory.mktemp("stores"), SPACE)
    for texts in kept:
        keep(store, texts)
    known = {text for texts in kept for text in texts}
    assert found(store, wanted) == expected([text for text in wanted if text in known])


@pytest.mark.parametrize("part", SPACE)
def test_another_model_revision_engine_prompt_or_limit_has_a_store_of_its_own(
    tmp_path: Path, part: str
) -> None:
    keep(VectorStore(tmp_path, SPACE), ["a"])
    assert found(VectorStore(tmp_path, {**SPACE, part: "other"}), ["a"]) == {}
    assert found(VectorStore(tmp_path, SPACE), ["a"])


def test_any_changed_byte_is_found_and_reported_or_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["a", "bb", "ccc"]
    keep(VectorStore(tmp_path, SPACE), texts)
    (path,) = tmp_path.glob("*/*.npz")
    sound = path.read_bytes()
    reported = 0
    for place in range(len(sound)):
        damaged = bytearray(sound)
        damaged[place] ^= 0x41
        path.write_bytes(damaged)
        left = found(VectorStore(tmp_path, SPACE), texts)
        said = capsys.readouterr().err
        if path.exists():
            # Some bytes of the container, such as its dates, mean nothing.
            assert left == expected(texts)
            assert said == ""
        else:
            assert left == {}
            assert "is damaged" in said
            reported += 1
    assert reported > len(sound) / 2


@pytest.mark.parametrize("length", [0, 1, 40, 300])
def test_a_shard_cut_short_is_removed_and_the_others_serve(
    tmp_path: Path, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    store = VectorStore(tmp_path, SPACE)
    keep(store, ["a"])
    keep(store, ["b"])
    first, _ = list_shards(store.folder)
    first.write_bytes(first.read_bytes()[:length])
    assert found(store, ["a", "b"]) == expected(["b"])
    assert str(first) in capsys.readouterr().err
    assert len(list_shards(store.folder)) == 1


def test_a_full_disk_is_said_once_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(file: object, **arrays: np.ndarray) -> None:
        file.write(b"PK half of it")  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store = VectorStore(tmp_path, SPACE)
    monkeypatch.setattr(module.np, "savez", fill)
    keep(store, ["a"])
    keep(store, ["b"])
    said = capsys.readouterr().err
    assert said.count("cannot be written (No space left on device)") == 1
    assert [path.name for path in store.folder.iterdir()] == [module.DESCRIPTION]


def test_a_store_that_cannot_be_made_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    store = VectorStore(tmp_path / "file", SPACE)
    keep(store, ["a"])
    keep(store, ["b"])
    assert capsys.readouterr().err.count("cannot be written") == 1
    assert found(store, ["a"]) == {}


def _write_many(stores: Path, start: int) -> None:
    store = VectorStore(stores, SPACE)
    for number in range(start, start + 20):
        keep(store, [f"text {number}"])


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(tmp_path, start)) for start in (0, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    texts = [f"text {number}" for number in range(30)]
    assert found(VectorStore(tmp_path, SPACE), texts) == expected(texts)
