"""The desk as a report carries it: read only, with no more of a text than the report may quote.

It stands beside the rooms because it hands to the desk what only telling knows.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.desk.collection import (
    Handed,
    Parts,
    list_rows,
    pack_collection,
    pack_data,
    read_component,
)
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.excerpts import choose_listed, fit_quotations
from press_themes.telling.report.environment import drop_unseen
from press_themes.telling.wording import list_phrases, load_wording

_PALETTE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F3C8D", "#5C7A1F",
    "#A52A2A", "#00868B",
)  # fmt: skip
#: Phrases that the desk has in common with charts and report.
SHARED = (
    "no_theme", "undated", "no_outlet", "column.date", "column.language", "column.n_passages",
    "column.n_stories", "column.share", "column.title", "column.topic",
)  # fmt: skip
_DIFFERENCES = [
    "grouping", "group", "theme", "basis", "share", "difference", "difference_low",
    "difference_high", "error", "beyond_chance",
]  # fmt: skip
_TITLE_LENGTH = 140


def hand_over(language: str, shares: pd.DataFrame, differences: pd.DataFrame) -> Handed:
    """Give the desk phrases, colours and what the run has measured.

    Parameters
    ----------
    language : str
        Language of the report.
    shares, differences : DataFrame
        ``theme_shares`` and ``share_differences``; empty where the run has none.

    Returns
    -------
    Handed
        Ready for `pack_collection`.
    """
    shares = shares.rename(columns={"share_low": "low", "share_high": "high"})
    if len(differences):
        differences = differences[differences["against"] == ""][_DIFFERENCES]
        differences = differences.rename(columns={"beyond_chance": "beyond"})
    return Handed(
        language=language,
        phrases=list_phrases(language, "desk", SHARED),
        palette=_PALETTE,
        estimates={"themes": list_rows(shares), "differences": list_rows(differences)},
    )


def pack_for_report(tables: Any, summary: dict[str, Any], language: str) -> dict[str, str]:
    """Pack the passages that a report lists, each cut to the length that it may quote.

    Parameters
    ----------
    tables : RunTables
        The tables of the run.
    summary : dict
        The content of ``run.json``.
    language : str
        Language of the report.

    Returns
    -------
    dict
        ``code``, the component, and ``data``, what it shows.
    """
    words = load_wording(language)
    most = fit_quotations(tables.passages, int(summary["quote_characters"]))
    listed = choose_listed(tables.passages).reset_index(drop=True)
    titles = [shorten(drop_unseen(str(title)), _TITLE_LENGTH) for title in tables.articles["title"]]
    outlets = tables.articles["outlet"].map(drop_unseen)
    parts = Parts(
        tables.articles.assign(title=titles, outlet=outlets),
        listed.assign(text=[shorten(drop_unseen(str(text)), most) for text in listed["text"]]),
        tables.theme_scores,
        tables.themes.assign(label=[words.pick(label) for label in tables.themes["label"]]),
        tables.topics.assign(label=[words.pick(label) for label in tables.topics["label"]]),
    )
    measured = (tables.theme_shares, tables.share_differences)
    payload = pack_collection(parts, hand_over(language, *measured))
    return {"code": read_component(), "data": pack_data(payload)}
