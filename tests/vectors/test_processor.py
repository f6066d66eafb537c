from pathlib import Path

import pytest

from press_themes.vectors import processor


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(processor.FORCED, raising=False)
    monkeypatch.setattr(processor.platform, "machine", lambda: "some-machine")
    processor._best_instructions.cache_clear()
    yield
    processor._best_instructions.cache_clear()


@pytest.mark.parametrize(
    ("flags", "chosen"),
    [
        ("avx2 avx512f avx512bw avx512cd avx512dq avx512vl avx512_vnni", "AVX512"),
        ("avx2 avx512f avx512bw avx512cd avx512dq avx512vl", "AVX2"),
        ("avx2", "AVX2"),
        ("avx", "some-machine"),
    ],
)
def test_wide_instructions_are_asked_for_only_where_integers_are_multiplied_in_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str, chosen: str
) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: fpu {flags}\n")
    monkeypatch.setattr(processor, "_CPU", tmp_path / "cpuinfo")
    assert processor.choose_instructions() == chosen


def test_a_system_that_does_not_say_is_named_by_its_kind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processor, "_CPU", tmp_path / "absent")
    assert processor.choose_instructions() == "some-machine"


def test_what_the_user_forces_is_what_is_computed_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(processor.FORCED, "GENERIC")
    assert processor.choose_instructions() == "GENERIC"


def test_fewer_cores_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(processor.CORES, "1")
    assert processor.count_cores() == 1
    for nonsense in ("0", "many", ""):
        monkeypatch.setenv(processor.CORES, nonsense)
        assert processor.count_cores() >= 1
