"""Every passage of the run as the report lists it: by article, quoted, with its themes.

A reader without scripts leafs through it; the desk shows the same passages to all others.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.excerpts import choose_listed
from press_themes.telling.report.examples import Bank, name_strength, safe_link
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

_TITLE_LENGTH = 140
#: What stands for passages of which something is not known, in the state of the desk.
NONE = "-"


class PassageList(NamedTuple):
    """The passages of a run by article.

    Attributes
    ----------
    articles : list of dict
        ``id, title, language, outlet, date, day, url, passages``; each passage has ``id, text,
        language, position, themes``.
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


def _mark_themes(tables: Any, bank: Bank, words: Wording) -> dict[str, str]:
    """Return for each passage its themes with their strength."""
    labels = {row.theme: words.pick(row.label) or row.theme for row in each_row(tables.themes)}
    assigned = bank.scores[bank.scores["assigned"] & bank.scores["theme"].isin(labels)]
    ordered = assigned.sort_values(
        ["passage_id", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    texts: dict[str, list[str]] = {}
    columns = (ordered[name] for name in ("passage_id", "theme", "score", "judged"))
    for passage_id, theme, score, judged in zip(*columns, strict=True):
        named = name_strength(bank, score, judged=judged)
        strength = words("report.strength", word=named, score=words.signed(score))
        told = words("report.theme_strength", theme=labels[theme], strength=strength)
        texts.setdefault(passage_id, []).append(told)
    return {passage_id: ", ".join(own) for passage_id, own in texts.items()}


def _describe_passage(row: Any, marks: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.passage_id,
        "text": row.quoted,
        "language": str(row.language or ""),
        "position": int(row.position) + 1,
        "themes": marks.get(row.passage_id, ""),
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
            "passages": passages[row.article_id],
        }
        for row in each_row(ordered)
    ]
