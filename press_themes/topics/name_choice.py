"""Naming: names of topics that the analyst gives, or that a language model the user names rewrites.

Neither is needed; each topic keeps its computed name beside, and says where the name shown comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import read_as
from press_themes.topics.rewriting import NamingSettings, rewrite_names, tidy_name

COMPUTED, ANALYST = "computed", "analyst"


@dataclass(frozen=True)
class NameEntry:
    """What topic_names.yml may say of a topic."""

    name: str | dict[str, str] = ""
    passages: list[str | int] = field(default_factory=list)
    dissolved: bool = False


@dataclass(frozen=True)
class NamesFile:
    """What topic_names.yml may say."""

    topics: list[NameEntry] = field(default_factory=list)


class Naming(NamedTuple):
    """Topics with their names.

    Attributes
    ----------
    topics : DataFrame
        The topics, with ``label_source`` ("computed", "rewritten" or "analyst") and
        ``label_computed`` at the end.
    problems : list of dict of str to str
        What did not work, a sentence in English and in French each.
    failed : bool
        Whether the service failed, so that it should be asked again.
    """

    topics: pd.DataFrame
    problems: list[dict[str, str]]
    failed: bool = False


def name_topics(
    topics: pd.DataFrame,
    passages: pd.DataFrame,
    language: str,
    settings: NamingSettings = NamingSettings(),
    names: pd.DataFrame | None = None,
    remembered: pd.DataFrame | None = None,
) -> Naming:
    """Put the analyst's, remembered and rewritten names in the place of computed ones.

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
    names : DataFrame, optional
        From `read_topic_names`.
    remembered : DataFrame, optional
        ``topic, label, label_source`` of the run that this one continues.

    Returns
    -------
    Naming
        The analyst's name wins over a remembered one, that over a rewritten one, that over the
        computed one. A new topic whose name a remembered one bears gets its number added.

    Raises
    ------
    ConfigurationError
        If the service's address is none, or a key would travel unencrypted.
    """
    named = topics.copy()
    named["label_source"] = pd.Series(COMPUTED, index=named.index, dtype=object)
    named["label_computed"] = named["label"]
    given, problems = _match_names(names, passages)
    failures = []
    kept = set() if remembered is None else set(remembered["topic"])
    if settings.endpoint and len(named):
        failures = rewrite_names(named, set(given) | kept, language, settings)
    if remembered is not None:
        _keep_names(named, remembered)
    for row in named.index[named["topic"].isin(list(given))]:
        named.loc[row, ["label", "label_source"]] = [given[int(named.loc[row, "topic"])], ANALYST]
    return Naming(named, problems + failures, bool(failures))


def read_topic_names(path: Path | None, language: str) -> pd.DataFrame:
    """Read the names an analyst gives to topics.

    Parameters
    ----------
    path : Path or None
        A ``topic_names.yml``: under ``topics`` a list of entries with ``name`` (a text, or texts by
        language) and ``passages`` (passage_ids of the topic), or ``dissolved: true`` instead of a
        name. An entry with neither is skipped.
    language : str
        Language of the report.

    Returns
    -------
    DataFrame
        ``name, passages``, one row an entry; the name of a topic that is dissolved is "".

    Raises
    ------
    ConfigurationError
        If the file cannot be read, has an unknown key or a wrong value.
    """
    told = NamesFile() if path is None else read_as(path, NamesFile)
    read = []
    for number, entry in enumerate(told.topics, start=1):
        name = entry.name
        if isinstance(name, dict):
            name = name.get(language) or next((text for text in name.values() if text), "")
        if not entry.passages:
            raise ConfigurationError(
                path or "",
                "names no passages",
                "list at least one passage_id of the topic",
                f"topics, entry {number}",
            )
        # An id of digits only is read as a number unless it is quoted.
        name = "" if entry.dissolved else tidy_name(name)
        if name or entry.dissolved:
            read.append((name, [str(passage) for passage in entry.passages]))
    return pd.DataFrame(read, columns=["name", "passages"], dtype=object)


def list_names_to_fill_in(topics: pd.DataFrame) -> str:
    """Return a ``topic_names.yml`` for the analyst to fill in.

    Parameters
    ----------
    topics : DataFrame
        ``topic, label, label_source, label_computed, representatives``.

    Returns
    -------
    str
        YAML with comments.
    """
    import yaml

    lines = [
        "# To name topics yourself: fill in names, copy this file beside your articles as",
        "# topic_names.yml, and run again. An entry names the topic that holds most of its passages,",
        "# so a name stays with its passages when topics are numbered otherwise.",
        "topics:",
    ]
    columns = ["label", "label_source", "label_computed", "representatives"]
    for label, source, computed, representatives in topics[columns].itertuples(index=False):
        name = str(label) if source == ANALYST else ""
        entry = {"name": name, "passages": [str(passage) for passage in representatives]}
        # Line ends in a computed name would end the comment.
        computed = " ".join(str(computed).split())
        text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
        lines.append(f"  # {computed}")
        lines.extend("  " + line for line in text.splitlines())
    if topics.empty:
        lines[-1] = "topics: []"
    return "\n".join(lines) + "\n"


def _keep_names(named: pd.DataFrame, remembered: pd.DataFrame) -> None:
    columns = ["label", "label_source"]
    before = dict(zip(remembered["topic"], remembered[columns].to_numpy().tolist(), strict=True))
    taken = {label for label, _ in before.values()}
    kept = [
        before.get(topic, [f"{label} ({topic})" if label in taken else label, source])
        for topic, label, source in zip(named["topic"], *(named[c] for c in columns), strict=True)
    ]
    named[columns] = pd.DataFrame(kept, columns=columns, index=named.index, dtype=object)


def _match_names(
    names: pd.DataFrame | None, passages: pd.DataFrame
) -> tuple[dict[int, str], list[dict[str, str]]]:
    """Return the analyst's names by topic, and what does not fit."""
    topic_of = passages.set_index("passage_id")["topic"]
    best: dict[int, tuple[int, str]] = {}
    problems = []
    given = [] if names is None else list(zip(names["name"], names["passages"], strict=True))
    for name, identifiers in given:
        if not name:
            continue
        found = topic_of.reindex(list(identifiers)).dropna()
        counts = found[found >= 0].value_counts()
        if counts.empty:
            problems.append(_fits_nothing(name))
            continue
        topic = int(min(counts[counts == counts.max()].index))
        claim, rival = (int(counts.max()), name), best.get(topic)
        if rival is not None:
            problems.append(_taken(min(rival, claim, key=lambda pair: pair[0])[1]))
        best[topic] = max(rival or claim, claim, key=lambda pair: pair[0])
    return {topic: name for topic, (_, name) in best.items()}, problems


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
