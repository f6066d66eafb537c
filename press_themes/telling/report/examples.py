"""Passages worth reading: the strongest of each theme, its borderline ones, and those of a topic.

No two strong examples tell the same story, so a reprint never stands in for evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from press_themes.telling.charts.basis import story_of
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.excerpts import fit_quotations
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_CENTRAL = 2
MOST_STRONG = 3
MOST_BORDERLINE = 2
MOST_OF_TOPIC = 2
_TITLE_LENGTH = 140


class Example(NamedTuple):
    """A passage as the report quotes it."""

    text: str
    language: str
    outlet: str
    date: str
    title: str
    url: str
    strength: str
    score: str
    identifier: str
    foreign: str = ""


class Bank:
    """Passages and their articles, ready to be quoted.

    Parameters
    ----------
    tables : object
        With the tables of the run as attributes.
    allowed : int
        Most characters of a quotation that the corpus allows; `fit_quotations` may leave fewer.
    words : Wording
        Phrases and formats.
    """

    def __init__(
        self,
        tables: Any,
        allowed: int,
        words: Wording,
    ) -> None:
        articles = tables.articles.assign(story=story_of(tables.articles))
        columns = ["article_id", "title", "outlet", "date", "url", "story"]
        passages = tables.passages[
            ["passage_id", "article_id", "position", "text", "language", "topic", "topic_strength"]
        ]
        joined = passages.merge(articles[columns], on="article_id", how="left")
        self.passages = joined.set_index("passage_id")
        scores = tables.theme_scores
        known = scores[scores["passage_id"].isin(self.passages.index)]
        known = known if "room" in known else known.assign(room=known["score"])
        self.scores = known if "judged" in known else known.assign(judged="")
        central = tables.representatives
        central = central[central["role"] == "typical"] if len(central) else central
        #: The central passages of each theme, the most central first.
        self.central = (
            central[central["kind"] == "theme"].groupby("name")["passage_id"].agg(list).to_dict()
            if len(central)
            else {}
        )
        self.quotations = tables.quotations
        thirds = tables.margins[["lower_third", "upper_third"]]
        #: The thirds of all assigned scores: what "weak", "clear" and "strong" mean in this run.
        self.thirds = tuple(thirds.iloc[0]) if len(thirds) else (0.0, 0.0)
        self.quote_characters = fit_quotations(tables.passages, allowed)
        self.words = words


def choose_central(bank: Bank, theme: str, shown: Set[str] = frozenset()) -> list[Example]:
    """Choose the passages that say what most of a theme say, but none that is shown already."""
    fresh = [x for x in list_central(bank, theme) if x not in shown]
    return [quote(bank, x) for x in fresh[:MOST_CENTRAL]]


def list_central(bank: Bank, theme: str) -> list[str]:
    """List the central passages of a theme, those in the language of the report first."""
    known = [x for x in bank.central.get(theme, []) if x in bank.passages.index]
    known = known or list(_strongest(bank, theme)["passage_id"])
    return sorted(known, key=lambda x: bank.passages["language"][x] != bank.words.language)


def choose_strong(bank: Bank, theme: str) -> list[Example]:
    """Choose the strongest passages of a theme, one a story."""
    first = _strongest(bank, theme)
    return [
        quote(bank, row.passage_id, row.score, name_strength(bank, row.score, judged=row.judged))
        for row in each_row(first)
    ]


def choose_borderline(bank: Bank, theme: str) -> list[Example]:
    """Choose the passages for which the decision on a theme was closest, either way."""
    scores = bank.scores[(bank.scores["theme"] == theme) & (bank.scores["judged"] == "")]
    shown = scores["passage_id"].isin(_strongest(bank, theme)["passage_id"])
    inside = scores[scores["assigned"] & ~shown].sort_values(["room", "passage_id"])
    outside = scores[~scores["assigned"]].sort_values(
        ["room", "passage_id"], ascending=[False, True]
    )
    nearest = pd.concat([inside.head(1), outside.head(1)])
    return [
        quote(bank, row.passage_id, row.score, name_strength(bank, row.score, row.assigned))
        for row in each_row(nearest)
    ]


def choose_of_topic(bank: Bank, representatives: Iterable[str]) -> list[Example]:
    """Quote the representative passages of a topic."""
    known = [x for x in representatives if x in bank.passages.index]
    return [quote(bank, x) for x in known[:MOST_OF_TOPIC]]


def safe_link(url: Any) -> str:
    """Return the address if it is of the web, else nothing."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def name_strength(bank: Bank, score: float, assigned: bool = True, judged: str = "") -> str:
    """Name a score: strong, clear or weak by thirds of all assigned scores, or what decided else."""
    if judged:
        return bank.words("strength.judged")
    if not assigned:
        return bank.words("strength.below" if score <= 0 else "strength.outdone")
    weak, clear = bank.thirds
    third = "strong" if score > clear else "clear" if score > weak else "weak"
    return bank.words(f"strength.{third}")


def _strongest(bank: Bank, theme: str) -> pd.DataFrame:
    scores = bank.scores[(bank.scores["theme"] == theme) & bank.scores["assigned"]]
    ordered = scores.sort_values(["score", "passage_id"], ascending=[False, True])
    story = ordered["passage_id"].map(bank.passages["story"])
    return ordered[~story.duplicated().to_numpy()].head(MOST_STRONG)


def quote(bank: Bank, passage_id: str, score: float | None = None, strength: str = "") -> Example:
    """Quote a passage with where it stands."""
    row, words = bank.passages.loc[passage_id], bank.words
    language = str(row["language"] or "")
    return Example(
        text=shorten(str(row["text"]), bank.quote_characters),
        language=language,
        foreign=words.language_name(language) if language not in ("", words.language) else "",
        outlet=str(row["outlet"]) if pd.notna(row["outlet"]) else words("no_outlet"),
        date=words.date(row["date"]),
        title=shorten(str(row["title"]), _TITLE_LENGTH),
        url=safe_link(row["url"]),
        strength=strength,
        score="" if score is None else words.signed(score),
        identifier=passage_id,
    )
