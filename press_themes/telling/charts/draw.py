"""Every figure of a run, written as SVG and PNG with the rows behind it and a text instead of it.

The same tables give the same bytes: no date, no random identifier and no time limit enters a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.safe_cells import defuse_formulas
from press_themes.tables import RunTables
from press_themes.telling.charts.compact import compact_svg
from press_themes.telling.charts.coverage_over_time import chart_coverage_over_time
from press_themes.telling.charts.drawing import Basis, Drawing, NothingToDrawError, spell_out
from press_themes.telling.charts.example_ladder import chart_example_ladder
from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.charts.left_out import chart_left_out
from press_themes.telling.charts.stability_by_size import chart_stability_by_size
from press_themes.telling.charts.theme_by_language import chart_theme_by_language
from press_themes.telling.charts.theme_by_outlet import chart_theme_by_outlet
from press_themes.telling.charts.theme_map import chart_theme_map
from press_themes.telling.charts.theme_shares import chart_theme_shares
from press_themes.telling.charts.themes_by_topic import chart_themes_by_topic
from press_themes.telling.charts.themes_together import chart_themes_together
from press_themes.telling.charts.topic_keywords import chart_topic_keywords
from press_themes.telling.wording import load_wording

CHARTS: dict[str, Callable[[Basis], Drawing]] = {
    "theme_shares": chart_theme_shares,
    "coverage_over_time": chart_coverage_over_time,
    "theme_map": chart_theme_map,
    "themes_by_topic": chart_themes_by_topic,
    "topic_keywords": chart_topic_keywords,
    "theme_by_outlet": chart_theme_by_outlet,
    "theme_by_language": chart_theme_by_language,
    "themes_together": chart_themes_together,
    "example_ladder": chart_example_ladder,
    "stability_by_size": chart_stability_by_size,
    "left_out": chart_left_out,
}
COLUMNS = ["name", "title", "subtitle", "alt", "svg", "png", "csv", "txt", "reason"]
_DOTS_PER_INCH = 200


def draw_charts(
    tables: RunTables, summary: dict[str, Any], folder: Path, language: str
) -> pd.DataFrame:
    """Draw every chart the tables allow and write its files.

    Parameters
    ----------
    tables : RunTables
        The tables of the run.
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
    basis = Basis(tables, summary, load_wording(language))

    def draw(chart: Callable[[Basis], Drawing]) -> Drawing:
        drawing = chart(basis)
        return drawing._replace(frame=spell_out(drawing.frame, basis))

    return draw_each({name: partial(draw, chart) for name, chart in CHARTS.items()}, folder)


def draw_each(charts: Mapping[str, Callable[[], Drawing]], folder: Path) -> pd.DataFrame:
    """Draw charts in the house style and write their files."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with use_house_style():
        for name, draw in charts.items():
            try:
                drawing = draw()
            except NothingToDrawError as absence:
                rows.append({"name": name, "reason": str(absence)})
                continue
            files = write_files(drawing, folder / name)
            texts = {"title": drawing.title, "subtitle": drawing.subtitle, "alt": drawing.alt}
            rows.append({"name": name, "reason": "", **texts, **files})
    return pd.DataFrame(rows, columns=COLUMNS).fillna("")


def write_files(drawing: Drawing, stem: Path) -> dict[str, str]:
    """Write a drawing as SVG, PNG, CSV and text."""
    paths = {kind: stem.with_suffix(f".{kind}") for kind in ("svg", "png", "csv", "txt")}
    stamps = {"svg": {"Date": None, "Creator": "Press Themes"}, "png": {"Software": "Press Themes"}}
    for kind, metadata in stamps.items():
        drawing.figure.savefig(paths[kind], dpi=_DOTS_PER_INCH, metadata=metadata)
    svg = paths["svg"].read_text(encoding="utf-8")
    paths["svg"].write_text(compact_svg(svg), encoding="utf-8", newline="\n")
    defuse_formulas(drawing.frame).to_csv(
        paths["csv"], index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d"
    )
    paths["txt"].write_text(drawing.alt + "\n", encoding="utf-8")
    return {kind: f"{stem.parent.name}/{path.name}" for kind, path in paths.items()}
