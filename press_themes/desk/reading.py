"""The reader: a passage in its article, between its neighbours, as a page of safe HTML.

Texts of a corpus are never trusted: whatever they hold is shown as letters.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.telling.wording import Wording

_NEIGHBOURS = 1
# The class of a passage before, of the one that is read, and of one after it.
_KINDS = {-1: "pt-neighbour pt-before", 0: "pt-passage", 1: "pt-neighbour"}


def render_passage(
    collection: Collection,
    row: int,
    words: Wording,
    is_whole: bool = False,
    marked: tuple[str, ...] = (),
) -> str:
    """Render a passage in its article."""
    passage = collection.passages.iloc[row]
    rows = list_article(collection, row)
    place = int(np.flatnonzero(rows == row)[0])
    first, last = place - _NEIGHBOURS, place + _NEIGHBOURS
    shown = [
        (number, other) for number, other in enumerate(rows) if is_whole or first <= number <= last
    ]
    paragraphs = "".join(
        _paragraph(collection, other, _KINDS[np.sign(number - place)], is_whole)
        for number, other in shown
    )
    before = "" if shown[0][0] == 0 else '<p class="pt-more">…</p>'
    after = "" if shown[-1][0] == len(rows) - 1 else '<p class="pt-more">…</p>'
    position = words("place", number=place + 1, total=len(rows))
    judged = "".join(f'<p class="pt-marked">{escape(sentence)}</p>' for sentence in marked)
    return (
        f'<div class="pt-reading"><h3 dir="auto">{_title(passage, words)}</h3>'
        f'<p class="pt-source">{_source(passage, words)} · {escape(position)}</p>'
        f'<p class="pt-bears">{_describe(collection, row, words)}</p>{judged}'
        f"{before}{paragraphs}{after}</div>"
    )


def list_article(collection: Collection, row: int) -> np.ndarray:
    """List the passages of the article in which a passage stands."""
    passages = collection.passages
    article = passages["article_id"].iloc[row]
    rows = np.flatnonzero((passages["article_id"] == article).to_numpy())
    return rows[np.argsort(passages["position"].to_numpy()[rows], kind="stable")]


def _title(passage: pd.Series, words: Wording) -> str:
    title = escape(passage["title"] or words("untitled"))
    if urlsplit(passage["url"]).scheme not in ("http", "https"):
        return title
    address = escape(passage["url"], quote=True)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{title}</a>'


def _source(passage: pd.Series, words: Wording) -> str:
    parts = [
        passage["outlet"] or words("no_outlet"),
        words.date(passage["date"]) if pd.notna(passage["date"]) else words("undated"),
        words.language_name(passage["language"]),
    ]
    return " · ".join(f"<bdi>{escape(part)}</bdi>" for part in parts)


def _describe(collection: Collection, row: int, words: Wording) -> str:
    labels = dict(zip(collection.themes["theme"], collection.themes["label"], strict=True))
    colors = dict(zip(collection.themes["theme"], collection.themes["color"], strict=True))
    columns = collection.scores.columns
    names = [str(columns[int(i)]) for i in np.flatnonzero(collection.bears[row])]
    themes = [
        f'<span class="pt-theme" style="border-color:{escape(str(colors[name]), quote=True)}">'
        f"{escape(labels[name])} {words.signed(float(collection.scores[name].iloc[row]))}</span>"
        for name in names
    ]
    topic = collection.passages["topic"].iloc[row]
    topics = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    named = topics.get(topic, words("outside_topics"))
    return " ".join([*(themes or [escape(words("no_theme"))]), f"<bdi>{escape(named)}</bdi>"])


def _paragraph(collection: Collection, row: int, kind: str, is_whole: bool) -> str:
    # A passage of several paragraphs keeps them apart.
    text = "<br><br>".join(escape(part) for part in _paragraphs(collection, row))
    cut = "" if is_whole or kind == _KINDS[0] else " pt-cut"
    return f'<div class="{kind}{cut}"><p dir="auto">{text}</p></div>'


def _paragraphs(collection: Collection, row: int) -> list[str]:
    text = collection.passages["text"].iloc[row]
    return [part.strip() for part in text.split("\n\n") if part.strip()]
