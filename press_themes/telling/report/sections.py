"""The parts of the report that list things: themes, topics, articles and what was skipped.

Every part is a list of plain records that the template prints without computing.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from press_themes.measures.aggregation import aggregate_themes, name_strongest
from press_themes.measures.ranking import cover_topics, rank_by_coverage
from press_themes.tables import RunTables
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.keyword_lists import list_keywords
from press_themes.telling.report.cautions import name_stability
from press_themes.telling.report.examples import (
    Bank,
    choose_borderline,
    choose_of_topic,
    choose_strong,
    safe_link,
)
from press_themes.telling.report.passage_list import NONE
from press_themes.telling.report.small_trends import draw_small_trend
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_ARTICLES = 500
MOST_SKIPPED = 300
MOST_TOPICS = 60
_MOST_KEYWORDS = 10
_MOST_OVERLAPS = 3
_TITLE_LENGTH = 200
_EXAMPLE_LENGTH = 90


def ask(**wanted: object) -> str:
    """Return what the address says of the passages wanted, such as ``theme=open_source``."""
    return urlencode({name: str(value) for name, value in wanted.items()})


def anchor(kind: str, name: object) -> str:
    """Return the identifier that links lead to, such as ``theme-open_source``."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", str(name))
    if safe == str(name):
        return f"{kind}-{name}"
    digest = hashlib.sha256(str(name).encode()).hexdigest()[:8]
    return "-".join(part for part in (kind, safe.strip("-"), digest) if part)


def choose_topics(topics: pd.DataFrame) -> pd.DataFrame:
    """Return the topics the report describes, largest first."""
    ordered = topics.sort_values(["n_passages", "topic"], ascending=[False, True], kind="stable")
    return ordered.head(MOST_TOPICS)


def list_themes(tables: RunTables, bank: Bank, words: Wording) -> list[dict[str, Any]]:
    """List the themes with their counts, trend, keywords and passages, largest first."""
    ordered = tables.themes.sort_values(
        ["n_passages", "theme"], ascending=[False, True], kind="stable"
    )
    outlets, overlaps = _count_outlets(tables), _count_overlaps(tables, "themes")
    topics = {
        row.topic: words.pick(row.label) or words("topic", number=row.topic)
        for row in each_row(choose_topics(tables.topics))
    }
    return [
        {
            "anchor": anchor("theme", row.theme),
            "label": words.pick(row.label) or str(row.theme),
            "definition": words.pick(row.definition),
            "trend": draw_small_trend(tables.trends, row.theme, words),
            "ask": ask(theme=row.theme),
            "outlets": _name_outlets(outlets, row.theme, words),
            "topics": [
                (anchor("topic", topic), topics[topic], words.number(n))
                for topic, n in overlaps.get(row.theme, [])
                if topic in topics
            ],
            "strong": choose_strong(bank, row.theme),
            "borderline": choose_borderline(bank, row.theme),
            **_describe(row, words),
        }
        for row in each_row(ordered)
    ]


def list_topics(tables: RunTables, bank: Bank, words: Wording) -> list[dict[str, Any]]:
    """List the largest topics with their counts, keywords, passages and themes."""
    if tables.topics.empty:
        return []
    covered = cover_topics(tables.passages, tables.topics).set_index("topic")
    missed = set(_find_missed(tables)["topic"])
    overlaps = _count_overlaps(tables, "topic")
    labels = {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)}
    listed = []
    for row in each_row(choose_topics(tables.topics)):
        topic = int(row.topic)
        share = covered["share_with_theme"].get(topic, 0.0)
        themes = [
            (anchor("theme", theme), labels[theme], words.number(n))
            for theme, n in overlaps.get(topic, [])
            if theme in labels
        ]
        listed.append(
            {
                "anchor": anchor("topic", topic),
                "label": words.pick(row.label) or words("topic", number=topic),
                "examples": choose_of_topic(bank, row.representatives),
                "covered": words("topic.covered", share=words.percent(share)),
                "missed": topic in missed,
                "themes": themes,
                "ask": ask(topic=topic),
                **_describe(row, words),
            }
        )
    return listed


def state_missed(tables: RunTables, words: Wording) -> dict[str, Any]:
    """Say which of all topics the codebook misses, those the report does not describe included."""
    if rank_by_coverage(tables.passages, tables.topics).empty:
        return {"sentence": words("finding.missed.few"), "topics": [], "more": False}
    missed = _find_missed(tables)
    if missed.empty:
        return {"sentence": words("report.missed.none"), "topics": [], "more": False}
    described = set(choose_topics(tables.topics)["topic"])
    labels = tables.topics.set_index("topic")["label"]
    named = [
        (
            anchor("topic", topic) if topic in described else "",
            words.pick(labels[topic]) or words("topic", number=topic),
        )
        for topic in missed["topic"].head(MOST_TOPICS)
    ]
    sentence = words("report.missed", n=len(missed))
    return {"sentence": sentence, "topics": named, "more": len(missed) > len(named)}


