"""Tables as people quote from them: the columns that say something, lists as text, ids last.

The workbook and the CSV files show the same sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.exports.run_tables import RunContent

# What a sheet shows first; further columns of the table follow, but for those that only a machine reads.
FIRST = {
    "articles": [
        "date", "outlet", "language", "title", "strapline",
        "url", "n_chars", "story_id", "family_id",
    ],
    "passages": [
        "date", "outlet", "language", "title", "text",
        "themes", "topic_label", "topic_strength",
    ],
    "themes": [
        "label", "definition",
        "n_passages", "n_articles", "n_stories", "share", "share_low", "share_high",
    ],
    "topics": [
        "topic", "label", "keywords",
        "n_passages", "n_articles", "n_stories", "share", "share_low", "share_high",
    ],
    "stories": ["title", "first_date", "last_date", "n_articles", "outlets", "languages"],
    "trends": [
        "theme_label", "period", "period_end",
        "n_passages", "n_period", "share", "share_low", "share_high", "status",
    ],
    "quotations": [
        "date", "outlet", "language", "speaker", "verb", "text",
        "kind", "certainty", "speaker_basis",
    ],
    "names": [
        "name",
        "kind", "spellings", "n_mentions", "n_articles", "n_stories", "languages",
    ],
}  # fmt: skip
_HIDDEN = {
    "articles": {"body", "position", "format", "title_derived", "path", "share_missing"},
    "passages": {"x", "y", "topic_raw", "n_tokens"},
    "themes": {"color", "representatives", "borderline", "keywords"},
    "topics": {"representatives", "label_computed"},
    "quotations": {"speaker_start", "speaker_end"},
}
SHEETS = tuple(FIRST)
_SEPARATOR = "; "


def lay_out_sheets(content: RunContent) -> dict[str, pd.DataFrame]:
    """Lay the tables of a run out as sheets."""
    sheets = {}
    for name in SHEETS:
        table = content.table(name)
        if not len(table.columns):
            continue
        sheets[name] = _order(_with_context(name, table, content), name)
    return sheets


def _with_context(name: str, table: pd.DataFrame, content: RunContent) -> pd.DataFrame:
    """Put beside a row what it is read with: date, outlet and title of its article, labels."""
    known = table.copy()
    if name in ("passages", "quotations"):
        articles = content.table("articles").drop_duplicates("article_id").set_index("article_id")
        for column in ("date", "outlet", "title"):
            if column in articles and column not in known:
                values = dict(zip(articles.index, articles[column], strict=True))
                known[column] = [values.get(article) for article in known["article_id"]]
    labels = _labels(content, "themes", "theme")
    if name == "passages":
        if "themes" in known:
            known["themes"] = [
                [labels.get(theme, theme) for theme in _items(themes)] for themes in known["themes"]
            ]
        topics = _labels(content, "topics", "topic")
        if "topic" in known:
            known["topic_label"] = [topics.get(topic, "") for topic in known["topic"]]
    if name == "trends" and "theme" in known:
        known["theme_label"] = [labels.get(theme, theme) for theme in known["theme"]]
    return known


def _labels(content: RunContent, table: str, key: str) -> dict[Any, str]:
    rows = content.table(table)
    if not {key, "label"} <= set(rows.columns):
        return {}
    return {k: str(label) for k, label in zip(rows[key], rows["label"], strict=True)}


def _order(table: pd.DataFrame, name: str) -> pd.DataFrame:
    first = [column for column in FIRST[name] if column in table]
    hidden = _HIDDEN.get(name, set())
    rest = [column for column in table if column not in first and column not in hidden]
    columns = [*first, *rest]
    cells = {column: [to_cell(value) for value in table[column]] for column in columns}
    return pd.DataFrame(cells, columns=columns, dtype=object)


def to_cell(value: Any) -> Any:
    """Return a value as a cell: text, number, truth value, date, or None."""
    if isinstance(value, Mapping):
        words = value.get("words")
        if words is not None:
            return f"{value.get('language', '')}: {', '.join(map(str, words))}".lstrip(": ")
        return _SEPARATOR.join(f"{key}: {to_cell(item)}" for key, item in value.items())
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple, set)):
        return _SEPARATOR.join(str(to_cell(item)) for item in value)
    # NaN and NaT are unlike themselves.
    return None if value is None or value is pd.NA or value != value else value


def _items(value: Any) -> Iterable[Any]:
    return value if hasattr(value, "__iter__") and not isinstance(value, str) else []


@lru_cache(maxsize=2)
def load_words(language: str) -> dict[str, Any]:
    """Return the texts of an export in the language of the report."""
    import yaml

    words = yaml.safe_load((Path(__file__).parent / "sheet_words.yml").read_text(encoding="utf-8"))
    chosen: dict[str, Any] = words[language]
    return chosen
