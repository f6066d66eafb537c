"""Keywords as the tables hold them: by language, in memory or as they come back from a file.

A table read back holds arrays for lists, and may name languages that a row has no word of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def list_keywords(value: object) -> dict[str, list[str]]:
    """Return keywords as a list by language."""
    if isinstance(value, Mapping):
        named = {str(language): _as_words(words) for language, words in value.items()}
        return {language: words for language, words in named.items() if words}
    if not isinstance(value, str) and isinstance(value, Iterable):
        value = list(value)
        if value and all(isinstance(entry, Mapping) for entry in value):
            return list_keywords({entry["language"]: entry["words"] for entry in value})
    words = _as_words(value)
    return {"": words} if words else {}


def _as_words(value: object) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return []
    return [str(word) for word in value]