def _find_missed(tables: RunTables) -> pd.DataFrame:
    ranked = rank_by_coverage(tables.passages, tables.topics)
    return ranked[ranked["missed"]]


def list_articles(tables: RunTables, words: Wording) -> list[dict[str, Any]]:
    """List the articles by date and title with their strongest theme."""
    strongest = _strongest_themes(tables)
    labels = {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)}
    ordered = tables.articles.sort_values(["date", "title"], kind="stable", na_position="last")
    return [
        {
            "title": shorten(str(row.title), _TITLE_LENGTH),
            "title_derived": bool(row.title_derived),
            "language": str(row.language or ""),
            "outlet": str(row.outlet) if pd.notna(row.outlet) else "–",
            "date": words.date(row.date),
            "theme": labels.get(strongest.get(row.article_id, ""), "–"),
            "truncated": bool(row.truncated),
            "reprint": row.family_role == "reprint",
            "url": safe_link(row.url),
        }
        for row in each_row(ordered.head(MOST_ARTICLES))
    ]


def list_skipped(tables: RunTables) -> list[dict[str, str]]:
    """List what was not used, and why."""
    return [
        {
            "path": shorten(str(row.path), _TITLE_LENGTH),
            "position": "" if pd.isna(row.position) else str(int(row.position) + 1),
            "reason": shorten(str(row.reason), 400),
        }
        for row in each_row(tables.skipped.head(MOST_SKIPPED))
    ]


def list_discarded(tables: RunTables, bank: Bank, words: Wording) -> list[dict[str, str]]:
    """List the kinds of lines peeled off pages with their number and the first of each."""
    kinds = tables.discarded.groupby("kind")["text"].agg(["size", "first"]).reset_index()
    ordered = kinds.sort_values(["size", "kind"], ascending=[False, True], kind="stable")
    return [
        {
            "kind": words(key) if (key := f"kind.{kind}") in words.phrases else str(kind),
            "n": words.number(n),
            "example": shorten(str(text), min(_EXAMPLE_LENGTH, bank.quote_characters)),
        }
        for kind, n, text in zip(ordered["kind"], ordered["size"], ordered["first"], strict=True)
    ]


def _describe(row: Any, words: Wording) -> dict[str, Any]:
    keywords, found = list_keywords(row.keywords), _whole(row.n_passages) > 0
    return {
        "share": words.percent(row.share),
        "interval": words.interval(row.share_low, row.share_high)
        if found
        else words("interval.not_found"),
        "n_passages": words("noun.passage", n=_whole(row.n_passages)),
        "n_articles": words("noun.article", n=_whole(row.n_articles)),
        "n_stories": words("noun.story", n=_whole(row.n_stories)),
        "found": found,
        "count": _whole(row.n_passages),
        "stability": name_stability(row.stability, words),
        "keywords": [
            (language, words.language_name(language), ", ".join(chosen[:_MOST_KEYWORDS]))
            for language, chosen in keywords.items()
        ],
    }


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _count_outlets(tables: RunTables) -> pd.Series:
    pairs = tables.passages[["article_id", "themes"]].explode("themes").dropna().drop_duplicates()
    outlets = tables.articles.set_index("article_id")["outlet"]
    pairs = pairs.assign(outlet=pairs["article_id"].map(outlets).fillna(NONE))
    return pairs.groupby(["themes", "outlet"]).size()


def _name_outlets(counted: pd.Series, theme: str, words: Wording) -> list[tuple[str, str, str]]:
    if theme not in counted.index.get_level_values(0):
        return []
    mine = counted.loc[theme]
    ordered = sorted(mine.index, key=lambda outlet: (-mine[outlet], outlet))[:6]
    return [
        (
            words("no_outlet") if outlet == NONE else outlet,
            words("noun.article", n=int(mine[outlet])),
            ask(theme=theme, outlet=outlet),
        )
        for outlet in ordered
    ]


def _count_overlaps(tables: RunTables, whose: str) -> dict[Any, list[tuple[Any, int]]]:
    """Count the passages each topic (or theme) shares with its three nearest themes (or topics)."""
    other = "themes" if whose == "topic" else "topic"
    pairs = tables.passages[["topic", "themes"]].explode("themes").dropna()
    pairs = pairs[pairs["topic"] >= 0]
    counted = pairs.value_counts(["topic", "themes"]).reset_index(name="n")
    counted = counted.sort_values(["n", other], ascending=[False, True], kind="stable")
    overlaps: dict[Any, list[tuple[Any, int]]] = {}
    for mine, theirs, n in zip(counted[whose], counted[other], counted["n"], strict=True):
        found = overlaps.setdefault(mine, [])
        if len(found) < _MOST_OVERLAPS:
            found.append((theirs, int(n)))
    return overlaps


def _strongest_themes(tables: RunTables) -> dict[str, str]:
    aggregates = tables.theme_aggregates
    if aggregates.empty:
        aggregates = aggregate_themes(tables.passages, tables.articles, tables.theme_scores)
    return name_strongest(aggregates)
