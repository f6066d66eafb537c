"""The parts of the report that list things: themes, topics, articles and what was skipped.

Every part is a list of plain records that the template prints without computing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from press_themes.telling.charts.basis import order_by_size
from press_themes.telling.charts.left_out import name_kind
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.keyword_lists import list_keywords
from press_themes.telling.report.cautions import name_stability
from press_themes.telling.report.examples import (
    Bank,
    choose_borderline,
    choose_central,
    choose_of_topic,
    choose_strong,
    safe_link,
)
from press_themes.telling.report.finding import state_basis
from press_themes.telling.report.passage_list import NONE
from press_themes.telling.report.small_trends import draw_small_trend
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_ARTICLES = 500
MOST_SKIPPED = 300
MOST_TOPICS = 60
_MOST_KEYWORDS = 10
_MOST_OVERLAPS = 3
_MOST_OUTLETS = 6
_STATES = {
    "theme": "themes", "with": "themes", "topic": "topics", "outlet": "outlets", "from": "since",
    "to": "until",
}  # fmt: skip
_TITLE_LENGTH = 200
_EXAMPLE_LENGTH = 90


def ask(**wanted: object) -> str:
    """Return the state of the desk that shows the passages wanted: ``themes=open_source``."""
    state = [(_STATES[name], str(value)) for name, value in wanted.items()]
    # Of two themes both are meant.
    return urlencode([*state, ("every", "true")] if "with" in wanted else state)


def anchor(kind: str, name: object) -> str:
    """Return the identifier that links lead to, such as ``theme-open_source``."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", str(name))
    if safe == str(name):
        return f"{kind}-{name}"
    digest = hashlib.sha256(str(name).encode()).hexdigest()[:8]
    return "-".join(part for part in (kind, safe.strip("-"), digest) if part)


def choose_topics(topics: pd.DataFrame) -> pd.DataFrame:
    """Return the topics the report describes, largest first."""
    return order_by_size(topics, "topic").head(MOST_TOPICS)


def list_themes(
    tables: Any, bank: Bank, words: Wording, shown: Set[str] = frozenset()
) -> list[dict[str, Any]]:
    """List the themes, largest first, with central passages that are not shown before."""
    seen = set(shown)
    overlaps = _list_overlaps(tables, "theme")
    topics = {
        row.topic: words.pick(row.label) or words("topic", number=row.topic)
        for row in each_row(choose_topics(tables.topics))
    }
    listed = []
    for row in each_row(order_by_size(tables.themes, "theme")):
        central = choose_central(bank, row.theme, seen)
        seen.update(example.identifier for example in central)
        listed.append(
            {
                "anchor": anchor("theme", row.theme),
                "label": words.pick(row.label) or str(row.theme),
                "definition": words.pick(row.definition),
                "trend": draw_small_trend(tables, row.theme, words),
                "central": central,
                "ask": ask(theme=row.theme),
                "outlets": _name_outlets(tables, row.theme, words),
                "topics": [
                    (anchor("topic", topic), topics[topic], words.number(n))
                    for topic, n in overlaps.get(row.theme, [])
                    if topic in topics
                ],
                "strong": choose_strong(bank, row.theme),
                "borderline": choose_borderline(bank, row.theme),
                **_describe(row, words),
                "basis": state_basis(tables, row.theme, words),
                "accuracy": _state_accuracy(row, words),
            }
        )
    return listed


def list_topics(tables: Any, bank: Bank, words: Wording) -> list[dict[str, Any]]:
    """List the largest topics with their counts, keywords, passages and themes."""
    if tables.topics.empty:
        return []
    covered, broad = tables.topic_coverage.set_index("topic"), _name_broad(tables, words)
    overlaps = _list_overlaps(tables, "topic")
    labels = {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)}
    listed = []
    for row in each_row(choose_topics(tables.topics)):
        topic = int(row.topic)
        share, verdict = covered.loc[topic, ["share_with_theme", "verdict"]]
        themes = [
            (anchor("theme", theme), labels[theme], words.number(n))
            for theme, n in overlaps.get(topic, [])
            if theme in labels
        ]
        listed.append(
            {
                "anchor": anchor("topic", topic),
                "label": words.pick(row.label) or words("topic", number=topic),
                "broad": broad.get(topic, ""),
                "soundness": _state_soundness(tables, topic, words),
                "examples": choose_of_topic(bank, row.representatives),
                "covered": words("topic.covered", share=words.percent(share)),
                "missed": verdict == "missed",
                "themes": themes,
                "ask": ask(topic=topic),
                **_describe(row, words),
            }
        )
    # Topics of one broad subject stand together, the largest subject first.
    order = list(dict.fromkeys(x["broad"] for x in listed))
    return sorted(listed, key=lambda x: order.index(x["broad"]))


def state_missed(tables: Any, words: Wording) -> dict[str, Any]:
    """Say which of all topics the codebook misses, those the report does not describe included."""
    covered = tables.topic_coverage
    if not (covered["verdict"] != "too small").any():
        return {"sentence": words("finding.missed.few"), "topics": [], "more": False}
    missed = covered[covered["verdict"] == "missed"]
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


