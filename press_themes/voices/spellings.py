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
    """Give every mention its name.

    Parameters
    ----------
    runs : list of Run
        The mentions.
    evidence : dict of str to Evidence
        What is known of each form.
    stories : dict of str to str
        Article → story.
    passages : DataFrame
        ``passage_id, article_id, text, language``.

    Returns
    -------
    list of (str, Run)
        What stands for the name, and the mention; with mentions in scripts without capitals that are
        found by their sound.
    """
    joined = _Joined()
    people = {key for key, own in evidence.items() if own.kind == "person" and " " in key}
    _join_cases(evidence, joined)
    _join_middle_names(people, joined)
    _join_glosses(runs, evidence, passages, joined)
    _join_by_sound(evidence, stories, joined)
    by_article: dict[str, set[str]] = {}
    for run in runs:
        by_article.setdefault(run.article_id, set()).add(name_key(run.text))
    found = []
    for run in runs:
        key = name_key(run.text)
        entity = joined.find(key)
        if " " not in key and evidence[key].kind != "place":
            entity = _full_form(key, run, people, by_article, stories, evidence, joined) or entity
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
                    if other_script or abbreviates(other.text, one.text) or abbreviates(one.text, other.text):
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
    by_story: dict[str, set[str]] = {}
    for key, own in evidence.items():
        if own.kind in ("person", "unknown"):
            for run in own.runs:
                by_story.setdefault(stories.get(run.article_id, run.article_id), set()).add(key)
    for _, keys in sorted(by_story.items()):
        chosen = sorted(keys)
        candidates: dict[str, list[str]] = {key: [] for key in chosen}
        for number, one in enumerate(chosen):
            for other in chosen[number + 1 :]:
                if _may_be_one(evidence[one], evidence[other]):
                    candidates[one].append(other)
                    candidates[other].append(one)
        for one, others in candidates.items():
            if len(_distinct(others, evidence)) == len(others):
                for other in others:
                    back = candidates[other]
                    if len(_distinct(back, evidence)) == len(back):
                        joined.join(one, other)


def _distinct(keys: Iterable[str], evidence: dict[str, Evidence]) -> set[frozenset[str]]:
    """Return the sets of languages of some forms: two forms in one language leave a choice."""
    return {frozenset(run.language for run in evidence[key].runs) for key in keys}


def _may_be_one(one: Evidence, other: Evidence) -> bool:
    first = {run.language for run in one.runs}
    second = {run.language for run in other.runs}
    a, b = one.key.split(), other.key.split()
    if first & second or len(a) != len(b) or "unknown" in (one.kind, other.kind) and len(a) > 1:
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


def _full_form(
    key: str,
    run: Run,
    people: set[str],
    by_article: dict[str, set[str]],
    stories: dict[str, str],
    evidence: dict[str, Evidence],
    joined: _Joined,
) -> str | None:
    """Find the one person a single word means: in the article, else in the story."""
    here = by_article[run.article_id]
    story = stories.get(run.article_id, run.article_id)
    for near in (here & people, {p for p in people if _is_in(evidence[p], story, stories)}):
        last = {joined.find(p) for p in near if _ends(p, key, run.language)}
        if len(last) == 1:
            return last.pop()
        if last:
            return None
        first = {joined.find(p) for p in near if p.split()[0] == key}
        if len(first) == 1 and near is not None and near <= here:
            return first.pop()
    return None


def _is_in(own: Evidence, story: str, stories: dict[str, str]) -> bool:
    return any(stories.get(run.article_id, run.article_id) == story for run in own.runs)


def _ends(person: str, key: str, language: str) -> bool:
    return share_stem(person.split()[-1], key, language)
