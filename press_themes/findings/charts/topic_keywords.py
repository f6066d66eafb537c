"""What the topics speak of: the words that set each one apart, in every language it is written in.

A bar beside the words gives the size of the topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from press_themes.findings.charts.drawing import (
    Basis,
    Drawing,
    NothingToDrawError,
    require_passages,
    source_line,
    topic_labels,
)
from press_themes.findings.charts.house_style import (
    GREY,
    INK,
    QUIET,
    WIDTH,
    finish,
    new_figure,
    plain_axes,
)
from press_themes.findings.charts.lettering import clean_label, wrap
from press_themes.findings.keyword_lists import list_keywords
from press_themes.findings.rows import each_row
from press_themes.findings.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TOPICS = 12
MOST_LANGUAGES = 3
MOST_WORDS = 6
_BAR_START = 1.85
_BAR_WIDTH = 0.75
_WORDS_START = 2.85
_ARABIC_COMMA = "، "
_FROM_THE_RIGHT = {"ar", "fa", "he", "ur"}
_ROW = 0.5


def chart_topic_keywords(basis: Basis) -> Drawing:
    """Draw the keywords of the largest topics.

    Parameters
    ----------
    basis : Basis
        Tables, summary and words.

    Returns
    -------
    Drawing
        Its frame has ``topic, label, n_passages, share, language, keywords``.

    Raises
    ------
    NothingToDrawError
        With fewer than four passages or without topics.
    """
    require_passages(basis)
    words = basis.words
    if basis.tables.topics.empty:
        raise NothingToDrawError(words("absent.no_topics"))
    frame = _prepare(basis)
    n_topics = frame["topic"].nunique()
    figure = new_figure(1.75 + _ROW * n_topics)
    draw_topic_keywords(frame, figure.subplots(), words)
    largest = frame.iloc[0]
    title = words(
        "topic_keywords.title",
        n=len(basis.tables.topics),
        label=words.quote(largest["label"]),
        share=words.percent(largest["share"]),
    )
    subtitle = words("topic_keywords.subtitle")
    hidden = len(basis.tables.topics) - n_topics
    if hidden:
        subtitle += " " + words("hidden.topics", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "method.topics"), words("missing_glyphs"))
    alt = words("topic_keywords.alt", takeaway=title)
    return Drawing(figure, frame, title, subtitle, alt)


def draw_topic_keywords(frame: pd.DataFrame, axes: Axes, words: Wording) -> None:
    """Write the keywords in columns by language, with a bar for the size of each topic.

    Parameters
    ----------
    frame : DataFrame
        As `chart_topic_keywords` returns it.
    axes : Axes
        Where to draw; one unit across is an inch.
    words : Wording
        Phrases and formats.
    """
    languages = list(dict.fromkeys(frame["language"]))
    topics = frame.drop_duplicates("topic").reset_index(drop=True)
    width = WIDTH - 0.6
    axes.set_xlim(0, width)
    axes.set_ylim(len(topics) - 0.4, -0.75)
    plain_axes(axes)
    bars = _BAR_WIDTH * topics["n_passages"] / topics["n_passages"].max()
    axes.barh(topics.index, bars, left=_BAR_START, height=0.5, color=QUIET)
    axes.text(0, -0.62, words("column.topic"), size=9, color=GREY, va="center")
    axes.text(_BAR_START, -0.62, words("column.n_passages"), size=9, color=GREY, va="center")
    for row in each_row(topics):
        lines = wrap(axes.figure, row.label, 9.5, "bold", _BAR_START - 0.15, 2)
        axes.text(
            0, row.Index, "\n".join(lines), va="center", size=9.5, weight="bold", linespacing=1.05
        )
        size = words.number(row.n_passages)
        axes.text(_BAR_START + 0.05, row.Index, size, va="center_baseline", size=9.5)
    each = (width - _WORDS_START) / max(1, len(languages))
    for number, language in enumerate(languages):
        column = (_WORDS_START + number * each, each - 0.22)
        _write_language(frame[frame["language"] == language], axes, column, topics, words)


def _write_language(
    frame: pd.DataFrame,
    axes: Axes,
    column: tuple[float, float],
    topics: pd.DataFrame,
    words: Wording,
) -> None:
    left, width = column
    language = frame["language"].iloc[0]
    x, side = (left + width, "right") if language in _FROM_THE_RIGHT else (left, "left")
    axes.text(x, -0.62, words.language_name(language), size=9, color=GREY, va="center", ha=side)
    spoken = frame.set_index("topic")["keywords"]
    for row in each_row(topics):
        lines = wrap(axes.figure, spoken.get(row.topic) or "–", 9.5, "normal", width, 2)
        text = "\n".join(lines)
        axes.text(x, row.Index, text, va="center", ha=side, size=9.5, color=INK, linespacing=1.05)


def _prepare(basis: Basis) -> pd.DataFrame:
    topics = basis.tables.topics
    largest = topics.sort_values(["n_passages", "topic"], ascending=[False, True], kind="stable")
    labels = topic_labels(basis)
    spoken = basis.tables.passages["language"].value_counts()
    by_size = sorted(spoken.index, key=lambda language: (-spoken[language], language))
    rows = []
    for topic in each_row(largest.head(MOST_TOPICS)):
        keywords = list_keywords(topic.keywords)
        named = [x for x in by_size if x in keywords][:MOST_LANGUAGES] or list(keywords)[:1] or [""]
        for language in named:
            chosen = [clean_label(word, 32) for word in keywords.get(language, [])[:MOST_WORDS]]
            rows.append(
                (
                    int(topic.topic),
                    labels[int(topic.topic)],
                    int(topic.n_passages),
                    topic.share,
                    language,
                    (_ARABIC_COMMA if language in _FROM_THE_RIGHT - {"he"} else ", ").join(chosen),
                )
            )
    return pd.DataFrame(
        rows, columns=["topic", "label", "n_passages", "share", "language", "keywords"]
    )
