import numpy as np
import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.measures.trends import count_trends
from press_themes.telling.charts.basis import Basis
from press_themes.telling.charts.coverage_captions import (
    Coverage,
    describe_basis,
    list_events,
    mark_turns,
    state_takeaway,
)
from press_themes.telling.charts.time_axis import place_events, place_periods
from press_themes.telling.wording import load_wording


def _parts(tables):
    timeline = place_periods(tables.trends)
    events = place_events(tables.events, timeline)
    basis = Basis(tables, load_wording("en"))
    trends = mark_turns(tables.trends, tables)
    return basis, Coverage(trends, timeline, events, "day")


def test_a_peak_is_stated_with_both_shares():
    tables = build_tables(Shape(120, 60, n_themes=2))
    dates = tables.passages["article_id"].map(tables.articles.set_index("article_id")["date"])
    third = dates == pd.Timestamp("2026-02-05")
    themes = [["platform_regulation"] if inside else [] for inside in third]
    passages = tables.passages.assign(themes=themes)
    tables = tables._replace(passages=passages, trends=count_trends(passages, tables.articles))
    title = state_takeaway(*_parts(tables))
    assert "Régulation des plateformes" in title
    assert "5 Feb 2026" in title
    assert title.replace("\u202f", "").endswith("100% of stories, 0% at other times")


def test_events_beyond_the_dates_are_counted():
    tables = build_tables(Shape(60, 20))
    far = tables.events.assign(date=np.datetime64("2030-01-01", "s"))
    lines = list_events(*_parts(tables._replace(events=pd.concat([tables.events, far]))))
    assert lines[-1] == "4 more events are not listed or lie outside these dates."


def test_what_is_not_shown_is_said():
    tables = build_tables(Shape(60, 20))
    basis, parts = _parts(tables)
    few = parts._replace(frame=parts.frame[parts.frame["theme"] == "open_source"])
    assert "8 smaller themes are not shown." in describe_basis(basis, few)


def test_periods_that_beat_chance_come_from_the_run_where_it_knows_them():
    tables = build_tables(Shape(60, 20))
    period = tables.trends["period"].iloc[0]

    bursts = pd.DataFrame(
        {"theme": ["ai_products"] * 2, "period": [period] * 2, "beyond_chance": [True, False]}
    )
    marked = mark_turns(tables.trends, tables._replace(bursts=bursts))
    found = marked[marked["peak"]]
    assert found[["theme", "period"]].to_numpy().tolist() == [["ai_products", period]]
