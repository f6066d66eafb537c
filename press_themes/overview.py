"""Overview tables: one row a theme or topic, joining what the wings know of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.counts import count_groups
from press_themes.measures.representatives import (
    INSIDE,
    NEAR_MISS,
    TYPICAL,
    list_representatives,
)
from press_themes.themes.codebook import Codebook, label_of
from press_themes.topics.keywords import describe_groups, group_members

#: What labels add to the table of themes.
ACCURACY = [
    "n_judged",
    *(f"{measure}{end}" for measure in ("precision", "recall") for end in ("", "_low", "_high")),
]
_COUNTS = ["n_passages", "n_articles", "n_stories", "share", "share_low", "share_high"]


@dataclass(frozen=True)
class DescriptionSettings:
    """How themes and topics are described.

    Attributes
    ----------
    language : str
        Language of labels and names.
    seed : int
        Seed of the resampling behind the intervals of shares.
    """

    language: str = "en"
    seed: int = 0


class _Groups(NamedTuple):
    """The passages of each theme or topic, as row numbers, and those that represent it, by id."""

    members: Mapping[Hashable, list[int]]
    representatives: Mapping[str, list[str]]


def join_passages(
    passages: pd.DataFrame, assignments: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """Put topics and themes beside the passages.

    Parameters
    ----------
    passages : DataFrame
        From `split_passages`.
    assignments : DataFrame
        From `find_topics`.
    scores : DataFrame
        From `assign_themes`.

    Returns
    -------
    DataFrame
        `passages` with ``topic, topic_raw, topic_strength, themes, x, y``; the themes of a
        passage are a list, the strongest first, empty where it bears none.
    """
    assigned = scores[scores["assigned"]].sort_values(
        ["passage_id", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    themes = assigned.groupby("passage_id")["theme"].agg(list)
    joined = passages.merge(assignments, on="passage_id", how="left", validate="one_to_one")
    lists = [list(themes[i]) if i in themes.index else [] for i in joined["passage_id"].to_numpy()]
    joined["themes"] = pd.Series(lists, dtype=object)
    return joined[[*joined.columns.drop(["themes", "x", "y"]), "themes", "x", "y"]]


def describe_themes(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    representatives: pd.DataFrame,
    codebook: Codebook,
    stability: pd.Series,
    settings: DescriptionSettings = DescriptionSettings(),
) -> pd.DataFrame:
    """Describe the themes of the codebook.

    Parameters
    ----------
    passages : DataFrame
        From `join_passages`.
    articles : DataFrame
        From `read_articles`.
    representatives : DataFrame
        From `choose_representatives`.
    codebook : Codebook
        The themes.
    stability : Series
        From `measure_theme_stability`.
    settings : DescriptionSettings
        Language of the labels and seed.

    Returns
    -------
    DataFrame
        The columns of ``themes.parquet``, in the order of the codebook; a theme that no passage
        bears has a share of 0. ``borderline`` holds the passage that bears the theme with the
        least room and the nearest one that does not.
    """
    members: dict[Hashable, list[int]] = {theme: [] for theme in codebook.themes["theme"]}
    members |= group_members(passages, "themes")
    described = pd.DataFrame(
        {
            "theme": codebook.themes["theme"],
            "label": [label_of(labels, settings.language) for labels in codebook.themes["labels"]],
            "color": codebook.themes["color"],
            "definition": [
                _definition(codebook, t, settings.language) for t in codebook.themes["theme"]
            ],
        }
    )
    groups = _Groups(members, list_representatives(representatives, "theme", TYPICAL))
    counts = count_groups(passages, articles, "themes", settings.seed)
    table = _complete(described, passages, groups, stability, counts)
    inside = list_representatives(representatives, "theme", INSIDE)
    missed = list_representatives(representatives, "theme", NEAR_MISS)
    names = table["theme"].tolist()
    borders = [inside.get(name, [])[:1] + missed.get(name, [])[:1] for name in names]
    table["borderline"] = pd.Series(borders, dtype=object)
    table["n_near_misses"] = np.array([len(missed.get(name, [])) for name in names], "int64")
    return table


def add_accuracy(themes: pd.DataFrame, accuracy: pd.DataFrame) -> pd.DataFrame:
    """Put beside each theme how good it is by the analyst's judgements.

    Parameters
    ----------
    themes : DataFrame
        From `describe_themes`.
    accuracy : DataFrame
        From `measure_accuracy`.

    Returns
    -------
    DataFrame
        `themes` with ``n_judged, precision, precision_low, precision_high, recall, recall_low,
        recall_high``; 0 and NaN for a theme without judgements.
    """
    measured = accuracy.set_index("theme").reindex(themes["theme"])[ACCURACY]
    values = {name: measured[name].to_numpy(dtype="float64") for name in ACCURACY}
    return themes.assign(**values).assign(n_judged=np.nan_to_num(values["n_judged"]).astype(int))


def describe_topics(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    representatives: pd.DataFrame,
    stability: pd.Series,
    labels: pd.DataFrame,
    settings: DescriptionSettings = DescriptionSettings(),
) -> pd.DataFrame:
    """Describe the topics found.

    Parameters
    ----------
    passages : DataFrame
        From `join_passages`.
    articles : DataFrame
        From `read_articles`.
    representatives : DataFrame
        From `choose_representatives`.
    stability : Series
        From `measure_topic_stability`.
    labels : DataFrame
        From `label_topics`: the name of each topic.
    settings : DescriptionSettings
        Seed of the intervals.

    Returns
    -------
    DataFrame
        The columns of ``topics.parquet``, the largest topic first; outliers are not a topic.
    """
    members = group_members(passages, "topic")
    described = pd.DataFrame({"topic": np.array(list(members), dtype="int64")})
    groups = _Groups(members, list_representatives(representatives, "topic", TYPICAL))
    counts = count_groups(passages, articles, "topic", settings.seed)
    table = _complete(described, passages, groups, stability, counts)
    names = dict(zip(labels["topic"], labels["label"], strict=True))
    table.insert(1, "label", [names[topic] for topic in table["topic"]])
    return table


def _complete(
    described: pd.DataFrame,
    passages: pd.DataFrame,
    groups: _Groups,
    stability: pd.Series,
    counts: pd.DataFrame,
) -> pd.DataFrame:
    """Add to a table of themes or topics their keywords, counts, stability and representatives."""
    keywords = describe_groups(passages, groups.members)
    key = described.columns[0]
    counts = counts.set_index(key)
    names = described[key].tolist()
    described["keywords"] = pd.Series([_entries(keywords[name]) for name in names], dtype=object)
    for count in _COUNTS:
        values = [counts[count].get(name, 0) for name in names]
        described[count] = np.array(values, "int64" if count.startswith("n_") else "float64")
    described["stability"] = np.array([stability.get(n, np.nan) for n in names], "float64")
    shown = [groups.representatives.get(str(name), []) for name in names]
    described["representatives"] = pd.Series(shown, dtype=object)
    return described


def _entries(by_language: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    return [{"language": code, "words": words} for code, words in by_language.items()]


def _definition(codebook: Codebook, theme: str, language: str) -> str:
    texts = codebook.texts
    own = texts[(texts["theme"] == theme) & (texts["kind"] == "definition")]
    spoken = own[own["language"] == language]
    return str((spoken if len(spoken) else own)["text"].iloc[0])
