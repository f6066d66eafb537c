"""One file can neither stop nor fill the reading, nor cost its neighbours anything."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from articles_for_tests import ENGLISH, LATEST, text_of

from press_themes.articles.article_rows import ReadSettings
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.file_rows import read_file_rows
from press_themes.articles.limited_reading import read_within_limits
from press_themes.articles.limits import ReadLimits, read_limits
from press_themes.errors import ConfigurationError
from press_themes.permissions import user_file

SMALL = ReadLimits(seconds=2.0, seconds_per_megabyte=0.1, memory_megabytes=700, output_megabytes=1)
#: A form that draws itself twice, thirty times over.
FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 11>>"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R"
    b"/Resources<</XObject<</F 4 0 R>>>>>>endobj\n"
    b"4 0 obj" + FORM + b"stream\n/F Do /F Do\nendstream endobj\n"
    b"5 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\ntrailer<</Root 1 0 R>>"
)


def read(
    folder: Path, files: dict[str, bytes], limits: ReadLimits = SMALL
) -> dict[str, tuple[int, str]]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    listed = [CorpusFile(folder / name, name) for name in files]
    rows: dict[str, tuple[int, str]] = {}
    for found in read_within_limits(listed, LATEST, ReadSettings(), limits):
        if found is not None:
            count, why = rows.get(found.path, (0, ""))
            told = " ".join(reason for _, reason in found.rows.skipped)
            rows[found.path] = (count + len(found.rows.articles), why + told)
    return rows


def test_rows_are_those_that_are_read_without_a_process_between(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text_of(ENGLISH), encoding="utf-8")
    file = CorpusFile(path, "a.txt")
    alone = list(read_file_rows(file, LATEST, ReadSettings()))
    assert list(read_within_limits([file], LATEST, ReadSettings(), SMALL))[:-1] == alone


def test_a_file_that_takes_too_long_is_named_and_its_neighbours_are_read(tmp_path: Path) -> None:
    good = text_of(ENGLISH).encode()
    rows = read(tmp_path, {"a.txt": good, "b.txt": b"a: b\n.\n" * 300_000, "c.txt": good})
    assert rows["a.txt"][0] == rows["c.txt"][0] == 1
    assert "(seconds: 2)" in rows["b.txt"][1]


def test_a_file_that_takes_too_much_memory_is_named_and_its_neighbours_are_read(
    tmp_path: Path,
) -> None:
    good = text_of(ENGLISH).encode()
    limits = replace(SMALL, seconds=60)
    rows = read(tmp_path, {"a.txt": good, "b.pdf": PDF, "c.txt": good}, limits)
    assert rows["a.txt"][0] == rows["c.txt"][0] == 1
    assert "(memory_megabytes: 700)" in rows["b.pdf"][1]


def test_a_member_that_ends_the_process_costs_an_archive_only_itself(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("a.txt", text_of(ENGLISH))
        archive.writestr("b.pdf", PDF)
        archive.writestr("c.txt", text_of(ENGLISH))
    data = (tmp_path / "made.zip").read_bytes()
    rows = read(tmp_path, {"made.zip": data}, replace(SMALL, seconds=60))
    assert rows["made.zip!/a.txt"] == rows["made.zip!/c.txt"] == (1, "")
    assert "memory_megabytes" in rows["made.zip!/b.pdf"][1]


def test_a_small_file_that_gives_much_is_cut_where_the_limit_says(tmp_path: Path) -> None:
    import pandas as pd

    row = {"title": "Tram voted", "text": " ".join(ENGLISH.body)}
    pd.DataFrame([row] * 20_000).to_parquet(tmp_path / "much.parquet")
    data = (tmp_path / "much.parquet").read_bytes()
    limits = replace(SMALL, seconds=60)
    counts = {read(tmp_path, {"much.parquet": data}, limits)["much.parquet"] for _ in range(2)}
    ((count, why),) = counts
    assert 100 < count < 20_000
    assert "(output_megabytes: 1)" in why


def test_limits_are_those_of_ones_own_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_limits() == ReadLimits()
    user_file().parent.mkdir(parents=True)
    user_file().write_text("reading_limits: {seconds: 3}\n", encoding="utf-8")
    assert read_limits() == ReadLimits(seconds=3)
    user_file().write_text("reading_limits: {second: 3}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="unknown key 'second'"):
        read_limits()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_the_memory_of_a_reader_is_not_that_of_whoever_started_it() -> None:
    ask = "from press_themes.articles.reading_worker import _memory; print(_memory())"
    start = (
        "held = bytearray(b'x') * 400_000_000; import subprocess, sys; "
        f"subprocess.run([sys.executable, '-c', {ask!r}])"
    )
    told = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert 0 < int(told.stdout) < 300_000_000
