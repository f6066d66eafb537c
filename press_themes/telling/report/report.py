"""The report: one HTML file that asks for nothing from outside and can be read without scripts.

The same tables give the same bytes, so it bears no time stamp.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.telling.charts.basis import count_stories
from press_themes.telling.charts.deviations import list_groups
from press_themes.telling.excerpts import measure_quoted
from press_themes.telling.report import methods, sections
from press_themes.telling.report.cautions import write_cautions
from press_themes.telling.report.codebook_notes import list_problems
from press_themes.telling.report.downloads import embed_tables
from press_themes.telling.report.environment import build_environment
from press_themes.telling.report.examples import Bank
from press_themes.telling.report.figures import embed_figures
from press_themes.telling.report.finding import Finding
from press_themes.telling.report.first_screen import choose_opening
from press_themes.telling.report.passage_list import list_passages
from press_themes.telling.report.sentences import write_findings
from press_themes.telling.report.story_sections import MOST_STORIES, list_absences, list_stories
from press_themes.telling.wording import Wording, load_wording

#: The figures that stand where they are spoken of; all others follow the text.
_PLACES = {"theme_shares": "findings", "speakers": "voices", "names_together": "voices"}


def write_report(
    tables: Any,
    summary: dict[str, Any],
    figures: pd.DataFrame,
    folder: Path,
    language: str,
    desk: Mapping[str, str],
) -> str:
    """Write the report of a run.

    Parameters
    ----------
    tables : object
        With the tables of the run as attributes.
    summary : dict
        The content of ``run.json``.
    figures : DataFrame
        What `draw_charts` returned; its files are looked for from `folder`.
    folder : Path
        The run folder, in which the figures lie.
    language : str
        ``en`` or ``fr``.
    desk : mapping of str to str
        ``code``, the component that shows the passages, and ``data``, what it shows.

    Returns
    -------
    str
        The HTML of one page.

    Raises
    ------
    ConfigurationError
        If the language is not available.
    """
    words = load_wording(language)
    bank = Bank(tables, int(summary["quote_characters"]), words)
    template = build_environment(words, desk["code"]).get_template("template.html.j2")
    drawn = embed_figures(figures, folder, words)
    findings = write_findings(tables, words)
    opening = choose_opening(findings, bank)
    proofs = {proof.identifier for _, proof in opening if proof is not None}
    parts = _fill_sections(tables, bank, words, proofs)
    characters, quoted = bank.quote_characters, _list_quoted(parts, drawn) | proofs
    share = measure_quoted(tables.passages, quoted, characters)
    return template.render(
        summary=summary,
        desk=desk,
        title=words.pick(summary["title"]),
        note=words.pick(summary["note"]),
        facts=_state_facts(tables, words),
        alarms=[words.typeset(words.pick(x)) for x in summary.get("alarms", [])],
        findings=[
            {**_link_finding(finding, tables, figures, words), "quotation": proof}
            for finding, proof in opening
        ],
        cautions=[
            *(x.sentence for x in findings if not x.said),
            *write_cautions(tables, summary, words),
            *methods.warn_of_quoting(share, words),
        ],
        figures={
            part: [x for x in drawn if _PLACES.get(x["name"], "figures") == part]
            for part in {*_PLACES.values(), "figures"}
        },
        quoting=methods.state_quoting(characters, int(summary["quote_characters"]), share, words),
        downloads=embed_tables(tables, characters, words),
        **parts,
        **_fill_methods(tables, summary, words),
    )


def _fill_sections(tables: Any, bank: Bank, words: Wording, shown: set[str]) -> dict[str, Any]:
    listed = list_passages(tables, bank, words)
    themes = sections.list_themes(tables, bank, words, shown)
    topics = sections.list_topics(tables, bank, words)
    absent = {x["trend"]["reason"] for x in themes if x["found"]}
    return {
        "themes": themes,
        # What no theme has is said once.
        "no_trend": absent.pop() if len(absent) == 1 else "",
        "topics": topics,
        "topic_groups": [(x, list(y)) for x, y in groupby(topics, lambda topic: topic["broad"])],
        "stories": list_stories(
            tables, bank, words, shown | {y.identifier for x in themes for y in x["central"]}
        ),
        "absences": list_absences(tables, words),
        "missed": sections.state_missed(tables, words),
        "problems": list_problems(tables, words),
        "articles": sections.list_articles(tables, words),
        "skipped": sections.list_skipped(tables),
        "discarded": sections.list_discarded(tables, bank, words),
        "hidden": {
            "stories": _count_hidden_stories(tables),
            "topics": max(0, len(tables.topics) - sections.MOST_TOPICS),
            "articles": max(0, len(tables.articles) - sections.MOST_ARTICLES),
            "skipped": max(0, len(tables.skipped) - sections.MOST_SKIPPED),
            "passages": len(tables.passages) - listed.n_passages,
        },
        "listed": listed.articles,
        "known": {passage["id"] for article in listed.articles for passage in article["passages"]},
    }


def _count_hidden_stories(tables: Any) -> int:
    shown = (
        (tables.stories["n_articles"] > 1).head(MOST_STORIES).sum() if len(tables.stories) else 0
    )
    return len(tables.stories) - int(shown)


def _list_quoted(parts: dict[str, Any], figures: list[dict[str, Any]]) -> set[str]:
    """List the passages that the report quotes anywhere."""
    shown = [
        example.identifier
        for kind, lists in (
            ("themes", ("central", "strong", "borderline")),
            ("topics", ("examples",)),
        )
        for group in parts[kind]
        for name in lists
        for example in group[name]
    ]
    told = [x["example"].identifier for x in parts["stories"] if x["example"]]
    return parts["known"].union(shown, told, *(figure["quoted"] for figure in figures))


def _fill_methods(tables: Any, summary: dict[str, Any], words: Wording) -> dict[str, Any]:
    rule = methods.state_rule(tables.theme_scores, summary, words)
    return {
        "rule": rule,
        "voices_note": methods.state_voices(tables.quotations, summary, words),
        "alignment": tables.alignment.to_dict("records"),
        "beside": methods.list_beside(words),
        "provenance": methods.list_provenance(summary, words),
        "glossary": methods.list_glossary(rule, words),
    }


def _state_facts(tables: Any, words: Wording) -> str:
    articles = tables.articles
    stories = words("noun.story", n=count_stories(tables.articles))
    facts = [
        f"{words('noun.article', n=len(articles))} ({stories})",
        words("noun.passage", n=len(tables.passages)),
        words("noun.theme", n=len(tables.themes)),
        words("noun.topic", n=len(tables.topics)),
        words("noun.outlet", n=len(list_groups(tables, "outlet"))),
    ]
    dates = articles["date"].dropna()
    if len(dates):
        facts.append(
            words("facts.dates", first=words.date(dates.min()), last=words.date(dates.max()))
        )
    spoken = sorted(articles["language"].dropna().unique())
    facts.append(", ".join(words.language_name(language) for language in spoken))
    return " · ".join(facts)


def _link_finding(
    finding: Finding, tables: Any, figures: pd.DataFrame, words: Wording
) -> dict[str, str]:
    """Link a finding to its figure and, in this order, to what asks for its passages."""
    reasons = dict(zip(figures["name"], figures["reason"], strict=True))
    passages = "passages" if finding.ask else ""
    if finding.theme is not None:
        passages = sections.anchor("theme", finding.theme)
    elif finding.story is not None:
        passages = f"story-{finding.story}"
    # The figure beside the findings needs no link.
    linked = not reasons.get(finding.figure, "?") and _PLACES.get(finding.figure) != "findings"
    heading = ""
    if linked:
        heading = words("report.see_figure", heading=words(f"figure.{finding.figure}"))
    return {
        "sentence": finding.sentence,
        "figure": f"figure-{finding.figure}" if linked else "",
        "figure_link": heading,
        "passages": passages,
        "ask": sections.ask(**finding.ask),
    }
