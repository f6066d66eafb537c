"""What the codebook's own health says: a sentence for each kind of problem, and where each lies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

#: Kinds of problems in the order in which they are told.
PROBLEMS = (
    "bears_nothing", "mistaken", "few_examples", "one_language", "example_elsewhere",
    "claims_ordinary", "left_out",
)  # fmt: skip
MOST_LISTED = 60
_MOST_THEMES = 3
_TEXT_LENGTH = 140


def tell_codebook(tables: Any, words: Wording) -> list[str]:
    """Say, kind by kind, what is wrong with the codebook and with which themes most."""
    health, said = tables.codebook_health, []
    for problem in PROBLEMS:
        own = health[health["problem"] == problem] if len(health) else health
        if own.empty:
            continue
        counted = own["theme"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
        labels = _label_themes(tables, words)
        named = [words.quote(labels.get(x, x)) for x in counted.index[:_MOST_THEMES]]
        n_more = len(counted) - len(named)
        if n_more:
            named.append(words("codebook.more", n=n_more))
        said.append(words(f"codebook.{problem}", n=len(own), themes=words.join(named)))
    return said


def list_problems(tables: Any, words: Wording) -> list[dict[str, str]]:
    """List the problems: the theme, what is wrong, where, and what would mend it."""
    labels = _label_themes(tables, words)
    return [
        {
            "theme": labels.get(row.theme, row.theme),
            "problem": words(f"codebook.problem.{row.problem}"),
            "detail": _describe(row, tables, labels, words),
            "proposal": words(f"codebook.proposal.{row.proposal}"),
        }
        for row in each_row(tables.codebook_health.head(MOST_LISTED))
    ]


def _describe(row: Any, tables: Any, labels: dict[str, str], words: Wording) -> str:
    detail = str(row.detail)
    if row.problem == "mistaken":
        return labels.get(detail, detail)
    if row.problem == "example_elsewhere":
        other, _, text = detail.partition(": ")
        return words("codebook.nearer", theme=labels.get(other, other), text=_cut(text))
    if row.problem == "left_out":
        passages = tables.passages.set_index("passage_id")["article_id"]
        titles = tables.articles.set_index("article_id")["title"]
        return _cut(str(titles.get(passages.get(detail, ""), detail)))
    if row.problem == "one_language":
        return words.language_name(detail)
    return "" if row.problem == "bears_nothing" else _cut(detail)


def _cut(text: str) -> str:
    return shorten(" ".join(text.split()), _TEXT_LENGTH)


def _label_themes(tables: Any, words: Wording) -> dict[str, str]:
    known: pd.DataFrame = tables.themes
    return {row.theme: words.pick(row.label) or row.theme for row in each_row(known)}
