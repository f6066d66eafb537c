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
from press_themes.vectors.processor import name_arithmetic, name_processor

ENGINES = ("auto", "int8", "half", "torch")
TORCH = "torch float32"
HALF = "torch float16 on CUDA"


@dataclass(frozen=True)
class Engine:
    """What computes the vectors.

    Attributes
    ----------
    label : str
        Its name with versions and arithmetic: equal labels give equal vectors, but for the order
        of sums on a graphics processor.
    folder : Path
        What is loaded.
    note : mapping of str to str
        Why it is not the one asked for, by language; empty if it is.
    kind : str
        What to ask for to get it again: one of `ENGINES`.
    """

    label: str
    folder: Path
    note: Mapping[str, str]
    kind: str


def choose_engine(wanted: str, model: Model, cache: Path) -> Engine:
    """Choose what computes the vectors of a model."""
    if wanted not in ENGINES:
        raise ConfigurationError(
            f"engine '{wanted}'", "is not known", f"choose one of {', '.join(ENGINES)}"
        )
    if wanted == "torch":
        return Engine(name_torch_engine(), model.folder, {}, "torch")
    if wanted in ("auto", "half") and has_cuda():
        return Engine(HALF, model.folder, {}, "half")
    if wanted == "half":
        raise ConfigurationError("engine 'half'", "needs CUDA, which is not here", "use auto")
    verdict = prepare_int8_model(model, cache)
    if verdict.folder is None:
        refusal = _refusal(model.name, verdict.reason)
        return Engine(name_torch_engine(), model.folder, refusal, "torch")
    return Engine(name_int8_engine(), verdict.folder, {}, "int8")


def name_int8_engine() -> str:
    """Name the int8 engine of this machine, which need not be installed."""
    try:
        version = metadata.version("ctranslate2")
    except metadata.PackageNotFoundError:
        return "int8 (ctranslate2 is not installed)"
    return f"ctranslate2 {version} int8 {name_arithmetic()}"


def name_torch_engine() -> str:
    """Name PyTorch on this machine's processor, whose sums are those of its kind alone."""
    return f"{TORCH} {metadata.version('torch').partition('+')[0]} on {name_processor()}"


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
