"""What the tables say, in three to seven sentences.

Each sentence is computed; where the corpus is too small for it, it says that it cannot say.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.basis import count_part, count_stories
from press_themes.telling.charts.time_axis import find_fullest, find_peak, name_step
from press_themes.telling.report.finding import Finding, name_themes, state_basis
from press_themes.telling.report.passage_list import NONE
from press_themes.telling.report.story_sentences import write_story_findings
from press_themes.telling.wording import Wording

_MOST_NEXT = 2


def write_findings(tables: Any, words: Wording) -> list[Finding]:
    """Write the findings of a run."""
    findings = [
        _lead(tables, words),
        _next(tables, words),
        *write_story_findings(tables, words),
        _time(tables, words),
        _outlets(tables, words),
        _together(tables, words),
        _unassigned(tables, words),
        _missed(tables, words),
        _reprints(tables, words),
    ]
    return [finding for finding in findings if finding is not None]


def _lead(tables: Any, words: Wording) -> Finding:
    ranked = tables.theme_ranking
    first: Any = ranked.iloc[0]
    passages = words("noun.passage", n=len(tables.passages))
    if not ranked["n_passages"].iloc[:-1].any():
        sentence = words("finding.lead.none", passages=passages)
        return Finding("lead", sentence, "theme_shares", said=False)
    theme = str(first["theme"])
    if not (ranked["lead"] == "first").any():
        stories = words("noun.story", n=count_stories(tables.articles))
        sentence = words("finding.lead.few", passages=passages, stories=stories)
        return Finding("lead", sentence, "theme_shares", theme, ask={"theme": theme}, said=False)
    labels = name_themes(tables, words)
    sentence = words(
        "finding.lead",
        theme=labels[theme],
        basis=state_basis(tables, theme, words),
        share=words.percent(first["share"]),
        passages=passages,
        interval=words.interval(first["share_low"], first["share_high"]),
        n_articles=words.number(first["n_articles"]),
        articles=words("noun.article", n=len(tables.articles)),
    )
    rivals = ranked.loc[ranked["lead"] == "rival", "theme"].tolist()
    if len(rivals) == 1:
        sentence += " " + words("finding.lead.rival", rival=labels[rivals[0]])
    elif rivals:
        sentence += " " + words("finding.lead.rivals", n=len(rivals))
    return Finding("lead", sentence, "theme_shares", theme, ask={"theme": theme})


def _next(tables: Any, words: Wording) -> Finding | None:
    """Name the themes that come after the first, with their intervals."""
    ranked = tables.theme_ranking
    named = ranked[(ranked["theme"] != "") & (ranked["n_passages"] > 0)]
    if len(named) < 2 or not (ranked["lead"] == "first").any():
        return None
    labels, chosen = name_themes(tables, words), named.iloc[1 : 1 + _MOST_NEXT]
    parts = [
        words(
            "finding.next.theme",
            theme=labels[theme],
            share=words.percent(share),
            interval=words.interval(low, high),
        )
        for theme, share, low, high in zip(
            *(chosen[x] for x in ("theme", "share", "share_low", "share_high")), strict=True
        )
    ]
    theme = str(chosen["theme"].iloc[0])
    sentence = words("finding.next", len(parts), themes=words.join(parts))
    return Finding("next", sentence, "theme_shares", theme, ask={"theme": theme})


def _unassigned(tables: Any, words: Wording) -> Finding:
    bare = count_part(tables, "no_theme")
    sentence = words(
        "finding.unassigned",
        n=bare,
        whole=words.number(len(tables.passages)),
        share=words.percent(bare / len(tables.passages)),
        several=words.number(count_part(tables, "several_themes")),
    )
    asked = {"theme": NONE} if bare else {}
    return Finding("unassigned", sentence, "left_out", ask=asked, said=False)


def _time(tables: Any, words: Wording) -> Finding:
    trends, figure = tables.trends, "coverage_over_time"
    told = trends[trends["status"] != "empty"]["period"].nunique()
    if not told:
        return Finding("time", words("finding.time.none"), figure, said=False)
    if told < 2:
        return Finding("time", words("finding.time.few", n=int(told)), figure, said=False)
    step, fullest = name_step(trends), find_fullest(tables)
    if fullest is not None:
        sentence = words(
            "finding.time.concentrated",
            share=words.percent(fullest.share),
            periods=words.number(told),
            date=words.date(fullest.period, step),
        )
        return Finding("time", sentence, figure, said=False)
    peak = find_peak(tables)
    if peak is None:
        sentence = words("finding.time.flat", periods=words.number(told))
        return Finding("time", sentence, figure, said=False)
    sentence = words(
        "finding.time.peak",
        theme=name_themes(tables, words)[peak.theme],
        when=words.when(peak.period, step),
        inside=words.percent(peak.share),
        stories=words("noun.story", n=peak.n_stories),
        outside=words.percent(peak.share_outside),
    )
    ends = trends.set_index("period")["period_end"]
    last = pd.Series(ends[peak.period]).iloc[0]
    days = {"from": f"{peak.period:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
    return Finding("time", sentence, figure, peak.theme, ask={"theme": peak.theme, **days})


def _outlets(tables: Any, words: Wording) -> Finding:
    figure = "theme_by_outlet"
    compared = tables.departures[tables.departures["grouping"] == "outlet"]
    if compared.empty:
        found = count_part(tables, "no_theme") < len(tables.passages)
        sentence = words(f"finding.outlets.{'few' if found else 'no_theme'}")
        return Finding("outlets", sentence, figure, said=False)
    standing_out = compared[compared["stands_out"].astype(bool)]
    if standing_out.empty:
        outlets = words.number(len(compared.drop_duplicates("group")))
        sentence = words("finding.outlets.flat", outlets=outlets)
        return Finding("outlets", sentence, figure, said=False)
    departure = standing_out.iloc[0]
    direction = "more" if departure["residual"] > 0 else "less"
    sentence = words(
        f"finding.outlets.{direction}",
        outlet=departure["group"],
        theme=name_themes(tables, words)[departure["theme"]],
        observed=words.number(departure["n_stories"]),
        stories=words("noun.story", n=int(departure["n_group"])),
        expected=words.number(departure["expected"], 1),
    )
    asked = {"theme": departure["theme"], "outlet": departure["group"]}
    return Finding("outlets", sentence, figure, departure["theme"], ask=asked)


def _missed(tables: Any, words: Wording) -> Finding:
    figure = "themes_by_topic"
    ranked = tables.topic_coverage[tables.topic_coverage["verdict"] != "too small"]
    if ranked.empty:
        return Finding("missed", words("finding.missed.few"), figure, said=False)
    least = ranked.iloc[0]
    if least["share_with_theme"] == 1:
        return Finding("missed", words("finding.missed.whole"), figure, said=False)
    topic = int(least["topic"])
    label = tables.topics.set_index("topic")["label"][topic]
    key = "finding.missed" if least["verdict"] == "missed" else "finding.missed.covered"
    sentence = words(
        key,
        topic=words.quote(words.pick(label) or words("topic", number=topic)),
        n_with=words.number(least["n_with_theme"]),
        passages=words("noun.passage", n=int(least["n_passages"])),
        share=words.percent(least["share_with_theme"]),
    )
    asked = {"topic": topic}
    return Finding("missed", sentence, figure, topic=topic, ask=asked, said=False)


def _together(tables: Any, words: Wording) -> Finding | None:
    pairs = tables.theme_pairs
    standing_out = pairs[pairs["stands_out"].astype(bool) & (pairs["residual"] > 0)]
    if standing_out.empty:
        return None
    departure = standing_out.iloc[0]
    labels, first, second = name_themes(tables, words), departure["first"], departure["second"]
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


def _reprints(tables: Any, words: Wording) -> Finding | None:
    if not count_part(tables, "reprints"):
        return None
    sentence = words(
        "finding.reprints",
        articles=words("noun.article", n=len(tables.articles)),
        texts=words("noun.text", n=len(tables.articles) - count_part(tables, "reprints")),
        most=words.number(count_part(tables, "most_reprinted")),
    )
    return Finding("reprints", sentence, "left_out", said=False)
