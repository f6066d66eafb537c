from pathlib import Path

import pytest

from press_themes.vectors import processor


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch):
    for name in (processor.FORCED, processor.MKL, processor.PRODUCTS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(processor.platform, "machine", lambda: "some-machine")
    processor._read.cache_clear()
    yield
    processor._read.cache_clear()


def _describe(monkeypatch: pytest.MonkeyPatch, folder: Path, maker: str, flags: str) -> None:
    (folder / "cpuinfo").write_text(f"vendor_id\t: {maker}\nflags\t\t: fpu {flags}\n")
    monkeypatch.setattr(processor, "_CPU", folder / "cpuinfo")
    processor._read.cache_clear()


def test_processors_of_any_maker_compute_alike(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = set()
    for maker, flags in (("GenuineIntel", "avx2 avx512f"), ("AuthenticAMD", "avx2")):
        _describe(monkeypatch, tmp_path, maker, flags)
        names.add(processor.name_arithmetic())
    assert names == {"avx2 onednn avx2"}
    assert processor.name_processor() == "AuthenticAMD avx2"


def test_what_a_processor_lacks_is_not_asked_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _describe(monkeypatch, tmp_path, "GenuineIntel", "avx")
    assert processor.name_arithmetic() == "some-machine"
    processor.fix_arithmetic()
    assert processor.FORCED not in processor.os.environ


def test_a_system_that_does_not_say_is_named_by_its_kind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processor, "_CPU", tmp_path / "absent")
    assert processor.name_arithmetic() == processor.name_processor() == "some-machine"


def test_what_the_user_forces_is_what_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _describe(monkeypatch, tmp_path, "GenuineIntel", "avx2")
    monkeypatch.setenv(processor.MKL, "1")
    assert processor.name_arithmetic() == "avx2 mkl avx2"
    monkeypatch.setenv(processor.FORCED, "GENERIC")
    assert processor.name_arithmetic() == "generic mkl avx2"


def test_fewer_cores_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(processor.CORES, "1")
    assert processor.count_cores() == 1
    for nonsense in ("0", "many", ""):
        monkeypatch.setenv(processor.CORES, nonsense)
        assert processor.count_cores() >= 1
