"""The processor: how many cores this process may use and which vector instructions they know."""

from __future__ import annotations

import os
import platform
from functools import lru_cache
from pathlib import Path

# Set to use fewer cores than there are.
CORES = "PRESS_THEMES_CORES"
# CTranslate2 computes with what it says.
FORCED = "CT2_FORCE_CPU_ISA"
WIDE = "AVX512"
_CPU = Path("/proc/cpuinfo")
_WIDE_INTEGERS = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512_vnni"}


def count_cores() -> int:
    """Return how many cores this process may use: those it is allowed, or what `CORES` says."""
    asked = os.environ.get(CORES, "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_instructions() -> str:
    """Name the instructions that CTranslate2 computes with."""
    return os.environ.get(FORCED) or _best_instructions()


@lru_cache(maxsize=1)
def _best_instructions() -> str:
    try:
        lines = _CPU.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    flags = next((line.split(":")[1].split() for line in lines if line.startswith("flags")), [])
    if set(flags) >= _WIDE_INTEGERS:
        return WIDE
    return "AVX2" if "avx2" in flags else platform.machine()
