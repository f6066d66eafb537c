import os
import time
from pathlib import Path

import numpy as np
import pytest

from press_themes.vectors.cache import list_cache, prune_cache
from press_themes.vectors.store import VectorStore, text_keys

SPACE = {"model": "m", "revision": "1", "engine": "e", "prompt": "", "limit": "9"}


def age(path: Path, days: float) -> None:
    then = time.time() - days * 24 * 3600
    os.utime(path, (then, then))


def make_cache(cache: Path) -> tuple[VectorStore, VectorStore]:
    stores = [VectorStore(cache / "vectors", {**SPACE, "revision": str(i)}) for i in range(2)]
    for store in stores:
        store.append(text_keys(["a", "b"]), np.ones((2, 1000), np.float32))
    weights = cache / "engines" / "m-int8-0"
    weights.mkdir(parents=True)
    (weights / "verdict.json").write_text("{}")
    (cache / "model-1").mkdir()
    (cache / "model-1" / "modules.json").write_text("[]")
    return stores[0], stores[1]


def test_what_the_cache_holds_is_listed_with_its_size(tmp_path: Path) -> None:
    make_cache(tmp_path)
    held = list_cache(tmp_path)
    assert sorted(held["kind"]) == ["8-bit weights", "model", "vectors", "vectors"]
    named = held.set_index("kind")["what"]
    assert (named["model"], named["8-bit weights"]) == ("model-1", "m-int8-0")
    vectors = held[held["kind"] == "vectors"]
    assert vectors["megabytes"].between(0.008, 0.012).all()
    assert vectors["what"].str.contains("m, e, 1 shards").all()


def test_only_what_was_not_used_for_long_is_removed(tmp_path: Path) -> None:
    old, used = make_cache(tmp_path)
    for store in (old, used):
        age(store.folder / "space.json", 100)
    list(used.find(text_keys(["a"])))
    removed = prune_cache(tmp_path)
    assert removed["path"].tolist() == [str(old.folder)]
    assert not old.folder.exists()
    assert used.folder.exists()
    assert prune_cache(tmp_path, 0)["kind"].nunique() == 3
    assert list_cache(tmp_path).empty


def test_a_leftover_of_a_killed_process_goes_after_a_day(tmp_path: Path) -> None:
    store, _ = make_cache(tmp_path)
    new, old = store.folder / ".writing-new", store.folder / ".writing-old"
    for path in (new, old):
        path.write_bytes(b"PK")
    (tmp_path / "engines" / ".converting-x").mkdir()
    age(tmp_path / "engines" / ".converting-x", 2)
    age(old, 2)
    assert sorted(Path(path).name for path in prune_cache(tmp_path)["path"]) == [
        ".converting-x",
        ".writing-old",
    ]
    assert new.exists()


def test_a_process_killed_while_it_removes_leaves_no_half_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cache(tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", lambda *arguments, **options: None)
        removed = prune_cache(tmp_path, 0)
    assert set(removed["kind"]) == {"model", "8-bit weights", "vectors"}
    assert set(list_cache(tmp_path)["kind"]) == {"leftover"}
    for path in list_cache(tmp_path)["path"]:
        age(Path(path), 2)
    prune_cache(tmp_path)
    assert list_cache(tmp_path).empty


def test_what_could_not_be_removed_is_not_called_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cache(tmp_path)

    def refused(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refused)
    assert prune_cache(tmp_path, 0).empty


def test_no_cache_is_an_empty_list(tmp_path: Path) -> None:
    assert list_cache(tmp_path / "absent").empty
    assert prune_cache(tmp_path / "absent", 0).empty


def test_where_nothing_is_old_nothing_is_removed(tmp_path):
    removed = prune_cache(tmp_path, 90)
    assert removed["megabytes"].sum() == 0
    assert list(removed.columns) == list(list_cache(tmp_path).columns)
