"""XML parsed so that it can neither swell, nor fetch anything, nor stop the reading."""

from __future__ import annotations

from typing import Any


def parse_xml(data: bytes | str, wrap: bool = False) -> Any:
    """Parse XML, however broken; None where nothing can be parsed.

    Parameters
    ----------
    data : bytes or str
        The document. A declared encoding is believed in bytes only.
    wrap : bool
        Whether it may have several roots, as SGML collections do.
    """
    import re

    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8" if isinstance(data, str) else None,
    )  # fmt: skip
    if isinstance(data, str):
        data = re.sub(r"\A\ufeff?\s*<\?xml\b[^>]*\?>", "", data.replace("\0", ""))
        if wrap:
            # Neither a document type nor control characters can stand inside an element.
            data = re.sub(r"<!DOCTYPE\b[^\[>]*(?:\[[^\]]*\]\s*)?>", "", data, flags=re.IGNORECASE)
            data = f"<collection>{re.sub(r'&#x?0*(?:[0-8]|1[0-9]|2[0-9]|3[01]);', '', data)}</collection>"
        data = data.encode("utf-8", "replace")
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
