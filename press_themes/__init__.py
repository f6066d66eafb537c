"""Press Themes: from a folder of press articles to themes that can be defended.

    import press_themes as pt
    run = pt.open("runs/corpus")
    run.themes

`open` opens a finished run or a corpus, `run` makes a run folder, `compare` says what changed from run
to run, `explore` opens the desk, `charts` draws each chart by its name.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.2.0.dev0"
__all__ = ["charts", "compare", "explore", "open", "run"]
# Where each lies; nothing heavy is imported before it is asked for.
_HOMES = {
    "open": ("press_themes.face", "open_run"),
    "run": ("press_themes.face", "make_run"),
    "Run": ("press_themes.face", "RunOfStages"),
    "compare": ("press_themes.comparison", "compare_folders"),
    "explore": ("press_themes.exploration", "explore_run"),
    "charts": ("press_themes.charts", ""),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'press_themes' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    home = import_module(module)
    return getattr(home, attribute) if attribute else home


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
