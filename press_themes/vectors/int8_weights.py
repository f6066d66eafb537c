"""Int8 weights: a BERT or XLM-R encoder written in the layout of CTranslate2, 8 bits a weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from press_themes.vectors.processor import fix_arithmetic

# Class of the transformer -> whether its first position is 0 or follows the padding's.
_POSITIONS_FOLLOW_PADDING = {
    "BertModel": False,
    "CamembertModel": True,
    "RobertaModel": True,
    "XLMRobertaModel": True,
}
_ACTIVATIONS = {
    "gelu": "GELU",
    "gelu_new": "GELUTanh",
    "gelu_pytorch_tanh": "GELUTanh",
    "relu": "RELU",
}


def why_not_int8(model: Any) -> str:
    """Say why a sentence-transformers model cannot be computed with 8-bit weights."""
    first = model[0]
    transformer: Any = getattr(first, "auto_model", None)
    kind = type(transformer).__name__
    if type(first).__name__ != "Transformer" or kind not in _POSITIONS_FOLLOW_PADDING:
        found = kind if transformer is not None else type(first).__name__
        return f"is neither a BERT nor an XLM-R encoder but a {found}"
    config = transformer.config
    if getattr(config, "position_embedding_type", "absolute") != "absolute":
        return "has relative positions"
    if getattr(config, "is_decoder", False) or config.hidden_act not in _ACTIVATIONS:
        return f"uses {config.hidden_act} or is a decoder, which the int8 engine does not know"
    if not getattr(model.tokenizer, "is_fast", False):
        return "has no fast tokenizer"
    if any(getattr(module, "include_prompt", True) is False for module in model):
        return "leaves its prompt out of the mean, which the int8 engine does not"
    return ""


def count_positions(transformer: Any) -> int:
    """Return the longest input a transformer has positions for, in tokens."""
    return len(_positions(transformer))


def write_int8_weights(transformer: Any, folder: Path) -> None:
    """Write a transformer for CTranslate2."""
    fix_arithmetic()
    from ctranslate2.specs import common_spec, transformer_spec

    config = transformer.config
    encoder = transformer_spec.TransformerEncoderSpec(
        config.num_hidden_layers,
        config.num_attention_heads,
        pre_norm=False,
        activation=common_spec.Activation[_ACTIVATIONS[config.hidden_act]],
        layernorm_embedding=True,
    )
    encoder.scale_embeddings = False
    words = transformer.embeddings
    encoder.embeddings[0].weight = _array(words.word_embeddings.weight)
    encoder.position_encodings.encodings = _positions(transformer)
    _set_norm(encoder.layernorm_embedding, words.LayerNorm)
    for spec, layer in zip(encoder.layer, transformer.encoder.layer, strict=True):
        _set_layer(spec, layer)
    model = transformer_spec.TransformerEncoderModelSpec(encoder)
    # The tokenizer stays with the module; the layout asks for as many names as there are rows.
    model.register_vocabulary([str(row) for row in range(config.vocab_size)])
    model.config.layer_norm_epsilon = config.layer_norm_eps
    model.config.unk_token = model.config.bos_token = model.config.eos_token = "0"
    model.validate()
    model.optimize(quantization="int8")
    model.save(str(folder))


def _set_layer(spec: Any, layer: Any) -> None:
    own = layer.attention.self
    heads, joined = spec.self_attention.linear
    parts = (own.query, own.key, own.value)
    heads.weight = np.concatenate([_array(part.weight) for part in parts])
    heads.bias = np.concatenate([_array(part.bias) for part in parts])
    _set_linear(joined, layer.attention.output.dense)
    _set_norm(spec.self_attention.layer_norm, layer.attention.output.LayerNorm)
    _set_linear(spec.ffn.linear_0, layer.intermediate.dense)
    _set_linear(spec.ffn.linear_1, layer.output.dense)
    _set_norm(spec.ffn.layer_norm, layer.output.LayerNorm)


def _set_linear(spec: Any, layer: Any) -> None:
    spec.weight, spec.bias = _array(layer.weight), _array(layer.bias)


def _set_norm(spec: Any, layer: Any) -> None:
    spec.gamma, spec.beta = _array(layer.weight), _array(layer.bias)


def _positions(transformer: Any) -> np.ndarray:
    """Return the vectors of positions, with that of the only token type ever used added to each."""
    words = transformer.embeddings
    rows = _array(words.position_embeddings.weight)
    if _POSITIONS_FOLLOW_PADDING[type(transformer).__name__]:
        rows = rows[transformer.config.pad_token_id + 1 :]
    return rows + _array(words.token_type_embeddings.weight)[0]


def _array(tensor: Any) -> np.ndarray:
    # A copy, because the converter rounds in place and the tensor goes on to be the reference.
    return np.array(tensor.detach().float().cpu().numpy(), order="C")
