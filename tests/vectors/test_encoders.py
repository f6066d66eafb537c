from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from models_for_tests import make_model, make_texts

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
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config_sentence_transformers.json", '{"prompts": '),
        ("config_sentence_transformers.json", "[]"),
        ("modules.json", "["),
        ("modules.json", '{"type": 1}'),
        ("model.safetensors", "cut"),
    ],
)
def test_a_damaged_folder_is_one_sentence(tmp_path: Path, name: str, content: str) -> None:
    folder = make_model(tmp_path / "small")
    (folder / name).write_text(content)
    with pytest.raises(ConfigurationError, match=r"describe a model|cannot be loaded"):
        load_encoder(str(folder), "torch", cache=tmp_path / "cache").encode(["the harbour"])


@pytest.mark.slow
def test_an_unknown_model_is_one_sentence(monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        load_encoder("no-such/model-anywhere")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    root = tmp_path_factory.mktemp("encoders")
    return load_encoder(str(make_model(root / "small")), cache=root / "cache")


@pytest.mark.slow
def test_what_was_encoded_once_is_not_encoded_again(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []
    compute = Encoder.compute

    def counting(self: Encoder, texts: list[str]) -> np.ndarray:
        computed.extend(texts)
        return compute(self, texts)

    monkeypatch.setattr(Encoder, "compute", counting)
    first = encoder.encode(make_texts(30))
    again = load_encoder(encoder.recipe[0], cache=Path(encoder.recipe[2]))
    second = again.encode(make_texts(40))
    np.testing.assert_array_equal(first, second[:30])
    assert sorted(computed) == sorted(make_texts(40))
    assert again.encode([]).shape == (0, 64)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["prompt", "revision", "engine"])
def test_a_store_is_not_shared_with_what_would_give_other_vectors(
    encoder: Encoder, part: str
) -> None:
    assert encoder.store is not None
    described = encoder.store.described
    assert described[part] == getattr(encoder, part)
    assert described["limit"] == "64"
    assert replace(encoder, store=None).encode(["the harbour"]).shape == (1, 64)
