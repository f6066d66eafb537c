"""Identifiers made from content, so that the same text has the same identifier in every run.

Copies of one text in one table stay apart by a counter: ``4f2a…``, ``4f2a…-2``. A corpus is named
after its folder or file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def content_id(*parts: str) -> str:
    """Return the identifier of a text.

    Parameters
    ----------
    *parts : str
        The strings that make the content, in order.

    Returns
    -------
    str
        Sixteen hexadecimal digits of BLAKE2b over the parts.
    """
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        # The length keeps ("ab", "c") and ("a", "bc") apart.
        digest.update(len(encoded).to_bytes(8, "little"))
        digest.update(encoded)
    return digest.hexdigest()


def number_copies(identifiers: Iterable[str]) -> list[str]:
    """Make identifiers unique by counting the copies.

    Parameters
    ----------
    identifiers : iterable of str
        Content identifiers, in canonical order.

    Returns
    -------
    list of str
        The same identifiers; the second copy of ``x`` becomes ``x-2``, the third ``x-3``.
    """
    seen: Counter[str] = Counter()
    unique = []
    for identifier in identifiers:
        seen[identifier] += 1
        copy = seen[identifier]
        unique.append(identifier if copy == 1 else f"{identifier}-{copy}")
    return unique


def name_corpus(corpus: Path) -> str:
    """Name a corpus, and the run folder it gets where none is named.

    Parameters
    ----------
    corpus : Path
        Folder or file of articles.

    Returns
    -------
    str
        The name of the folder, dots and all, or that of the file without its ending.
    """
    place = corpus.resolve()
    return (place.stem if place.is_file() else place.name) or "corpus"
