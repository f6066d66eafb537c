"""The large stories as the report tells them: what, when, by whom, and how the tellings differ."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.report.examples import Bank, quote
from press_themes.telling.report.sections import anchor
from press_themes.telling.report.story_sentences import name_group
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

MOST_STORIES = 8
_MOST_SHARED = 6
_MOST_OUTLETS = 6
_MOST_DIFFERENCES = 2
_TITLE_LENGTH = 140


def list_stories(
    tables: Any, bank: Bank, words: Wording, shown: Set[str] = frozenset()
) -> list[dict[str, Any]]:
    """List the stories told in most articles; one told in a single article is no story to tell."""
    stories = tables.stories
    if stories.empty:
        return []
    chosen = stories[stories["n_articles"] > 1].head(MOST_STORIES)
    fresh = bank.passages[~bank.passages.index.isin(shown)]
    return [_describe(row, tables, fresh, bank) for row in each_row(chosen)]


def list_absences(tables: Any, words: Wording) -> list[str]:
    """Say how many stories that others reported an outlet left out."""
    left = tables.stories_left_out
    if left.empty:
        return []
    counted = left.groupby("outlet")["story_id"].nunique().sort_values(ascending=False)
    return [
        words("story.left_out", n=int(n), outlet=words.quote(str(outlet)))
        for outlet, n in counted.head(_MOST_OUTLETS).items()
    ]


def _describe(row: Any, tables: Any, fresh: pd.DataFrame, bank: Bank) -> dict[str, Any]:
    words = bank.words
    labels = {x.theme: words.pick(x.label) or x.theme for x in each_row(tables.themes)}
    own = bank.passages[bank.passages["story"] == row.story_id]
    first = fresh[fresh["story"] == row.story_id]
    first = first.assign(foreign=first["language"] != words.language).sort_values(
        ["foreign", "date", "article_id", "position"], kind="stable"
    )
    return {
        "anchor": f"story-{row.story_id}",
        "title": shorten(str(row.title), _TITLE_LENGTH),
        "size": f"{words('noun.article', n=row.n_articles)} · {_tell_span(row, words)}",
        "languages": words.join([words.language_name(x) for x in row.languages]),
        "outlets": _tell_outlets(row, words),
        "themes": [(anchor("theme", x), labels[x]) for x in row.themes if x in labels],
        "differences": _tell_differences(row.story_id, tables, labels, words),
        "link": _tell_link(row, tables, own, words),
        "example": quote(bank, first.index[0]) if len(first) else None,
    }


def _tell_span(row: Any, words: Wording) -> str:
    if pd.isna(row.first_date):
        return words("undated")
    first, last = words.date(row.first_date), words.date(row.last_date)
    return first if first == last else words("facts.dates", first=first, last=last)


def _tell_outlets(row: Any, words: Wording) -> str:
    outlets = [str(x) for x in row.outlets]
    if not outlets:
        return words("no_outlet")
    named = words.join(outlets[:_MOST_OUTLETS])
    if len(outlets) > _MOST_OUTLETS:
        named += " " + words("story.more_outlets", n=len(outlets) - _MOST_OUTLETS)
    # Of one outlet, or of several that report on one day, nobody was first.
    if len(outlets) > 1 and isinstance(row.first_outlet, str):
        named += " – " + words("story.first", outlet=row.first_outlet)
    return named


def _tell_differences(story: str, tables: Any, labels: dict[str, str], words: Wording) -> list[str]:
    """Say which tellings put a theme forward, or leave it out, by the widest differences."""
    told = tables.tellings_by_story
    if told.empty:
        return []
    own = told[(told["story_id"] == story) & told["theme"].isin(labels)]
    widest = own.drop_duplicates("theme").head(_MOST_DIFFERENCES)
    return [
        words(
            "story.difference",
            theme=words.quote(labels[row.theme]),
            group=name_group(str(row.group), tables, words),
            bearing=words.number(row.n_bearing),
            passages=words("noun.passage", n=int(row.n_passages)),
            others=words.percent(row.share_others),
        )
        for row in each_row(widest)
        if row.difference
    ]


def _tell_link(row: Any, tables: Any, own: pd.DataFrame, words: Wording) -> str:
    """Say which names and numbers the articles share and how sure their link is."""
    shared = [*_list_names(tables, own), *_list_numbers(tables, own)][:_MOST_SHARED]
    return words(
        "story.link" if shared else "story.link.bare",
        shared=", ".join(shared),
        confidence=words.percent(_round_down(float(row.confidence))),
    )


def _list_names(tables: Any, own: pd.DataFrame) -> list[str]:
    """List the names that stand in two articles of the story or more, the widest spread first."""
    mentions = tables.name_mentions
    if mentions.empty or tables.names.empty:
        return []
    inside = mentions[mentions["article_id"].isin(own["article_id"])]
    spread = inside.groupby("name_id")["article_id"].nunique().sort_index()
    spread = spread[spread > 1].sort_values(ascending=False, kind="stable")
    names = tables.names.set_index("name_id")["name"]
    return [str(names[x]) for x in spread.index[: _MOST_SHARED - 2] if x in names]


def _list_numbers(tables: Any, own: pd.DataFrame) -> list[str]:
    links = tables.story_links
    if links.empty:
        return []
    inside = links["article_id"].isin(own["article_id"]) & links["other_id"].isin(own["article_id"])
    shared = links[inside & links["linked"].astype(bool)]["shared"]
    numbers = pd.Series([x for found in shared for x in map(str, found)], dtype=object)
    counted = numbers[numbers.str.isdigit().astype(bool)].value_counts().sort_index()
    return list(counted.sort_values(ascending=False, kind="stable").index)


def _round_down(confidence: float) -> float:
    """Never round up to certainty."""
    return min(confidence, 0.99)
