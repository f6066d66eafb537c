"""Themes and topics, one row each, with all that was counted and measured of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from press_themes.measures.counts import COLUMNS as COUNTS
from press_themes.measures.counts import count_groups
from press_themes.measures.estimated_shares import put_estimates
from press_themes.measures.representatives import (
    INSIDE,
    NEAR_MISS,
    TYPICAL,
    list_representatives,
)

#: What labels add to the table of themes.
ACCURACY = [
    "n_judged",
    *(f"{measure}{end}" for measure in ("precision", "recall") for end in ("", "_low", "_high")),
]


def count_themes(passages: pd.DataFrame, articles: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Count the passages, articles and stories of each theme, as `count_groups` does."""
    return count_groups(passages, articles, "themes", seed)


def count_topics(passages: pd.DataFrame, articles: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Count the passages, articles and stories of each topic, as `count_groups` does."""
    return count_groups(passages, articles, "topic", seed)


def describe_themes(
    named: pd.DataFrame,
    counts: pd.DataFrame,
    keywords: pd.DataFrame,
    representatives: pd.DataFrame,
    stability: pd.Series,
) -> pd.DataFrame:
    """Put together what is known of the themes of the codebook.

    Parameters
    ----------
    named : DataFrame
        ``theme, label, color, definition``, in the order of the codebook.
    counts : DataFrame
        From `count_themes`.
    keywords : DataFrame
        ``theme, keywords``: a list of ``language, words``; a theme may have no row.
    representatives : DataFrame
        From `choose_representatives`.
    stability : Series
        By theme, 0 to 1.

    Returns
    -------
    DataFrame
        `named` with ``keywords, n_passages, n_articles, n_stories, share, share_low, share_high,
        stability, representatives, borderline, n_near_misses``; a theme that no passage bears has
        a share of 0. ``borderline`` holds the passage that bears the theme with the least room and
        the nearest one that does not.
    """
    table = _describe(named, counts, keywords, representatives, stability)
    inside = list_representatives(representatives, "theme", INSIDE)
    missed = list_representatives(representatives, "theme", NEAR_MISS)
    names = table["theme"].tolist()
    borders = [inside.get(name, [])[:1] + missed.get(name, [])[:1] for name in names]
    table["borderline"] = pd.Series(borders, dtype=object)
    table["n_near_misses"] = np.array([len(missed.get(name, [])) for name in names], "int64")
    return table


def describe_topics(
    named: pd.DataFrame,
    counts: pd.DataFrame,
    keywords: pd.DataFrame,
    representatives: pd.DataFrame,
    stability: pd.Series,
) -> pd.DataFrame:
    """Put together what is known of the topics found.

    Parameters
    ----------
    named : DataFrame
        ``topic, label``, by number.
    counts : DataFrame
        From `count_topics`.
    keywords : DataFrame
        ``topic, keywords``: a list of ``language, words``.
    representatives : DataFrame
        From `choose_representatives`.
    stability : Series
        By topic, 0 to 1.

    Returns
    -------
    DataFrame
        `named` with ``keywords, n_passages, n_articles, n_stories, share, share_low, share_high,
        stability, representatives``.
    """
    return _describe(named, counts, keywords, representatives, stability)


def add_accuracy(
    themes: pd.DataFrame, accuracy: pd.DataFrame, shares: pd.DataFrame
) -> pd.DataFrame:
    """Put beside each theme how good it is by the analysts' judgements, and its share by them.

    Parameters
    ----------
    themes : DataFrame
        From `describe_themes`.
    accuracy : DataFrame
        From `measure_accuracy`.
    shares : DataFrame
        From `estimate_shares`.

    Returns
    -------
    DataFrame
        `themes` with ``n_judged, precision, precision_low, precision_high, recall, recall_low,
        recall_high``; 0 and NaN for a theme without judgements. Where enough was judged ``basis`` is
        "judged", and ``share, share_low, share_high`` are estimated; else it is "read".
        ``share_read`` is the share as read.
    """
    themes = put_estimates(themes, shares, ["theme"])
    measured = accuracy.set_index("theme").reindex(themes["theme"])[ACCURACY]
    values = {name: measured[name].to_numpy(dtype="float64") for name in ACCURACY}
    return themes.assign(**values).assign(n_judged=np.nan_to_num(values["n_judged"]).astype(int))


def _describe(
    named: pd.DataFrame,
    counts: pd.DataFrame,
    keywords: pd.DataFrame,
    representatives: pd.DataFrame,
    stability: pd.Series,
) -> pd.DataFrame:
    key = named.columns[0]
    names = named[key].tolist()
    known: Mapping[object, object] = dict(zip(keywords[key], keywords["keywords"], strict=True))
    typical = list_representatives(representatives, key, TYPICAL)
    counted = counts.set_index(key)
    table = named.reset_index(drop=True)
    table["keywords"] = pd.Series([known.get(name, []) for name in names], dtype=object)
    for count in COUNTS:
        values = [counted[count].get(name, 0) for name in names]
        table[count] = np.array(values, "int64" if count.startswith("n_") else "float64")
    table["stability"] = np.array([stability.get(name, np.nan) for name in names], "float64")
    shown = [typical.get(str(name), []) for name in names]
    return table.assign(representatives=pd.Series(shown, dtype=object))
