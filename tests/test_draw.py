"""Every chart on corpora of every shape, in both languages: drawn, readable and repeatable."""

import warnings

import pandas as pd
import pytest
from figure_inspection import find_faults
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.findings.charts.draw import CHARTS, COLUMNS, draw_charts
from press_themes.findings.charts.drawing import Basis, NothingToDrawError
from press_themes.findings.charts.house_style import new_figure, use_house_style
from press_themes.findings.wording import load_wording

WEEKS = ("2026-02-03", "2026-02-04", "2026-02-05") * 4 + ("2025-10-22", "2026-01-20")
YEARS = tuple(f"{year}-05-01" for year in range(1990, 2026))
SHAPES = {
    "three days": Shape(300, 60, 9, 12),
    "far outliers in time": Shape(160, 24, 9, 8, dates=WEEKS),
    "one day, three languages": Shape(90, 20, dates=("2026-02-03",), languages=("en", "fr", "ar")),
    "decades": Shape(120, 30, dates=YEARS),
    "twelve outlets": Shape(200, 60, 5, 20, n_outlets=12),
    "five passages": Shape(5, 2, 2, 1, n_outlets=2),
}
LONG = (
    "Une très longue étiquette qui ne tient sur aucune ligne, <b>$x_1$</b> & bien d’autres encore"
)


def _draw_all(tables, language="fr"):
    basis = Basis(tables, build_summary(tables, language), load_wording(language))
    drawn = {}
    with use_house_style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, chart in CHARTS.items():
            try:
                drawn[name] = chart(basis)
            except NothingToDrawError:
                continue
            assert find_faults(drawn[name].figure) == [], name
    return drawn


@pytest.mark.parametrize(
    ("name", "language"),
    [("three days", "en"), *((name, "fr") for name in SHAPES)],
)
def test_no_text_is_clipped_overlapping_or_without_glyphs(name, language):
    drawn = _draw_all(build_tables(SHAPES[name]), language)
    assert {"theme_shares", "coverage_over_time", "theme_map", "left_out"} <= set(drawn)
    for drawing in drawn.values():
        assert len(drawing.frame)
        assert drawing.title in drawing.alt


def test_hostile_and_long_labels_stay_readable():
    tables = build_tables(Shape(200, 72, languages=("fr", "ar"), n_outlets=12))
    labels = [LONG, "تنظيم المنصات الرقمية", "平台监管", "=cmd()", "\u202egnirts", "$\\frac{1}{2}$"]
    themes = tables.themes.assign(label=labels + list(tables.themes["label"][6:]))
    topics = tables.topics.assign(label=[f"{LONG} {i}" for i in range(len(tables.topics))])
    articles = tables.articles.assign(
        outlet=[f"{i % 12} Le Très Long Nom du Journal Régional" for i in range(72)],
        title="x" * 10_000,
    )
    events = pd.concat([tables.events.assign(label=LONG, source_title="<script>" * 500)] * 6)
    drawn = _draw_all(
        tables._replace(themes=themes, topics=topics, articles=articles, events=events)
    )
    assert set(drawn) == set(CHARTS)


def test_the_inspection_sees_what_it_is_for():
    with use_house_style():
        figure = new_figure(3)
        figure.text(0.5, 0.5, "one label")
        figure.text(0.51, 0.5, "another label")
        figure.text(0.95, 0.1, "beyond the edge")
        faults = find_faults(figure)
    assert [fault.split(":")[0] for fault in faults] == ["clipped", "overlap"]


def test_files_are_the_same_twice_and_complete(tmp_path):
    tables = build_tables(Shape(60, 15))
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
