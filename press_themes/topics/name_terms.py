"""Terms that may name a topic: keywords in one language, those nearest the topic's meaning first.

A word can be frequent in a topic by chance; then it lies no nearer to the topic than to the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import Encodes
from press_themes.topics.keywords import describe_groups, group_members
from press_themes.topics.names import is_kept_out

_CANDIDATES = 30
# Terms are counted in this many passages of a topic at most, evenly drawn.
_MOST_PASSAGES = 200
# A topic is named in the report's language where at least this many passages, and this share, are in it.
_LEAST_PASSAGES, _LEAST_SHARE = 2, 0.05
# How much nearness (a difference of cosines) the square root of a place among the keywords weighs.
_PER_PLACE = 0.04
COLUMNS = ["topic", "language", "term", "nearness"]


def find_name_terms(
    passages: pd.DataFrame, vectors: np.ndarray, encoder: Encodes, language: str
) -> pd.DataFrame:
    """Find the terms that may name each topic.

    Parameters
    ----------
    passages : DataFrame
        ``text, language, topic``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `passages`.
    encoder : Encodes
        What embedded the passages.
    language : str
        The language wished for; a topic that hardly speaks it is named in its own.

    Returns
    -------
    DataFrame
        ``topic, language, term, nearness``: at most thirty keywords a topic, the best name first.
        ``nearness`` is the cosine of term and topic less the mean of its cosines with all topics;
        a term with none left of it is listed only where no other is.
    """
    members = group_members(passages, "topic")
    rows = {
        topic: _rows_to_read(passages["language"].to_numpy(dtype=object), own, language)
        for topic, own in members.items()
    }
    spoken = {topic: str(passages["language"].iloc[own[0]]) for topic, own in rows.items()}
    keywords = _list_keywords(passages, rows)
    listed = [
        (topic, spoken[topic], term)
        for topic in rows
        for term in keywords[topic].get(spoken[topic], [])
        if not is_kept_out(term, spoken[topic])
    ]
    table = pd.DataFrame(listed, columns=COLUMNS[:3])
    table["nearness"] = _measure_nearness(table, members, vectors, encoder)
    return _order(table)


def _rows_to_read(languages: np.ndarray, own: list[int], wished: str) -> list[int]:
    """Return rows of a topic in the language wished for or, of which it has too few, its main one."""
    codes, counts = np.unique(languages[own].astype(str), return_counts=True)
    enough = max(_LEAST_PASSAGES, _LEAST_SHARE * len(own))
    count = dict(zip(codes.tolist(), counts.tolist(), strict=True)).get(wished, 0)
    chosen = wished if count >= enough else str(codes[counts.argmax()])
    rows = [row for row in own if languages[row] == chosen]
    return rows[:: max(1, -(-len(rows) // _MOST_PASSAGES))]


def _list_keywords(
    passages: pd.DataFrame, rows: Mapping[Hashable, list[int]]
) -> dict[Hashable, dict[str, list[str]]]:
    read = sorted(row for own in rows.values() for row in own)
    place = {row: number for number, row in enumerate(read)}
    within = {topic: [place[row] for row in own] for topic, own in rows.items()}
    return describe_groups(passages.iloc[read], within, _CANDIDATES)


def _measure_nearness(
    table: pd.DataFrame,
    members: Mapping[Hashable, list[int]],
    vectors: np.ndarray,
    encoder: Encodes,
) -> np.ndarray:
    if table.empty:
        return np.empty(0)
    topics = list(members)
    centres = np.stack([vectors[members[topic]].mean(axis=0) for topic in topics])
    centres = _unit(centres - vectors.mean(axis=0))
    distinct = table[["language", "term"]].drop_duplicates()
    meant = pd.DataFrame(encoder.encode(distinct["term"].tolist()), index=distinct.index)
    # What is common to the words of a language, and to words as such, tells no topics apart.
    meant -= meant.groupby(distinct["language"]).transform("mean")
    cosines = pd.DataFrame(_unit(meant.to_numpy()) @ centres.T, columns=topics)
    keys = pd.MultiIndex.from_frame(distinct)
    places = keys.get_indexer(pd.MultiIndex.from_frame(table[["language", "term"]]))
    own = cosines.to_numpy()[places, [topics.index(topic) for topic in table["topic"]]]
    common = cosines.mean(axis=1).to_numpy()[places] if len(topics) > 1 else 0.0
    return own - common


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _order(table: pd.DataFrame) -> pd.DataFrame:
    """Put first what is near and early, and leave out what is not near where something is."""
    place = table.groupby("topic").cumcount()
    worth = table["nearness"] - _PER_PLACE * np.sqrt(place)
    ordered = table.assign(worth=worth).sort_values(
        ["topic", "worth"], ascending=[True, False], kind="stable"
    )
    is_near = ordered["nearness"] > 0
    has_near = is_near.groupby(ordered["topic"]).transform("any")
    return ordered.loc[is_near | ~has_near, COLUMNS].reset_index(drop=True)
