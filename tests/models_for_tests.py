"""Small sentence-transformers folders made on the spot: random weights, words for tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = (
    "the", "harbour", "opened", "on", "monday", "after", "a", "long", "strike", "of", "dockers",
    "and", "sailors", "in", "rain",
)  # fmt: skip


def make_texts(count: int, start: int = 0) -> list[str]:
    """Make texts of different lengths that differ from one another."""
    return [
        " ".join(WORDS[(i * 7 + k * (1 + i % 5)) % len(WORDS)] for k in range(3 + (i * 11) % 23))
        + f" {chr(97 + i % 26)} {chr(97 + (i // 26) % 26)} {chr(97 + (i // 676) % 26)}"
        for i in range(start, start + count)
    ]


def make_model(folder: Path, kind: str = "bert", seed: int = 0) -> Path:
    """Write a model of a kind that transformers knows: bert, xlm-roberta, mpnet …"""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import AutoConfig, AutoModel

    torch.manual_seed(seed)
    plain = folder.with_name(f"{folder.name}-plain")
    tokenizer = _tokenizer()
    config = AutoConfig.for_model(
        kind,
        vocab_size=len(tokenizer),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=66,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    AutoModel.from_config(config).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    first = Transformer(str(plain))
    model = SentenceTransformer(modules=[first, Pooling(64, "mean")], device="cpu")
    model.max_seq_length = 64
    model.save(str(folder), create_model_card=False)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    words = [*special, *sorted({*WORDS, *"abcdefghijklmnopqrstuvwxyz"})]
    plain = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, "<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain,
        model_max_length=64,
        bos_token="<s>",
        pad_token="<pad>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
    )
