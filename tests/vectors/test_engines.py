"""Which engine is chosen, and that the 8-bit one agrees with PyTorch or is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from models_for_tests import WORDS, make_model, make_texts

from press_themes.errors import ConfigurationError
from press_themes.vectors import engines, int8_model, processor
from press_themes.vectors.encoders import Encoder, load_encoder
from press_themes.vectors.int8_model import Verdict, judge, read_sample
from press_themes.vectors.models import Model

TEXTS = make_texts(40)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def int8(root: Path) -> Encoder:
    return load_encoder(str(make_model(root / "small")), "int8", cache=root / "cache")


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match="auto, int8, half, torch"):
        engines.choose_engine("onnx", Model("m", "1", Path()), Path())


def test_half_precision_needs_a_graphics_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model("m", "1", Path("/m"))
    monkeypatch.setattr(engines, "has_cuda", lambda: False)
    with pytest.raises(ConfigurationError, match="CUDA"):
        engines.choose_engine("half", model, Path())
    monkeypatch.setattr(engines, "has_cuda", lambda: True)
    for wanted in ("half", "auto"):
        assert engines.choose_engine(wanted, model, Path()).label == engines.HALF


def test_without_the_library_pytorch_serves_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "has_cuda", lambda: False)
    monkeypatch.setattr(int8_model, "find_spec", lambda name: None)
    engine = engines.choose_engine("auto", Model("m", "1", Path("/m")), Path("/nowhere"))
    assert engine.label == engines.name_torch_engine()
    assert "ctranslate2" in engine.note["en"]
    assert set(engine.note) == {"en", "fr"}


def test_instructions_that_give_other_vectors_give_another_label(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = set()
    for forced in ("GENERIC", "AVX2", "AVX512"):
        monkeypatch.setenv(processor.FORCED, forced)
        labels.add(engines.name_int8_engine())
    assert len(labels) == 3


def _stand_in_weights(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Put small files in the place of weights; return where they were made."""
    made: list[Path] = []

    def write(model: Model, aside: Path) -> str:
        made.append(aside)
        (aside / "tokenizer.json").write_text("{}")
        return ""

    monkeypatch.setattr(int8_model, "_write", write)
    return made


@pytest.mark.parametrize(
    "remnant",
    [
        {"tokenizer.json": "{}"},
        {"tokenizer.json": "{}", "verdict.json": ""},
        {"verdict.json": "{}"},
        {"verdict.json": "[]"},
    ],
)
def test_a_folder_without_a_readable_verdict_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remnant: dict[str, str]
) -> None:
    made = _stand_in_weights(monkeypatch)
    model = Model("m", "1", Path("/m"))
    folder = tmp_path / "engines" / int8_model._folder_name(model)
    folder.mkdir(parents=True)
    for name, content in remnant.items():
        (folder / name).write_text(content)
    assert int8_model.read_verdicts(tmp_path) == []
    assert int8_model.prepare_int8_model(model, tmp_path) == Verdict(folder)
    assert int8_model.prepare_int8_model(model, tmp_path) == Verdict(folder)
    assert len(made) == 1
    assert int8_model.read_verdicts(tmp_path) == [("m", "")]
    assert [path.name for path in (tmp_path / "engines").iterdir()] == [folder.name]


@pytest.mark.parametrize(
    ("reference", "candidate", "word"),
    [
        ([[1, 0], [0, 1]], [[1, 0], [0, 1]], ""),
        ([[1, 0]] * 100, [[1, 0]] * 99 + [[0, 1]], "0.0000 at worst"),
        ([[1, 0]], [[0.99, 0.14]], "0.9900 on average"),
        ([[1, 0]], [[np.nan, 0]], "nan"),
    ],
)
def test_vectors_that_differ_too_much_are_refused_with_the_figures(
    reference: list[list[float]], candidate: list[list[float]], word: str
) -> None:
    reason = judge(np.array(reference), np.array(candidate))
    assert bool(reason) == bool(word)
    assert word in reason


