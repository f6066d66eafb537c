"""Runs the command line as ``python -m press_themes``."""

from press_themes.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
