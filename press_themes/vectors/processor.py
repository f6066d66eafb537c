"""The processor: how many cores this process may use and which vector instructions they know."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

# Set to use fewer cores than there are.
CORES = "PRESS_THEMES_CORES"
_CPU = Path("/proc/cpuinfo")
_WIDE = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512_vnni"}


def count_cores() -> int:
    """Return how many cores this process may use: those it is allowed, or what `CORES` says."""
    asked = os.environ.get(CORES, "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@lru_cache(maxsize=1)
def choose_instructions() -> str:
    """Choose the instructions that CTranslate2 is told to use.

    Returns
    -------
    str
        ``"AVX512"`` where the processor also multiplies integers that wide, a seventh faster than
        what the library chooses by itself; ``""`` leaves the choice to it.
    """
    try:
        lines = _CPU.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    flags = next((line.split(":")[1].split() for line in lines if line.startswith("flags")), [])
    return "AVX512" if set(flags) >= _WIDE else ""
