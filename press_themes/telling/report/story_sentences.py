"""What the tables of stories and voices say, in sentences: the most reported, the quoted, the first.

A comparison is stated only where it holds beyond chance.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.basis import count_stories, story_of
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.report.finding import Finding, name_themes
from press_themes.telling.wording import Wording

_TITLE_LENGTH = 100


def write_story_findings(tables: Any, words: Wording) -> list[Finding | None]:
    """Write the findings that rest on stories and on who speaks."""
    return [
        _stories(tables, words),
        _voices(tables, words),
        _tellings(tables, words),
        _leads(tables, words),
    ]


def name_group(group: str, tables: Any, words: Wording) -> str:
    """Name what tellings are grouped by: a language by its name, anything else as it stands."""
    languages = set(tables.articles["language"].dropna())
    return words.language_name(group) if group in languages else group


def _stories(tables: Any, words: Wording) -> Finding | None:
    stories = tables.stories
    if stories.empty or stories["n_articles"].max() < 2:
        return None
    first = stories.iloc[0]
    tied = int((stories["n_articles"] == first["n_articles"]).sum())
    sentence = words(
        "finding.stories" if tied == 1 else "finding.stories.tied",
        articles=words("noun.article", n=len(tables.articles)),
        stories=words("noun.story", n=count_stories(tables.articles)),
        most=words.number(first["n_articles"]),
        tied=words.number(tied),
        title=words.quote(shorten(str(first["title"]), _TITLE_LENGTH)),
    )
    several = int((stories["languages"].map(len) > 1).sum())
    if several:
        sentence += " " + words("finding.stories.languages", n=several)
    return Finding("stories", sentence, "", story=str(first["story_id"]))


def _voices(tables: Any, words: Wording) -> Finding | None:
    quoted = tables.quotations
    if quoted.empty:
        return None
    stories = quoted["article_id"].map(story_of(tables.articles.set_index("article_id")))
    named = quoted["speaker"].fillna("") != ""
    whole = words("noun.story", n=count_stories(tables.articles))
    sentence = words(
        "finding.voices",
        n=len(quoted),
        n_stories=words.number(stories.nunique()),
        stories=whole,
        named=words.number(int(named.sum())),
    )
    met = stories[named].groupby(quoted["speaker"][named]).nunique().sort_index()
    met = met.sort_values(ascending=False, kind="stable")
    if len(met) and (met == met.iloc[0]).sum() == 1:
        most = words.number(met.iloc[0])
        speaker = words.quote(str(met.index[0]))
        sentence += " " + words("finding.voices.most", speaker=speaker, stories=most)
    elif len(met):
        sentence += " " + words("finding.voices.scattered", n=int(met.iloc[0]))
    return Finding("voices", sentence, "speakers")


def _tellings(tables: Any, words: Wording) -> Finding | None:
    compared = tables.tellings
    if compared.empty or not compared["beyond_chance"].astype(bool).any():
        return None
    beyond = compared[compared["beyond_chance"].astype(bool)]
    largest = beyond.iloc[beyond["difference"].abs().argmax()]
    sentence = words(
        f"finding.tellings.{'more' if largest['difference'] > 0 else 'less'}",
        group=name_group(str(largest["group"]), tables, words),
        theme=name_themes(tables, words)[largest["theme"]],
        share=words.percent(largest["share"]),
        others=words.percent(largest["share_others"]),
        stories=words("noun.story", n=int(largest["n_stories"])),
        difference=words.points(largest["difference"]),
        low=words.points(largest["difference_low"]),
        high=words.points(largest["difference_high"]),
    )
    theme = str(largest["theme"])
    return Finding("tellings", sentence, "", theme, ask={"theme": theme})


def _leads(tables: Any, words: Wording) -> Finding | None:
    leads: pd.DataFrame = tables.outlet_leads
    if leads.empty or not leads["beyond_chance"].astype(bool).any():
        return None
    first = leads[leads["beyond_chance"].astype(bool)].iloc[0]
    sentence = words(
        "finding.leads",
        leader=words.quote(str(first["leader"])),
        follower=words.quote(str(first["follower"])),
        stories=words("noun.story", n=int(first["n_stories"])),
        leading=words.number(first["n_leading"]),
        following=words.number(first["n_following"]),
    )
    return Finding("leads", sentence, "")
