"""Which forms are one name: short forms, acronyms, cases, other scripts.

Two names that could both be meant keep a form apart: a wrong join is worse than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from press_themes.voices.name_kinds import Evidence
from press_themes.voices.name_runs import Run
from press_themes.voices.name_selection import name_key, share_stem
from press_themes.voices.projections import project_names
from press_themes.voices.skeletons import skeletons, sounds_alike

_SMALL = frozenset("de of the and et y e und di do da des du for la le del von der".split())  # noqa: SIM905


class _Joined:
    """Keys that are one name (union–find; the smallest key stands for all)."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def find(self, key: str) -> str:
        while self.parents.setdefault(key, key) != key:
            key = self.parents[key]
        return key

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parents[second] = first


def join_spellings(
    runs: list[Run],
    evidence: dict[str, Evidence],
    stories: dict[str, str],
    passages: pd.DataFrame,
) -> list[tuple[str, Run]]:
    """Give every mention its name."""
    joined = _Joined()
    people = {key for key, own in evidence.items() if own.kind == "person" and " " in key}
    _join_cases(evidence, joined)
    _join_middle_names(people, joined)
    _join_glosses(runs, evidence, passages, joined)
    _join_by_sound(evidence, stories, joined)
    near = _people_near(runs, people, stories)
    found = []
    for run in runs:
        key = name_key(run.text)
        entity = joined.find(key)
        if " " not in key:
            places = (run.article_id, "story " + stories.get(run.article_id, run.article_id))
            some = [
                near.get(place, set()) for place in places[: 1 + (evidence[key].kind != "place")]
            ]
            entity = _full_form(key, run.language, some, joined) or entity
        found.append((entity, run))
    return found + project_names(found, evidence, stories, passages)


def _join_cases(evidence: dict[str, Evidence], joined: _Joined) -> None:
    by_start: dict[tuple[str, int, str], list[str]] = {}
    for key, own in evidence.items():
        for language in {run.language for run in own.runs}:
            surface = own.runs[0].text.casefold()
            by_start.setdefault((language, len(surface.split()), surface[:3]), []).append(key)
    for (language, _, _), keys in by_start.items():
        for number, one in enumerate(sorted(keys)):
            for other in sorted(keys)[number + 1 :]:
                pairs = zip(_surface(evidence[one]), _surface(evidence[other]), strict=True)
                if all(share_stem(a, b, language) for a, b in pairs):
                    joined.join(one, other)


def _surface(own: Evidence) -> list[str]:
    return own.runs[0].text.casefold().split()


def _join_middle_names(people: set[str], joined: _Joined) -> None:
    ends: dict[tuple[str, str], list[str]] = {}
    for key in sorted(people):
        words = key.split()
        ends.setdefault((words[0], words[-1]), []).append(key)
    for keys in ends.values():
        plain = [key for key in keys if len(key.split()) == 2]
        for key in keys:
            if plain and len(key.split()) == 3:
                joined.join(plain[0], key)


def _join_glosses(
    runs: list[Run], evidence: dict[str, Evidence], passages: pd.DataFrame, joined: _Joined
) -> None:
    """Join a name and what stands in brackets right behind it: an acronym, or the original script."""
    texts = dict(zip(passages["passage_id"], passages["text"], strict=True))
    by_passage: dict[str, list[Run]] = {}
    for run in runs:
        by_passage.setdefault(run.passage_id, []).append(run)
    for passage_id, some in by_passage.items():
        for one in some:
            for other in some:
                gap = texts[passage_id][one.end : other.start]
                if 0 < len(gap) <= 4 and re.fullmatch(r"[»”\"]?\s?[(（]", gap):
                    first, second = name_key(one.text), name_key(other.text)
                    other_script = one.spaced != other.spaced
                    if (
                        other_script
                        or abbreviates(other.text, one.text)
                        or abbreviates(one.text, other.text)
                    ):
                        joined.join(first, second)


