from pathlib import Path

import pytest

from press_themes.errors import ConfigurationError
from press_themes.vectors.encoders import Encoder, load_encoder


def test_a_folder_that_is_no_model_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"modules\.json"):
        load_encoder(str(tmp_path))


def test_identity_tells_two_revisions_apart() -> None:
    one = Encoder("m", "1", "torch", "/m")
    two = Encoder("m", "2", "torch", "/m")
    assert one.identity != two.identity


@pytest.mark.slow
def test_an_unknown_model_is_one_sentence(monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        load_encoder("no-such/model-anywhere")
