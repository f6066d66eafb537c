"""The processor: how many cores this process may use, and in which arithmetic vectors are computed.

The same 8-bit weights give other last bits with other instructions and in other libraries of matrix
products; enough of them turn a theme. One arithmetic that every x86-64 processor since 2015 knows is
therefore asked for, whoever made it and whatever else it can do.
"""

from __future__ import annotations

import os
import platform
from functools import lru_cache
from pathlib import Path

# Set to use fewer cores than there are.
CORES = "PRESS_THEMES_CORES"
# What CTranslate2 computes with, whether it may call Intel's library, which it does on processors of
# that make only, and what its own library of products may use. Whoever sets one of them gets it.
FORCED, MKL, PRODUCTS = "CT2_FORCE_CPU_ISA", "CT2_USE_MKL", "ONEDNN_MAX_CPU_ISA"
_COMMON = "AVX2"
_CPU = Path("/proc/cpuinfo")


def count_cores() -> int:
    """Return how many cores this process may use: those it is allowed, or what `CORES` says."""
    asked = os.environ.get(CORES, "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fix_arithmetic() -> None:
    """Ask for the common arithmetic; called before CTranslate2 first looks at the processor."""
    for name, value in _choose().items():
        os.environ[name] = value


def name_arithmetic() -> str:
    """Name the arithmetic in which CTranslate2 computes: equal names give equal vectors."""
    chosen = _choose()
    if not chosen:
        # Nothing can be asked for: the instructions are those of this kind of processor.
        return platform.machine()
    library = "onednn" if chosen[MKL].lower() in ("0", "false") else "mkl"
    return f"{chosen[FORCED]} {library} {chosen[PRODUCTS]}".lower()


def name_processor() -> str:
    """Name the maker of the processor and the widest instructions it knows."""
    flags = _read("flags").split()
    wide = next((name for name in ("avx512f", "avx2", "avx") if name in flags), "")
    return " ".join(filter(None, (_read("vendor_id"), wide))) or platform.machine()


def _choose() -> dict[str, str]:
    """Return what is asked of CTranslate2: the common arithmetic but for what the user forces."""
    common = {FORCED: _COMMON, MKL: "0", PRODUCTS: _COMMON}
    forced = {name: os.environ[name] for name in common if os.environ.get(name)}
    # Asked for what they lack, processors stop the program.
    if _COMMON.lower() not in _read("flags").split() and FORCED not in forced:
        return {}
    return {**common, **forced}


@lru_cache(maxsize=4)
def _read(entry: str) -> str:
    """Return an entry of the first processor; empty where the system does not say."""
    try:
        lines = _CPU.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2] for line in lines if line.split(":")[0].strip() == entry)
    return next(found, "").strip()
