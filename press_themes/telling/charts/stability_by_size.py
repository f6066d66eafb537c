"""How well themes and topics come back on other draws, against the number of their passages.

Small ones that come and go must not carry an argument, and large ones may be no surer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    require_passages,
    source_line,
    theme_labels,
    topic_labels,
)
from press_themes.telling.charts.house_style import FAINT, GREY, OPPOSED, finish
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.charts.map_labels import place_labels
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: A theme or topic with less stability is unstable, one with at least `STABLE` is stable.
UNSTABLE = 0.6
STABLE = 0.75
_SHAKY, _, _SOLID = OPPOSED
_MOST_NAMES = 8


@chart
def draw_stability_by_size(basis: Basis) -> Told:
    """Draw stability against size."""
    require_passages(basis)
    words = basis.words
    frame = _prepare(basis)
    if frame.empty:
        raise NothingToDrawError(words("absent.no_stability"))
    figure = new_figure(5.6)
    axes = figure.subplots()
    _draw(frame, axes, words)
    title = _title(basis, frame)
    n_themes, n_topics = (int((frame["kind"] == kind).sum()) for kind in ("theme", "topic"))
    subtitle = words(
        "stability_by_size.subtitle",
        themes=words("noun.theme", n=n_themes),
        topics=words("noun.topic", n=n_topics),
    )
    finish(figure, title, subtitle, source_line(basis, "stability"), words("missing_glyphs"))
    named = _choose_named(frame)
    named = named.assign(label=[shorten(label, 32) for label in named["label"]])
    place_labels(named, frame[["x", "y"]].to_numpy(), axes, 9.5, 4.5)
    return Told(figure, frame.drop(columns=["x", "y", "color"]), title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw a diamond a theme and a circle a topic, on bands of what counts as stable."""
    axes.axhspan(UNSTABLE, STABLE, facecolor=FAINT, edgecolor="none", zorder=0)
    for kind, shape, size in (("topic", "o", 44), ("theme", "D", 40)):
        mine = frame[frame["kind"] == kind]
        axes.scatter(
            mine["x"],
            mine["y"],
            facecolors="white" if kind == "topic" else list(mine["color"]),
            edgecolors=list(mine["color"]),
            marker=shape,
            s=size,
            linewidths=1.6,
            zorder=3,
            clip_on=False,
        )
    for place, name in (
        ((1 + STABLE) / 2, "stable"),
        ((STABLE + UNSTABLE) / 2, "fair"),
        (UNSTABLE / 2, "unstable"),
    ):
        axes.annotate(
            words(f"stability.{name}"),
            (1, place),
            xycoords=axes.get_yaxis_transform(),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=9.5,
            color=GREY,
        )
    ticks = _choose_ticks(float(frame["x"].min()), float(frame["x"].max()))
    axes.set_xticks(np.log10(ticks), labels=[words.number(tick) for tick in ticks])
    axes.set_xlim(np.log10(ticks[0]) - 0.06, np.log10(ticks[-1]) + 0.06)
    axes.set_ylim(0, 1.03)
    axes.set_yticks([0, UNSTABLE, STABLE, 1], labels=[words.number(0), *_two(words), "1"])
    axes.set_xlabel(words("stability_by_size.across"))
    axes.set_ylabel(words("stability_by_size.up"))
    axes.tick_params(axis="y", labelcolor=GREY)


def _choose_named(frame: pd.DataFrame) -> pd.DataFrame:
    """Choose the marks that are named: the least stable and the largest, at most eight."""
    if len(frame) <= _MOST_NAMES:
        return frame
    shaky = frame.sort_values(["stability", "kind", "name"], kind="stable")
    chosen = [*shaky.index[: _MOST_NAMES // 2], *frame.index]
    return frame.loc[list(dict.fromkeys(chosen))[:_MOST_NAMES]].sort_index()


def _two(words: Wording) -> list[str]:
    return [words.number(UNSTABLE, 2), words.number(STABLE, 2)]


def _choose_ticks(low: float, high: float) -> list[int]:
    steps = [base * 10**power for power in range(7) for base in (1, 2, 5)]
    first = max(i for i, step in enumerate(steps) if np.log10(step) <= low + 1e-9)
    last = min(i for i, step in enumerate(steps) if np.log10(step) >= high - 1e-9)
    last = max(last, first + 1)
    # Nine labels fit side by side; a wider range is labelled by powers of ten.
    inside = steps[first : last + 1]
    if len(inside) <= 9:
        return inside
    return [
        step
        for step in inside
        if str(step).rstrip("0") in ("1", "") or step in (inside[0], inside[-1])
    ]


def _prepare(basis: Basis) -> pd.DataFrame:
    tables = basis.tables
    parts = []
    for kind, table, labels in (
        ("theme", tables.themes, theme_labels(basis, 60)),
        ("topic", tables.topics, topic_labels(basis, 60)),
    ):
        part = table[["n_passages", "stability"]].assign(
            kind=kind,
            name=table[kind].astype(str) if len(table) else [],
            label=[labels[name] for name in table[kind]],
        )
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True).dropna(subset=["stability"])
    frame = frame[frame["n_passages"] > 0].astype({"n_passages": int, "stability": float})
    frame = frame.sort_values(
        ["n_passages", "kind", "name"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)
    # The word goes with the number as it is printed elsewhere, with two decimals.
    frame["stability"] = frame["stability"].round(2)
    shaky = frame["stability"] < UNSTABLE
    solid = np.where(frame["kind"] == "theme", _SOLID, GREY)
    frame = frame.assign(
        x=np.log10(frame["n_passages"]), y=frame["stability"], color=np.where(shaky, _SHAKY, solid)
    )
    return frame[["kind", "name", "label", "n_passages", "stability", "x", "y", "color"]]


def _title(basis: Basis, frame: pd.DataFrame) -> str:
    words = basis.words
    shaky = frame[frame["stability"] < UNSTABLE]
    if shaky.empty:
        return words("stability_by_size.title.none", n=len(frame))
    largest = shaky.iloc[0]
    return words(
        "stability_by_size.title",
        n=len(shaky),
        measured=words.number(len(frame)),
        label=words.quote(largest["label"]),
        passages=words("noun.passage", n=int(largest["n_passages"])),
    )
