"""Names in Arabic script that are known from the other languages of the same story.

Arabic has no capitals: what sounds like a person the story names elsewhere is that person.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd

from press_themes.voices.clauses import function_words
from press_themes.voices.name_kinds import Evidence
from press_themes.voices.name_runs import Run
from press_themes.voices.name_selection import name_key
from press_themes.voices.skeletons import skeletons

_WORD = re.compile(r"[ء-ٰٟ-ۓ]+")
_PREFIXES = "وبلفك"
# Consonants in all, for a full name to be known by its sound.
_LEAST = 4


def project_names(
    found: list[tuple[str, Run]],
    evidence: dict[str, Evidence],
    stories: dict[str, str],
    passages: pd.DataFrame,
) -> list[tuple[str, Run]]:
    """Find people in Arabic text by their sound."""
    people = _people(found, evidence, stories)
    taken = {(run.passage_id, place) for _, run in found for place in range(run.start, run.end)}
    more: list[tuple[str, Run]] = []
    row: Any
    for row in passages[passages["language"] == "ar"].itertuples(index=False):
        known = people.get(stories.get(row.article_id, row.article_id), {})
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(str(row.text))]
        place = 0
        while known and place < len(words):
            hit = _match(words[place : place + 3], known, str(row.text))
            if hit and (row.passage_id, hit[1]) not in taken:
                entity, start, end, length = hit
                more.append((entity, _run(row, start, end)))
                place += length
            else:
                place += 1
    taken |= {(run.passage_id, place) for _, run in more for place in range(run.start, run.end)}
    return more + _repeated(more, taken, stories, passages)


def _people(
    found: list[tuple[str, Run]], evidence: dict[str, Evidence], stories: dict[str, str]
) -> dict[str, dict[tuple[frozenset[str], ...], set[str]]]:
    """Return by story the skeletons of the words of each full name."""
    people: dict[str, dict[tuple[frozenset[str], ...], set[str]]] = {}
    for entity, run in found:
        own = evidence.get(name_key(run.text))
        words = [w for w in re.split(r"[\s·-]+", run.text) if w]
        if not run.spaced or own is None or own.kind != "person" or not 2 <= len(words) <= 3:
            continue
        sounds = tuple(skeletons(word) for word in words)
        known = people.setdefault(stories.get(run.article_id, run.article_id), {})
        known.setdefault(sounds, set()).add(entity)
    return people


def _repeated(
    more: list[tuple[str, Run]], taken: set[tuple[str, int]], stories: dict[str, str],
    passages: pd.DataFrame,
) -> list[tuple[str, Run]]:  # fmt: skip
    """Find the last words of full names where they stand alone in the same story."""
    surnames: dict[tuple[str, str], set[str]] = {}
    for entity, run in more:
        story = stories.get(run.article_id, run.article_id)
        surnames.setdefault((story, run.text.split()[-1]), set()).add(entity)
    again = []
    row: Any
    for row in passages[passages["language"] == "ar"].itertuples(index=False):
        story = stories.get(row.article_id, row.article_id)
        for match in _WORD.finditer(str(row.text)):
            for cut in (0, 1):
                word = match.group()[cut:]
                meant = surnames.get((story, word), set())
                if (cut and match.group()[0] not in _PREFIXES) or len(meant) != 1 or len(word) < 3:
                    continue
                start = match.start() + cut
                if (row.passage_id, start) not in taken:
                    again.append((next(iter(meant)), _run(row, start, match.end())))
                break
    return again


def _run(row: Any, start: int, end: int) -> Run:
    text = str(row.text)[start:end]
    return Run(
        row.passage_id, row.article_id, "ar", start, end, text, False, False, False, False, False
    )


def _match(
    words: list[tuple[str, int, int]], known: dict[tuple[frozenset[str], ...], set[str]], text: str
) -> tuple[str, int, int, int] | None:
    for length in range(len(words), 1, -1):
        some = words[:length]
        apart = [text[a[2] : b[1]] for a, b in itertools.pairwise(some)]
        if any(gap.strip(" -") for gap in apart):
            continue
        for cut in (0, 1):
            if cut and (some[0][0][0] not in _PREFIXES or len(some[0][0]) < 4):
                continue
            spelt = [some[0][0][cut:], *(word for word, _, _ in some[1:])]
            meant = {
                entity
                for sounds, entities in known.items()
                if len(sounds) == length and _agree(spelt, sounds)
                for entity in entities
            }
            if len(meant) == 1:
                return meant.pop(), some[0][1] + cut, some[-1][2], length
    return None


def _agree(spelt: list[str], sounds: tuple[frozenset[str], ...]) -> bool:
    if any(word in function_words("ar") or "ً" in word for word in spelt):
        return False
    shared = [skeletons(word) & own for word, own in zip(spelt, sounds, strict=True)]
    if not all(shared):
        return False
    lengths = [max(map(len, readings)) for readings in shared]
    return sum(lengths) >= (_LEAST if min(lengths) >= 2 else _LEAST + 1)
