"""Measure the embedding on this machine: `make bench` writes results.json and results.md beside this file."""

from __future__ import annotations

import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from embedding_corpora import read_corpora, thin
from embedding_downstream import measure_downstream
from embedding_memory import measure_memory
from embedding_reuse import measure_reuse
from embedding_speed import measure_speed
from embedding_table import write_table

from press_themes.vectors.encoders import encoder_cache

_HERE = Path(__file__).parent
_PACKAGES = ("ctranslate2", "sentence-transformers", "torch", "transformers")


def measure() -> dict[str, Any]:
    """Measure everything, in the order of what it needs to be alone for."""
    corpora = read_corpora()
    longest = corpora[max(corpora, key=lambda name: len(corpora[name]))]
    texts = [text for corpus in corpora.values() for text in corpus]
    return {
        "machine": f"{platform.machine()}, {_processor()}",
        "versions": {name: metadata.version(name) for name in _PACKAGES},
        "speed": measure_speed(corpora),
        "reuse": measure_reuse(longest),
        "memory": measure_memory(thin(texts, 4000), (500, 4000), encoder_cache()),
        "downstream": measure_downstream(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if "model name" in line), "unknown")


if __name__ == "__main__":
    results = measure()
    text = json.dumps(results, indent=2)
    (_HERE / "results.json").write_text(text + "\n", encoding="utf-8")
    print(write_table(results, _HERE / "results.md"))
