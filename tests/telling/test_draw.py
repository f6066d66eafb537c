"""Every chart on corpora of every shape, in both languages: drawn, readable and repeatable."""

import functools
import warnings

import pandas as pd
import pytest
from conftest import ROOT
from figure_inspection import find_faults
from stand_ins import WordEncoder
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.configuration import read_configuration
from press_themes.runs.results import Results
from press_themes.stages import STAGES
from press_themes.telling.charts.basis import ChartSettings
from press_themes.telling.charts.chart_list import CHARTS, COLUMNS, draw_charts
from press_themes.telling.charts.house_style import use_house_style
from press_themes.telling.charts.new_figure import new_figure

WEEKS = ("2026-02-03", "2026-02-04", "2026-02-05") * 4 + ("2025-10-22", "2026-01-20")
YEARS = tuple(f"{year}-05-01" for year in range(1990, 2026))
MONTHS = tuple(f"2025-{month:02d}-{day:02d}" for month in range(1, 13) for day in (3, 14, 25))
SHAPES = {
    "three days": Shape(300, 60, 9, 12),
    "far outliers in time": Shape(160, 24, 9, 8, dates=WEEKS),
    "one day, three languages": Shape(90, 20, dates=("2026-02-03",), languages=("en", "fr", "ar")),
    "decades": Shape(120, 30, dates=YEARS),
    "twelve outlets": Shape(200, 60, 5, 20, n_outlets=12),
    "three articles": Shape(14, 3, 5, 2, n_outlets=2),
    "five passages": Shape(5, 2, 2, 1, n_outlets=2),
    "a year in three languages": Shape(
        20_000, 3_000, 9, 60, n_outlets=12, languages=("fr", "en", "ar"), dates=MONTHS
    ),
}
LONG = (
    "Une très longue étiquette qui ne tient sur aucune ligne, <b>$x_1$</b> & bien d’autres encore"
)


@functools.cache
def _build(name):
    """Make the tables of a shape once for both languages."""
    return build_tables(SHAPES[name])


def _draw_all(tables, language="fr", summary=None):
    facts = summary or build_summary(tables, language)
    settings = ChartSettings(facts["title"], facts["quote_characters"])
    drawn = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for chart in CHARTS:
            figure = chart.draw(tables, language, settings)
            if figure.reason:
                continue
            with use_house_style():
                assert find_faults(figure) == [], chart.name
            drawn[chart.name] = figure
    return drawn


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", SHAPES)
def test_no_text_is_clipped_overlapping_or_without_glyphs(name, language):
    drawn = _draw_all(_build(name), language)
    assert {"theme_shares", "coverage_over_time", "theme_map", "left_out"} <= set(drawn)
    for figure in drawn.values():
        assert len(figure.numbers)
        assert figure.takeaway in figure.alt


@pytest.mark.slow
@pytest.mark.parametrize("name", ["corpus", "seeds"])
def test_real_corpora_are_drawn_without_a_fault(name, request):
    corpus = request.getfixturevalue("seeds") if name == "seeds" else ROOT / "corpus"
    results = Results(STAGES, read_configuration(corpus))
    results._values["encoder"] = WordEncoder()
    tables, summary = results.get("tables"), results.get("summary")
    for language in ("en", "fr"):
        drawn = _draw_all(tables, language, summary)
        assert {"theme_map", "example_ladder", "left_out", "topic_keywords"} <= set(drawn)


def test_hostile_and_long_labels_stay_readable():
    tables = build_tables(Shape(200, 72, languages=("fr", "ar", "zh"), n_outlets=12))
    labels = [LONG, "تنظيم المنصات الرقمية", "平台监管", "=cmd()", "\u202egnirts", "$\\frac{1}{2}$"]
    themes = tables.themes.assign(label=labels + list(tables.themes["label"][6:]))
    names = ["骨头, 直接, 平台监管 与 人工智能", "نهر, مجلس, سوق OpenAI", "=1+1", "한국어, かな"]
    topics = tables.topics.assign(
        label=[*names, *(f"{LONG} {i}" for i in range(len(tables.topics) - len(names)))]
    )
    articles = tables.articles.assign(
        outlet=[f"{i % 12} Le Très Long Nom du Journal Régional" for i in range(72)],
        title="x" * 10_000,
    )
    events = pd.concat([tables.events.assign(label=LONG, source_title="<script>" * 500)] * 6)
    drawn = _draw_all(
        tables._replace(themes=themes, topics=topics, articles=articles, events=events)
    )
    assert set(drawn) == {chart.name for chart in CHARTS}


def test_the_inspection_sees_what_it_is_for():
    with use_house_style():
        figure = new_figure(3)
        figure.text(0.5, 0.5, "one label")
        figure.text(0.51, 0.5, "another label")
        figure.text(0.95, 0.1, "beyond the edge")
        faults = find_faults(figure)
    assert [fault.split(":")[0] for fault in faults] == ["clipped", "overlap"]


def test_files_are_the_same_twice_and_complete(tmp_path):
    tables = build_tables(Shape(60, 20, languages=("fr", "ar")))
    summary = build_summary(tables)
    for folder in ("one", "two"):
        figures = draw_charts(tables, summary, tmp_path / folder / "figures", "fr")
    assert figures.columns.tolist() == COLUMNS
    assert (figures["reason"] == "").all()
    for name in figures["name"]:
        for kind in ("svg", "png", "csv", "txt"):
            one, two = (tmp_path / x / "figures" / f"{name}.{kind}" for x in ("one", "two"))
            assert one.read_bytes() == two.read_bytes(), one.name
            assert one.stat().st_size > 0
    assert figures["svg"].iloc[0] == "figures/theme_shares.svg"


def test_csv_cells_are_defused_and_hold_the_rows_drawn(tmp_path):
    tables = build_tables(Shape(60, 12))
    themes = tables.themes.assign(label=["=cmd()", *tables.themes["label"][1:]])
    draw_charts(tables._replace(themes=themes), build_summary(tables), tmp_path, "en")
    shares = pd.read_csv(tmp_path / "theme_shares.csv")
    assert "'=cmd()" in shares["label"].tolist()
    assert shares["n_passages"].iloc[:-1].tolist() == sorted(themes["n_passages"], reverse=True)


def test_a_chart_without_data_gives_its_reason(tmp_path):
    tables = build_tables(Shape(3, 1, dates=(None,), n_topics=0, n_outlets=0))
    figures = draw_charts(tables, build_summary(tables), tmp_path, "en").set_index("name")
    assert figures.loc["left_out", "reason"] == ""
    absent = figures.drop("left_out")
    assert absent["reason"].str.fullmatch(r"Not drawn: [^.]+\.").all()
    assert sorted(path.stem for path in tmp_path.glob("*.svg")) == ["left_out"]


@pytest.mark.parametrize(
    ("change", "name", "told"),
    [
        ({"n_topics": 0}, "themes_by_topic", "topic"),
        ({"n_outlets": 1}, "theme_by_outlet", "two outlets"),
        ({"dates": (None,)}, "coverage_over_time", "dated"),
    ],
)
def test_each_reason_names_what_is_missing(tmp_path, change, name, told):
    tables = build_tables(Shape(n_passages=30, n_articles=8, **change))
    figures = draw_charts(tables, build_summary(tables), tmp_path, "en").set_index("name")
    assert told in figures.loc[name, "reason"]
