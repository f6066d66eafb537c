"""Any text as text in an XML file."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# What XML 1.0 does not allow in any form, lone surrogates included.
_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def to_xml(text: object, quoted: bool = True) -> str:
    """Return a text without what XML cannot hold, escaped unless told otherwise."""
    allowed = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(text))
    return escape(allowed) if quoted else allowed
