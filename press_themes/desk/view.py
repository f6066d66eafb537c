"""The view: the passages shown, in the order in which one reads them, and how many of what.

Filters and a search narrow the collection; points chosen on the map narrow what is listed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.desk.filters import Filter, filter_passages, measure_strength

#: What the passages shown can be counted by.
GROUPINGS = ("outlet", "theme", "topic", "language", "month")


@dataclass(frozen=True)
class View:
    """What is looked at.

    Attributes
    ----------
    filter : Filter
        What narrows the passages.
    found : DataFrame or None
        From `search_passages`; None when nothing is searched.
    selection : tuple of int
        Rows chosen on the map; empty for all.
    """

    filter: Filter = Filter()
    found: pd.DataFrame | None = None
    selection: tuple[int, ...] = ()


def list_shown(collection: Collection, view: View) -> pd.DataFrame:
    """List the passages that a view shows."""
    kept = filter_passages(collection, view.filter)
    strength = measure_strength(collection, view.filter.themes)
    rows = np.flatnonzero(kept)
    nearness = np.full(len(kept), np.nan, dtype="float32")
    if view.found is not None:
        found = view.found["row"].to_numpy()
        nearness[found] = view.found["nearness"]
        rows = rows[np.isin(rows, found)]
    if view.selection:
        rows = rows[np.isin(rows, view.selection)]
    listed = pd.DataFrame({"row": rows, "strength": strength[rows], "nearness": nearness[rows]})
    order = "strength" if view.found is None else "nearness"
    return listed.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)


def count_shown(collection: Collection, rows: np.ndarray, grouping: str) -> pd.DataFrame:
    """Count the passages shown by outlet, theme, topic, language or month."""
    passages = _group(collection, grouping)
    everything = passages.groupby("group")["row"].size()
    shown = passages[passages["row"].isin(rows)].groupby("group")
    counts = pd.DataFrame(
        {
            "n_passages": shown["row"].nunique(),
            "n_articles": shown["article_id"].nunique(),
            "n_stories": shown["family_id"].nunique(),
        }
    )
    counts["n_all"] = everything.reindex(counts.index)
    counts["share"] = counts["n_passages"] / counts["n_all"]
    counts = counts.reset_index()
    return counts.sort_values(
        ["n_passages", "group"], ascending=[False, True], kind="stable"
    ).reset_index(drop=True)


def _group(collection: Collection, grouping: str) -> pd.DataFrame:
    passages = collection.passages[["article_id", "family_id"]].copy()
    passages["row"] = np.arange(len(passages))
    if grouping == "theme":
        row, column = np.nonzero(collection.bears)
        names = np.array(collection.scores.columns, dtype=object)
        bearing = passages.iloc[row].assign(group=names[column])
        without = passages[~collection.bears.any(axis=1)].assign(group="")
        return pd.concat([bearing, without], ignore_index=True)
    if grouping == "month":
        months = collection.passages["date"].dt.strftime("%Y-%m")
        return passages.assign(group=months.astype(object).where(months.notna(), ""))
    return passages.assign(group=collection.passages[grouping].to_numpy())
