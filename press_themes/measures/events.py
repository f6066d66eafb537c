"""Dated events an analyst wants to see on the timeline, each with the article that reports it.

An event without a known source is refused, so that every callout on a chart can be checked.
"""

from __future__ import annotations

import datetime
import difflib
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.strict_yaml import check_keys, read_yaml, require

COLUMNS = ["date", "label", "theme", "source", "source_title"]
_KEYS = {"date", "label", "theme", "source"}


def read_events(path: Path | None, articles: pd.DataFrame, language: str) -> pd.DataFrame:
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

    Returns
    -------
    DataFrame
        ``date`` (datetime64[s]), ``label``, ``theme`` (None when not given), ``source`` (an
        article_id), ``source_title``; ordered by date and label.

    Raises
    ------
    ConfigurationError
        If a key is unknown or missing, a date is not a date, or a source is not in the corpus.
    """
    if path is None:
        return _as_events([])
    content = read_yaml(path)
    check_keys(content, {"events"}, path, "the top level")
    events = content.get("events") or []
    require(events, list, path, "events")
    sources = _index_sources(articles)
    return _as_events(
        [
            _read_event(event, f"event {i}", path, sources, language)
            for i, event in enumerate(events, 1)
        ]
    )


def _read_event(
    event: Any, place: str, path: Path, sources: dict[str, tuple[str, str]], language: str
) -> dict[str, Any]:
    require(event, Mapping, path, place)
    check_keys(event, _KEYS, path, place)
    for key in ("date", "label", "source"):
        if event.get(key) in (None, "", {}):
            raise ConfigurationError(path, f"'{key}' is missing", f"add '{key}'", place)
    source = posixpath.normpath(str(event["source"]).strip())
    if source not in sources:
        nearest = difflib.get_close_matches(source, sources, n=1)
        mend = f"did you mean '{nearest[0]}'" if nearest else "write the path of one of its files"
        raise ConfigurationError(path, f"the source '{source}' is not in the corpus", mend, place)
    article_id, title = sources[source]
    theme = event.get("theme")
    return {
        "date": _read_date(event["date"], path, place),
        "label": _read_label(event["label"], path, place, language),
        "theme": None if theme is None else str(theme),
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


def _read_date(value: Any, path: Path, place: str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise ConfigurationError(
            path, f"'{value}' is not a date", "write it as 2026-02-03", place
        ) from error


def _read_label(value: Any, path: Path, place: str, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language) or next(iter(value.values())))
    require(value, str, path, f"{place}, label")
    return str(value)


def _as_events(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["date"] = pd.to_datetime(pd.Series(frame["date"], dtype="object")).astype("datetime64[s]")
    return frame.sort_values(["date", "label"], kind="stable").reset_index(drop=True)
