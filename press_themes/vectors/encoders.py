"""Encoders: sentence-transformers models behind one small interface, loaded when first needed.

A vector that was computed once, in this run or an earlier one, is read from the store.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from press_themes.progress import show_progress
from press_themes.vectors.cluster import compute_on_cluster
from press_themes.vectors.engines import HALF, TORCH, choose_engine
from press_themes.vectors.models import PACKAGED, find_model, load_model, read_prompt
from press_themes.vectors.store import Part, VectorStore, text_keys
from press_themes.vectors.windows import join_windows, split_windows

# Texts to a shard of the store: what is computed again when a run is killed.
_SHARD = 512
_BATCH = 128


@dataclass(frozen=True)
class Encoder:
    """A sentence-transformers model that is not loaded until it has to encode.

    Attributes
    ----------
    name : str
        The model's name or folder as the user gave it; the packaged one bears its public name.
    revision : str
        What tells two versions of the weights apart.
    engine : str
        What computes the vectors.
    source : str
        The folder that is loaded.
    prompt : str
        Put before each text.
    note : dict of str to str
        Why the engine is not the one asked for, by language; empty if it is.
    store : VectorStore or None
        Where vectors are kept; None to keep none.
    scheduler : str
        A Dask cluster that computes instead of this process; empty for none.
    recipe : tuple of str
        Name, engine and cache with which a worker of that cluster loads the same encoder.
    """

    name: str
    revision: str
    engine: str
    source: str
    prompt: str = ""
    note: dict[str, str] = field(default_factory=dict)
    store: VectorStore | None = None
    scheduler: str = ""
    recipe: tuple[str, str, str] = ("", "", "")
    _loaded: list[Any] = field(default_factory=list, repr=False, compare=False)

    @property
    def identity(self) -> str:
        """Name, revision and engine: equal identities give equal vectors."""
        return f"{self.name}@{self.revision} ({self.engine})"

    @property
    def model(self) -> Any:
        """The SentenceTransformer itself."""
        if not self._loaded:
            self._loaded.append(load_model(Path(self.source), self.name, self.engine == HALF))
        return self._loaded[0]

    @property
    def max_tokens(self) -> int:
        """The longest input in tokens, prompt and special tokens included."""
        return int(self.model.max_seq_length or 512)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of texts as the model will see them.

        Parameters
        ----------
        texts : sequence of str
            The texts, without prompt.

        Returns
        -------
        list of int
            Tokens per text, prompt and special tokens included.
        """
        # A slice at a time: the tokenizer keeps all its encodings in memory.
        counts: list[int] = []
        for start in range(0, len(texts), 1024):
            batch = [self.prompt + text for text in texts[start : start + 1024]]
            encoded = self.model.tokenizer(batch, truncation=False, verbose=False)
            counts.extend(len(ids) for ids in encoded["input_ids"])
        return counts

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Turn texts into vectors, read from the store where it has them.

        Parameters
        ----------
        texts : sequence of str
            The texts, without prompt.

        Returns
        -------
        ndarray of float32, shape (n_texts, n_dimensions)
            Vectors of unit length, rows as in `texts`.
        """
        vectors = None
        for part in self.stream(texts):
            if vectors is None:
                vectors = np.zeros((len(texts), part.vectors.shape[1]), np.float32)
            vectors[part.rows] = part.vectors
        assert vectors is not None
        return vectors

    def stream(self, texts: Sequence[str]) -> Iterator[Part]:
        """Turn texts into vectors, a part at a time and in no order.

        Parameters
        ----------
        texts : sequence of str
            The texts, without prompt.

        Yields
        ------
        Part
            Rows of `texts` and their vectors; at least one part, which may have no rows.
        """
        keys = text_keys(texts)
        missing = np.ones(len(texts), bool)
        if self.store is not None:
            for part in self.store.find(keys):
                missing[part.rows] = False
                yield part
        rows = np.flatnonzero(missing)
        if not len(texts):
            yield Part(rows, np.zeros((0, self.model.get_embedding_dimension()), np.float32))
        with show_progress("embedding passages", len(rows)) as progress:
            for part in self._compute_missing(texts, rows):
                if self.store is not None:
                    self.store.append(keys[part.rows], part.vectors)
                progress.update(len(part.rows))
                yield part

    def compute(self, texts: Sequence[str]) -> np.ndarray:
        """Turn texts into vectors here and now, whatever the store has.

        Parameters
        ----------
        texts : sequence of str
            The texts, without prompt; a text beyond the model's reach is read in windows whose
            vectors are averaged by their tokens, never cut.

        Returns
        -------
        ndarray of float32, shape (n_texts, n_dimensions)
            Vectors of unit length, rows as in `texts`.
        """
        pieces, owners, weights = split_windows(texts, self.count_tokens, self.max_tokens)
        vectors = self.model.encode(
            pieces,
            prompt=self.prompt or None,
            batch_size=self._batch(),
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return join_windows(np.asarray(vectors, np.float32), owners, weights, len(texts))

    def _batch(self) -> int:
        """Return texts to a batch; PyTorch on a processor adds differently beside other texts."""
        return 1 if self.engine.startswith(TORCH) else _BATCH

    def _compute_missing(self, texts: Sequence[str], rows: np.ndarray) -> Iterator[Part]:
        slices = [rows[start : start + _SHARD] for start in range(0, len(rows), _SHARD)]
        if self.scheduler and slices:
            yield from compute_on_cluster(self, texts, slices, load_encoder)
            return
        for part in slices:
            yield Part(part, self.compute([texts[row] for row in part]))


def load_encoder(
    name: str = PACKAGED,
    engine: str = "auto",
    scheduler: str = "",
    cache: Path | None = None,
) -> Encoder:
    """Name an encoder; its weights are read when it first encodes.

    Parameters
    ----------
    name : str
        ``"packaged"`` for the model that ships with the project, a sentence-transformers folder,
        or the name of a model on the hub (which needs the network the first time).
    engine : str
        One of `press_themes.vectors.engines.ENGINES`.
    scheduler : str
        Address of a Dask scheduler, or ``local:N`` for N processes here; empty for neither.
    cache : Path, optional
        Where models are unpacked and vectors kept; by default the user's cache folder.

    Returns
    -------
    Encoder
        The encoder, not loaded yet. The first time, its weights are converted for the engine.

    Raises
    ------
    InputError
        If the packaged model is asked for on a platform without it.
    ConfigurationError
        If a folder is named that is not a sentence-transformers model, or an unknown engine.
    """
    cache = cache or encoder_cache()
    model = find_model(name, cache)
    chosen = choose_engine(engine, model, cache)
    prompt = read_prompt(model)
    described = {
        "model": model.name,
        "revision": model.revision,
        "engine": chosen.label,
        "prompt": prompt,
        "limit": _read_limit(chosen.folder),
    }
    return Encoder(
        model.name,
        model.revision,
        chosen.label,
        str(chosen.folder),
        prompt,
        dict(chosen.note),
        VectorStore(cache / "vectors", described),
        scheduler,
        (name, chosen.kind, str(cache)),
    )


def encoder_cache() -> Path:
    """Return the folder of the user's cache in which models are unpacked and vectors kept."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("PRESS_THEMES_CACHE") or user_cache_path("press-themes"))


def _read_limit(folder: Path) -> str:
    """Return what the files of a model say of its longest input."""
    import json

    for file, key in (
        ("int8_config.json", "max_seq_length"),
        ("sentence_bert_config.json", "max_seq_length"),
        ("tokenizer_config.json", "model_max_length"),
    ):
        path = folder / file
        content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if content.get(key):
            return str(content[key])
    return "not stated"
