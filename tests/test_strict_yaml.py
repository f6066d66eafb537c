from pathlib import Path

import pytest

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import check_keys, read_yaml


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_keys({"defintion": 1}, ["definition", "label"], Path("themes.yml"), "theme 'x'")
    assert str(caught.value) == (
        "themes.yml, theme 'x': unknown key 'defintion'; did you mean 'definition'."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- a list", "list"),
        (b"a: [1", "not valid YAML"),
        (b"a: \xff", "UTF-8"),
        (b"a: &x [1]\nb: *x", "line 2: .*alias"),
        (b"a: &x {b: 1}\nc:\n  <<: *x", "line 3: .*alias"),
        (b"a: " + b"[" * 5000, "not valid YAML"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "themes.yml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=words):
        read_yaml(path)


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "corpus.yml").write_text("# nothing\n")
    assert read_yaml(tmp_path / "corpus.yml") == {}


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_yaml(tmp_path / "none.yml")
