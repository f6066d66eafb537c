"""Reports of invented tables, written once for all tests that read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tables_for_tests import Shape, build_summary, build_tables

from press_themes.report_desk import pack_for_report
from press_themes.telling.charts.basis import ChartSettings
from press_themes.telling.charts.chart_list import CHARTS, Drawable, write_charts
from press_themes.telling.report.report import write_report

HOSTILE = (
    "</noscript></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "\"'\u202eoverride{{7*7}}</p>"
)
TEXT = "Été à l’œuvre <b>fort</b> & été =1+1"
#: The only chart that quotes passages.
LADDER = tuple(chart for chart in CHARTS if chart.name == "example_ladder")


def save_report(
    tables: Any,
    folder: Path,
    language: str = "en",
    charts: tuple[Drawable, ...] = (),
    **facts: Any,
) -> Path:
    """Draw charts, write the report and return its place; `facts` stand in the summary."""
    summary = {**build_summary(tables, language), **facts}
    settings = ChartSettings(summary["title"], summary["quote_characters"])
    figures = write_charts(charts, tables, folder / "figures", language, settings)
    path = folder / "report.html"
    desk = pack_for_report(tables, summary, language)
    page = write_report(tables, summary, figures, folder, language, desk)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def build_report_tables() -> Any:
    """Make tables in two languages in which an outlet is not always stated."""
    tables = build_tables(Shape(160, 40, languages=("fr", "en")))
    texts = tables.passages["text"].where(tables.passages.index != 5, TEXT)
    outlets = tables.articles["outlet"].where(tables.articles.index % 7 != 0, None)
    return tables._replace(
        passages=tables.passages.assign(text=texts), articles=tables.articles.assign(outlet=outlets)
    )


def make_hostile(tables: Any) -> Any:
    """Put what a page might run into every text."""
    n = len(tables.articles)
    articles = tables.articles.assign(
        title=[HOSTILE + "x" * 10_000, *[HOSTILE] * (n - 1)],
        outlet=[HOSTILE + str(i % 2) for i in range(n)],
        path=HOSTILE,
        url=["javascript:alert(3)", *["https://example.org/\"onclick='x"] * (n - 1)],
    )
    return tables._replace(
        articles=articles,
        passages=tables.passages.assign(
            text=[f"{HOSTILE} {i}" for i in range(len(tables.passages))]
        ),
        themes=tables.themes.assign(label=HOSTILE, definition=HOSTILE),
        topics=tables.topics.assign(
            label=HOSTILE, keywords=[{"fr": [HOSTILE]}] * len(tables.topics)
        ),
        skipped=tables.skipped.assign(path=HOSTILE, reason=HOSTILE),
        events=tables.events.assign(label=HOSTILE, source_title=HOSTILE),
    )
