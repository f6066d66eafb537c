"""Stand-ins for what is slow: an encoder without weights, and small tables."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pandas as pd

from press_themes.identifiers import content_id


class WordEncoder:
    """An encoder that places a text at the mean of its words' fixed random vectors.

    Texts that share words lie close, which is all that the stages after it rely on.
    """

    name = "word-encoder"
    revision = "1"
    engine = "numpy"
    identity = "word-encoder@1 (numpy)"
    max_tokens = 512

    def __init__(self, dimensions: int = 48) -> None:
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [2 + max(len(text.split()), len(text) // 6) for text in texts]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            words = text.lower().split() or [""]
            vectors[row] = np.mean([self._vector(word) for word in words], axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    def _vector(self, word: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little")
        return np.random.default_rng(seed).normal(size=self.dimensions) + 0.3


class SlowModel:
    """What an Encoder asks of a SentenceTransformer, without weights and as slow as one wishes."""

    max_seq_length = 512
    prompts: ClassVar[dict[str, str]] = {}

    def __init__(self, seconds_per_text: float = 0) -> None:
        self._seconds = seconds_per_text
        self._words = WordEncoder()

    def tokenizer(self, texts: Sequence[str], **options: object) -> dict[str, list[list[int]]]:
        return {"input_ids": [[0] * (2 + len(text.split())) for text in texts]}

    def encode(self, texts: Sequence[str], **options: object) -> np.ndarray:
        time.sleep(self._seconds * len(texts))
        return self._words.encode(texts)

    def get_embedding_dimension(self) -> int:
        return self._words.dimensions


def make_articles(bodies: Sequence[str], language: str = "en") -> pd.DataFrame:
    """Make a table of articles from their bodies, one story each."""
    return pd.DataFrame(
        {
            "article_id": [content_id(body, str(i)) for i, body in enumerate(bodies)],
            "body": list(bodies),
            "language": language,
            "family_id": [f"f{i}" for i in range(len(bodies))],
        }
    )


def make_passages(texts: Sequence[str], language: str | Sequence[str] = "en") -> pd.DataFrame:
    """Make a table of passages from their texts, one article each."""
    return pd.DataFrame(
        {
            "passage_id": [content_id(text, str(i)) for i, text in enumerate(texts)],
            "article_id": [f"a{i}" for i in range(len(texts))],
            "position": 0,
            "text": list(texts),
            "language": language,
            "n_tokens": 10,
        }
    )


SUBJECTS = {
    "sea": "harbour trawler tide lighthouse anchor sailor reef whale",
    "loom": "weaver cotton spindle shuttle thread fabric needle tailor",
    "field": "barley tractor orchard harvest plough manure hedgerow cattle",
}


def make_subject_texts(count: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Make texts on three invented subjects; return texts and subjects."""
    random = np.random.default_rng(seed)
    texts, subjects = [], []
    for i in range(count):
        subject = list(SUBJECTS)[i % len(SUBJECTS)]
        words = random.choice(SUBJECTS[subject].split(), 12)
        texts.append(" ".join(words) + f" {random.choice(['north', 'south'])}{i}")
        subjects.append(subject)
    return texts, subjects
