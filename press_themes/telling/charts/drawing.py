"""What a chart is made from and what it becomes.

A chart with nothing to show raises `NothingToDrawError` with one sentence instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.tables import RunTables
from press_themes.telling.charts.lettering import REPLACEMENT, clean_label, keep_visible
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


class NothingToDrawError(Exception):
    """A chart whose data is absent; the message is the reason, in the language of the report."""


class Basis(NamedTuple):
    """What every chart may use.

    Attributes
    ----------
    tables : RunTables
        The tables of the run.
    summary : dict
        The content of ``run.json``.
    words : Wording
        Phrases and formats.
    """

    tables: RunTables
    summary: dict[str, Any]
    words: Wording


class Drawing(NamedTuple):
    """A finished figure with the rows it shows.

    Attributes
    ----------
    figure : Figure
        Ready to be written.
    frame : DataFrame
        The rows drawn.
    title : str
        The takeaway.
    subtitle : str
        Unit, denominator and number of cases.
    alt : str
        "Chart of data where takeaway".
    """

    figure: Figure
    frame: pd.DataFrame
    title: str
    subtitle: str
    alt: str


def require_passages(basis: Basis) -> None:
    """Raise `NothingToDrawError` where there are too few passages for a chart."""
    n_passages = len(basis.tables.passages)
    if n_passages < FEWEST_PASSAGES:
        raise NothingToDrawError(
            basis.words("absent.few_passages", n=n_passages, fewest=FEWEST_PASSAGES)
        )


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


def source_line(basis: Basis, method: str) -> str:
    """Return the source line of a figure: the corpus, then how the figure was made."""
    words, counts = basis.words, basis.summary["counts"]
    return words(
        "source",
        corpus=clean_label(basis.summary["title"], 70),
        articles=words("noun.article", n=counts["articles"]),
        method=words(method),
    )


def _clean_name(basis: Basis, label: object, length: int) -> str:
    cleaned = clean_label(basis.words.pick(label), length)
    # A name that no font can draw at all says less than the identifier.
    return cleaned if cleaned.strip(f"{REPLACEMENT} ,…") else ""
