"""Soundness: whether a topic is one subject in every language, and why it may not be.

Being found again is not enough: a language split off is found again every time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.topics.context import mix_with_article
from press_themes.topics.topics import OUTLIER

# Below these a topic is looked at twice: found again by less than half, fewer than two thirds of its
# passages nearer its own centre than any other, halves nearer another topic than each other.
_STABLE, _OWN, _WHOLE = 0.5, 2 / 3, 0.0
# A topic keeps to a language where the passages in others are this part of what they are elsewhere.
_EVEN = 0.2
# What one language alone tells can be a subject; where another topic lies this near, it is half of one.
_NEAR = 0.15
# An article that makes up more of a topic than this is what the topic is about.
_LARGEST = 0.5
# How many passages of a topic are divided in two.
_MOST = 400
REASONS = ("unstable", "loose", "glued", "one language", "one article")
COLUMNS = ["topic", "stability", "own_share", "wholeness", "language_evenness", "largest_article"]


def judge_topics(passages: pd.DataFrame, vectors: np.ndarray, stability: pd.Series) -> pd.DataFrame:
    """Judge whether topics can be relied on.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, language, topic`` and, if known, ``position``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors, rows as in `passages`.
    stability : Series
        From `measure_topic_stability`.

    Returns
    -------
    DataFrame
        One row a topic. ``own_share``: of its passages those nearer to its centre, taken without
        them, than to any other. ``wholeness``: how much nearer (cosine) its two halves lie to each
        other than the nearer of them to the next topic; below 0 two subjects are glued.
        ``language_evenness``: its passages outside its main language, as a share of what that
        language leaves in the corpus, at most 1 (missing in a corpus of one language).
        ``largest_article``: the share of its passages that one article has. ``score``, 0 to 1, is
        the least of the first four, each at 0.5 where it turns; ``reasons`` names what is below, of
        "unstable", "loose", "glued", "one language" (if another topic lies near) and "one article"
        (told, no fault); ``verdict`` is "sound" without faults, "look twice" with one, "doubtful"
        with more.
    """
    topics = passages["topic"].to_numpy()
    numbers = np.unique(topics[topics != OUTLIER])
    mixed = mix_with_article(vectors, passages)
    centres = {n: mixed[topics == n].sum(axis=0) for n in numbers}
    rows = []
    for number in numbers:
        members = np.flatnonzero(topics == number)
        members = members[np.argsort(passages["passage_id"].astype(str).to_numpy()[members])]
        others = np.array([_unit(centres[n]) for n in numbers if n != number])
        rows.append(
            (
                number,
                float(stability.get(number, np.nan)),
                _share_own(mixed[members], others),
                _measure_wholeness(mixed[members], others),
                _measure_evenness(passages["language"], members, topics),
                float(passages["article_id"].iloc[members].value_counts(normalize=True).iloc[0]),
            )
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    several = passages["article_id"].nunique() > 1
    return _conclude(table if several else table.assign(largest_article=np.nan))


def _conclude(table: pd.DataFrame) -> pd.DataFrame:
    # Every figure on one scale: 0.5 at its line, 1 at its best.
    scaled = np.column_stack(
        [
            _scale(table["stability"], _STABLE, 1.0),
            _scale(table["own_share"], _OWN, 1.0),
            _scale(table["wholeness"], _WHOLE, 0.5),
            _scale(table["language_evenness"].where(table["wholeness"] < _NEAR), _EVEN, 1.0),
        ]
    )
    reasons = [
        [name for name, value in zip(REASONS, row, strict=False) if value < 0.5] for row in scaled
    ]
    verdicts = [("sound", "look twice", "doubtful")[min(len(own), 2)] for own in reasons]
    # A subject of one article may be one subject: that is told, and no fault.
    for own, largest in zip(reasons, table["largest_article"], strict=True):
        own += ["one article"] if largest > _LARGEST else []
    known = np.where(np.isnan(scaled), 1.0, scaled)
    return table.assign(
        score=known.min(axis=1, initial=1.0),
        verdict=pd.Series(verdicts, dtype=object),
        reasons=pd.Series(reasons, dtype=object),
    )


def _scale(values: pd.Series, line: float, best: float) -> np.ndarray:
    own = values.to_numpy(dtype="float64")
    return np.clip(0.5 + 0.5 * (own - line) / (best - line), 0, 1)


def _share_own(members: np.ndarray, others: np.ndarray) -> float:
    if len(members) < 2 or len(others) == 0:
        return float("nan")
    rest = members.sum(axis=0) - members
    own = (members * _unit(rest)).sum(axis=1)
    return float((own > (members @ others.T).max(axis=1)).mean())


def _measure_wholeness(members: np.ndarray, others: np.ndarray) -> float:
    from sklearn.cluster import KMeans

    if len(members) < 4 or len(others) == 0:
        return float("nan")
    members = members[:_MOST]
    halves = KMeans(2, n_init=4, random_state=0).fit_predict(members)
    centres = _unit(np.array([members[halves == half].mean(axis=0) for half in (0, 1)]))
    return float(centres[0] @ centres[1] - (centres @ others.T).max())


def _measure_evenness(languages: pd.Series, members: np.ndarray, topics: np.ndarray) -> float:
    """Return the share outside the topic's main language, against that of all passages in topics."""
    everywhere = languages[topics != OUTLIER].value_counts(normalize=True)
    if len(everywhere) < 2:
        return float("nan")
    own = languages.iloc[members].value_counts(normalize=True)
    left = 1 - float(everywhere[own.index[0]])
    return min(1.0, (1 - float(own.iloc[0])) / left)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
