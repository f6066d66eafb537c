"""Who is quoted on which theme: one row a speaker, one column a theme, statements as discs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    order_by_size,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import GREY, finish, theme_colours
from press_themes.telling.charts.lettering import clean_label, wrap
from press_themes.telling.charts.new_figure import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_SPEAKERS = 12
MOST_THEMES = 9
#: Below this many statements a speaker says nothing of a pattern, and neither do two speakers.
FEWEST_STATEMENTS, FEWEST_SPEAKERS = 2, 3


@chart
def draw_speakers(basis: Basis) -> Told:
    """Draw who is quoted on which theme."""
    words, quoted = basis.words, basis.tables.quotations
    named = quoted[quoted["speaker"].fillna("") != ""] if len(quoted) else quoted
    counts = named["speaker"].value_counts().sort_index() if len(named) else pd.Series(dtype=int)
    counts = counts[counts >= FEWEST_STATEMENTS].sort_values(ascending=False, kind="stable")
    if len(counts) < FEWEST_SPEAKERS:
        raise NothingToDrawError(
            words("absent.speakers", n=FEWEST_SPEAKERS, statements=FEWEST_STATEMENTS)
        )
    frame = _count(basis, named[named["speaker"].isin(counts.index[:MOST_SPEAKERS])], counts)
    if frame.empty:
        raise NothingToDrawError(words("absent.no_assigned"))
    speakers, themes = list(dict.fromkeys(frame["speaker"])), list(dict.fromkeys(frame["theme"]))
    figure = new_figure(2.4 + 0.32 * len(speakers))
    _draw(frame, speakers, themes, figure.subplots(), basis)
    title = words(
        "speakers.title",
        speaker=words.quote(clean_label(speakers[0], 40)),
        statements=words("noun.statement", n=int(counts.iloc[0])),
    )
    subtitle = words("speakers.subtitle", named=words("noun.statement", n=len(named)))
    hidden = len(named["speaker"].unique()) - len(speakers)
    if hidden:
        subtitle += " " + words("hidden.speakers", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "speakers", True), words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _count(basis: Basis, named: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    """Count statements by speaker and theme of their passage; a passage can bear several."""
    themes = basis.tables.passages.set_index("passage_id")["themes"]
    borne = named.assign(theme=named["passage_id"].map(themes)).explode("theme")
    borne = borne.dropna(subset=["theme"])
    largest = list(order_by_size(basis.tables.themes, "theme")["theme"])[:MOST_THEMES]
    borne = borne[borne["theme"].isin(largest)]
    frame = borne.groupby(["speaker", "theme"]).size().rename("n_statements").reset_index()
    frame["n_speaker"] = frame["speaker"].map(counts)
    frame["place"] = frame["theme"].map(largest.index)
    frame = frame.sort_values(["n_speaker", "speaker", "place"], ascending=[False, True, True])
    frame["label"] = frame["theme"].map(theme_labels(basis))
    return frame[["speaker", "theme", "label", "n_statements", "n_speaker"]].reset_index(drop=True)


def _draw(
    frame: pd.DataFrame, speakers: list[str], themes: list[str], axes: Axes, basis: Basis
) -> None:
    largest = [x for x in order_by_size(basis.tables.themes, "theme")["theme"] if x in themes]
    across, down = frame["theme"].map(largest.index), frame["speaker"].map(speakers.index)
    colours = frame["theme"].map(theme_colours(basis.tables.themes))
    axes.scatter(across, down, s=150 * frame["n_statements"], color=colours, zorder=3)
    for x, y, n in zip(across, down, frame["n_statements"], strict=True):
        axes.annotate(basis.words.number(n), (x, y), ha="center", va="center_baseline", size=8.5,
                      color="white", weight="bold", zorder=4)  # fmt: skip
    axes.set_yticks(range(len(speakers)), labels=[clean_label(x, 36) for x in speakers])
    width = 5.0 / len(largest)
    labels = theme_labels(basis)
    names = ["\n".join(wrap(axes.figure, labels[x], 8.5, "normal", width, 3)) for x in largest]
    axes.set_xticks(range(len(largest)), labels=names)
    axes.tick_params(axis="x", labeltop=True, labelbottom=False, labelsize=8.5, labelcolor=GREY)
    axes.set_xlim(-0.6, len(largest) - 0.4)
    axes.set_ylim(len(speakers) - 0.5, -0.6)
    axes.grid(axis="y")
    for spine in axes.spines.values():
        spine.set_visible(False)
