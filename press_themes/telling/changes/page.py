"""The page of a comparison: one HTML file in the style of the report, without scripts or network.

The same tables give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.telling.changes.change_sentences import write_changes, write_trust
from press_themes.telling.changes.page_rows import list_tables
from press_themes.telling.charts.lettering import shorten
from press_themes.telling.charts.share_slopes import describe_runs
from press_themes.telling.report.environment import build_environment
from press_themes.telling.report.examples import safe_link
from press_themes.telling.report.figures import embed_figures
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording, load_wording

_NAME_LENGTH = 60
_TITLE_LENGTH = 140


def write_page(
    changed: Any, figures: pd.DataFrame, folder: Path, language: str, error: float
) -> Path:
    """Write the page of a comparison.

    Parameters
    ----------
    changed : object
        With the tables of a comparison as attributes.
    figures : DataFrame
        What `draw_changes` returned; its files are looked for from `folder`.
    folder : Path
        Where ``compare.html`` goes.
    language : str
        ``en`` or ``fr``.
    error : float
        How often, in a table where nothing changed, chance may call anything a change.

    Returns
    -------
    Path
        The file written.
    """
    words, runs = load_wording(language), changed.runs.tail(2)
    # The stricter of the two limits, because passages of both runs are quoted.
    quote = int(runs["quote_characters"].min())
    before, after = (shorten(name, _NAME_LENGTH) for name in runs["run"])
    shared = words("changes.shared", n=int(runs["n_shared_stories"].iloc[-1]))
    page = (
        build_environment(words)
        .get_template("changes.html.j2")
        .render(
            title=words("changes.title", before=before, after=after),
            facts=" · ".join([*describe_runs(changed, words), shared]),
            findings=write_changes(changed, words),
            trust=write_trust(changed, words, error),
            figures=embed_figures(figures, folder, words),
            tables=list_tables(changed, words, quote),
            drift=_quote_drift(changed, words, quote),
        )
    )
    path = folder / "compare.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _quote_drift(changed: Any, words: Wording, quote: int) -> list[dict[str, Any]]:
    """Quote the passages that show the drift, by theme and direction."""
    labels = dict(zip(changed.drift["theme"], changed.drift["label"], strict=True))
    shown = changed.drift_passages.groupby(["theme", "direction"], sort=False)
    return [
        {
            "heading": words(f"changes.{direction}", theme=words.quote(words.pick(labels[theme]))),
            "passages": [_quote(row, words, quote) for row in each_row(rows)],
        }
        for (theme, direction), rows in shown
    ]


def _quote(row: Any, words: Wording, quote: int) -> dict[str, str]:
    return {
        "text": shorten(str(row.text), quote),
        "language": str(row.language or ""),
        "outlet": str(row.outlet) if pd.notna(row.outlet) else words("no_outlet"),
        "date": words.date(row.date),
        "title": shorten(str(row.title), _TITLE_LENGTH),
        "url": safe_link(row.url),
    }
