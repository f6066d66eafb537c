"""Naming: names of topics that the analyst gives, or that a language model the user names rewrites.

Neither is needed; each topic keeps its computed name beside, and says where the name shown comes from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import check_keys, read_yaml, require
from press_themes.themes.rewriting import NamingSettings, rewrite_names, tidy_name

COMPUTED, ANALYST = "computed", "analyst"
_ENTRY_KEYS = ("name", "passages")


class Naming(NamedTuple):
    """Topics with their names.

    Attributes
    ----------
    topics : DataFrame
        The topics, with ``label_source`` ("computed", "rewritten" or "analyst") and
        ``label_computed`` at the end.
    problems : list of dict of str to str
        What did not work, a sentence in English and in French each.
    """

    topics: pd.DataFrame
    problems: list[dict[str, str]]


def name_topics(
    topics: pd.DataFrame,
    passages: pd.DataFrame,
    language: str,
    settings: NamingSettings = NamingSettings(),
    names: Path | None = None,
) -> Naming:
    """Put the analyst's and rewritten names in the place of computed ones.

    Parameters
    ----------
    topics : DataFrame
        ``topic, label, keywords``.
    passages : DataFrame
        ``passage_id, topic``.
    language : str
        Language of the report, in which names are rewritten.
    settings : NamingSettings
        The service, if any. It is sent keywords and computed names, never a passage.
    names : Path, optional
        A ``topic_names.yml``.

    Returns
    -------
    Naming
        The analyst's name wins over a rewritten one, that over the computed one.

    Raises
    ------
    ConfigurationError
        If ``topic_names.yml`` has an unknown key or a wrong value, or the address is none.
    """
    named = topics.copy()
    named["label_source"] = pd.Series(COMPUTED, index=named.index, dtype=object)
    named["label_computed"] = named["label"]
    given, problems = _given_names(names, passages, language)
    if settings.endpoint and len(named):
        problems += rewrite_names(named, set(given), language, settings)
    for row in named.index[named["topic"].isin(list(given))]:
        named.loc[row, ["label", "label_source"]] = [given[int(named.loc[row, "topic"])], ANALYST]
    return Naming(named, problems)


def write_name_sheet(topics: pd.DataFrame, path: Path) -> None:
    """Write a ``topic_names.yml`` for the analyst to fill in.

    Parameters
    ----------
    topics : DataFrame
        ``topic, label, label_source, label_computed, representatives``.
    path : Path
        The file.
    """
    import yaml

    lines = [
        "# To name topics yourself: fill in names, copy this file beside your articles as",
        "# topic_names.yml, and run again. An entry names the topic that holds most of its passages,",
        "# so a name stays with its passages when topics are numbered otherwise.",
        "topics:",
    ]
    for topic in topics.itertuples():
        name = topic.label if topic.label_source == ANALYST else ""
        entry = {"name": name, "passages": [str(p) for p in topic.representatives]}
        # Line ends in a computed name would end the comment.
        computed = " ".join(str(topic.label_computed).split())
        text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
        lines.append(f"  # {computed}")
        lines.extend("  " + line for line in text.splitlines())
    if topics.empty:
        lines[-1] = "topics: []"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _given_names(
    path: Path | None, passages: pd.DataFrame, language: str
) -> tuple[dict[int, str], list[dict[str, str]]]:
    """Return the analyst's names by topic, and what does not fit."""
    if path is None:
        return {}, []
    content = read_yaml(path)
    check_keys(content, ("topics",), path, "the top level")
    entries = content.get("topics") or []
    require(entries, list, path, "topics")
    topic_of = passages.set_index("passage_id")["topic"]
    best: dict[int, tuple[int, str]] = {}
    problems = []
    for number, entry in enumerate(entries, start=1):
        name, ids = read_entry(entry, path, f"topics, entry {number}", language)
        if not name:
            continue
        found = topic_of.reindex(ids).dropna()
        counts = found[found >= 0].value_counts()
        if counts.empty:
            problems.append(_fits_nothing(name))
            continue
        topic = int(min(counts[counts == counts.max()].index))
        if topic in best:
            loser = min(best[topic], (int(counts.max()), name), key=lambda pair: pair[0])[1]
            problems.append(_taken(loser))
        best[topic] = max(
            best.get(topic, (0, "")), (int(counts.max()), name), key=lambda pair: pair[0]
        )
    return {topic: name for topic, (_, name) in best.items()}, problems


def read_entry(entry: Any, path: Path, place: str, language: str) -> tuple[str, list[str]]:
    """Read one entry of ``topic_names.yml``.

    Parameters
    ----------
    entry : object
        What the file holds there: a mapping of ``name`` and ``passages``.
    path, place : Path, str
        File and place in it, for messages.
    language : str
        Language of the name, where there are several.

    Returns
    -------
    name : str
        Empty where the analyst has not filled it in.
    passages : list of str
        Identifiers.

    Raises
    ------
    ConfigurationError
        If a key is unknown, a value wrong, or no passage listed.
    """
    require(entry, dict, path, place)
    check_keys(entry, _ENTRY_KEYS, path, place)
    name = entry.get("name") or ""
    if isinstance(name, dict):
        name = name.get(language) or next((text for text in name.values() if text), "")
    require(name, str, path, f"{place}, name")
    ids = entry.get("passages") or []
    require(ids, list, path, f"{place}, passages")
    # An id of digits only is read as a number unless it is quoted.
    if not ids or not all(isinstance(i, (str, int)) for i in ids):
        raise ConfigurationError(
            path, "names no passages", "list at least one passage_id of the topic", place
        )
    return tidy_name(str(name)), [str(i) for i in ids]


def _fits_nothing(name: str) -> dict[str, str]:
    return {
        "en": f"The name “{name}” in topic_names.yml was not used: none of its passages is in a topic.",
        "fr": f"Le nom « {name} » de topic_names.yml n’a pas servi : aucun de ses passages n’est dans un "
        "sujet.",
    }


def _taken(name: str) -> dict[str, str]:
    return {
        "en": f"The name “{name}” in topic_names.yml was not used: another name holds more passages of "
        "the same topic.",
        "fr": f"Le nom « {name} » de topic_names.yml n’a pas servi : un autre nom tient plus de passages "
        "du même sujet.",
    }
