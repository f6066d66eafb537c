"""Engines: what computes the vectors on this machine, the fastest that keeps them.

8-bit weights on a processor, half precision on a graphics processor, PyTorch in float32 for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from press_themes.errors import ConfigurationError
from press_themes.vectors.int8_model import prepare_int8_model
from press_themes.vectors.models import Model
from press_themes.vectors.processor import choose_instructions

ENGINES = ("auto", "int8", "half", "torch")
TORCH = "torch float32"
HALF = "torch float16 on CUDA"
# What to ask for to get the engine of a label; any other label is that of 8-bit weights.
KINDS = {TORCH: "torch", HALF: "half"}


@dataclass(frozen=True)
class Engine:
    """What computes the vectors.

    Attributes
    ----------
    label : str
        Its name with versions and instructions: equal labels give equal vectors, but for the order
        of sums on a graphics processor or on a processor of another maker.
    folder : Path
        What is loaded.
    note : mapping of str to str
        Why it is not the one asked for, by language; empty if it is.
    """

    label: str
    folder: Path
    note: Mapping[str, str]


def choose_engine(wanted: str, model: Model, cache: Path) -> Engine:
    """Choose what computes the vectors of a model."""
    if wanted not in ENGINES:
        raise ConfigurationError(
            f"engine '{wanted}'", "is not known", f"choose one of {', '.join(ENGINES)}"
        )
    if wanted == "torch":
        return Engine(TORCH, model.folder, {})
    if wanted in ("auto", "half") and has_cuda():
        return Engine(HALF, model.folder, {})
    if wanted == "half":
        raise ConfigurationError("engine 'half'", "needs CUDA, which is not here", "use auto")
    verdict = prepare_int8_model(model, cache)
    if verdict.folder is None:
        return Engine(TORCH, model.folder, _refusal(model.name, verdict.reason))
    return Engine(name_int8_engine(), verdict.folder, {})


def name_int8_engine() -> str:
    """Name the int8 engine of this machine, which need not be installed."""
    try:
        version = metadata.version("ctranslate2")
    except metadata.PackageNotFoundError:
        return "int8 (ctranslate2 is not installed)"
    return f"ctranslate2 {version} int8 {choose_instructions().lower()}"


def has_cuda() -> bool:
    """Say whether PyTorch can use a graphics processor, loading it only if there may be one."""
    try:
        is_cpu_build = metadata.version("torch").endswith("+cpu")
    except metadata.PackageNotFoundError:
        return False
    if is_cpu_build or not Path("/dev/nvidiactl").exists():
        return False
    import torch

    return bool(torch.cuda.is_available())


def _refusal(name: str, reason: str) -> dict[str, str]:
    return {
        "en": f"Embedded by PyTorch in float32, several times slower: {name} {reason}.",
        "fr": "Vecteurs calculés par PyTorch en float32, plusieurs fois plus lentement ; motif : "
        f"{name} {reason}.",
    }