def abbreviates(short: str, long: str) -> bool:
    """Say whether an acronym is made of the first letters of a name."""
    if not (2 <= len(short) <= 8 and short.isupper()) or " " not in long:
        return False
    words = [word for word in re.split(r"[\s-]+", long) if word]
    every = "".join(word[0] for word in words).upper()
    large = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    return short in (every, large)


def _join_by_sound(evidence: dict[str, Evidence], stories: dict[str, str], joined: _Joined) -> None:
    """Join forms of different languages in one story that sound alike, where no third one does."""
    by_story: dict[str, dict[tuple[int, str], set[str]]] = {}
    for key, own in evidence.items():
        words = _names_of(own)
        if own.kind not in ("person", "unknown") or not words:
            continue
        # Only forms that share a first consonant need comparing.
        letters = {reading[:1] for reading in skeletons(words[-1])}
        for story in {stories.get(run.article_id, run.article_id) for run in own.runs}:
            for letter in letters:
                by_story.setdefault(story, {}).setdefault((len(words), letter), set()).add(key)
    for _, groups in sorted(by_story.items()):
        candidates: dict[str, set[str]] = {}
        for keys in groups.values():
            chosen = sorted(keys)
            for number, one in enumerate(chosen):
                for other in chosen[number + 1 :]:
                    if _may_be_one(evidence[one], evidence[other]):
                        candidates.setdefault(one, set()).add(other)
                        candidates.setdefault(other, set()).add(one)
        for one, others in sorted(candidates.items()):
            for other in sorted(others):
                if not _leaves_choice(others, evidence) and not _leaves_choice(
                    candidates[other], evidence
                ):
                    joined.join(one, other)


def _leaves_choice(keys: Iterable[str], evidence: dict[str, Evidence]) -> bool:
    """Say whether two of the forms are of one language, so that either could be meant."""
    seen: set[str] = set()
    for key in keys:
        own = {run.language for run in evidence[key].runs}
        if own & seen:
            return True
        seen |= own
    return False


def _may_be_one(one: Evidence, other: Evidence) -> bool:
    first = {run.language for run in one.runs}
    second = {run.language for run in other.runs}
    a, b = one.key.split(), other.key.split()
    if first & second or len(a) != len(b) or ("unknown" in (one.kind, other.kind) and len(a) > 1):
        return False
    if one.key == other.key:
        return True
    texts = _names_of(one), _names_of(other)
    if len(texts[0]) != len(texts[1]):
        return False
    if not all(sounds_alike(x, y) for x, y in zip(*texts, strict=True)):
        return False
    least = max((len(s) for s in skeletons(texts[0][-1])), default=0)
    return least >= (2 if len(a) > 1 else 4)


def _names_of(own: Evidence) -> list[str]:
    return own.runs[0].text.replace("·", " ").replace("-", " ").split()


def _people_near(runs: list[Run], people: set[str], stories: dict[str, str]) -> dict[str, set[str]]:
    """Return the full names of people in each article, and in each story."""
    near: dict[str, set[str]] = {}
    for run in runs:
        key = name_key(run.text)
        if key in people:
            near.setdefault(run.article_id, set()).add(key)
            near.setdefault("story " + stories.get(run.article_id, run.article_id), set()).add(key)
    return near


def _full_form(key: str, language: str, near: list[set[str]], joined: _Joined) -> str | None:
    """Find the one person a single word means: in the article, else in the story."""
    for number, some in enumerate(near):
        last = {joined.find(person) for person in some if _ends(person, key, language)}
        if len(last) == 1:
            return last.pop()
        if last:
            return None
        first = {joined.find(person) for person in some if person.split()[0] == key}
        if len(first) == 1 and number == 0:
            return first.pop()
    return None


def _ends(person: str, key: str, language: str) -> bool:
    return share_stem(person.split()[-1], key, language)
