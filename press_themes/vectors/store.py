"""The store of vectors: what one run has computed, no later run computes again.

Shards are only ever added, each a checked file that appears whole, so that runs may share a store
and be killed at any moment.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from press_themes.progress import say

DESCRIPTION = "space.json"
UNFINISHED = ".writing-"
_KEY = "S32"
# An .npz holds a CRC-32 of each array; these are the ways a damaged one makes itself known.
_DAMAGE = (
    ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error,
    OverflowError, MemoryError,
)  # fmt: skip


class Part(NamedTuple):
    """Some rows of a sequence of texts and their vectors.

    Attributes
    ----------
    rows : ndarray of int64, shape (n_rows,)
        Rows.
    vectors : ndarray of float32, shape (n_rows, n_dimensions)
        Their vectors.
    """

    rows: np.ndarray
    vectors: np.ndarray


class VectorStore:
    """Vectors by text, all of one model, revision, engine, prompt and length limit.

    Parameters
    ----------
    stores : Path
        The folder of all stores; made when something is first kept.
    described : mapping of str to str
        Everything but the text that a vector depends on.
    """

    def __init__(self, stores: Path, described: Mapping[str, str]) -> None:
        self.described = dict(described)
        text = json.dumps(self.described, sort_keys=True)
        self.folder = stores / hashlib.sha256(text.encode()).hexdigest()[:16]
        self._is_writable = True

    def find(self, keys: np.ndarray) -> Iterator[Part]:
        """Find vectors."""
        with suppress(OSError):
            # Its date says when the store was last used.
            os.utime(self.folder / DESCRIPTION)
        order = np.argsort(keys, kind="stable")
        wanted = keys[order]
        missing = np.ones(len(keys), bool)
        for path in list_shards(self.folder):
            if not missing.any():
                return
            shard = _read_shard(path, wanted)
            if shard is None:
                continue
            own_keys, vectors = shard
            places = np.searchsorted(own_keys, wanted)
            places[places == len(own_keys)] = 0
            found = (own_keys[places] == wanted) & missing[order]
            if found.any():
                rows = order[found]
                missing[rows] = False
                yield Part(rows, vectors[places[found]])

    def append(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        """Keep vectors, in one shard."""
        if not self._is_writable or not len(keys):
            return
        order = np.argsort(keys, kind="stable")
        own = f"{time.time_ns():x}-{os.getpid():x}-{secrets.token_hex(4)}"
        aside = self.folder / f"{UNFINISHED}{own}"
        try:
            self._describe()
            with aside.open("xb") as file:
                np.savez(file, keys=keys[order], vectors=vectors[order].astype(np.float32))
                file.flush()
                os.fsync(file.fileno())
            aside.rename(self.folder / f"{own}.npz")
        except OSError as error:
            self._is_writable = False
            say(
                f"the store of vectors {self.folder} cannot be written ({error.strerror or error}); "
                "the run goes on, and what it computes is not kept for later runs"
            )
        finally:
            _remove(aside)

    def _describe(self) -> None:
        """State what the store holds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / DESCRIPTION
        if path.exists():
            return
        aside = self.folder / f"{UNFINISHED}{secrets.token_hex(8)}"
        aside.write_text(json.dumps(self.described, indent=2, sort_keys=True), encoding="utf-8")
        aside.rename(path)


def text_keys(texts: Sequence[str]) -> np.ndarray:
    """Return the keys of texts."""
    digests = b"".join(
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts
    )
    return np.frombuffer(digests, _KEY)


def list_shards(folder: Path) -> list[Path]:
    """Return the shards of a store, oldest first."""
    return sorted(folder.glob("*.npz"))


def _read_shard(path: Path, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Read a shard if it holds anything that is wanted; report and remove it if it is damaged."""
    try:
        with path.open("rb") as file:
            return _read_arrays(file, wanted)
    except FileNotFoundError:
        # Another process has removed it.
        return None
    except OSError as error:
        # Asked to go to a place before its beginning, a file system calls that an invalid argument.
        if error.errno != errno.EINVAL:
            reason = error.strerror or error
            say(f"{path} cannot be read ({reason}); its vectors are computed again")
            return None
    except _DAMAGE:
        pass
    say(f"{path} is damaged; it is removed and its vectors are computed again")
    _remove(path)
    return None


def _read_arrays(file: BinaryIO, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    with np.load(file, allow_pickle=False) as shard:
        keys = shard["keys"]
        _check(keys.dtype == _KEY and keys.ndim == 1)
        # Both are sorted.
        places = np.searchsorted(wanted, keys)
        if not (wanted[np.minimum(places, len(wanted) - 1)] == keys).any():
            return None
        vectors = shard["vectors"]
        _check(vectors.dtype == np.float32 and vectors.ndim == 2 and len(vectors) == len(keys))
        return keys, vectors


def _check(is_sound: bool) -> None:
    if not is_sound:
        raise ValueError


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # Whoever may not write here may not remove either; the shard is passed over again.
        return
