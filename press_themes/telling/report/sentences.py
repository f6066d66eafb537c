"""What the tables say, in three to seven sentences.

Each sentence is computed; where the corpus is too small for it, it says that it cannot say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from press_themes.measures.departures import compare_pairs, compare_stories, find_departure
from press_themes.measures.ranking import (
    find_concentration,
    find_peak,
    rank_by_coverage,
    rank_themes,
)
from press_themes.tables import RunTables
from press_themes.telling.charts.time_axis import name_step
from press_themes.telling.report.passage_list import NONE
from press_themes.telling.wording import Wording


class Finding(NamedTuple):
    """A finding with the figure that shows it and the passages that bear it out.

    Attributes
    ----------
    name, sentence, figure : str
        What it is about, what it says, and the name of the figure.
    theme, topic : str or int, optional
        The theme or topic it speaks of.
    ask : mapping
        Which passages bear it out, as the filters of the report name them.
    """

    name: str
    sentence: str
    figure: str
    theme: str | None = None
    topic: int | None = None
    ask: Mapping[str, object] = MappingProxyType({})


def write_findings(tables: RunTables, summary: dict[str, Any], words: Wording) -> list[Finding]:
    """Write the findings of a run."""
    findings = [
        _lead(tables, summary, words),
        _unassigned(tables, words),
        _time(tables, words),
        _outlets(tables, words),
        _missed(tables, words),
        _together(tables, words),
        _reprints(tables, words),
    ]
    return [finding for finding in findings if finding is not None]


def _labels(tables: RunTables, words: Wording) -> dict[str, str]:
    themes = tables.themes
    return {
        theme: words.quote(words.pick(label) or str(theme))
        for theme, label in zip(themes["theme"], themes["label"], strict=True)
    }


def _lead(tables: RunTables, summary: dict[str, Any], words: Wording) -> Finding:
    n_passages, n_stories = len(tables.passages), summary["counts"]["stories"]
    lead = rank_themes(tables.themes, tables.passages, tables.articles, summary["seed"])
    passages = words("noun.passage", n=n_passages)
    if lead.first is None:
        sentence = words("finding.lead.none", passages=passages)
        return Finding("lead", sentence, "theme_shares")
    if not lead.can_say:
        stories = words("noun.story", n=n_stories)
        sentence = words("finding.lead.few", passages=passages, stories=stories)
        return Finding("lead", sentence, "theme_shares", lead.first, ask={"theme": lead.first})
    labels = _labels(tables, words)
    row: Any = tables.themes.set_index("theme").loc[lead.first]
    sentence = words(
        "finding.lead",
        theme=labels[lead.first],
        share=words.percent(row["share"]),
        passages=passages,
        interval=words.interval(row["share_low"], row["share_high"]),
        n_articles=words.number(row["n_articles"]),
        articles=words("noun.article", n=len(tables.articles)),
    )
    if len(lead.rivals) == 1:
        sentence += " " + words("finding.lead.rival", rival=labels[lead.rivals[0]])
    elif lead.rivals:
        sentence += " " + words("finding.lead.rivals", n=len(lead.rivals))
    return Finding("lead", sentence, "theme_shares", lead.first, ask={"theme": lead.first})


def _unassigned(tables: RunTables, words: Wording) -> Finding:
    n_themes = tables.passages["themes"].map(len)
    n_passages, bare, several = len(n_themes), int((n_themes == 0).sum()), int((n_themes > 1).sum())
    sentence = words(
        "finding.unassigned",
        n=bare,
        whole=words.number(n_passages),
        share=words.percent(bare / n_passages),
        several=words.number(several),
    )
    asked = {"theme": NONE} if bare else {}
    return Finding("unassigned", sentence, "left_out", ask=asked)


def _time(tables: RunTables, words: Wording) -> Finding:
    trends, figure = tables.trends, "coverage_over_time"
    told = trends[trends["status"] != "empty"]["period"].nunique()
    if not told:
        return Finding("time", words("finding.time.none"), figure)
    if told < 2:
        return Finding("time", words("finding.time.few", n=int(told)), figure)
    step, concentration = name_step(trends), find_concentration(trends)
    if concentration is not None:
        sentence = words(
            "finding.time.concentrated",
            share=words.percent(concentration.share),
            periods=words.number(told),
            date=words.date(concentration.period, step),
        )
        return Finding("time", sentence, figure)
    peak = find_peak(tables.passages, tables.articles, trends)
    if peak is None:
        return Finding("time", words("finding.time.flat", periods=words.number(told)), figure)
    sentence = words(
        f"finding.time.peak.{step}",
        theme=_labels(tables, words)[peak.theme],
        date=words.date(peak.period, step),
        inside=words.percent(peak.share_inside),
        stories=words("noun.story", n=peak.n_inside),
        outside=words.percent(peak.share_outside),
    )
    ends = trends.set_index("period")["period_end"]
    last = pd.Series(ends[peak.period]).iloc[0]
    days = {"from": f"{peak.period:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
    return Finding("time", sentence, figure, peak.theme, ask={"theme": peak.theme, **days})


def _outlets(tables: RunTables, words: Wording) -> Finding:
    figure = "theme_by_outlet"
    compared = compare_stories(tables.passages, tables.articles, "outlet")
    if compared.empty:
        found = (tables.passages["themes"].map(len) > 0).any()
        return Finding(
            "outlets", words(f"finding.outlets.{'few' if found else 'no_theme'}"), figure
        )
    departure = find_departure(compared)
    if departure is None:
        outlets = words.number(compared["outlet"].nunique())
        return Finding("outlets", words("finding.outlets.flat", outlets=outlets), figure)
    direction = "more" if departure["residual"] > 0 else "less"
    sentence = words(
        f"finding.outlets.{direction}",
        outlet=departure["outlet"],
        theme=_labels(tables, words)[departure["theme"]],
        observed=words.number(departure["n_stories"]),
        stories=words("noun.story", n=int(departure["n_outlet"])),
        expected=words.number(departure["expected"], 1),
    )
    asked = {"theme": departure["theme"], "outlet": departure["outlet"]}
    return Finding("outlets", sentence, figure, departure["theme"], ask=asked)


def _missed(tables: RunTables, words: Wording) -> Finding:
    figure = "themes_by_topic"
    ranked = rank_by_coverage(tables.passages, tables.topics)
    if ranked.empty:
        return Finding("missed", words("finding.missed.few"), figure)
    least = ranked.iloc[0]
    if least["share_with_theme"] == 1:
        return Finding("missed", words("finding.missed.whole"), figure)
    topic = int(least["topic"])
    label = tables.topics.set_index("topic")["label"][topic]
    key = "finding.missed" if least["missed"] else "finding.missed.covered"
    sentence = words(
        key,
        topic=words.quote(words.pick(label) or words("topic", number=topic)),
        n_with=words.number(least["n_with_theme"]),
        passages=words("noun.passage", n=int(least["n_passages"])),
        share=words.percent(least["share_with_theme"]),
    )
    return Finding("missed", sentence, figure, topic=topic, ask={"topic": topic})


def _together(tables: RunTables, words: Wording) -> Finding | None:
    departure = find_departure(compare_pairs(tables.passages, tables.articles))
    if departure is None or departure["residual"] < 0:
        return None
    labels, first, second = _labels(tables, words), departure["first"], departure["second"]
    sentence = words(
        "finding.together",
        first=labels[first],
        second=labels[second],
        stories=words("noun.story", n=int(departure["n_stories"])),
        expected=words.number(departure["expected"], 1),
    )
    return Finding(
        "together", sentence, "themes_together", first, ask={"theme": first, "with": second}
    )


def _reprints(tables: RunTables, words: Wording) -> Finding | None:
    sizes = tables.articles["family_id"].value_counts()
    if len(sizes) == len(tables.articles):
        return None
    sentence = words(
        "finding.reprints",
        articles=words("noun.article", n=len(tables.articles)),
        stories=words("noun.story", n=len(sizes)),
        most=words.number(sizes.max()),
    )
    return Finding("reprints", sentence, "left_out")
