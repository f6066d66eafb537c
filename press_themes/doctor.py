"""What is installed here, what a run would use, and the command that mends what is missing."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from press_themes.errors import PressThemesError

_REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;#]+)\s*(;[^#]*)?")
_LEAST_PYTHON = (3, 11)
_MEND = "make setup (or: python -m pip install -r requirements.txt)"


def examine() -> list[str]:
    """Examine the installation.

    Returns
    -------
    list of str
        One sentence a finding; those that begin with "missing" keep a run from working and name
        the command that mends it.
    """
    return [*_python(), *_packages(), *_encoder(), *_cache(), *_notebooks()]


def list_licences() -> list[str]:
    """List the required packages with the licences that they state.

    Returns
    -------
    list of str
        ``name version: licence``, one a package, as installed; those that it needs in turn follow.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    waiting = [found[1] for line in _read_requirements() if (found := _PINNED.match(line))]
    seen: dict[str, str] = {}
    while waiting:
        name = waiting.pop(0)
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        seen[key] = f"{about['Name']} {about['Version']}: {_licence(about)}"
        for need in about.get_all("Requires-Dist") or []:
            try:
                told = Requirement(need)
            except InvalidRequirement:
                continue
            if told.marker is None or told.marker.evaluate({"extra": ""}):
                waiting.append(told.name)
    return list(seen.values())


def _licence(about: Any) -> str:
    """Return the licence as a package states it, in one of the three ways there are."""
    stated = about.get("License-Expression")
    named = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    free = (about.get("License") or "").strip().splitlines()
    return stated or ", ".join(named) or (free[0][:80] if free else "states none")


def _read_requirements() -> list[str]:
    if not _REQUIREMENTS.exists():
        return []
    return _REQUIREMENTS.read_text(encoding="utf-8").splitlines()


def _python() -> list[str]:
    version = platform.python_version()
    if sys.version_info < _LEAST_PYTHON:
        return [f"missing: Python 3.11 or later, this is {version}; install it and run make setup."]
    return [f"Python {version} on {platform.system()} {platform.machine()}."]


def _packages() -> list[str]:
    """Compare what is installed with requirements.txt."""
    if not _REQUIREMENTS.exists():
        return ["requirements.txt is not beside the package; versions are not checked."]
    findings = []
    agreeing = 0
    for line in _read_requirements():
        requirement = _PINNED.match(line)
        if requirement is None or not _applies(requirement[3]):
            continue
        name, wanted = requirement[1], requirement[2]
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            findings.append(f"missing: {name} {wanted} is not installed; mend: {_MEND}.")
            continue
        # "2.13.0+cpu" is a build of 2.13.0.
        if found.split("+")[0] != wanted:
            findings.append(f"{name} is {found}, tested is {wanted}; mend: {_MEND}.")
        else:
            agreeing += 1
    return [f"{agreeing} required packages are installed in the tested version.", *findings]


def _applies(marker: str | None) -> bool:
    if marker is None:
        return True
    from packaging.markers import Marker

    return Marker(marker.lstrip("; ").strip()).evaluate()


def _encoder() -> list[str]:
    from press_themes.vectors.encoders import encoder_cache
    from press_themes.vectors.packaged import MODEL_NAME, find_weights

    try:
        find_weights()
    except PressThemesError as error:
        return [f"missing: {error}"]
    unpacked = any(encoder_cache().glob("multilingual-e5-small-*/modules.json"))
    state = "unpacked already" if unpacked else "unpacked at the first run"
    return [f"Encoder: {MODEL_NAME} with packaged 4-bit weights, {state}.", *_engine()]


def _engine() -> list[str]:
    """Say what would compute the vectors of the packaged encoder, without converting anything."""
    from press_themes.vectors.encoders import encoder_cache
    from press_themes.vectors.engines import HALF, TORCH, has_cuda, name_int8_engine
    from press_themes.vectors.int8_model import read_verdicts

    if has_cuda():
        return [f"Engine: {HALF}."]
    if find_spec("ctranslate2") is None:
        return [
            f"missing: ctranslate2 is not installed, so the engine is {TORCH}, several times slower; "
            f"mend: {_MEND}."
        ]
    refused = [
        f"Refused: {name} {reason}." for name, reason in read_verdicts(encoder_cache()) if reason
    ]
    return [
        f"Engine: {name_int8_engine()} for BERT and XLM-R models whose vectors agree with PyTorch's; "
        f"{TORCH} for others.",
        *refused,
    ]


def _cache() -> list[str]:
    from press_themes.vectors.encoders import encoder_cache

    cache = encoder_cache()
    existing = next(p for p in (cache, *cache.parents) if p.exists())
    if not os.access(existing, os.W_OK):
        return [
            f"missing: the cache {cache} cannot be written; mend: set PRESS_THEMES_CACHE to a "
            "folder of yours."
        ]
    return [f"Cache: {cache}."]


def _notebooks() -> list[str]:
    from press_themes.runs.notebooks import find_notebooks

    folder = find_notebooks()
    count = len(list(folder.glob("*.ipynb")))
    if not count:
        return [f"No notebooks in {folder}: runs are made without them."]
    return [f"{count} notebooks in {folder}."]
