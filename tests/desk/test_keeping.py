"""A file is changed whole or not at all, and changed back without loss."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from press_themes.desk.keeping import Keeper
from press_themes.errors import InputError


def _append(text: str):
    return lambda path: path.write_text((path.read_text() if path.exists() else "a,b\n") + text)


def _pass(path: Path) -> None:
    path.read_text()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_change_and_its_undoing_leave_nothing_behind(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    path = keeper.change("labels.csv", _append("1,2\n"), _pass, "one")
    assert path.read_text() == "a,b\n1,2\n"
    assert keeper.undo().sentence == "one"
    assert _names(tmp_path) == []
    with pytest.raises(InputError, match="nothing was changed"):
        keeper.undo()


@pytest.mark.parametrize("stage", ["edit", "check"])
def test_what_fails_leaves_the_file_as_it_was(tmp_path: Path, stage: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("a,b\n0,0\n")
    keeper = Keeper(tmp_path)

    def fail(own: Path) -> None:
        own.write_text("broken")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        keeper.change(
            "labels.csv",
            fail if stage == "edit" else _append("x"),
            fail if stage == "check" else _pass,
            "one",
        )
    assert path.read_text() == "a,b\n0,0\n"
    assert keeper.kept == []
    assert _names(tmp_path) == ["labels.csv"]


def test_rows_added_since_by_another_desk_survive_an_undoing(tmp_path: Path) -> None:
    mine, other = Keeper(tmp_path), Keeper(tmp_path)
    path = mine.change("labels.csv", _append("1,mine\n"), _pass, "one", grows=True)
    other.change("labels.csv", _append("2,other\n"), _pass, "two", grows=True)
    mine.undo()
    assert path.read_text() == "a,b\n2,other\n"


def test_a_file_changed_elsewhere_is_left_as_it_is(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    path = keeper.change("themes.yml", _append("x\n"), _pass, "one")
    path.write_text("by hand\n")
    with pytest.raises(InputError, match="changed elsewhere"):
        keeper.undo()
    assert path.read_text() == "by hand\n"
    assert len(keeper.kept) == 1


def test_many_desks_at_once_lose_no_row(tmp_path: Path) -> None:
    def write(name: int) -> None:
        keeper = Keeper(tmp_path)
        for row in range(10):
            keeper.change("labels.csv", _append(f"{name},{row}\n"), _pass, "one", grows=True)

    desks = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    rows = (tmp_path / "labels.csv").read_text().splitlines()[1:]
    assert sorted(rows) == sorted(f"{name},{row}" for name in range(4) for row in range(10))


def test_the_rights_of_a_file_and_what_a_link_leads_to_stay(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    real = tmp_path / "shared.csv"
    real.write_text("a,b\n")
    real.chmod(0o640)
    (folder / "labels.csv").symlink_to(real)
    Keeper(folder).change("labels.csv", _append("1,2\n"), _pass, "one")
    assert (folder / "labels.csv").is_symlink()
    assert real.read_text() == "a,b\n1,2\n"
    assert real.stat().st_mode & 0o777 == 0o640
