"""What a chart is made from, and how a verb that draws it becomes one that an analyst can call."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.charts.lettering import REPLACEMENT, clean_label, keep_visible
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording, load_wording

if TYPE_CHECKING:
    from press_themes.telling.charts.chart import Chart

# What identifies a theme or topic, the column with its name, and which of the two it is.
_NAMES = (
    ("theme", "label", "theme"),
    ("theme", "theme_label", "theme"),
    ("topic", "label", "topic"),
    ("topic", "topic_label", "topic"),
    ("first", "first_label", "theme"),
    ("second", "second_label", "theme"),
    ("name", "label", "kind"),
)
#: Below this many passages no chart of them says anything.
FEWEST_PASSAGES = 4
#: Marks of numbers as the codebook reads them, and of those estimated with judgements.
READ_MARK, ESTIMATED_MARK = "o", "D"


class NothingToDrawError(Exception):
    """A chart whose data is absent; the message is the reason, in the language of the report."""


@dataclass(frozen=True)
class ChartSettings:
    """What a chart says and shows beside its tables.

    Attributes
    ----------
    corpus : str
        Title of the corpus, for the source line.
    quote_characters : int
        Most characters of a passage that may be quoted.
    """

    corpus: str = ""
    quote_characters: int = 200


class Basis(NamedTuple):
    """What every chart is drawn from: the tables of a run or comparison, and the words for them."""

    tables: Any
    words: Wording
    settings: ChartSettings = ChartSettings()


class Told(NamedTuple):
    """A finished figure, the rows it shows, its takeaway and its caption."""

    figure: Chart
    numbers: pd.DataFrame
    takeaway: str
    caption: str


def chart(compose: Callable[[Basis], Told]) -> Callable[..., Chart]:
    """Make of a verb that composes a chart one that takes tables and a language."""
    name = compose.__name__.removeprefix("draw_")

    @functools.wraps(compose)
    def draw(tables: Any, language: str = "en", settings: ChartSettings = ChartSettings()) -> Chart:
        words = load_wording(language)
        basis = Basis(tables, words, settings)
        with use_house_style():
            try:
                told = compose(basis)
            except NothingToDrawError as absence:
                blank = new_figure(1)
                blank.reason = str(absence)
                return blank
        figure = told.figure
        figure.takeaway, figure.caption = told.takeaway, told.caption
        figure.alt = words(f"{name}.alt", takeaway=told.takeaway)
        figure.numbers = spell_out(told.numbers, basis)
        return figure

    return draw


def require_passages(basis: Basis) -> None:
    """Raise `NothingToDrawError` where there are too few passages for a chart."""
    n_passages = len(basis.tables.passages)
    if n_passages < FEWEST_PASSAGES:
        raise NothingToDrawError(
            basis.words("absent.few_passages", n=n_passages, fewest=FEWEST_PASSAGES)
        )


def order_by_size(table: pd.DataFrame, key: str, size: str = "n_passages") -> pd.DataFrame:
    """Return themes or topics, the largest first and of equal ones the first by name."""
    return table.sort_values([size, key], ascending=[False, True], kind="stable")


def count_part(tables: Any, name: str) -> int:
    """Return a number of the tallies."""
    return int(tables.tallies.set_index("name")["n"][name])


def story_of(articles: pd.DataFrame) -> pd.Series:
    """Return the story of each article; where none were looked for, its family stands for it."""
    return articles["story_id" if "story_id" in articles else "family_id"]


def count_stories(articles: pd.DataFrame) -> int:
    """Return how many stories the articles report."""
    return int(story_of(articles).nunique())


def theme_labels(basis: Basis, length: int = 40) -> dict[str, str]:
    """Return the label of each theme, ready to be drawn."""
    themes = basis.tables.themes
    return {
        theme: _clean_name(basis, label, length) or str(theme)
        for theme, label in zip(themes["theme"], themes["label"], strict=True)
    }


def topic_labels(basis: Basis, length: int = 40) -> dict[int, str]:
    """Return the label of each topic, ready to be drawn."""
    topics = basis.tables.topics
    return {
        int(topic): _clean_name(basis, label, length) or basis.words("topic", number=topic)
        for topic, label in zip(topics["topic"], topics["label"], strict=True)
    }


def spell_out(frame: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Write the names of themes and topics in full, as the numbers behind a figure need them."""
    tables, words = basis.tables, basis.words
    if not hasattr(tables, "topics"):
        return frame
    whole = {
        kind: {
            str(key): " ".join(keep_visible(words.pick(label)).split())
            for key, label in zip(table[kind], table["label"], strict=True)
        }
        for kind, table in (("theme", tables.themes), ("topic", tables.topics))
    }
    spelt = frame.copy()
    for key, column, kind in _NAMES:
        needed = {key, column, kind} if kind == "kind" else {key, column}
        if not needed <= set(frame.columns):
            continue
        kinds = frame[kind] if kind == "kind" else [kind] * len(frame)
        spelt[column] = [
            whole[own].get(str(name)) or drawn
            for own, name, drawn in zip(kinds, frame[key], frame[column], strict=True)
        ]
    return spelt


def source_line(basis: Basis, method: str, counts_themes: bool = False) -> str:
    """Return the source line of a figure: the corpus, how it was made, what its counts rest on."""
    told = basis.words(
        "source",
        corpus=clean_label(basis.settings.corpus, 70),
        articles=basis.words("noun.article", n=len(basis.tables.articles)),
        method=basis.words(f"method.{method}"),
    )
    if not counts_themes:
        return told
    judged = basis.tables.theme_scores.get("judged", pd.Series(dtype=object)).fillna("") != ""
    return f"{told} {basis.words('basis.counted_judged' if judged.any() else 'basis.counted')}"


def mark_basis(bases: Iterable[str]) -> list[str]:
    """Return the mark of each number: a diamond where judgements were used to estimate it."""
    return [ESTIMATED_MARK if own == "judged" else READ_MARK for own in bases]


def state_basis(bases: Iterable[str], words: Wording) -> str:
    """Say what numbers rest on: the reading of the codebook alone, judgements, or now this, now that."""
    judged = {own == "judged" for own in bases}
    kind = "mixed" if len(judged) > 1 else "judged" if True in judged else "read"
    return words(f"basis.{kind}")


def _clean_name(basis: Basis, label: object, length: int) -> str:
    cleaned = clean_label(basis.words.pick(label), length)
    # A name that no font can draw at all says less than the identifier.
    return cleaned if cleaned.strip(f"{REPLACEMENT} ,…") else ""
