"""One process that embeds: told the texts and the file of the result, it prints what it took as JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def embed_in_process(
    texts: Sequence[str], out: Path, cache: Path, scheduler: str = "", load_first: bool = True
) -> dict[str, float]:
    """Embed texts in a process of its own.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    out : Path
        Where the vectors go.
    cache : Path
        The cache of models and vectors.
    scheduler : str
        See `press_themes.vectors.encoders.load_encoder`.
    load_first : bool
        Whether the model is loaded, and timed, before the embedding; else only if it must be.

    Returns
    -------
    dict of str to float
        Seconds ``naming`` (imports, the engine chosen or made), ``loading`` and ``embedding``; and
        ``megabytes``, the peak of memory.
    """
    process = start_process(texts, out, cache, scheduler, load_first)
    told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"the embedding process ended with {process.returncode}")
    return json.loads(told.splitlines()[-1])


def start_process(
    texts: Sequence[str], out: Path, cache: Path, scheduler: str = "", load_first: bool = True
) -> subprocess.Popen:
    """Start what `embed_in_process` waits for."""
    listed = out.with_suffix(".texts.json")
    listed.write_text(json.dumps(list(texts)), encoding="utf-8")
    words = [str(listed), str(out), str(cache), scheduler, "load" if load_first else ""]
    command = [sys.executable, str(Path(__file__).resolve()), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _embed(listed: str, out: str, cache: str, scheduler: str, load: str) -> dict[str, Any]:
    begun = time.perf_counter()
    from press_themes.vectors.embeddings import embed_texts
    from press_themes.vectors.encoders import load_encoder

    encoder = load_encoder(cache=Path(cache), scheduler=scheduler)
    named = time.perf_counter()
    if load:
        encoder.compute(["."])
    loaded = time.perf_counter()
    texts = json.loads(Path(listed).read_text(encoding="utf-8"))
    print("ready", flush=True)
    embed_texts(texts, encoder, Path(out))
    return {
        "naming": named - begun,
        "loading": loaded - named,
        "embedding": time.perf_counter() - loaded,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(_embed(*sys.argv[1:])), flush=True)
