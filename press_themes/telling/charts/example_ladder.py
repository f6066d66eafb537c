"""What a theme looks like from its strongest passage down to those it just keeps or just misses.

Four passages a theme stand beside their margins, quoted no longer than the corpus allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    order_by_size,
    require_passages,
    source_line,
    theme_labels,
)
from press_themes.telling.charts.house_style import (
    GREY,
    INK,
    MOST_COLOURS,
    QUIET,
    WIDTH,
    finish,
    plain_axes,
    text_colour,
    theme_colours,
)
from press_themes.telling.charts.lettering import (
    clean_label,
    keep_visible,
    mark_direction,
    shorten,
    wrap,
)
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.excerpts import fit_quotations
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RUNGS = ("strongest", "middle", "kept", "missed")
_WIDTH = WIDTH - 0.6
_SCALE = 1.62
_TEXT = 2.2
_RUNG = 0.55
_GAP = 0.3
_MOST_LINES = 2
_TITLE_LENGTH = 140


@chart
def draw_example_ladder(basis: Basis) -> Told:
    """Draw the ladder of the largest themes."""
    require_passages(basis)
    words = basis.words
    if basis.settings.quote_characters < 1:
        raise NothingToDrawError(words("absent.no_quotes"))
    frame = _choose_rungs(basis)
    if frame.empty:
        raise NothingToDrawError(words("absent.no_assigned"))
    scores = basis.tables.theme_scores
    scores = scores[scores["assigned"]]
    height = frame.groupby("theme").size().sum() * _RUNG + frame["theme"].nunique() * _GAP
    figure = new_figure(1.9 + height)
    _draw(frame, scores, figure.subplots(), basis)
    half = max(0.0, float(basis.tables.margins["middle"].iloc[0]))
    title = words(
        "example_ladder.title", n=len(scores), half=words.number(half, 2 if half >= 0.1 else 3)
    )
    subtitle = words("example_ladder.subtitle")
    hidden = scores["theme"].nunique() - frame["theme"].nunique()
    if hidden:
        subtitle += " " + words("hidden.themes", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "ladder", True), words("missing_glyphs"))
    return Told(figure, frame.drop(columns="color"), title, subtitle)


def _draw(frame: pd.DataFrame, scores: pd.DataFrame, axes: Axes, basis: Basis) -> None:
    """Draw, theme by theme, the scale of margins and the passages that stand on it."""
    plain_axes(axes)
    low, high = min(0.0, frame["score"].min()), max(scores["score"].max(), 1e-9)
    top = 0.0
    for theme, rungs in frame.groupby("theme", sort=False):
        height = len(rungs) * _RUNG

        def place(score: Any, top: float = top, height: float = height) -> Any:
            return top + 0.06 + (high - score) / (high - low) * (height - 0.2)

        mine = scores.loc[scores["theme"] == theme, "score"]
        colour = rungs["color"].iloc[0]
        axes.hlines(place(mine), _SCALE - 0.05, _SCALE + 0.05, color=QUIET, lw=0.7)
        axes.plot([_SCALE] * 2, [place(high), place(low)], color=QUIET, lw=0.8, zorder=1)
        axes.plot([_SCALE - 0.1, _SCALE + 0.1], [place(0.0)] * 2, color=INK, lw=1.1)
        _write_name(rungs, len(mine), (top, place(0.0)), axes, basis.words)
        for number, rung in enumerate(each_row(rungs)):
            y = top + number * _RUNG
            axes.plot(
                [_SCALE, _TEXT - 0.2, _TEXT - 0.06], [place(rung.score), y + 0.08, y + 0.08],
                color=GREY, lw=0.7, zorder=2,
            )  # fmt: skip
            face = "white" if rung.rung == "missed" else colour
            axes.scatter(
                [_SCALE], [place(rung.score)], s=34, facecolor=face, edgecolor=colour, zorder=3
            )
            _write_rung(rung, (_TEXT, y), axes, basis.words)
        top += height + _GAP
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(top - _GAP, -0.02)


def _choose_rungs(basis: Basis) -> pd.DataFrame:
    """Choose the passages of each of the largest themes that stand on its ladder."""
    tables = basis.tables
    colours = theme_colours(tables.themes)
    labels = theme_labels(basis)
    chosen = []
    for theme in order_by_size(tables.themes, "theme")["theme"].head(MOST_COLOURS):
        mine = tables.theme_scores[tables.theme_scores["theme"] == theme]
        mine = mine.sort_values(["score", "passage_id"], ascending=[False, True], kind="stable")
        kept, missed = mine[mine["assigned"]], mine[~mine["assigned"] & (mine["score"] <= 0)]
        places = dict.fromkeys([0, (len(kept) - 1) // 2, len(kept) - 1] if len(kept) else [])
        rungs = [name for name, _ in zip(RUNGS, places, strict=False)]
        if len(places) > 1:
            rungs[-1] = "kept"
        part = pd.concat([kept.iloc[list(places)], missed.head(1 if len(kept) else 0)])
        part = part.assign(rung=[*rungs, "missed"][: len(part)], label=labels[theme])
        chosen.append(part.assign(color=colours[theme]))
    columns = ["theme", "label", "rung", "score", "passage_id"]
    if not chosen:
        return pd.DataFrame(columns=[*columns, "outlet", "date", "title", "text", "color"])
    frame = pd.concat(chosen, ignore_index=True)
    passages = tables.passages.set_index("passage_id")
    articles = tables.articles.set_index("article_id")
    owners = frame["passage_id"].map(passages["article_id"])
    for column in ("outlet", "date", "title"):
        frame[column] = owners.map(articles[column]).to_numpy()
    frame["title"] = [shorten(keep_visible(str(title)), _TITLE_LENGTH) for title in frame["title"]]
    most = fit_quotations(tables.passages, basis.settings.quote_characters)
    texts = frame["passage_id"].map(passages["text"])
    frame["text"] = [shorten(keep_visible(str(text)), most) for text in texts]
    return frame[[*columns, "outlet", "date", "title", "text", "color"]]


def _write_name(
    rungs: pd.DataFrame, n_passages: int, places: tuple[float, float], axes: Axes, words: Wording
) -> None:
    top, threshold = places
    first = rungs.iloc[0]
    lines = wrap(axes.figure, first["label"], 10.5, "bold", _SCALE - 0.35, 3)
    axes.text(
        0, top, "\n".join(lines), va="top", size=10.5, weight="bold", linespacing=1.1,
        color=text_colour(first["color"]),
    )  # fmt: skip
    below = top + 0.08 + len(lines) * 10.5 * 1.32 / 72
    axes.text(0, below, words("noun.passage", n=n_passages), va="top", size=9, color=GREY)
    note = words("example_ladder.threshold")
    # Where the theme has a single rung, its name takes the room of the note.
    if threshold - below > 0.2:
        axes.text(
            _SCALE - 0.16, threshold, note, ha="right", va="center_baseline", size=8.5, color=GREY
        )


def _write_rung(rung: Any, corner: tuple[float, float], axes: Axes, words: Wording) -> None:
    left, top = corner
    told = [words(f"rung.{rung.rung}"), words.signed(rung.score)]
    if isinstance(rung.outlet, str):
        told.append(clean_label(rung.outlet, 36))
    told.append(words.date(rung.date))
    heading = mark_direction("  ·  ".join(told))
    axes.text(left, top, heading, va="top", size=8.5, color=GREY)
    quoted, width = words.quote(clean_label(rung.text, 260)), _WIDTH - left
    lines = wrap(axes.figure, quoted, 9.5, "normal", width, _MOST_LINES)
    if lines[-1].endswith("…"):
        # The sign that closes a quotation was cut off with the rest.
        closing = words.quote("|").split("|")[1]
        lines = wrap(axes.figure, quoted, 9.5, "normal", width - 0.12, _MOST_LINES)
        lines[-1] += closing
    for number, line in enumerate(lines):
        y = top + 0.155 + number * 0.165
        axes.text(left, y, mark_direction(line), va="top", size=9.5, color=INK)
