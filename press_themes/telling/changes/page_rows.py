"""The tables of a comparison as the page prints them: headings and cells, nothing left to compute.

Long tables are cut; the files beside the page are whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_ROWS = 60
_LABEL_LENGTH = 90


class Listing(NamedTuple):
    """A table of the page.

    Attributes
    ----------
    part : str
        Its place on the page.
    columns : list of str
        Headings.
    rows : list of list of str
        Cells.
    n_more : int
        Rows that only the file has.
    file : str
        The file.
    """

    part: str
    columns: list[str]
    rows: list[list[str]]
    n_more: int
    file: str


def list_tables(changed: Any, words: Wording, quote: int) -> dict[str, Listing]:
    """List the tables of a comparison."""
    labels = {str(row.theme): words.pick(row.label) for row in each_row(changed.themes)}
    changes = changed.changes
    themes = changes[changes["kind"] == "theme"].assign(size=lambda own: own["difference"].abs())
    themes = themes.sort_values(["size", "name"], ascending=[False, True], kind="stable")
    parts: list[tuple[str, str, pd.DataFrame, Columns]] = [
        ("themes", "changes", themes, _theme_columns(words)),
        ("drift", "drift", changed.drift, _drift_columns(words)),
        ("topics", "matches", changed.matches, _match_columns(words)),
        ("signals", "signals", changed.signals, _signal_columns(words)),
        ("words", "vocabulary", changed.vocabulary, _word_columns(words)),
        ("moved", "moved", changed.moved, _moved_columns(words, labels, quote)),
        ("methods", "methods", changed.methods, _method_columns(words, labels)),
    ]
    return {part: _list(part, file, table, columns, words) for part, file, table, columns in parts}


Columns = dict[str, Callable[[Any], str]]


def _list(part: str, file: str, table: pd.DataFrame, columns: Columns, words: Wording) -> Listing:
    rows = [[write(row) for write in columns.values()] for row in each_row(table.head(MOST_ROWS))]
    headings = [words(f"column.{name}") for name in columns]
    return Listing(part, headings, rows, max(0, len(table) - MOST_ROWS), f"{file}.csv")


def _theme_columns(words: Wording) -> Columns:
    return {
        "theme": lambda row: _text(row.label, words),
        "share_before": lambda row: _share(row, "before", words),
        "share_after": lambda row: _share(row, "after", words),
        "difference": lambda row: words.points(row.difference),
        "low": lambda row: words.points(row.low),
        "high": lambda row: words.points(row.high),
        "p_adjusted": lambda row: words.percent(row.p_adjusted),
        "reassigned": lambda row: words.number(row.n_reassigned),
        "verdict": lambda row: words(f"verdict.{row.verdict}"),
    }


def _drift_columns(words: Wording) -> Columns:
    return {
        "theme": lambda row: _text(row.label, words),
        "stories_before": lambda row: words.number(row.stories_before),
        "stories_after": lambda row: words.number(row.stories_after),
        "distance": lambda row: words.number(row.distance, 3),
        "chance_distance": lambda row: words.number(row.chance, 3),
        "p_adjusted": lambda row: words.percent(row.p_adjusted),
        "verdict": lambda row: words(f"verdict.{row.verdict}"),
    }


def _match_columns(words: Wording) -> Columns:
    return {
        "topic_before": lambda row: _text(row.label_before, words),
        "topic_after": lambda row: _text(row.label_after, words),
        "match": lambda row: words(f"match.{row.kind}"),
        "verdict": lambda row: words(f"verdict.{row.verdict}"),
        "share_before": lambda row: words.percent(row.share_before),
        "share_after": lambda row: words.percent(row.share_after),
        "passed_on": lambda row: words.percent(row.passed_on),
        "drawn_from": lambda row: words.percent(row.drawn_from),
        "vectors": lambda row: words.number(row.vectors, 2),
        "words": lambda row: words.number(row.words, 2),
        "confidence": lambda row: words.percent(row.confidence),
    }


def _signal_columns(words: Wording) -> Columns:
    return {
        "topic": lambda row: _text(row.label, words),
        "stories_by_run": lambda row: " · ".join(words.number(n) for n in row.stories),
        "share_after": lambda row: words.percent(row.share),
        "outlets": lambda row: words.number(row.n_outlets),
        "noise": lambda row: words.number(row.noise, 1),
        "p_adjusted": lambda row: words.percent(row.p_adjusted),
        "verdict": lambda row: words("signal.yes" if row.signal else "signal.no"),
    }


def _word_columns(words: Wording) -> Columns:
    return {
        "term": lambda row: shorten(row.term, _LABEL_LENGTH),
        "language": lambda row: words.language_name(row.language),
        "direction": lambda row: words(f"direction.{row.direction}"),
        "before": lambda row: _part(row.n_before, row.stories_before, words),
        "after": lambda row: _part(row.n_after, row.stories_after, words),
        "p_adjusted": lambda row: words.percent(row.p_adjusted),
    }


def _moved_columns(words: Wording, labels: dict[str, str], quote: int) -> Columns:
    def name(themes: Any) -> str:
        return ", ".join(labels.get(str(theme), str(theme)) for theme in themes)

    def topic(number: int, label: str) -> str:
        return words("outlier") if number < 0 else _text(label, words)

    return {
        "passage": lambda row: shorten(str(row.text), quote) or str(row.passage_id),
        "gained": lambda row: name(row.gained),
        "lost": lambda row: name(row.lost),
        "topic_before": lambda row: topic(row.topic_before, row.label_before),
        "topic_after": lambda row: topic(row.topic_after, row.label_after),
    }


def _method_columns(words: Wording, labels: dict[str, str]) -> Columns:
    def name(row: Any) -> str:
        return labels.get(row.what, row.what) if row.reach == "theme" else row.what

    return {
        "area": lambda row: words(f"area.{row.area}"),
        "what": name,
        "before": lambda row: shorten(row.before, _LABEL_LENGTH) or "–",
        "after": lambda row: shorten(row.after, _LABEL_LENGTH) or "–",
        "reach": lambda row: words(f"reach.{row.reach}"),
    }


def _text(label: Any, words: Wording) -> str:
    return shorten(words.pick(label), _LABEL_LENGTH) or "–"


def _share(row: Any, end: str, words: Wording) -> str:
    low, high = getattr(row, f"low_{end}"), getattr(row, f"high_{end}")
    share = words.percent(getattr(row, f"share_{end}"))
    if pd.isna(low):
        return share
    return f"{share} ({words.percent(low)}–{words.percent(high)})"


def _part(n: int, whole: int, words: Wording) -> str:
    return f"{words.number(n)} / {words.number(whole)}"
