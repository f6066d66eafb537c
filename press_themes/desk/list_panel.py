"""The tables as a part of the explorer: the passages shown, and how many of what they are."""

from __future__ import annotations

from typing import Any

from press_themes.desk.desk import Desk
from press_themes.desk.listing import (
    MOST_LISTED,
    build_table,
    refill_table,
    tabulate_counts,
    tabulate_passages,
)
from press_themes.desk.view import GROUPINGS, count_shown


def build_passages_panel(desk: Desk) -> Any:
    """Build the table of the passages shown."""
    import ipywidgets

    table = build_table(_tabulate(desk), first="44%", select="single")
    note = ipywidgets.HTML()

    def follow(what: str, _: str) -> None:
        if what == "view":
            refill_table(table, _tabulate(desk))
            first = desk.words("shown.first", most=MOST_LISTED)
            note.value = (
                f'<div class="pt-note">{first}</div>' if len(desk.listed) > MOST_LISTED else ""
            )

    def take(change: dict[str, Any]) -> None:
        if change["new"]:
            desk.read(int(desk.listed["row"].iloc[change["new"][0]]))

    table.observe(desk.guard(take), names="selected_rows")
    desk.told.append(follow)
    follow("view", "")
    return ipywidgets.VBox([note, table])


def build_counts_panel(desk: Desk) -> Any:
    """Build the table of how many of what are shown."""
    import ipywidgets

    words = desk.words
    by = ipywidgets.ToggleButtons(
        options=[(words(f"counts.{name}"), name) for name in GROUPINGS],
        style={"button_width": "auto"},
    )
    table = build_table(_count(desk, by.value))

    def refresh(_: Any = None) -> None:
        refill_table(table, _count(desk, by.value))

    by.observe(desk.guard(refresh), names="value")
    desk.told.append(lambda what, _: refresh() if what == "view" else None)
    note = ipywidgets.HTML(f'<div class="pt-head">{words("counts.by")}</div>')
    return ipywidgets.VBox([note, by, table])


def _tabulate(desk: Desk) -> Any:
    return tabulate_passages(desk.collection, desk.listed, desk.words)


def _count(desk: Desk, grouping: str) -> Any:
    counts = count_shown(desk.collection, desk.listed["row"].to_numpy(), grouping)
    return tabulate_counts(desk.collection, counts, grouping, desk.words)
