"""Which runs of capitals are names, as the rest of the corpus tells.

A word that is also written small is no name; one that only ever opens sentences may be none; German
writes all nouns with a capital, so a single word there needs a witness.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from press_themes.voices.name_kinds import calendar_and_languages, places
from press_themes.voices.name_lists import body_words, case_endings, title_words
from press_themes.voices.name_runs import Run

_MOST_WITH_ARTICLE = 0.3


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """Return a name without case, accents and marks; words of scripts without case as they are."""
    from anyascii import anyascii

    if not re.search(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]", text):
        return " ".join(text.replace("·", " ").split())
    plain = anyascii(text).casefold()
    return " ".join(re.sub(r"[^a-z0-9 ]", "", plain.replace("-", " ")).split()) or text


def select_runs(
    runs: list[Run],
    lower: dict[str, Counter[str]],
    speakers: set[tuple[str, int]],
    fewest_alone: int,
) -> list[Run]:
    """Keep the runs that are names."""
    languages = tuple(sorted({run.language for run in runs}))
    never = calendar_and_languages(languages)
    cased = [run for run in runs if run.spaced]
    counts = Counter(name_key(run.text) for run in cased)
    inside = Counter(name_key(run.text) for run in cased if not run.opens)
    first_inside = Counter(
        name_key(run.text).split(" ")[0] for run in cased if not run.opens and name_key(run.text)
    )
    witnesses = _witnesses(cased)
    with_article = Counter(name_key(run.text) for run in cased if run.article)
    abroad = Counter(
        word for run in cased if run.language != "de" for word in name_key(run.text).split()
    )
    abroad_names = Counter(name_key(run.text) for run in cased if run.language != "de")
    known_places = places(languages)
    kept = []
    for run in _divided(runs, counts, known_places):
        key = name_key(run.text)
        if not run.spaced:
            kept.append(run)
            continue
        words = run.text.casefold().split()
        if all(word in never or word in title_words() for word in words) or len(key) < 2:
            continue
        if len(words) > 1 and words[0] in never:
            run = _without_first(run)
            key, words = name_key(run.text), run.text.casefold().split()
        if len(words) > 1 or run.text.casefold() in known_places:
            if (
                run.opens
                and len(words) > 1
                and _opens_with_a_word(run, lower, inside, first_inside)
            ):
                run = _without_first(run)
                key = name_key(run.text)
                if " " not in run.text and not inside[key]:
                    continue
            if run.language == "de" and len(words) > 1 and not abroad_names[key]:
                # German writes any noun with a capital: other languages tell where the name begins.
                rest = _without_first(run)
                if abroad_names[name_key(rest.text)]:
                    run = rest
            if run.language != "de" or not _is_german_phrase(run, lower):
                kept.append(run)
            continue
        small = lower.get(run.language, Counter())[words[0]]
        is_marked = (
            run.titled
            or _is_written_apart(run.text)
            or key in witnesses.get(run.article_id, frozenset())
            or (run.passage_id, run.start) in speakers
        )
        if (words[0] in body_words() and not run.titled) or (
            small >= counts[key] and not run.titled
        ):
            continue
        if run.opens and not inside[key] and not is_marked:
            continue
        if run.language == "de" and not (
            is_marked or (abroad[key] and with_article[key] < _MOST_WITH_ARTICLE * counts[key])
        ):
            continue
        if run.language == "de" and run.article and not _is_written_apart(run.text):
            continue
        if is_marked or counts[key] >= fewest_alone:
            kept.append(run)
    return kept


def _divided(runs: list[Run], counts: Counter[str], known_places: frozenset[str]) -> list[Run]:
    """Divide "NAME of PLACE" and "THING of NAME" where the second part is a name by itself."""
    divided: list[Run] = []
    for run in runs:
        parts = re.split(r"\s+(?:de|du|da|do|dos|das|di|del|della|von|van|of|de la)\s+", run.text)
        if not run.spaced or len(parts) != 2 or parts[0].casefold() in body_words():
            divided.append(run)
            continue
        first, second = (part.strip() for part in parts)
        is_place = second.casefold() in known_places and " " in first
        alone = counts[name_key(second)] > counts[name_key(run.text)]
        german = run.language == "de" and run.article
        if is_place or german or (alone and " " not in first):
            start = run.end - len(second)
            if not german:
                divided.append(run._replace(end=run.start + len(first), text=first))
            divided.append(
                run._replace(start=start, text=second, article=False, opens=False, titled=False)
            )
        else:
            divided.append(run)
    return divided


def _opens_with_a_word(
    run: Run, lower: dict[str, Counter[str]], inside: Counter[str], first_inside: Counter[str]
) -> bool:
    """Say whether the first of several words is only the first word of a sentence."""
    first = run.text.split()[0]
    known = first_inside[name_key(first)]
    return (
        lower.get(run.language, Counter())[first.casefold()] > known
        and not inside[name_key(run.text)]
    )


def _without_first(run: Run) -> Run:
    first = re.match(r"\S+\s+(?:[^\W\d_A-Z]+\s+)*", run.text)
    cut = first.end() if first else 0
    return run._replace(start=run.start + cut, text=run.text[cut:], opens=False)


def _witnesses(runs: list[Run]) -> dict[str, frozenset[str]]:
    """Return by article the words that end (or open) a longer name in it."""
    found: dict[str, set[str]] = {}
    for run in runs:
        words = name_key(run.text).split()
        if 2 <= len(words) <= 4:
            found.setdefault(run.article_id, set()).update((words[0], words[-1]))
    return {article: frozenset(words) for article, words in found.items()}


def _is_written_apart(text: str) -> bool:
    """Say whether capitals inside a word mark it as a name (OpenAI, BBC)."""
    return "-" not in text and len(text) > 1 and text[1:] != text[1:].lower() and text[0].isalpha()


def _is_german_phrase(run: Run, lower: dict[str, Counter[str]]) -> bool:
    """Say whether neighbouring German nouns are no name: each is a word with an ending of nouns."""
    return run.article and all(
        re.search(r"(ung|heit|keit|schaft|tion|en|er|e)$", word)
        for word in run.text.casefold().split()
    )


def share_stem(one: str, other: str, language: str) -> bool:
    """Say whether two words are one name in two cases of a language."""
    if one == other:
        return True
    endings = case_endings(language)
    if len(endings) <= 1:
        return False
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    # A stem of three letters is the least that tells names apart.
    return any(one[cut:] in endings and other[cut:] in endings for cut in range(length, 2, -1))
