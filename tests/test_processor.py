from pathlib import Path

import pytest

from press_themes.vectors import processor


@pytest.fixture(autouse=True)
def _fresh():
    processor.choose_instructions.cache_clear()
    yield
    processor.choose_instructions.cache_clear()


@pytest.mark.parametrize(
    ("flags", "chosen"),
    [
        ("avx2 avx512f avx512bw avx512cd avx512dq avx512vl avx512_vnni", "AVX512"),
        ("avx2 avx512f avx512bw avx512cd avx512dq avx512vl", ""),
        ("avx2", ""),
    ],
)
def test_wide_instructions_are_asked_for_only_where_integers_are_multiplied_in_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str, chosen: str
) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: fpu {flags}\n")
    monkeypatch.setattr(processor, "_CPU", tmp_path / "cpuinfo")
    assert processor.choose_instructions() == chosen


def test_a_system_that_does_not_say_leaves_the_choice_to_the_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processor, "_CPU", tmp_path / "absent")
    assert processor.choose_instructions() == ""


def test_fewer_cores_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(processor.CORES, "1")
    assert processor.count_cores() == 1
    for nonsense in ("0", "many", ""):
        monkeypatch.setenv(processor.CORES, nonsense)
        assert processor.count_cores() >= 1
