"""The charts of a run and of a comparison, by name, and their files.

The same tables give the same bytes: no date, no random identifier and no time limit enters a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from press_themes.safe_text import defuse_formulas
from press_themes.telling.charts.basis import ChartSettings
from press_themes.telling.charts.coverage_over_time import draw_coverage_over_time
from press_themes.telling.charts.deviations import draw_theme_by_language, draw_theme_by_outlet
from press_themes.telling.charts.differences import draw_group_effects, draw_share_differences
from press_themes.telling.charts.example_ladder import draw_example_ladder
from press_themes.telling.charts.left_out import draw_left_out
from press_themes.telling.charts.light_svg import lighten_svg
from press_themes.telling.charts.names_together import draw_names_together
from press_themes.telling.charts.run_timeline import draw_run_timeline
from press_themes.telling.charts.share_slopes import draw_share_slopes
from press_themes.telling.charts.speakers import draw_speakers
from press_themes.telling.charts.stability_by_size import draw_stability_by_size
from press_themes.telling.charts.theme_map import draw_theme_map
from press_themes.telling.charts.theme_shares import draw_theme_shares
from press_themes.telling.charts.themes_by_topic import draw_themes_by_topic
from press_themes.telling.charts.themes_together import draw_themes_together
from press_themes.telling.charts.topic_keywords import draw_topic_keywords
from press_themes.telling.charts.topic_shifts import draw_topic_shifts

if TYPE_CHECKING:
    from press_themes.telling.charts.chart import Chart


class Drawable(NamedTuple):
    """A chart that can be drawn: its name, the verb that draws it and the tables this one reads.

    Takeaway, caption, text alternative and numbers come with the chart it gives.
    """

    name: str
    draw: Callable[..., Chart]
    needs: tuple[str, ...]


#: The charts of a run, in the order of reading.
CHARTS = (
    Drawable("theme_shares", draw_theme_shares, ("themes", "theme_ranking", "tallies")),
    Drawable(
        "coverage_over_time", draw_coverage_over_time,
        ("themes", "trends", "bursts", "tallies", "events"),
    ),
    Drawable("theme_map", draw_theme_map, ("themes", "passages", "theme_scores", "map_nearness")),
    Drawable("themes_by_topic", draw_themes_by_topic, ("crosswalk", "topic_coverage")),
    Drawable("topic_keywords", draw_topic_keywords, ("topics", "article_groups")),
    Drawable("theme_by_outlet", draw_theme_by_outlet, ("departures", "article_groups")),
    Drawable("theme_by_language", draw_theme_by_language, ("departures", "article_groups")),
    Drawable("share_differences", draw_share_differences, ("share_differences", "themes")),
    Drawable("group_effects", draw_group_effects, ("group_effects", "themes")),
    Drawable("themes_together", draw_themes_together, ("themes", "theme_pairs")),
    Drawable("speakers", draw_speakers, ("quotations", "themes", "passages")),
    Drawable("names_together", draw_names_together, ("names", "name_mentions", "articles")),
    Drawable("example_ladder", draw_example_ladder, ("themes", "theme_scores", "margins")),
    Drawable("stability_by_size", draw_stability_by_size, ("themes", "topics")),
    Drawable("left_out", draw_left_out, ("tallies",)),
)  # fmt: skip
#: Those of a comparison.
CHARTS_OF_CHANGES = (
    Drawable("share_slopes", draw_share_slopes, ("changes", "themes", "runs")),
    Drawable("topic_shifts", draw_topic_shifts, ("changes", "matches", "runs")),
    Drawable("run_timeline", draw_run_timeline, ("timeline", "themes", "runs")),
)
COLUMNS = ["name", "title", "subtitle", "alt", "svg", "png", "csv", "txt", "reason"]
_DOTS_PER_INCH = 200


def draw_charts(tables: Any, summary: dict[str, Any], folder: Path, language: str) -> pd.DataFrame:
    """Draw every chart the tables allow and write its files.

    Parameters
    ----------
    tables : object
        With the tables of the run as attributes.
    summary : dict
        The content of ``run.json``.
    folder : Path
        Where the files go; made if it does not exist.
    language : str
        ``en`` or ``fr``.

    Returns
    -------
    DataFrame
        One row a chart, in reading order: ``name, title, subtitle, alt``; the files ``svg, png,
        csv, txt`` as seen from the parent of `folder`, so that a run folder can be moved; and
        ``reason``: empty, or the sentence that says why there is no figure (then the other
        columns but ``name`` are empty).

    Raises
    ------
    ConfigurationError
        If the language is not available.
    """
    settings = ChartSettings(summary["title"], int(summary["quote_characters"]))
    return write_charts(CHARTS, tables, folder, language, settings)


def draw_changes(changed: Any, folder: Path, language: str) -> pd.DataFrame:
    """Draw every chart of a comparison and write its files, as `draw_charts` does of a run."""
    return write_charts(CHARTS_OF_CHANGES, changed, folder, language)


def write_charts(
    charts: tuple[Drawable, ...],
    tables: Any,
    folder: Path,
    language: str,
    settings: ChartSettings = ChartSettings(),
) -> pd.DataFrame:
    """Draw charts and write their files."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for chart in charts:
        drawn = chart.draw(tables, language, settings)
        row = {"name": chart.name, "reason": drawn.reason}
        if not drawn.reason:
            row |= {"title": drawn.takeaway, "subtitle": drawn.caption, "alt": drawn.alt}
            row |= write_files(drawn, folder / chart.name)
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS).fillna("")


def write_files(drawn: Chart, stem: Path) -> dict[str, str]:
    """Write a chart as SVG, PNG, CSV and text."""
    paths = {kind: stem.with_suffix(f".{kind}") for kind in ("svg", "png", "csv", "txt")}
    stamps = {"svg": {"Date": None, "Creator": "Press Themes"}, "png": {"Software": "Press Themes"}}
    for kind, metadata in stamps.items():
        drawn.savefig(paths[kind], dpi=_DOTS_PER_INCH, metadata=metadata)
    svg = lighten_svg(paths["svg"].read_text(encoding="utf-8"))
    paths["svg"].write_text(svg, encoding="utf-8", newline="\n")
    defuse_formulas(drawn.numbers).to_csv(
        paths["csv"], index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d"
    )
    paths["txt"].write_text(drawn.alt + "\n", encoding="utf-8")
    return {kind: f"{stem.parent.name}/{path.name}" for kind, path in paths.items()}
