"""The int8 model: a sentence-transformers folder with 8-bit weights, made once and compared.

Its vectors of a fixed sample in many languages must agree with PyTorch's, or it is not used.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from press_themes.progress import say
from press_themes.strict_yaml import read_yaml
from press_themes.vectors.models import Model, load_model, read_prompt

LEAST_MEAN = 0.995
LEAST_MINIMUM = 0.98
# Raised when a folder of an earlier layout must not be taken for one of this.
_LAYOUT = 1
_VERDICT = "verdict.json"


@dataclass(frozen=True)
class Verdict:
    """Whether a model is used with 8-bit weights.

    Attributes
    ----------
    folder : Path or None
        The sentence-transformers folder with 8-bit weights; None where it is refused.
    reason : str
        Why it is refused: the end of a sentence that begins with the model's name.
    """

    folder: Path | None
    reason: str = ""


def prepare_int8_model(model: Model, cache: Path) -> Verdict:
    """Convert a model to 8-bit weights, or find it converted."""
    if find_spec("ctranslate2") is None:
        return Verdict(None, "could use 8-bit weights if ctranslate2 were installed")
    folder = cache / "engines" / _folder_name(model)
    told = _read_verdict(folder)
    if told is None:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            aside = Path(tempfile.mkdtemp(prefix=".converting-", dir=folder.parent))
        except OSError as error:
            return Verdict(
                None, f"has no 8-bit weights yet and {cache} cannot be written ({error})"
            )
        told = _build(model, aside, folder)
    # Its date says when the weights were last used.
    with suppress(OSError):
        os.utime(folder / _VERDICT)
    return Verdict(None if told.reason else folder, told.reason)


def read_verdicts(cache: Path) -> list[tuple[str, str]]:
    """Return the models that were converted or refused, each with the reason of a refusal."""
    folders = (path.parent for path in sorted(cache.glob(f"engines/*/{_VERDICT}")))
    return [(told.model, told.reason) for told in map(_read_verdict, folders) if told]


class _Told(NamedTuple):
    """What a verdict says: the model, and why it is refused, if it is."""

    model: str
    reason: str


def _read_verdict(folder: Path) -> _Told | None:
    """Return what the verdict in a folder says; none if it is missing or was never finished."""
    try:
        content = json.loads((folder / _VERDICT).read_text(encoding="utf-8"))
        return _Told(str(content["model"]), str(content["reason"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_sample() -> list[str]:
    """Return the texts that decide: passages and single sentences in many languages."""
    path = Path(str(files("press_themes.vectors") / "sample.yml"))
    return [text for texts in read_yaml(path).values() for text in texts]


def judge(reference: np.ndarray, candidate: np.ndarray) -> str:
    """Compare vectors of unit length."""
    cosines = (reference * candidate).sum(axis=1)
    mean, least = float(cosines.mean()), float(cosines.min())
    # Not-a-number compares as false, and must be refused.
    if mean >= LEAST_MEAN and least >= LEAST_MINIMUM:
        return ""
    return (
        f"loses too much with 8-bit weights (cosine with PyTorch {mean:.4f} on average and "
        f"{least:.4f} at worst, where {LEAST_MEAN} and {LEAST_MINIMUM} are asked)"
    )


def _folder_name(model: Model) -> str:
    made_by = [metadata.version(name) for name in ("ctranslate2", "sentence-transformers")]
    identity = json.dumps([model.name, model.revision, made_by, _LAYOUT])
    readable = model.name.split("/")[-1][:40]
    return f"{readable}-int8-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


def _build(model: Model, aside: Path, folder: Path) -> _Told:
    """Write the folder aside and put it in its place; another process may have been faster."""
    say(f"preparing 8-bit weights of {model.name}, once")
    try:
        reason = _write(model, aside)
        if reason:
            shutil.rmtree(aside)
            aside.mkdir()
        verdict = {"model": model.name, "revision": model.revision, "reason": reason}
        # Written last: its presence says that the folder is whole.
        (aside / _VERDICT).write_text(json.dumps(verdict, indent=2), encoding="utf-8")
        try:
            aside.rename(folder)
        except OSError:
            if _read_verdict(folder) is None:
                # What is left of a folder that was being removed.
                shutil.rmtree(folder)
                aside.rename(folder)
        return _Told(model.name, reason)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(model: Model, aside: Path) -> str:
    """Write a model with 8-bit weights unless something speaks against it; say what does."""
    from press_themes.vectors.int8_weights import why_not_int8

    reference = load_model(model.folder, model.name)
    reason = why_not_int8(reference)
    if reason:
        return reason
    candidate = _convert(reference, aside)
    sample, prompt = read_sample(), read_prompt(model) or None
    texts: dict[str, Any] = {"prompt": prompt, "normalize_embeddings": True}
    return judge(
        reference.encode(sample, show_progress_bar=False, **texts),
        candidate.encode(sample, show_progress_bar=False, **texts),
    )


def _convert(reference: Any, aside: Path) -> Any:
    from press_themes.vectors.int8_transformer import WEIGHTS, Int8Transformer
    from press_themes.vectors.int8_weights import count_positions, write_int8_weights

    transformer = reference[0].auto_model
    (aside / WEIGHTS).mkdir()
    write_int8_weights(transformer, aside / WEIGHTS)
    reference.tokenizer.save_pretrained(aside)
    reach = min(reference.max_seq_length or 512, count_positions(transformer))
    first = Int8Transformer(aside, reach)
    candidate = type(reference)(
        modules=[first, *list(reference)[1:]],
        prompts=reference.prompts,
        default_prompt_name=reference.default_prompt_name,
        similarity_fn_name=reference.similarity_fn_name,
        truncate_dim=reference.truncate_dim,
    )
    candidate.save(str(aside), create_model_card=False)
    return candidate
