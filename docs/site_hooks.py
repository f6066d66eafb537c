"""What the pages need to be a site: pictures from beside them, and no links that lead out of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

_ROOT = Path(__file__).resolve().parent.parent
_PICTURE = re.compile(r"\]\(\.\./(figures/[\w.-]+)\)")
_OUTSIDE = re.compile(r"(?<!!)\[([^\]]+)\]\(\.\./([^)]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the figures, which lie beside the pages."""
    for path in sorted((_ROOT / "figures").glob("*.png")):
        files.append(File.generated(config, f"figures/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Point to the added figures; name files of the project that are no page of the site."""
    return _OUTSIDE.sub(r"\1 (`\2`)", _PICTURE.sub(r"](\1)", markdown))
