"""Compiled code of UMAP, kept between runs: compiling it takes longer than reducing a small corpus.

Numba keeps what its authors marked; UMAP marks little of what it needs first.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

# Code of one is compiled into that of another, so that none may be of another version.
_PACKAGES = ("numba", "llvmlite", "numpy", "umap-learn", "pynndescent")


@lru_cache(maxsize=1)
def keep_compiled_code(folder: Path | None = None) -> None:
    """Have UMAP's compiled functions read from a folder and written there when first compiled."""
    import numba
    from numba.core.dispatcher import Dispatcher

    settings: Any = numba.config
    if not settings.CACHE_DIR:
        versions = "-".join(metadata.version(name) for name in _PACKAGES)
        settings.CACHE_DIR = str((folder or _find_cache()) / versions)
    import umap  # noqa: F401

    packages = ("umap", "pynndescent")
    for name in [name for name in sys.modules if name.split(".")[0] in packages]:
        for own in list(vars(sys.modules[name]).values()):
            if isinstance(own, Dispatcher):
                # Where nothing can be written.
                with suppress(RuntimeError, OSError):
                    own.enable_caching()


def _find_cache() -> Path:
    from platformdirs import user_cache_path

    home = os.environ.get("PRESS_THEMES_CACHE") or user_cache_path("press-themes")
    return Path(home) / "compiled"
