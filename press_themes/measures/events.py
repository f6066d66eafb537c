"""Dated events an analyst wants to see on the timeline, each with the article that reports it.

An event without a known source is refused, so that every callout on a chart can be checked.
"""

from __future__ import annotations

import datetime
import difflib
import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import read_as

COLUMNS = ["date", "label", "theme", "source", "source_title"]
_KEPT = ".stages"


@dataclass(frozen=True)
class Event:
    """One entry of events.yml."""

    date: datetime.date | None = None
    label: str | dict[str, str] = ""
    source: str = ""
    theme: str = ""


@dataclass(frozen=True)
class EventsFile:
    """What events.yml may say."""

    events: list[Event] = field(default_factory=list)


def read_events(
    path: Path | None,
    articles: pd.DataFrame,
    language: str,
    themes: pd.DataFrame | None = None,
    codebook: Path | None = None,
) -> pd.DataFrame:
    """Read the events file of a corpus.

    Parameters
    ----------
    path : Path or None
        A YAML file with a list ``events`` of mappings with ``date``, ``label`` (a text, or one per
        language), ``source`` and, optionally, ``theme``. None when the corpus has no events.
    articles : DataFrame
        Needs ``article_id``, ``path``, ``position`` and ``title``.
    language : str
        Language of the labels; another one stands in where it is missing.
    themes : DataFrame, optional
        The codebook: its ``theme``.
    codebook : Path, optional
        Where it lies. Beside the events it is theirs, and knows every theme that they name.

    Returns
    -------
    DataFrame
        ``date`` (datetime64[s]), ``label``, ``theme`` (None when not given), ``source`` (an
        article_id), ``source_title``; ordered by date and label.

    Raises
    ------
    ConfigurationError
        If a key is unknown or missing, a date is not a date, a source is not in the corpus, or a
        theme not in the codebook beside the file.
    """
    if path is None:
        return _as_events([])
    told = read_as(path, EventsFile)
    sources = _index_sources(articles)
    rows = [
        _find_event(event, f"event {number}", path, sources, language)
        for number, event in enumerate(told.events, 1)
    ]
    is_theirs = codebook is not None and codebook.parent == path.parent
    # Copies that a run keeps were checked, or lay apart, when it was made.
    if themes is not None and is_theirs and _KEPT not in path.parts:
        _check_themes(told.events, set(themes["theme"]), path)
    return _as_events(rows)


def _check_themes(events: list[Event], known: set[str], path: Path) -> None:
    for number, event in enumerate(events, 1):
        if event.theme and event.theme not in known:
            nearest = difflib.get_close_matches(event.theme, sorted(known), n=1)
            mend = f"did you mean '{nearest[0]}'" if nearest else "write one of themes.yml"
            cause = f"the theme '{event.theme}' is not in the codebook"
            raise ConfigurationError(path, cause, mend, f"event {number}")


def _find_event(
    event: Event, place: str, path: Path, sources: dict[str, tuple[str, str]], language: str
) -> dict[str, Any]:
    label = event.label
    if isinstance(label, dict):
        label = label.get(language) or next((text for text in label.values() if text), "")
    told = {"date": event.date, "label": label.strip(), "source": event.source}
    for key, value in told.items():
        if not value:
            raise ConfigurationError(path, f"'{key}' is missing", f"add '{key}'", place)
    source = posixpath.normpath(event.source.strip())
    if source not in sources:
        nearest = difflib.get_close_matches(source, sources, n=1)
        mend = f"did you mean '{nearest[0]}'" if nearest else "write the path of one of its files"
        raise ConfigurationError(path, f"the source '{source}' is not in the corpus", mend, place)
    article_id, title = sources[source]
    return {
        "date": event.date,
        "label": label,
        "theme": event.theme or None,
        "source": article_id,
        "source_title": title,
    }


def _index_sources(articles: pd.DataFrame) -> dict[str, tuple[str, str]]:
    index: dict[str, tuple[str, str]] = {}
    # A path with several articles stands for its first one; an article_id is always exact.
    ordered = articles.sort_values(["path", "position"], kind="stable")
    for article_id, path, title in zip(
        ordered["article_id"], ordered["path"], ordered["title"], strict=True
    ):
        index.setdefault(posixpath.normpath(str(path)), (article_id, title))
        index[str(article_id)] = (article_id, title)
    return index


def _as_events(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["date"] = pd.to_datetime(pd.Series(frame["date"], dtype="object")).astype("datetime64[s]")
    return frame.sort_values(["date", "label"], kind="stable").reset_index(drop=True)