def list_articles(tables: Any, words: Wording) -> list[dict[str, Any]]:
    """List the articles by date and title with their strongest theme."""
    aggregates = tables.theme_aggregates
    first = (aggregates["level"] == "article") & (aggregates["rank"] == 1) & aggregates["bears"]
    strongest = aggregates[first].set_index("id")["theme"]
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


def list_skipped(tables: Any) -> list[dict[str, str]]:
    """List what was not used, and why."""
    return [
        {
            "path": shorten(str(row.path), _TITLE_LENGTH),
            "position": "" if pd.isna(row.position) else str(int(row.position) + 1),
            "reason": shorten(str(row.reason), 400),
        }
        for row in each_row(tables.skipped.head(MOST_SKIPPED))
    ]


def list_discarded(tables: Any, bank: Bank, words: Wording) -> list[dict[str, str]]:
    """List the kinds of lines peeled off pages with their number and the first of each."""
    first = tables.discarded.drop_duplicates("kind").set_index("kind")["text"]
    return [
        {
            "kind": name_kind(row.name, words),
            "n": words.number(row.n),
            "example": shorten(str(first[row.name]), min(_EXAMPLE_LENGTH, bank.quote_characters)),
        }
        for row in each_row(tables.tallies[tables.tallies["stage"] == "lines"])
    ]


def _describe(row: Any, words: Wording) -> dict[str, Any]:
    keywords, found = list_keywords(row.keywords), _whole(row.n_passages) > 0
    return {
        "basis": "",
        "accuracy": "",
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


def _state_accuracy(row: Any, words: Wording) -> str:
    """State precision and recall of a theme where its judged passages allow it."""
    said = [
        words(
            f"theme.{name}",
            share=words.percent(share),
            interval=words.interval(float(low), float(high)),
        )
        for name, share, low, high in (
            (x, *(getattr(row, f"{x}{end}", float("nan")) for end in ("", "_low", "_high")))
            for x in ("precision", "recall")
        )
        if pd.notna(share)
    ]
    return " · ".join(said)


def _name_broad(tables: Any, words: Wording) -> dict[int, str]:
    """Name the broad subject that most passages of each topic lie in."""
    levels = tables.topic_levels
    if levels.empty or "topic_broad" not in tables.passages:
        return {}
    coarse = levels[levels["level"] == "coarse"].set_index("topic")["label"]
    inside = tables.passages[tables.passages["topic"] >= 0].groupby("topic")["topic_broad"]
    most = inside.agg(lambda x: x.value_counts().sort_index().idxmax())
    return {int(k): words.pick(coarse[v]) for k, v in most.items() if v in coarse}


def _state_soundness(tables: Any, topic: int, words: Wording) -> str:
    """Say whether a topic can be relied on, and why not."""
    judged = tables.topic_soundness
    judged = judged[judged["topic"] == topic] if len(judged) else judged
    if judged.empty:
        return ""
    row: Any = judged.iloc[0]
    verdict = words(f"soundness.{row['verdict'].replace(' ', '_')}")
    reasons = [words(f"soundness.reason.{x.replace(' ', '_')}") for x in row["reasons"]]
    if not reasons:
        return f"{verdict}."
    # What is to be known of a sound topic is no reason for its being sound.
    key = "soundness.noted" if row["verdict"] == "sound" else "soundness"
    return words(key, verdict=verdict, reasons=words.join(reasons))


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _name_outlets(tables: Any, theme: str, words: Wording) -> list[tuple[str, str, str]]:
    groups = tables.article_groups
    mine = groups[(groups["grouping"] == "outlet") & (groups["theme"] == theme)]
    mine = mine.assign(asked=mine["group"].replace("", NONE))
    ordered = mine.sort_values(["n_articles", "asked"], ascending=[False, True], kind="stable")
    return [
        (
            row.group or words("no_outlet"),
            words("noun.article", n=row.n_articles),
            ask(theme=theme, outlet=row.asked),
        )
        for row in each_row(ordered.head(_MOST_OUTLETS))
    ]


def _list_overlaps(tables: Any, whose: str) -> dict[Any, list[tuple[Any, int]]]:
    """List the three themes (or topics) that share most passages with each topic (or theme)."""
    other = "theme" if whose == "topic" else "topic"
    crossed = tables.crosswalk[(tables.crosswalk["theme"] != "") & (tables.crosswalk["topic"] >= 0)]
    crossed = crossed.sort_values(["n_passages", other], ascending=[False, True], kind="stable")
    overlaps: dict[Any, list[tuple[Any, int]]] = {}
    for row in each_row(crossed.groupby(whose, sort=False).head(_MOST_OVERLAPS)):
        found = overlaps.setdefault(getattr(row, whose), [])
        found.append((getattr(row, other), int(row.n_passages)))
    return overlaps
