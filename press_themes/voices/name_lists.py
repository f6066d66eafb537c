"""Words beside names: titles, bodies, prepositions of place, endings, from ``name_words.yml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def name_words() -> dict[str, Any]:
    """Return the lists of ``name_words.yml``."""
    import yaml

    path = Path(__file__).with_name("name_words.yml")
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return content


@lru_cache(maxsize=1)
def title_words() -> frozenset[str]:
    """Return titles and roles that stand before people, in all languages."""
    return frozenset(word for words in name_words()["titles"] for word in words)


@lru_cache(maxsize=1)
def body_words() -> frozenset[str]:
    """Return the words that make a name that of a body or a firm, in all languages."""
    return frozenset(word for words in name_words()["bodies"] for word in words)


@lru_cache(maxsize=1)
def locative_words() -> frozenset[str]:
    """Return prepositions of place, in all languages."""
    return frozenset(name_words()["locatives"])


@lru_cache(maxsize=16)
def case_endings(language: str) -> frozenset[str]:
    """Return the endings that names take in a language."""
    return frozenset(name_words()["endings"].get(language, [""]))


@lru_cache(maxsize=1)
def abbreviated_titles() -> frozenset[str]:
    """Return titles whose full stop ends no sentence."""
    return frozenset(
        ["mr", "mrs", "ms", "dr", "prof", "sr", "sra", "st", "jr", "gen", "sen", "rep", "gov", "lt",
         "col", "m", "mm", "mme"]
    )  # fmt: skip


@lru_cache(maxsize=1)
def bodies_at_end() -> tuple[str, ...]:
    """Return what ends the name of a body in Chinese."""
    return tuple(name_words()["bodies_at_end_chinese"])
