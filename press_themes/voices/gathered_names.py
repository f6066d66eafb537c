"""Passages → names of people, bodies and places, with every spelling and every mention.

Rules, the corpus's own repetition and a transliteration decide; a model does only where one is named.
Names are given as printed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from press_themes.identifiers import content_id
from press_themes.voices.name_kinds import Evidence, Signs, tell_kind
from press_themes.voices.name_runs import Run, count_lower, find_runs
from press_themes.voices.name_selection import name_key, select_runs
from press_themes.voices.spellings import join_spellings

NAME_COLUMNS = [
    "name_id", "name", "kind", "spellings", "n_mentions", "n_articles", "n_stories", "languages",
    "found_by",
]  # fmt: skip
MENTION_COLUMNS = ["name_id", "passage_id", "article_id", "start", "end", "text", "language"]


@dataclass(frozen=True)
class NameSettings:
    """How names are gathered.

    Attributes
    ----------
    fewest_alone : int
        A single word that nothing else marks as a name is one from so many mentions on.
    model : str
        A spaCy pipeline or a GLiNER model that finds the names instead of the rules; "" for none.
    """

    fewest_alone: int = 2
    model: str = ""


class Names(NamedTuple):
    """The names of a corpus and where they stand.

    Attributes
    ----------
    names : DataFrame
        ``name_id, name`` (the usual full spelling), ``kind`` ("person", "organisation", "place",
        "unknown"), ``spellings`` (a list, the most frequent first), ``n_mentions, n_articles,
        n_stories, languages`` (a list), ``found_by`` ("rules", or the model), by number of
        mentions.
    name_mentions : DataFrame
        ``name_id, passage_id, article_id, start, end`` (offsets in the passage's text), ``text,
        language``, by passage and place.
    """

    names: pd.DataFrame
    name_mentions: pd.DataFrame


def gather_names(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    settings: NameSettings = NameSettings(),
) -> Names:
    """Gather the names of a corpus over languages and scripts.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, position, text, language``.
    articles : DataFrame
        ``article_id`` and, where known, ``story_id`` or ``family_id``: spellings in different scripts
        are joined within a story; without stories only full names are.
    quotations : DataFrame
        Of `press_themes.voices.quotations.find_quotations`.
    settings : NameSettings
        How names are gathered.

    Returns
    -------
    Names
        Names and mentions.

    Raises
    ------
    ConfigurationError
        If a model is named that is not installed here.
    """
    ordered = passages.sort_values(["article_id", "position", "passage_id"], kind="stable")
    stories = _stories(articles)
    kinds: dict[str, str] = {}
    lower = count_lower(ordered)
    if settings.model:
        from press_themes.voices.model_names import find_with_model

        runs, kinds = find_with_model(ordered, settings.model)
    else:
        found = find_runs(ordered, quotations)
        runs = select_runs(
            found, count_lower(ordered), _speakers(quotations), settings.fewest_alone
        )
    small = {word for counted in lower.values() for word in counted}
    evidence = _evidence(runs, kinds, _speakers(quotations), small)
    joined = join_spellings(runs, evidence, stories, ordered)
    return _tables(joined, evidence, stories, settings.model or "rules")


def _stories(articles: pd.DataFrame) -> dict[str, str]:
    column = next((c for c in ("story_id", "family_id") if c in articles), "article_id")
    units = articles[column].fillna(articles["article_id"]).astype(str)
    return dict(zip(articles["article_id"], units, strict=True))


def _speakers(quotations: pd.DataFrame) -> set[tuple[str, int]]:
    named = quotations[quotations["speaker_start"] >= 0]
    return {
        (passage_id, place)
        for passage_id, start, end in zip(
            named["passage_id"], named["speaker_start"], named["speaker_end"], strict=True
        )
        for place in range(start, end)
    }


def _evidence(
    runs: list[Run], kinds: dict[str, str], speakers: set[tuple[str, int]], small: set[str]
) -> dict[str, Evidence]:
    """Sum up what is known of each key over the whole corpus, and say what it names."""
    languages = sorted({run.language for run in runs})
    grouped: dict[str, list[Run]] = {}
    singles: dict[str, set[str]] = {}
    for run in runs:
        key = name_key(run.text)
        grouped.setdefault(key, []).append(run)
        if " " not in key:
            singles.setdefault(run.article_id, set()).add(key)
    signs = {
        key: Signs(
            any(key.split(" ")[-1] in singles.get(run.article_id, ()) for run in some),
            any((run.passage_id, run.start) in speakers for run in some),
            False,
            not any(word in small for word in some[0].text.casefold().split()),
        )
        for key, some in grouped.items()
    }
    found = {
        key: kinds.get(key) or tell_kind(some, languages, signs[key])
        for key, some in grouped.items()
    }
    # A first name that people bear makes others with it people, too.
    first = Counter(
        key.split(" ")[0] for key, kind in found.items() if kind == "person" and " " in key
    )
    for key, some in grouped.items():
        if found[key] == "unknown" and first[key.split(" ")[0]] and " " in key:
            found[key] = kinds.get(key) or tell_kind(
                some, languages, signs[key]._replace(first_name=True)
            )
    return {key: Evidence(key, found[key], some) for key, some in grouped.items()}


def _tables(
    joined: list[tuple[str, Run]], evidence: dict[str, Evidence], stories: dict[str, str], by: str
) -> Names:
    members: dict[str, list[Run]] = {}
    for entity, run in joined:
        members.setdefault(entity, []).append(run)
    rows: list[dict[str, Any]] = []
    ids = {}
    for entity, runs in members.items():
        row = _row(runs, evidence, stories) | {"found_by": by}
        ids[entity] = row["name_id"] = content_id(row["name"], entity)
        rows.append(row)
    names = pd.DataFrame(rows, columns=NAME_COLUMNS)
    names = names.sort_values(["n_mentions", "name", "name_id"], ascending=[False, True, True])
    mentions = pd.DataFrame(
        [
            (
                ids[entity],
                run.passage_id,
                run.article_id,
                run.start,
                run.end,
                run.text,
                run.language,
            )
            for entity, run in joined
        ],
        columns=MENTION_COLUMNS,
    ).sort_values(["article_id", "passage_id", "start", "end"])
    return Names(names.reset_index(drop=True), mentions.reset_index(drop=True))


def _row(runs: list[Run], evidence: dict[str, Evidence], stories: dict[str, str]) -> dict[str, Any]:
    forms = Counter(run.text for run in runs)
    ordered = sorted(forms, key=lambda form: (-forms[form], form))
    kinds = Counter[str]()
    for run in runs:
        own = evidence.get(name_key(run.text))
        kinds[own.kind if own else "unknown"] += 1
    known = {kind: n for kind, n in kinds.items() if kind != "unknown"}
    kind = max(sorted(known), key=lambda k: known[k]) if known else "unknown"
    return {
        "name": _usual(forms),
        "kind": kind,
        "spellings": ordered,
        "n_mentions": len(runs),
        "n_articles": len({run.article_id for run in runs}),
        "n_stories": len({stories.get(run.article_id, run.article_id) for run in runs}),
        "languages": sorted({run.language for run in runs}),
    }


def _usual(forms: Counter[str]) -> str:
    """Return the usual full form: of those with most words the most frequent, Latin script first."""
    words = {form: len(form.replace("·", " ").split()) for form in forms}
    most = max(words.values())
    full = [form for form in forms if words[form] >= min(most, 2)]
    return min(
        full,
        key=lambda form: (
            not form.isascii() and not form[:1].isupper(),
            -forms[form],
            len(form),
            form,
        ),
    )
