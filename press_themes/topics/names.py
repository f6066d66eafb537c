"""Names: what a topic is called, made of its keywords, readable and unique.

Nouns first, at most one proper name, and none of the words that words_not_in_names.yml keeps out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from press_themes.topics.nouns import Nouns
from press_themes.topics.words import differ_in_ending, split_term

_TERMS = 3
# In these languages a term of several words ends with its noun.
_ADJECTIVES_FIRST = ("en", "de", "nl")
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}


def name_groups(
    keywords: Mapping[Hashable, Mapping[str, Sequence[str]]],
    preferred: Mapping[Hashable, str],
    nouns: Mapping[str, Nouns] | None = None,
) -> dict[Hashable, str]:
    """Name groups after their keywords.

    Parameters
    ----------
    keywords : mapping of group to mapping of language to sequence of str
        From `describe_groups`, the most distinctive first.
    preferred : mapping of group to str
        The language in which each group is named, where it has keywords in it.
    nouns : mapping of language to Nouns, optional
        From `find_nouns`; without, every word may be a noun.

    Returns
    -------
    dict of group to str
        Names of three terms of one language; a name that is taken gets a further term, at last a
        number.
    """
    names: dict[Hashable, str] = {}
    for group, by_language in keywords.items():
        language = preferred.get(group, "")
        if not by_language.get(language):
            language = next((code for code, words in by_language.items() if words), "")
        known = (nouns or {}).get(language, Nouns(None, frozenset()))
        terms = _order_terms(by_language.get(language, ()), language, known)
        names[group] = _make_unique(terms, _COMMAS.get(language, ", "), set(names.values()))
    return names


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


def _order_terms(terms: Sequence[str], language: str, nouns: Nouns) -> list[str]:
    """Return the terms that may stand in a name: nouns and one proper name, then what is left."""
    allowed = [term for term in terms if not is_kept_out(term, language)]
    proper = [term for term in allowed if all(w in nouns.names for w in split_term(term))]
    # Of "emporter" and "Started" nothing says that they are nouns.
    common = [
        term
        for term in allowed
        if term not in proper and _is_noun(split_term(term), language, nouns)
    ]
    first = [term for term in allowed if term in common or term in proper[:1]]
    rest = [term for term in allowed if term not in first]
    return _put_repeats_last(first) + sorted(rest, key=lambda term: term not in proper)


def _is_noun(words: Sequence[str], language: str, nouns: Nouns) -> bool:
    """Whether a term begins as a noun and, where adjectives come first, ends as one ("agency cites")."""
    if nouns.things is None:
        return True
    ends = words[-1:] if language in _ADJECTIVES_FIRST else []
    known = nouns.things | nouns.names
    # "actors" is seen as a noun where "actor" is.
    return words[0] in known and all({w, f"{w}s", w.removesuffix("s")} & known for w in ends)


def _put_repeats_last(terms: Sequence[str]) -> list[str]:
    """Move behind the others the terms that say a word of an earlier one again."""
    new: list[str] = []
    for term in terms:
        said = [word for other in new for word in split_term(other)]
        words = split_term(term)
        if not any(w == s or differ_in_ending(w, s) for w in words for s in said):
            new.append(term)
    return new + [term for term in terms if term not in new]


def _make_unique(terms: list[str], comma: str, taken: set[str]) -> str:
    counts = range(min(_TERMS, len(terms)), len(terms) + 1)
    candidates = [comma.join(terms[:count]) for count in counts]
    candidates = [c[:1].upper() + c[1:] for c in candidates if c] or ["—"]
    free = [c for c in candidates if c not in taken]
    if free:
        return free[0]
    number = 2
    while f"{candidates[0]} ({number})" in taken:
        number += 1
    return f"{candidates[0]} ({number})"
