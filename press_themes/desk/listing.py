"""The list of the passages shown and the counts of them, as sortable tables of JupyterLab.

This is the only module that imports itables; it escapes what the cells hold.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.desk.collection import OUTSIDE, Collection
from press_themes.telling.wording import Wording

#: Passages listed at most: a browser table of more is slow, and nobody reads it.
MOST_LISTED = 500
_EXCERPT = 180


def tabulate_passages(collection: Collection, listed: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """Lay out the first of the passages shown as a table to read."""
    first = listed.head(MOST_LISTED)
    passages = collection.passages.iloc[first["row"]]
    themes = dict(zip(collection.themes["theme"], collection.themes["label"], strict=True))
    topics = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    table = {
        "text": [_excerpt(text) for text in passages["text"]],
        "outlet": passages["outlet"].to_numpy(),
        "date": passages["date"].dt.strftime("%Y-%m-%d").fillna("").to_numpy(),
        "language": passages["language"].to_numpy(),
        "themes": ["; ".join(themes.get(t, t) for t in found) for found in passages["themes"]],
        "topic": [topics.get(t, words("outside_topics")) for t in passages["topic"]],
        "strength": first["strength"].to_numpy(dtype="float64").round(3),
    }
    if first["nearness"].notna().any():
        table["nearness"] = first["nearness"].to_numpy(dtype="float64").round(3)
    shown = pd.DataFrame(table)
    return shown.rename(columns={name: words(f"column.{name}") for name in shown.columns})


def tabulate_counts(
    collection: Collection, counts: pd.DataFrame, grouping: str, words: Wording
) -> pd.DataFrame:
    """Lay out counts as a table to read."""
    names = _labels(collection, counts["group"].tolist(), grouping, words)
    table = pd.DataFrame(
        {
            words(f"column.{grouping}"): names,
            words("column.n_passages"): counts["n_passages"],
            words("column.n_articles"): counts["n_articles"],
            words("column.n_stories"): counts["n_stories"],
            words("column.n_all"): counts["n_all"],
            words("column.share"): (100 * counts["share"]).round(1),
        }
    )
    return table.reset_index(drop=True)


def build_table(table: pd.DataFrame, first: str = "30%", **options: Any) -> Any:
    """Build a sortable table."""
    from itables.widget import ITable

    widths = [{"width": first, "targets": 0}, {"className": "dt-left", "targets": 0}]
    return ITable(table, columnDefs=widths, **_OPTIONS, **options)


def refill_table(widget: Any, table: pd.DataFrame) -> None:
    """Show another table in a widget."""
    widget.update(table, selected_rows=[])


_OPTIONS: dict[str, Any] = {
    "allow_html": False,
    "showIndex": False,
    "maxBytes": 0,
    "classes": "compact stripe",
    "style": "width:100%;table-layout:auto",
    "autoWidth": False,
    "pageLength": 10,
    "order": [],
}


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _labels(collection: Collection, groups: list[Any], grouping: str, words: Wording) -> list[str]:
    if grouping == "theme":
        known = dict(zip(collection.themes["theme"], collection.themes["label"], strict=True))
        return [known.get(group, words("no_theme")) for group in groups]
    if grouping == "topic":
        known = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
        return [known.get(g, words("outside_topics") if g == OUTSIDE else str(g)) for g in groups]
    if grouping == "language":
        return [words.language_name(group) for group in groups]
    return [group or words("none_stated") for group in groups]
