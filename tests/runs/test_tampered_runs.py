"""Whatever is written into run.json, a reader gets one sentence and touches nothing outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from press_themes.errors import InputError
from press_themes.runs.folder import FORMAT, read_run

ENTRY = {
    "stage": "read",
    "how": "computed",
    "seconds": 0.1,
    "fingerprint": "",
    "digests": {"a": "b"},
}
WHOLE: dict[str, Any] = {
    "format": FORMAT, "title": "t", "corpus": "/c", "configuration": {}, "stages": [ENTRY],
    "files": {"tables/a.parquet": "00"},
}  # fmt: skip

EDITS: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{
        f"{key} is {value!r}": lambda told, key=key, value=value: {**told, key: value}
        for key in ("title", "corpus", "configuration", "stages", "files", "format")
        for value in (None, 7, ["x"], float("nan"))
    },
    **{
        f"no {key}": lambda told, key=key: {name: told[name] for name in told if name != key}
        for key in ("stages", "files", "format")
    },
    **{
        f"a file {name}": lambda told, name=name: {**told, "files": {name: "00"}}
        for name in ("../x", "/etc/passwd", "a/../../x", "..", "C:\\x", "..\\x", "")
    },
    **{
        f"a stage whose {key} is {value!r}": lambda told, key=key, value=value: {
            **told, "stages": [{**ENTRY, key: value}]
        }
        for key in ("stage", "fingerprint", "digests")
        for value in (None, 7, ["x"])
    },
    "a list": lambda told: [told],
    "a text": lambda told: "run",
}  # fmt: skip


def write(folder: Path, text: str) -> None:
    (folder / "run.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("edit", EDITS)
def test_a_tampered_run_json_is_refused_in_one_sentence(tmp_path: Path, edit: str) -> None:
    write(tmp_path, json.dumps(EDITS[edit](WHOLE)))
    with pytest.raises(InputError) as told:
        read_run(tmp_path)
    assert str(told.value).count("\n") == 0


def test_the_whole_one_is_read(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(WHOLE))
    assert read_run(tmp_path) == WHOLE


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\0", '{"format": 3, "format": 4}'])
def test_what_is_no_json_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(InputError):
        read_run(tmp_path)


def test_a_file_that_leads_out_by_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    run = tmp_path / "run"
    (run / "tables").mkdir(parents=True)
    (run / "tables/a.parquet").symlink_to(tmp_path / "secret")
    write(run, json.dumps(WHOLE))
    with pytest.raises(InputError, match="outside the run folder"):
        read_run(run)
