"""How the share of each topic changed between two runs: one dot a topic with the interval of the change.

Topics are counted by one rule for both runs; colour marks a change that beats chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
)
from press_themes.telling.charts.house_style import GREY, INK, OPPOSED, QUIET, finish
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.charts.share_slopes import (
    describe_runs,
    source_of_runs,
)
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TOPICS = 24
_LABEL_LENGTH = 44


@chart
def draw_topic_shifts(basis: Basis) -> Told:
    """Draw the changes of the topics' shares."""
    words, changes = basis.words, basis.tables.changes
    tested = changes[(changes["kind"] == "topic") & changes["difference"].notna()]
    if tested.empty:
        raise NothingToDrawError(words("changes.absent.topics"))
    frame = _prepare(tested, basis)
    figure = new_figure(1.9 + 0.3 * len(frame))
    _draw(frame, figure.subplots(), words)
    title = _title(tested, words)
    before, after = describe_runs(basis.tables, words)
    subtitle = words("topic_shifts.subtitle", before=before, after=after)
    if len(tested) > len(frame):
        subtitle += " " + words("topic_shifts.hidden", n=len(tested) - len(frame))
    finish(figure, title, subtitle, source_of_runs(basis), words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _draw(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Draw dots, intervals and the shares before and after."""
    rows = range(len(frame))
    axes.axvline(0, color=GREY, lw=0.9, zorder=1)
    axes.hlines(rows, frame["low"], frame["high"], colors=list(frame["color"]), linewidth=2.0)
    axes.scatter(frame["difference"], rows, color=frame["color"], s=44, zorder=3)
    axes.set_yticks(list(rows), labels=list(frame["drawn"]))
    axes.set_ylim(len(frame) - 0.4, -1.1)
    _label_points(axes, words)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for column, offset in (("share_before", 50), ("share_after", 104)):
        heading: dict[str, Any] = {"color": GREY, "size": 9}
        cells = [(words(f"column.{column}"), -0.85, heading)]
        for row, (share, colour) in enumerate(zip(frame[column], frame["color"], strict=True)):
            look: dict[str, Any] = {"color": GREY if colour == QUIET else INK, "size": 10}
            cells.append((words.percent(share), row, look))
        for text, height, look in cells:
            axes.annotate(
                text,
                (1, height),
                xycoords=axes.get_yaxis_transform(),
                xytext=(offset, 0),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                **look,
            )


def _label_points(axes: Axes, words: Wording) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.points(value)))


def _prepare(tested: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    words = basis.words
    kinds = basis.tables.matches.drop_duplicates("group").set_index("group")["kind"]
    frame = tested.assign(
        sure=tested["verdict"] == "changed",
        size=tested["difference"].abs(),
        match=[kinds[int(name)] for name in tested["name"]],
    )
    frame = frame.sort_values(["sure", "size", "name"], ascending=[False, False, True])
    frame = frame.head(MOST_TOPICS).sort_values(
        ["difference", "name"], ascending=[False, True], kind="stable"
    )
    colours = [
        QUIET if not sure else OPPOSED[2] if difference > 0 else OPPOSED[0]
        for sure, difference in zip(frame["sure"], frame["difference"], strict=True)
    ]
    drawn = []
    for label, match in zip(frame["label"], frame["match"], strict=True):
        text = clean_label(words.pick(label), _LABEL_LENGTH) or words("topic", number="")
        is_told = match in ("born", "silent")
        drawn.append(f"{text} ({words(f'match.{match}')})" if is_told else text)
    columns = [
        "label", "match", "color", "drawn", "share_before", "share_after", "difference", "low",
        "high", "p_adjusted", "verdict",
    ]  # fmt: skip
    return frame.assign(color=colours, drawn=drawn)[columns].reset_index(drop=True)


def _title(tested: pd.DataFrame, words: Wording) -> str:
    n_sure = int((tested["verdict"] == "changed").sum())
    if n_sure:
        return words("topic_shifts.title", n=n_sure, topics=words.number(len(tested)))
    if (tested["verdict"] == "method changed").any():
        return words("topic_shifts.title.method")
    return words("topic_shifts.title.none", n=len(tested))
