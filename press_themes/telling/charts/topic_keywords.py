"""What the topics speak of: the words that set each one apart, in every language it is written in.

A bar beside the words gives the size of the topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    order_by_size,
    require_passages,
    source_line,
    topic_labels,
)
from press_themes.telling.charts.deviations import list_groups
from press_themes.telling.charts.house_style import GREY, INK, QUIET, WIDTH, finish, plain_axes
from press_themes.telling.charts.lettering import RIGHT_TO_LEFT, clean_label, wrap
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.keyword_lists import list_keywords
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_TOPICS = 12
MOST_LANGUAGES = 3
MOST_WORDS = 6
_INSIDE = WIDTH - 0.6
_LABEL_WIDTH = 2.05
_BAR_START = 2.2
_BAR_WIDTH = 0.75
_WORDS_START = 3.2
_LANGUAGE_WIDTH = 0.85
_SIZE = 9.5
_LINE = 0.165
_BETWEEN = 0.17
_HEAD = 0.34
_ARABIC_COMMA = "، "
_FROM_THE_RIGHT = {"ar", "fa", "he", "ur"}


class _Block(NamedTuple):
    """A topic as it is written: its name and, for each language, the lines of its words."""

    name: list[str]
    n_passages: int
    spoken: list[tuple[str, list[str]]]

    @property
    def n_lines(self) -> int:
        return max(len(self.name), sum(len(lines) for _, lines in self.spoken))


@chart
def draw_topic_keywords(basis: Basis) -> Told:
    """Draw the keywords of the largest topics."""
    require_passages(basis)
    words = basis.words
    if basis.tables.topics.empty:
        raise NothingToDrawError(words("absent.no_topics"))
    frame = _prepare(basis)
    n_topics, languages = frame["topic"].nunique(), list(dict.fromkeys(frame["language"]))
    figure = new_figure(2.0)
    several = len(languages) > 1
    blocks = _write_blocks(frame, figure, several)
    inches = _HEAD + sum(block.n_lines * _LINE + _BETWEEN for block in blocks)
    figure.set_size_inches(WIDTH, 1.45 + inches)
    heading = "" if several or not languages[0] else words.language_name(languages[0])
    _draw(blocks, (heading, inches), figure.subplots(), words)
    largest = frame.iloc[0]
    title = words(
        "topic_keywords.title",
        n=len(basis.tables.topics),
        label=words.quote(largest["label"]),
        share=words.percent(largest["share"]),
    )
    subtitle = words("topic_keywords.subtitle")
    if frame.groupby("topic").size().max() > MOST_LANGUAGES:
        subtitle += " " + words("hidden.more_languages", n=MOST_LANGUAGES)
    hidden = len(basis.tables.topics) - n_topics
    if hidden:
        subtitle += " " + words("hidden.topics", n=hidden)
    finish(figure, title, subtitle, source_line(basis, "topics"), words("missing_glyphs"))
    return Told(figure, frame, title, subtitle)


def _draw(blocks: list[_Block], room: tuple[str, float], axes: Axes, words: Wording) -> None:
    """Write the keywords topic by topic, language by language, with a bar for the size."""
    heading, inches = room
    axes.set_xlim(0, _INSIDE)
    axes.set_ylim(inches, 0)
    plain_axes(axes)
    headings = [(0, words("column.topic")), (_BAR_START, words("column.n_passages"))]
    for x, text in [*headings, (_WORDS_START, heading or words("topic_keywords.words"))]:
        axes.text(x, 0.08, text, size=9, color=GREY, va="center")
    largest, top = max(block.n_passages for block in blocks), _HEAD
    for block in blocks:
        middle = top + block.n_lines * _LINE / 2
        _write_lines(axes, (0, middle), block.name, {"weight": "bold"})
        axes.barh(
            middle, _BAR_WIDTH * block.n_passages / largest, left=_BAR_START, height=0.25,
            color=QUIET,
        )  # fmt: skip
        size = words.number(block.n_passages)
        axes.text(_BAR_START + 0.05, middle, size, va="center_baseline", size=_SIZE)
        spoken = sum(len(lines) for _, lines in block.spoken)
        line = middle - spoken * _LINE / 2
        for language, lines in block.spoken:
            _write_language(axes, (line, language if not heading else ""), lines, words)
            line += len(lines) * _LINE
        top += block.n_lines * _LINE + _BETWEEN


def _write_language(axes: Axes, start: tuple[float, str], lines: list[str], words: Wording) -> None:
    top, language = start
    if language:
        name = clean_label(words.language_name(language), 15)
        axes.text(_WORDS_START, top + _LINE / 2, name, size=8.5, color=GREY, va="center_baseline")
    left = _WORDS_START + (_LANGUAGE_WIDTH if language else 0)
    for number, line in enumerate(lines):
        y = top + (number + 0.5) * _LINE
        axes.text(left, y, line, size=_SIZE, color=INK, va="center_baseline")


def _write_lines(
    axes: Axes, place: tuple[float, float], lines: list[str], style: dict[str, Any]
) -> None:
    x, middle = place
    for number, line in enumerate(lines):
        y = middle + (number + 0.5 - len(lines) / 2) * _LINE
        axes.text(x, y, line, size=_SIZE, va="center_baseline", **style)


def _write_blocks(frame: pd.DataFrame, figure: Figure, several: bool) -> list[_Block]:
    width = _INSIDE - _WORDS_START - (_LANGUAGE_WIDTH if several else 0)
    blocks = []
    for _, rows in frame.groupby("topic", sort=False):
        first = rows.iloc[0]
        spoken = [
            (row.language, wrap(figure, row.keywords or "–", _SIZE, "normal", width, 2))
            for row in each_row(rows.head(MOST_LANGUAGES))
        ]
        directed = [
            (language, [_direct(line, language) for line in lines]) for language, lines in spoken
        ]
        name = wrap(figure, first["label"], _SIZE, "bold", _LABEL_WIDTH, 3)
        blocks.append(_Block(name, int(first["n_passages"]), directed))
    return blocks


def _direct(line: str, language: str) -> str:
    return RIGHT_TO_LEFT + line if language in _FROM_THE_RIGHT else line


def _prepare(basis: Basis) -> pd.DataFrame:
    largest = order_by_size(basis.tables.topics, "topic")
    labels = topic_labels(basis, 60)
    by_size = list(list_groups(basis.tables, "passage language")["group"])
    rows = []
    for topic in each_row(largest.head(MOST_TOPICS)):
        keywords = list_keywords(topic.keywords)
        named = [x for x in by_size if x in keywords] or list(keywords)[:1] or [""]
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
