from pathlib import Path

import pytest

from press_themes.errors import InputError
from press_themes.runs.checksums import check_files, digest_files


def make_folder(folder: Path) -> None:
    (folder / "inner").mkdir()
    for name in ("run.json", "a.csv", "inner/run.json"):
        (folder / name).write_text(name)


def test_a_name_is_left_out_at_the_top_alone(tmp_path: Path) -> None:
    make_folder(tmp_path)
    assert list(digest_files(tmp_path, without=["run.json"])) == ["a.csv", "inner/run.json"]


def test_a_file_that_was_changed_is_told_wherever_it_lies(tmp_path: Path) -> None:
    make_folder(tmp_path)
    recorded = digest_files(tmp_path, without=["run.json"])
    check_files(tmp_path, ["a.csv", "inner"], recorded)
    (tmp_path / "inner" / "run.json").write_text("cut")
    with pytest.raises(InputError, match="cut off or changed"):
        check_files(tmp_path, ["inner"], recorded)
