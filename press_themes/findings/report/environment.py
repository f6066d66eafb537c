"""How pages are rendered from templates: every text escaped, none able to turn its surroundings.

The report and the comparison share it, with the style sheet.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press_themes.findings.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

# Direction overrides would turn the text around them; marks that letters need are kept.
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def build_environment(words: Wording) -> Environment:
    """Return the environment that pages are rendered in.

    Parameters
    ----------
    words : Wording
        Phrases and formats; templates call it as ``words``.

    Returns
    -------
    Environment
        Everything is escaped, what is missing is an error, and ``style`` is the style sheet.
    """
    import jinja2
    from markupsafe import Markup

    home = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(home),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (home / "style.css").read_text(encoding="utf-8")
    # The style sheet is ours; nothing of a corpus is ever marked as safe.
    environment.globals.update(words=words, style=Markup(style))
    return environment


def _visible(value: Any) -> Any:
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(
        c
        for c in value
        if c in "\n\t" or (c not in _OVERRIDES and unicodedata.category(c) not in ("Cc", "Cs"))
    )
