"""Every passage of the run as the report lists it: by article, quoted, with what can be asked of it.

The list is what search and filters work on, and what a reader without scripts leafs through.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.basis import count_part
from press_themes.telling.charts.deviations import list_groups
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.excerpts import choose_listed
from press_themes.telling.report.examples import Bank, name_strength, safe_link
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

_TITLE_LENGTH = 140
#: What stands for passages of which something is not known, in filters and addresses.
NONE = "(none)"


class PassageList(NamedTuple):
    """The passages of a run by article.

    Attributes
    ----------
    articles : list of dict
        ``id, title, language, outlet, date, day, url, path, passages``; each passage has ``id,
        text, language, position, themes, margins, topic``.
    n_passages : int
        Passages listed.
    """

    articles: list[dict[str, Any]]
    n_passages: int


def list_passages(tables: Any, bank: Bank, words: Wording) -> PassageList:
    """List the passages of a run by article."""
    listed = choose_listed(tables.passages)
    quoted = [shorten(str(text), bank.quote_characters) for text in listed["text"]]
    listed = listed.assign(quoted=quoted).sort_values(["article_id", "position"], kind="stable")
    marks = _mark_themes(tables, bank, words)
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in each_row(listed):
        by_article.setdefault(row.article_id, []).append(_describe_passage(row, marks))
    return PassageList(_list_articles(tables.articles, by_article, words), len(listed))


def list_choices(tables: Any, words: Wording) -> dict[str, list[tuple[str, str]]]:
    """List what the filters offer."""
    outlets, languages = (
        dict(zip(groups["group"], groups["n_passages"], strict=True))
        for groups in (list_groups(tables, x) for x in ("outlet", "passage language"))
    )
    named = {
        "theme": {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)},
        "topic": {
            row.topic: words.pick(row.label) or words("topic", number=row.topic)
            for row in each_row(tables.topics)
        },
        "outlet": {outlet: outlet for outlet in outlets},
        "language": {code: words.language_name(code) for code in languages},
    }
    counts = {
        "theme": dict(zip(tables.themes["theme"], tables.themes["n_passages"], strict=True)),
        "topic": dict(zip(tables.topics["topic"], tables.topics["n_passages"], strict=True)),
        "outlet": outlets,
        "language": languages,
    }
    bare = {
        "theme": count_part(tables, "no_theme"),
        "topic": count_part(tables, "outliers") if len(tables.topics) else 0,
        "outlet": len(tables.passages) - sum(outlets.values()),
    }
    choices = {}
    for name, labels in named.items():
        counted = counts[name]
        ordered = sorted(labels, key=lambda value: (-counted[value], str(value)))
        choices[name] = [
            (str(value), _count(labels[value], int(counted[value]), words)) for value in ordered
        ]
        if bare.get(name):
            choices[name].append((NONE, _count(words(f"filter.{name}.none"), bare[name], words)))
    return choices


def _count(label: str, n: int, words: Wording) -> str:
    return f"{shorten(label, 60)} ({words.number(n)})"


def _mark_themes(tables: Any, bank: Bank, words: Wording) -> dict[str, tuple[str, str]]:
    """Return for each passage its themes with their strength, as a text and as numbers."""
    labels = {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)}
    choices = list_choices(tables, words)["theme"]
    places = {theme: place for place, (theme, _) in enumerate(choices)}
    assigned = bank.scores[bank.scores["assigned"] & bank.scores["theme"].isin(labels)]
    ordered = assigned.sort_values(
        ["passage_id", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    texts: dict[str, list[str]] = {}
    margins: dict[str, list[str]] = {}
    columns = (ordered[name] for name in ("passage_id", "theme", "score", "judged"))
    for passage_id, theme, score, judged in zip(*columns, strict=True):
        named = name_strength(bank, score, judged=judged)
        strength = words("report.strength", word=named, score=words.signed(score))
        told = words("report.theme_strength", theme=labels[theme], strength=strength)
        texts.setdefault(passage_id, []).append(told)
        margins.setdefault(passage_id, []).append(f"{places[theme]}:{round(1000 * score)}")
    return {x: (", ".join(texts[x]), " ".join(margins[x])) for x in texts}


def _describe_passage(row: Any, marks: dict[str, tuple[str, str]]) -> dict[str, Any]:
    themes, margins = marks.get(row.passage_id, ("", ""))
    return {
        "id": row.passage_id,
        "text": row.quoted,
        "language": str(row.language or ""),
        "position": int(row.position) + 1,
        "themes": themes,
        "margins": margins,
        "topic": int(row.topic),
    }


def _list_articles(
    articles: pd.DataFrame, passages: dict[str, list[dict[str, Any]]], words: Wording
) -> list[dict[str, Any]]:
    known = articles[articles["article_id"].isin(passages.keys())]
    ordered = known.sort_values(["date", "title", "article_id"], kind="stable", na_position="last")
    return [
        {
            "id": row.article_id,
            "title": shorten(str(row.title), _TITLE_LENGTH),
            "language": str(row.language or ""),
            "outlet": str(row.outlet) if pd.notna(row.outlet) else "",
            "date": words.date(row.date),
            "day": "" if pd.isna(row.date) else f"{row.date:%Y-%m-%d}",
            "url": safe_link(row.url),
            "path": shorten(str(row.path), _TITLE_LENGTH),
            "passages": passages[row.article_id],
        }
        for row in each_row(ordered)
    ]
