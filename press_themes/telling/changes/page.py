"""The page of a comparison: one HTML file in the style of the report, without scripts or network.

The same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.measures.changes.compared import ComparedRun, CompareSettings, Comparison
from press_themes.telling.changes.change_sentences import (
    count_shared_stories,
    write_changes,
    write_trust,
)
from press_themes.telling.changes.page_rows import list_tables
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.charts.share_slopes import count_stories
from press_themes.telling.report.environment import build_environment
from press_themes.telling.report.examples import safe_link
from press_themes.telling.report.figures import embed_figures
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording, load_wording

_NAME_LENGTH = 60
_TITLE_LENGTH = 140


def write_page(
    runs: Sequence[ComparedRun],
    changed: Comparison,
    figures: pd.DataFrame,
    folder: Path,
    settings: CompareSettings = CompareSettings(),
) -> Path:
    """Write the page of a comparison, in the language of the last run.

    Parameters
    ----------
    runs : sequence of ComparedRun
        The runs, in order.
    changed : Comparison
        What changed.
    figures : DataFrame
        What `draw_changes` returned; its files are looked for from `folder`.
    folder : Path
        Where ``compare.html`` goes.
    settings : CompareSettings
        The error held.

    Returns
    -------
    Path
        The file written.
    """
    words = load_wording(runs[-1].summary["language"])
    # The stricter of the two limits, because passages of both runs are quoted.
    quote = min(int(run.summary["quote_characters"]) for run in runs[-2:])
    before, after = (shorten(run.name, _NAME_LENGTH) for run in runs[-2:])
    shared = words("changes.shared", n=count_shared_stories(runs))
    facts = [*(count_stories(run, words) for run in runs[-2:]), shared]
    page = (
        build_environment(words)
        .get_template("changes.html.j2")
        .render(
            title=words("changes.title", before=before, after=after),
            facts=" · ".join(facts),
            findings=write_changes(runs, changed, words),
            trust=write_trust(runs, changed, words, settings),
            figures=embed_figures(figures, folder, words),
            tables=list_tables(runs, changed, words, quote),
            drift=_quote_drift(runs, changed, words, quote),
        )
    )
    path = folder / "compare.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _quote_drift(
    runs: Sequence[ComparedRun], changed: Comparison, words: Wording, quote: int
) -> list[dict[str, Any]]:
    """Quote the passages that show the drift, by theme and direction."""
    labels = dict(zip(changed.drift["theme"], changed.drift["label"], strict=True))
    quoted: list[dict[str, Any]] = []
    for (theme, direction), rows in changed.drift_passages.groupby(
        ["theme", "direction"], sort=False
    ):
        run = runs[-1] if direction == "towards" else runs[-2]
        label = words.quote(words.pick(labels[theme]))
        known = run.tables.passages.set_index("passage_id")
        articles = run.tables.articles.set_index("article_id")
        quoted.append(
            {
                "heading": words(f"changes.{direction}", theme=label),
                "passages": [
                    _quote(known.loc[row.passage_id], articles, words, quote)
                    for row in each_row(rows)
                ],
            }
        )
    return quoted


def _quote(
    passage: pd.Series, articles: pd.DataFrame, words: Wording, quote: int
) -> dict[str, str]:
    article = articles.loc[passage["article_id"]]
    outlet = article["outlet"]
    return {
        "text": shorten(str(passage["text"]), quote),
        "language": str(passage["language"] or ""),
        "outlet": str(outlet) if pd.notna(outlet) else words("no_outlet"),
        "date": words.date(article["date"]),
        "title": shorten(str(article["title"]), _TITLE_LENGTH),
        "url": safe_link(article["url"]),
    }
