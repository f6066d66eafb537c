"""How pages are rendered from templates: every text escaped, none able to turn its surroundings.

The report and the comparison share it, with the style sheet.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

_HOME = Path(__file__).parent
# Control characters, halves of characters, and direction overrides, which would turn the text
# around them; marks that letters need are kept.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def build_environment(words: Wording, component: str = "") -> Environment:
    """Return the environment that pages are rendered in; `component` is code that the script uses."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HOME),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=drop_unseen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = ((_HOME / x).read_text(encoding="utf-8") for x in ("style.css", "script.js"))
    script = f"{component}\n{script}".replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    # Style sheet and script are ours; nothing of a corpus is ever marked as safe.
    environment.globals.update(
        words=words, style=Markup(style), script=Markup(script), script_hash=f"sha256-{digest}"
    )
    return environment


def drop_unseen(value: Any) -> Any:
    """Drop from a text what is not seen and turns the letters around it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _UNSEEN.sub("", value)
