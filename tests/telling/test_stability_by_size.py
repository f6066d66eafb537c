import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.stability_by_size import draw_stability_by_size


def _chart(tables, language="en"):
    return draw_stability_by_size(tables, language)


def _measured(tables, themes, topics):
    return tables._replace(
        themes=tables.themes.assign(stability=themes), topics=tables.topics.assign(stability=topics)
    )


def test_every_measured_theme_and_topic_that_was_found_is_drawn():
    tables = build_tables(Shape(300, 60, 9, 30))
    frame = _chart(tables).numbers
    for kind, table in (("theme", tables.themes), ("topic", tables.topics)):
        known = table[table["stability"].notna() & (table["n_passages"] > 0)]
        mine = frame[frame["kind"] == kind]
        assert dict(zip(mine["name"], mine["n_passages"], strict=True)) == dict(
            zip(known[kind].astype(str), known["n_passages"], strict=True)
        )
    assert frame["n_passages"].is_monotonic_decreasing


def test_the_title_counts_the_unstable_and_names_the_largest():
    tables = build_tables(Shape(300, 60, 3, 4))
    topics = [0.9] * len(tables.topics)
    smallest = int(tables.topics["n_passages"].argmin())
    topics[smallest] = 0.494
    drawing = _chart(_measured(tables, 0.8, topics))
    label = tables.topics["label"].iloc[smallest]
    n = tables.topics["n_passages"].iloc[smallest]
    assert drawing.takeaway == (
        f"1 of {len(drawing.numbers)} themes and topics is unstable: “{label}”, with {n} passages"
    )
    assert _chart(_measured(tables, 0.8, 0.6)).takeaway.startswith("None of the ")


def test_nothing_measured_gives_a_reason():
    tables = build_tables(Shape(30, 10))
    assert "no stability" in _chart(_measured(tables, np.nan, np.nan)).reason


def test_one_topic_alone_is_drawn():
    tables = build_tables(Shape(30, 10, n_topics=1))
    drawing = _chart(_measured(tables, np.nan, 0.6))
    assert len(drawing.numbers) == 1
    assert drawing.takeaway == "The 1 theme or topic measured is not unstable"
