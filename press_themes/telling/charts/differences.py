"""What differs beyond chance: between outlets, languages and periods, and with the others held equal.

Both charts are dots with intervals about nothing; one that would show chance alone is not drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    mark_basis,
    require_passages,
    source_line,
    state_basis,
    theme_labels,
)
from press_themes.telling.charts.house_style import GREY, INK, darken, finish
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.charts.time_axis import name_step
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 14
_NAME_LENGTH = 26
_COLUMNS = ["column", "group", "group_label", "theme", "label", "against", "basis"]
_NUMBERS = ["share", "difference", "difference_low", "difference_high"]


class _Compared(NamedTuple):
    """The rows beyond chance, the strongest first, and how many were compared."""

    rows: pd.DataFrame
    n_compared: int


@chart
def draw_share_differences(basis: Basis) -> Told:
    """Draw where the share of a theme in a group differs from that of all others together."""
    words = basis.words
    compared = _choose(basis, basis.tables.share_differences.rename(columns={"grouping": "column"}))
    frame = compared.rows
    first = frame.iloc[0]
    title = words(
        f"share_differences.title.{'period' if first['column'] == 'period' else 'group'}",
        group=first["group_label"],
        theme=words.quote(first["label"]),
        share=words.percent(first["share"]),
        against=words.percent(first["share_against"]),
    )
    subtitle = words("share_differences.subtitle", n=compared.n_compared)
    subtitle += " " + state_basis(frame["basis"], words)
    return _tell(basis, compared, (title, subtitle), source_line(basis, "differences"))


@chart
def draw_group_effects(basis: Basis) -> Told:
    """Draw how much a group differs from the largest one when the other groups are held equal."""
    words, effects = basis.words, basis.tables.group_effects
    names = {x: x.replace("effect", "difference") for x in effects.columns if "effect" in x}
    names |= {"name": "theme", "reference": "against"}
    compared = _choose(basis, effects.rename(columns=names).assign(basis="read"))
    first = compared.rows.iloc[0]
    columns = [x for x in dict.fromkeys(effects["column"]) if _is_modelled(effects, x)]
    held = [_name_column(x, words) for x in columns if x != first["column"]]
    title = words(
        f"group_effects.title.{'more' if first['difference'] > 0 else 'less'}",
        group=first["group_label"],
        reference=_name_group(first["column"], first["against"], basis),
        theme=words.quote(first["label"]),
        points=words.points(abs(first["difference"])).lstrip("+"),
    )
    if held:
        title += words("group_effects.title.held", len(held), columns=words.join(held))
    references = effects[effects["reference"] != ""].drop_duplicates("column")
    subtitle = words(
        "group_effects.subtitle",
        n=compared.n_compared,
        references=words.join(
            [_name_group(x.column, x.reference, basis) for x in each_row(references)]
        ),
    )
    return _tell(basis, compared, (title, subtitle), source_line(basis, "effects", True))


def _choose(basis: Basis, table: pd.DataFrame) -> _Compared:
    """Take what differs beyond chance, or say why there is nothing to draw."""
    require_passages(basis)
    words = basis.words
    known = table[table["error"].notna()] if len(table) else table
    if known.empty:
        raise NothingToDrawError(words("absent.no_comparison"))
    beyond = known[known["beyond_chance"].astype(bool)]
    beyond = beyond[beyond["theme"].isin(theme_labels(basis))]
    if beyond.empty:
        raise NothingToDrawError(words("absent.no_difference", n=len(known)))
    beyond = beyond.assign(
        size=beyond["difference"].abs(),
        label=beyond["theme"].map(theme_labels(basis, _NAME_LENGTH)),
        group_label=[_name_group(x.column, x.group, basis) for x in each_row(beyond)],
    )
    order = ["size", "column", "group", "theme"]
    ranked = beyond.sort_values(order, ascending=[False, True, True, True], kind="stable")
    return _Compared(ranked.reset_index(drop=True), len(known))


def _tell(basis: Basis, compared: _Compared, told: tuple[str, str], source: str) -> Told:
    words, shown = basis.words, compared.rows.head(MOST_ROWS)
    title, subtitle = told
    hidden = len(compared.rows) - len(shown)
    if hidden:
        subtitle += " " + words("hidden.differences", n=hidden)
    figure = new_figure(2.1 + 0.34 * max(3, len(shown)))
    _draw(shown, figure.subplots(), basis)
    finish(figure, title, subtitle, source, words("missing_glyphs"))
    numbers = [*_NUMBERS, *(x for x in ("share_against", "n_stories") if x in shown), "error"]
    return Told(figure, shown[[*_COLUMNS, *numbers]], title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, basis: Basis) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    words, themes = basis.words, basis.tables.themes
    colours = dict(zip(themes["theme"], themes["color"], strict=True))
    axes.axvline(0, color=GREY, lw=0.9, zorder=1)
    for row, mark in zip(each_row(frame), mark_basis(frame["basis"]), strict=True):
        look: dict[str, Any] = {"color": darken(colours[row.theme]), "zorder": 3}
        axes.hlines(row.Index, row.difference_low, row.difference_high, lw=2.2, **look)
        axes.scatter([row.difference], [row.Index], marker=mark, s=46, **look)
        axes.annotate(
            words.points(row.difference),
            (1, row.Index),
            xycoords=axes.get_yaxis_transform(),
            xytext=(44, 0),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            weight="bold",
            color=INK,
        )
    labels = [words("differences.row", group=x.group_label, theme=x.label) for x in each_row(frame)]
    axes.set_yticks(list(frame.index), labels=labels)
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.points(value)))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _name_group(column: str, group: str, basis: Basis) -> str:
    words = basis.words
    if column == "language":
        return words.language_name(group)
    if column == "period":
        return words.date(group, name_step(basis.tables.trends))
    return clean_label(str(group), _NAME_LENGTH)


def _name_column(column: str, words: Wording) -> str:
    key = f"held.{column}"
    return words(key) if words.knows(key) else clean_label(column.removeprefix("group_"), 20)


def _is_modelled(effects: pd.DataFrame, column: str) -> bool:
    """Return whether a column was held equal: it has a group that the others are compared with."""
    return bool((effects.loc[effects["column"] == column, "reference"] != "").any())
