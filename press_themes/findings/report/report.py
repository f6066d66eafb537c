"""The report: one HTML file that needs neither network nor scripts.

The same tables give the same bytes, so it bears no time stamp.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from press_themes.findings.report import sections
from press_themes.findings.report.cautions import write_cautions
from press_themes.findings.report.examples import Bank
from press_themes.findings.report.figures import embed_figures
from press_themes.findings.report.sentences import write_findings
from press_themes.findings.wording import Wording, load_wording
from press_themes.tables import RunTables

if TYPE_CHECKING:
    from jinja2 import Environment

_GLOSSARY = (
    "passage", "theme", "codebook", "topic", "outlier", "story", "share", "interval",
    "score", "stability", "keywords", "embedding",
)  # fmt: skip
# Direction overrides would turn the text around them; marks that letters need are kept.
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def write_report(
    tables: RunTables, summary: dict[str, Any], figures: pd.DataFrame, folder: Path, language: str
) -> Path:
    """Write the report of a run.

    Parameters
    ----------
    tables : RunTables
        The tables of the run.
    summary : dict
        The content of ``run.json``.
    figures : DataFrame
        What `draw_charts` returned; its files are looked for from `folder`.
    folder : Path
        Where ``report.html`` goes.
    language : str
        ``en`` or ``fr``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ConfigurationError
        If the language is not available.
    """
    words = load_wording(language)
    # Judgements move the line themselves, so that the rule of thumb no longer holds.
    is_calibrated = summary.get("calibration", {}).get("n_judged", 0) > 0
    runner_up = None if is_calibrated else summary["settings"].get("themes", {}).get("runner_up")
    bank = Bank(tables, int(summary["quote_characters"]), words)
    drawn = set(figures.loc[figures["reason"] == "", "name"])
    page = (
        _environment(words)
        .get_template("template.html.j2")
        .render(
            summary=summary,
            title=words.pick(summary["title"]),
            note=words.pick(summary["note"]),
            facts=_state_facts(tables, summary, words),
            findings=[
                _link_finding(x, tables, drawn) for x in write_findings(tables, summary, words)
            ],
            cautions=write_cautions(tables, summary, words),
            figures=embed_figures(figures, folder, words),
            themes=sections.list_themes(tables, bank, words),
            topics=sections.list_topics(tables, bank, words),
            articles=sections.list_articles(tables, words),
            skipped=sections.list_skipped(tables),
            alignment=tables.alignment.to_dict("records"),
            hidden=_count_hidden(tables),
            provenance=_list_provenance(summary, words),
            glossary=_list_glossary(rule := _state_rule(runner_up, words), words),
            rule=rule,
        )
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _environment(words: Wording) -> Environment:
    import jinja2
    from markupsafe import Markup

    home = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(home),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (home / "style.css").read_text(encoding="utf-8")
    # The style sheet is ours; nothing of a corpus is ever marked as safe.
    environment.globals.update(words=words, style=Markup(style))
    return environment


def _visible(value: Any) -> Any:
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(
        c
        for c in value
        if c in "\n\t" or (c not in _OVERRIDES and unicodedata.category(c) not in ("Cc", "Cs"))
    )


def _state_facts(tables: RunTables, summary: dict[str, Any], words: Wording) -> str:
    counts, articles = summary["counts"], tables.articles
    stories = words("noun.story", n=counts["stories"])
    facts = [
        f"{words('noun.article', n=counts['articles'])} ({stories})",
        words("noun.passage", n=counts["passages"]),
        words("noun.theme", n=len(tables.themes)),
        words("noun.topic", n=len(tables.topics)),
        words("noun.outlet", n=int(articles["outlet"].nunique())),
    ]
    dates = articles["date"].dropna()
    if len(dates):
        facts.append(
            words("facts.dates", first=words.date(dates.min()), last=words.date(dates.max()))
        )
    spoken = sorted(articles["language"].dropna().unique())
    facts.append(", ".join(words.language_name(language) for language in spoken))
    return " · ".join(facts)


def _link_finding(finding: Any, tables: RunTables, drawn: set[str]) -> dict[str, str]:
    passages = ""
    if finding.theme is not None:
        passages = sections.anchor("theme", finding.theme)
    elif finding.topic is not None:
        largest = tables.topics.nlargest(sections.MOST_TOPICS, "n_passages")["topic"]
        passages = sections.anchor("topic", finding.topic) if finding.topic in set(largest) else ""
    return {
        "sentence": finding.sentence,
        "figure": f"figure-{finding.figure}" if finding.figure in drawn else "",
        "passages": passages,
    }


def _state_rule(runner_up: float | None, words: Wording) -> str:
    """Say what besides the threshold decides whether a passage bears a theme."""
    if runner_up is None:
        return ""
    return words("report.rule", runner_up=words.number(runner_up, 3))


def _list_glossary(rule: str, words: Wording) -> list[tuple[str, str]]:
    meanings = {name: words(f"glossary.{name}") for name in _GLOSSARY}
    meanings["score"] = f"{meanings['score']} {rule}".strip()
    return [(words(f"glossary.{name}.term"), meaning) for name, meaning in meanings.items()]


def _count_hidden(tables: RunTables) -> dict[str, int]:
    return {
        "topics": max(0, len(tables.topics) - sections.MOST_TOPICS),
        "articles": max(0, len(tables.articles) - sections.MOST_ARTICLES),
        "skipped": max(0, len(tables.skipped) - sections.MOST_SKIPPED),
    }


def _list_provenance(summary: dict[str, Any], words: Wording) -> list[tuple[str, str]]:
    encoder = summary["encoder"]
    listed = [
        (
            words("provenance.encoder"),
            f"{encoder['name']}, {encoder['revision']}, {encoder['engine']}",
        ),
        (words("provenance.codebook"), str(summary["codebook"]["source"])),
        (words("provenance.seed"), str(summary["seed"])),
    ]
    for stage, settings in summary["settings"].items():
        values = ", ".join(f"{name} = {value}" for name, value in settings.items())
        listed.append((words("provenance.settings", stage=stage), values))
    for quality in summary["quality"].values():
        value = words.number(quality["value"], 2)
        sentence = words.typeset(words.pick(quality["sentence"]))
        listed.append((words("provenance.quality"), f"{value} — {sentence}"))
    versions = ", ".join(f"{name} {version}" for name, version in summary["versions"].items())
    return [*listed, (words("provenance.versions"), versions)]