def test_the_sample_is_in_many_languages_and_lengths() -> None:
    sample = read_sample()
    assert len(sample) == len(set(sample)) >= 20
    assert min(map(len, sample)) < 40 < 250 < max(map(len, sample))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bert", "xlm-roberta", "camembert"])
def test_vectors_of_the_supported_kinds_agree_with_pytorch(root: Path, kind: str) -> None:
    folder = make_model(root / kind, kind)
    fast = load_encoder(str(folder), "int8", cache=root / "cache")
    assert "int8" in fast.engine
    reference = load_encoder(str(folder), "torch", cache=root / "cache")
    cosines = (fast.encode(TEXTS) * reference.encode(TEXTS)).sum(axis=1)
    assert cosines.mean() >= 0.999
    assert fast.count_tokens(TEXTS) == reference.count_tokens(TEXTS)
    assert fast.max_tokens == reference.max_tokens


@pytest.mark.slow
def test_another_kind_falls_back_to_pytorch_and_says_why(root: Path) -> None:
    encoder = load_encoder(str(make_model(root / "mpnet", "mpnet")), cache=root / "cache")
    assert encoder.engine == engines.name_torch_engine()
    assert "MPNetModel" in encoder.note["en"]
    assert encoder.encode(TEXTS[:3]).shape == (3, 64)


@pytest.mark.slow
def test_a_refused_model_is_remembered_and_pytorch_serves(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_model(root / "refused", seed=3)
    monkeypatch.setattr(int8_model, "judge", lambda one, other: "loses too much")
    assert load_encoder(str(folder), cache=root / "cache").engine == engines.name_torch_engine()
    monkeypatch.undo()
    again = load_encoder(str(folder), cache=root / "cache")
    assert again.engine == engines.name_torch_engine()
    assert "loses too much" in again.note["en"]
    kept = [p for p in (root / "cache" / "engines").glob("refused-*") for p in p.iterdir()]
    assert [path.name for path in kept] == ["verdict.json"]


@pytest.mark.slow
def test_a_vector_depends_on_its_text_alone(int8: Encoder) -> None:
    together = int8.compute(TEXTS)
    alone = np.concatenate([int8.compute([text]) for text in TEXTS])
    shuffled = np.random.default_rng(0).permutation(len(TEXTS))
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(int8.compute([TEXTS[i] for i in shuffled]), together[shuffled])
    reference = load_encoder(int8.recipe[0], "torch", cache=Path(int8.recipe[2]))
    together = reference.compute(TEXTS)
    np.testing.assert_array_equal(
        reference.compute([TEXTS[i] for i in shuffled]), together[shuffled]
    )


@pytest.mark.slow
def test_the_model_is_an_ordinary_one_that_can_be_saved(int8: Encoder, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    tokens = int8.model.encode(TEXTS[:2], output_value="token_embeddings")
    assert [len(rows) for rows in tokens] == int8.count_tokens(TEXTS[:2])
    int8.model.save(str(tmp_path / "copy"), create_model_card=False)
    copy = SentenceTransformer(str(tmp_path / "copy"), trust_remote_code=True)
    np.testing.assert_array_equal(copy.encode(TEXTS), int8.model.encode(TEXTS))


@pytest.mark.slow
def test_a_text_beyond_the_reach_is_read_to_its_end(int8: Encoder) -> None:
    long = " ".join(WORDS * 12)
    assert int8.count_tokens([long])[0] > int8.max_tokens
    one, other = int8.compute([long + " z", long + " q"])
    assert not np.array_equal(one, other)
    np.testing.assert_allclose(np.linalg.norm(one), 1, rtol=1e-5)


@pytest.mark.slow
def test_a_folder_with_foreign_code_is_not_trusted(int8: Encoder, tmp_path: Path) -> None:
    from press_themes.vectors.models import load_model

    int8.model.save(str(tmp_path / "copy"), create_model_card=False)
    path = tmp_path / "copy" / "modules.json"
    modules = json.loads(path.read_text())
    modules[1]["type"] = "evil.Module"
    path.write_text(json.dumps(modules))
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        load_model(tmp_path / "copy", "copy")
