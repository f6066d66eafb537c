"""Kept out: words that stand in no name of a topic, from words_not_in_names.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from press_themes.topics.words import split_term


@lru_cache(maxsize=1)
def _kept_out() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return by language the words that stand in no name, whole ones and beginnings."""
    import yaml

    path = Path(__file__).with_name("words_not_in_names.yml")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists = {language: words.casefold().split() for language, words in content.items()}
    return {
        language: (
            frozenset(word for word in words if not word.endswith("*")),
            tuple(word[:-1] for word in words if word.endswith("*")),
        )
        for language, words in lists.items()
    }


def is_kept_out(term: str, language: str) -> bool:
    """Whether a term has a word that stands in no name."""
    lists = _kept_out()
    for code in {language, "en"} & set(lists):
        whole, beginnings = lists[code]
        for word in split_term(term):
            parts = [word, *word.split("-")]
            if any(part in whole or part.startswith(beginnings) for part in parts):
                return True
            # Chinese words are not told apart by spaces.
            if code == "zh" and any(entry in word for entry in whole):
                return True
    return False
