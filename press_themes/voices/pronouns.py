"""Whom a pronoun means, where a passage leaves only one person to choose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from press_themes.voices.clauses import PREPOSITIONS, function_words
from press_themes.voices.language_pages import UNSPACED, iterate_words, speech_page

_FOREIGN = re.compile(r"(?:[一-鿿]{1,6}[·・‧•]){1,3}[一-鿿]{1,6}|[A-Z][\w-]+(?: [A-Z][\w-]+)+")

_COURTESY = frozenset({"mr", "mrs", "ms", "sr", "sra", "dr"})

Name = tuple[str, int, int]


def only_person_before(
    text: str, language: str, place: int, rows: Iterable[dict[str, Any]]
) -> Name | None:
    """Find the one person named before a place."""
    rows = list(rows)
    articles = speech_page("zh" if language in UNSPACED else language).articles
    named = [
        (r["speaker"], r["speaker_start"], r["speaker_end"])
        for r in rows
        if r["speaker_basis"] == "named" and 0 <= r["speaker_start"] < place and r["speaker"]
    ]
    last = max(named, key=lambda name: name[1], default=None)
    if last is not None and last[0].split()[0].casefold().rstrip("’'") in articles:
        return None
    if last is not None and any(len(word) > 1 and word.isupper() for word in last[0].split()):
        # "NBC News": no person.
        return None
    begin = last[2] if last else 0
    others = [
        name for name in _names_between(text, language, begin, place)
        if not any(r["kind"] == "direct" and r["start"] <= name[1] < r["end"] for r in rows)
    ]  # fmt: skip
    if last is None:
        full = [name for name in others if " " in name[0] or "·" in name[0]]
        last = max(full, key=lambda name: len(name[0]), default=None)
        if last is None:
            return None
    known = set(re.split(r"[\s·]", last[0]))
    return last if all(set(re.split(r"[\s·]", name[0])) <= known for name in others) else None


def _names_between(text: str, language: str, begin: int, place: int) -> list[Name]:
    if language in UNSPACED:
        return [(m.group(), m.start(), m.end()) for m in _FOREIGN.finditer(text, begin, place)]
    if language == "ar":
        return []
    functions, articles = function_words(language), speech_page(language).articles
    found = []
    for start, end in _capital_runs(text, place):
        words = text[start:end].split()
        before = text[:start].rstrip()
        starts = not before or before[-1] in '.!?…:«“"\n'
        if starts and words[0].casefold() in functions:
            start += len(words[0]) + 1
            words = words[1:]
        elif len(words) == 1 and (starts or language == "de"):
            continue
        lead = before.split()[-1].casefold().rstrip("’'") if before else ""
        # A body or a place that a person is in, of or from is not that person.
        is_body = before[-1:] in "’'" and bool(before)
        is_body = is_body or (lead in articles and language != "pt")
        is_body = is_body or any(word[1:] != word[1:].lower() for word in words if "-" not in word)
        is_body = is_body and not {word.casefold().strip(".") for word in words} & _COURTESY
        if (
            words
            and start >= begin
            and not is_body
            and not (lead in PREPOSITIONS and len(words) == 1)
        ):
            found.append((text[start:end], start, end))
    return found


def _capital_runs(text: str, place: int) -> list[tuple[int, int]]:
    """Return runs of words with a capital that only spaces part."""
    runs: list[tuple[int, int]] = []
    for word, start, end in iterate_words(text, 0, place):
        if not word[0].isupper():
            continue
        if runs and text[runs[-1][1] : start] in (" ", "\u00a0"):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
